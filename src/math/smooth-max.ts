/**
 * Smooth maximum of two numbers, and its slopes.
 *
 *   m = γ·log(exp(p/γ) + exp(q/γ)),   γ > 0
 *   ∂m/∂p = s,   ∂m/∂q = t = 1 − s,   ∂m/∂γ = −s·log s − t·log t
 *   ∇²m = (s·t/γ)·w·wᵀ   over (p, q, γ),   w = (1, −1, −(p − q)/γ)
 *
 * γ → 0 is the maximum itself; m lies above it by γ·log 2 at most. s is written as 1/(1 + exp(−(p − q)/γ)), the larger of
 * s and t first, so that nothing overflows and no difference of near numbers is taken. GPU twin: shaders/lib/smooth-max.wgsl.
 */

/** exp(−gap) is 0 beyond it: so that 0·∞ is not NaN. */
const FARTHEST = 1000;

/** Writes m, ∂m/∂p, ∂m/∂q and ∂m/∂γ to `out` [4]. */
export function smoothMax(p: number, q: number, gamma: number, out: Float64Array): void {
  const gap = Math.abs(p - q) / gamma;
  const ratio = Math.exp(-gap);
  const more = 1 / (1 + ratio);
  const less = ratio * more;
  const above = Math.log1p(ratio);
  const first = p > q;
  out[0] = (first ? p : q) + gamma * above;
  out[1] = first ? more : less;
  out[2] = first ? less : more;
  out[3] = above + less * Math.min(gap, FARTHEST);
}
