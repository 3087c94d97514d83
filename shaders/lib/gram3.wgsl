// Adds one point to the gradient and the Hessian of a law with three parameters, written out as in gram5.wgsl. CPU twin:
// src/math/gram.ts.

fn add_products(model: ptr<function, Model>, row: Theta, slope: f32, mass: f32) {
  (*model).gradient[0] += slope * row[0];
  (*model).gradient[1] += slope * row[1];
  (*model).gradient[2] += slope * row[2];
  let s0 = mass * row[0];
  let s1 = mass * row[1];
  let s2 = mass * row[2];
  (*model).hessian[0] += s0 * row[0];
  (*model).hessian[1] += s1 * row[0];
  (*model).hessian[2] += s1 * row[1];
  (*model).hessian[3] += s2 * row[0];
  (*model).hessian[4] += s2 * row[1];
  (*model).hessian[5] += s2 * row[2];
}
