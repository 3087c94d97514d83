/** Huber's loss, and the slopes and masses of a local model. Plain twin: src/math/huber.ts. */
import { add, div, getOf, mul, odd, pairsOf, put, select, splat, sub, total } from './vector';

export function huberSum(residual: usize, weight: usize, below: f64, above: f64, n: i32): f64 {
  let sum = splat(0);
  const end = pairsOf(n);
  for (let i: usize = 0; i < end; i += 16) sum = add(sum, lossAt(residual + i, weight + i, below, above, false));
  if (odd(n)) sum = add(sum, lossAt(residual + end, weight + end, below, above, true));
  return total(sum);
}

/** w·c·ρ(r), ρ(r) = s·(|r| − s/2), s = min(|r|, 1). */
@inline function lossAt(residual: usize, weight: usize, below: f64, above: f64, last: bool): v128 {
  const r = getOf(residual, last);
  const size = f64x2.abs(r);
  const inner = f64x2.pmin(size, splat(1)); // NaN where the size is
  return mul(counted(r, weight, below, above, last), mul(inner, sub(size, mul(splat(0.5), inner))));
}

/** w·c: c is `below` where the law is, r ≤ 0, else `above`. */
@inline function counted(r: v128, weight: usize, below: f64, above: f64, last: bool): v128 {
  return mul(getOf(weight, last), select(f64x2.gt(r, splat(0)), splat(above), splat(below)));
}

export function huberWeigh(residual: usize, weight: usize, kappa: f64, below: f64, above: f64, slope: usize, mass: usize, n: i32): f64 {
  let sum = splat(0);
  const end = pairsOf(n);
  for (let i: usize = 0; i < end; i += 16) {
    sum = add(sum, lossAt(residual + i, weight + i, below, above, false));
    weighAt(residual + i, weight + i, kappa, below, above, slope + i, mass + i, false);
  }
  if (!odd(n)) return total(sum);
  sum = add(sum, lossAt(residual + end, weight + end, below, above, true));
  weighAt(residual + end, weight + end, kappa, below, above, slope + end, mass + end, true);
  return total(sum);
}

/** w·c·ρ′(r), and w·c·(1 or κ/|r|). */
@inline function weighAt(residual: usize, weight: usize, kappa: f64, below: f64, above: f64, slope: usize, mass: usize, last: bool): void {
  const r = getOf(residual, last);
  const size = f64x2.abs(r);
  const w = counted(r, weight, below, above, last);
  put(slope, mul(w, f64x2.pmax(f64x2.pmin(r, splat(1)), splat(-1))));
  put(mass, mul(w, select(f64x2.le(size, splat(1)), splat(1), div(splat(kappa), size))));
}
