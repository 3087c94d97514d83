/**
 * The sums of a local model: gradient gⱼ = Σᵢ slopeᵢ Jⱼᵢ and packed Hessian Hⱼₖ = Σᵢ massᵢ Jⱼᵢ Jₖᵢ, for a
 * Jacobian [P][n]. Five columns are summed in registers, which is much faster than pair by pair; the Chinchilla law
 * has five.
 */
import { dot } from './dot.ts';

export function gram(slope: Float64Array, mass: Float64Array, jacobian: readonly Float64Array[],
                     gradient: Float64Array, hessian: Float64Array): void {
  if (jacobian.length === 5) gramOfFive(slope, mass, jacobian, gradient, hessian);
  else gramByPairs(slope, mass, jacobian, gradient, hessian);
}

export function gramByPairs(slope: Float64Array, mass: Float64Array, jacobian: readonly Float64Array[],
                            gradient: Float64Array, hessian: Float64Array): void {
  let packed = 0;
  jacobian.forEach((column, j) => {
    gradient[j] = dot(slope, column);
    const scaled = column.map((value, i) => mass[i] * value);
    for (let k = 0; k <= j; k++) hessian[packed++] = dot(scaled, jacobian[k]);
  });
}

function gramOfFive(slope: Float64Array, mass: Float64Array, jacobian: readonly Float64Array[],
                    gradient: Float64Array, hessian: Float64Array): void {
  const { 0: c0, 1: c1, 2: c2, 3: c3, 4: c4 } = jacobian;
  let g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0;
  let h00 = 0, h10 = 0, h11 = 0, h20 = 0, h21 = 0, h22 = 0, h30 = 0, h31 = 0, h32 = 0, h33 = 0;
  let h40 = 0, h41 = 0, h42 = 0, h43 = 0, h44 = 0;
  for (let i = 0; i < slope.length; i++) {
    const s = slope[i], m = mass[i];
    const v0 = c0[i], v1 = c1[i], v2 = c2[i], v3 = c3[i], v4 = c4[i];
    g0 += s * v0; g1 += s * v1; g2 += s * v2; g3 += s * v3; g4 += s * v4;
    const m0 = m * v0, m1 = m * v1, m2 = m * v2, m3 = m * v3, m4 = m * v4;
    h00 += m0 * v0;
    h10 += m1 * v0; h11 += m1 * v1;
    h20 += m2 * v0; h21 += m2 * v1; h22 += m2 * v2;
    h30 += m3 * v0; h31 += m3 * v1; h32 += m3 * v2; h33 += m3 * v3;
    h40 += m4 * v0; h41 += m4 * v1; h42 += m4 * v2; h43 += m4 * v3; h44 += m4 * v4;
  }
  gradient[0] = g0; gradient[1] = g1; gradient[2] = g2; gradient[3] = g3; gradient[4] = g4;
  hessian[0] = h00;
  hessian[1] = h10; hessian[2] = h11;
  hessian[3] = h20; hessian[4] = h21; hessian[5] = h22;
  hessian[6] = h30; hessian[7] = h31; hessian[8] = h32; hessian[9] = h33;
  hessian[10] = h40; hessian[11] = h41; hessian[12] = h42; hessian[13] = h43; hessian[14] = h44;
}
