// Adds one point to the gradient and the Hessian of a law with any number of parameters. gram3.wgsl to gram8.wgsl and
// gram10.wgsl are the same, written out: on SwiftShader an evaluation then takes about half the time, and far less with seven
// and more, for arrays that a loop indexes lie in memory. CPU twin: gramByBlocks in src/math/gram.ts.

fn add_products(model: ptr<function, Model>, row: Theta, slope: f32, mass: f32) {
  for (var j = 0u; j < PARAMS; j++) {
    (*model).gradient[j] += slope * row[j];
    let scaled = mass * row[j];
    for (var k = 0u; k <= j; k++) { (*model).hessian[j * (j + 1u) / 2u + k] += scaled * row[k]; }
  }
}
