/**
 * What repetition is worth: of R = eᵗ − 1 repetitions as much as of ρ·(1 − exp(−R/ρ)) that are new. In logs
 *
 *   F(t, g) = log(1 + ρ·(1 − exp(−R/ρ))),   ρ = exp g
 *
 * which is t for few repetitions and log(1 + ρ) for many. Muennighoff et al. 2023, arXiv:2305.16264, Eqs. 4 and 5.
 * GPU twin: shaders/lib/decay.wgsl.
 */

/** Beyond it e^t counts as this: nothing is left to gain, and its square stays finite in float32. */
const FARTHEST = 20;
/** Below it 1 − (1 + z)·exp(−z) is a series, which does not cancel; eight terms of it err by 1e-14. */
const SMALL = 0.1;

/** Writes F, F_t, F_g, F_tt, F_tg and F_gg to `out`. */
export function decay(t: number, g: number, out: Float64Array): void {
  const rho = Math.exp(g);
  const grown = Math.exp(Math.min(t, FARTHEST));
  const R = Math.expm1(Math.min(t, FARTHEST));
  const z = R / rho;
  const q = Math.exp(-z);
  const inverse = 1 / (1 - rho * Math.expm1(-z));
  const slope = grown * q * inverse;
  const along = rho * lost(z) * inverse;
  out[0] = -Math.log(inverse);
  out[1] = slope;
  out[2] = along;
  out[3] = slope * (1 - grown / rho - slope);
  out[4] = slope * (z - along);
  out[5] = along - rho * z * z * q * inverse - along * along;
}

/** 1 − (1 + z)·exp(−z), from 0 to 1. */
function lost(z: number): number {
  if (z >= SMALL) return 1 - (1 + z) * Math.exp(-z);
  return z * z * (1 / 2 - z * (1 / 3 - z * (1 / 8 - z * (1 / 30 - z * (1 / 144 - z * (1 / 840 - z * (1 / 5760 - z / 45360)))))));
}
