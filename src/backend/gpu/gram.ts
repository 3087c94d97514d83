/**
 * WGSL that adds one point to the gradient and the Hessian of a law with `order` parameters, every element written out: an array that
 * a loop indexes stays in memory on many drivers, one with constant indices lies in registers. On SwiftShader an evaluation takes
 * about half the time of the loop, and far less with seven and more. Packed as everywhere: element (j, k) at j(j + 1)/2 + k. CPU
 * twin: src/math/gram.ts.
 */
export function gramText(order: number): string {
  const rows = Array.from({ length: order }, (_, j) => j);
  return [
    'fn add_products(model: ptr<function, Model>, row: Theta, slope: f32, mass: f32) {',
    ...rows.map((j) => `  let r${j} = row[${j}];`),
    ...rows.map((j) => `  (*model).gradient[${j}] += slope * r${j};`),
    ...rows.map((j) => `  let m${j} = mass * r${j};`),
    ...rows.flatMap((j) => rows.slice(0, j + 1).map((k) => `  (*model).hessian[${(j * (j + 1)) / 2 + k}] += m${j} * r${k};`)),
    '}',
  ].join('\n');
}
