/**
 * The sums of a local model: gradient gⱼ = Σᵢ slopeᵢ Jⱼᵢ and packed Hessian Hⱼₖ = Σᵢ massᵢ Jⱼᵢ Jₖᵢ, for a
 * Jacobian [P][n]. Five columns are summed in registers, all pairs in one pass; the Chinchilla law has five. Any other
 * number of them takes a pass for each three rows and three columns. GPU twin: src/backend/gpu/gram.ts.
 */
import { packedIndex } from './packed.ts';

export function gram(slope: Float64Array, mass: Float64Array, jacobian: readonly Float64Array[],
                     gradient: Float64Array, hessian: Float64Array): void {
  if (jacobian.length === 5) gramOfFive(slope, mass, jacobian, gradient, hessian);
  else gramByBlocks(slope, mass, jacobian, gradient, hessian);
}

/** Rows and columns of a block. */
const BLOCK = 3;

/** The same for any number of columns. */
export function gramByBlocks(slope: Float64Array, mass: Float64Array, jacobian: readonly Float64Array[],
                             gradient: Float64Array, hessian: Float64Array): void {
  const sums = new Float64Array(BLOCK * (BLOCK + 1));
  for (let row = 0; row < jacobian.length; row += BLOCK) for (let column = 0; column <= row; column += BLOCK) {
    sumBlock(slope, mass, jacobian, row, column, sums);
    for (let j = row; j < Math.min(row + BLOCK, jacobian.length); j++) {
      const at = (BLOCK + 1) * (j - row);
      gradient[j] = sums[at + BLOCK];
      for (let k = column; k < Math.min(column + BLOCK, j + 1); k++) hessian[packedIndex(j, k)] = sums[at + k - column];
    }
  }
}

/** Of three rows from `row` on: the products with three columns from `column` on and the gradient, [3][4]; the last again beyond it. */
function sumBlock(slope: Float64Array, mass: Float64Array, jacobian: readonly Float64Array[], row: number, column: number, sums: Float64Array): void {
  const last = jacobian.length - 1;
  const r0 = jacobian[row], r1 = jacobian[Math.min(row + 1, last)], r2 = jacobian[Math.min(row + 2, last)];
  const c0 = jacobian[column], c1 = jacobian[Math.min(column + 1, last)], c2 = jacobian[Math.min(column + 2, last)];
  let g0 = 0, g1 = 0, g2 = 0;
  let h00 = 0, h01 = 0, h02 = 0, h10 = 0, h11 = 0, h12 = 0, h20 = 0, h21 = 0, h22 = 0;
  for (let i = 0; i < slope.length; i++) {
    const s = slope[i], m = mass[i];
    const v0 = r0[i], v1 = r1[i], v2 = r2[i];
    const w0 = m * c0[i], w1 = m * c1[i], w2 = m * c2[i];
    g0 += s * v0; g1 += s * v1; g2 += s * v2;
    h00 += v0 * w0; h01 += v0 * w1; h02 += v0 * w2;
    h10 += v1 * w0; h11 += v1 * w1; h12 += v1 * w2;
    h20 += v2 * w0; h21 += v2 * w1; h22 += v2 * w2;
  }
  sums[0] = h00; sums[1] = h01; sums[2] = h02; sums[3] = g0;
  sums[4] = h10; sums[5] = h11; sums[6] = h12; sums[7] = g1;
  sums[8] = h20; sums[9] = h21; sums[10] = h22; sums[11] = g2;
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
