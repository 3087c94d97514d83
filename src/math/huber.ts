/**
 * Huber loss of a residual r in units of its threshold δ, so that every number is of order one.
 *
 *   ρ(r) = r²/2         |r| ≤ 1        ρ′(r) = r
 *   ρ(r) = |r| − 1/2    |r| > 1        ρ′(r) = sign r
 *
 * In nats²: δ²·ρ(residual/δ), the form of Hoffmann et al. 2022, Eq. 3. GPU twin: shaders/lib/huber.wgsl.
 */
export function huber(r: number): number {
  const size = Math.abs(r);
  return size <= 1 ? 0.5 * r * r : size - 0.5;
}

export function huberSlope(r: number): number {
  return Math.max(-1, Math.min(1, r));
}
