// Adds one point to the gradient and the Hessian of a law with four parameters, written out as in gram5.wgsl. CPU twin:
// src/math/gram.ts.

fn add_products(model: ptr<function, Model>, row: Theta, slope: f32, mass: f32) {
  let r0 = row[0];
  let r1 = row[1];
  let r2 = row[2];
  let r3 = row[3];
  (*model).gradient[0] += slope * r0;
  (*model).gradient[1] += slope * r1;
  (*model).gradient[2] += slope * r2;
  (*model).gradient[3] += slope * r3;
  let m0 = mass * r0;
  let m1 = mass * r1;
  let m2 = mass * r2;
  let m3 = mass * r3;
  (*model).hessian[0] += m0 * r0;
  (*model).hessian[1] += m1 * r0;
  (*model).hessian[2] += m1 * r1;
  (*model).hessian[3] += m2 * r0;
  (*model).hessian[4] += m2 * r1;
  (*model).hessian[5] += m2 * r2;
  (*model).hessian[6] += m3 * r0;
  (*model).hessian[7] += m3 * r1;
  (*model).hessian[8] += m3 * r2;
  (*model).hessian[9] += m3 * r3;
}
