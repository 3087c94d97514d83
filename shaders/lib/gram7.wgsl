// Adds one point to the gradient and the Hessian of a law with seven parameters, written out as in gram5.wgsl. CPU twin:
// src/math/gram.ts.

fn add_products(model: ptr<function, Model>, row: Theta, slope: f32, mass: f32) {
  let r0 = row[0];
  let r1 = row[1];
  let r2 = row[2];
  let r3 = row[3];
  let r4 = row[4];
  let r5 = row[5];
  let r6 = row[6];
  (*model).gradient[0] += slope * r0;
  (*model).gradient[1] += slope * r1;
  (*model).gradient[2] += slope * r2;
  (*model).gradient[3] += slope * r3;
  (*model).gradient[4] += slope * r4;
  (*model).gradient[5] += slope * r5;
  (*model).gradient[6] += slope * r6;
  let m0 = mass * r0;
  let m1 = mass * r1;
  let m2 = mass * r2;
  let m3 = mass * r3;
  let m4 = mass * r4;
  let m5 = mass * r5;
  let m6 = mass * r6;
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
  (*model).hessian[10] += m4 * r0;
  (*model).hessian[11] += m4 * r1;
  (*model).hessian[12] += m4 * r2;
  (*model).hessian[13] += m4 * r3;
  (*model).hessian[14] += m4 * r4;
  (*model).hessian[15] += m5 * r0;
  (*model).hessian[16] += m5 * r1;
  (*model).hessian[17] += m5 * r2;
  (*model).hessian[18] += m5 * r3;
  (*model).hessian[19] += m5 * r4;
  (*model).hessian[20] += m5 * r5;
  (*model).hessian[21] += m6 * r0;
  (*model).hessian[22] += m6 * r1;
  (*model).hessian[23] += m6 * r2;
  (*model).hessian[24] += m6 * r3;
  (*model).hessian[25] += m6 * r4;
  (*model).hessian[26] += m6 * r5;
  (*model).hessian[27] += m6 * r6;
}
