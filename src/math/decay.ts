/**
 * What repetition is worth: of R repetitions as much as of ρ·(1 − exp(−R/ρ)) that are new, ρ those at which one more is worth
 * 1/e of a fresh one. So one that is repeated R times is worth
 *
 *   f(R) = 1 + ρ·(1 − exp(−R/ρ)),   f′(R) = exp(−R/ρ)
 *
 * and in logs, with R = eᵗ − 1 and ρ = exp g, F(t, g) = log f, which is t for few repetitions and log(1 + ρ) for many.
 *
 * Muennighoff et al. 2023, arXiv:2305.16264, Eqs. 4, 5 and 13. GPU twin of `decay`: shaders/lib/decay.wgsl.
 */

/** f: fresh units that one is worth. */
export function saturatingWorth(repetitions: number, constant: number): number {
  return 1 - constant * Math.expm1(-repetitions / constant);
}

/** f′. */
export function saturatingSlope(repetitions: number, constant: number): number {
  return Math.exp(-repetitions / constant);
}

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
  const inverse = 1 / saturatingWorth(R, rho);
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
