/** The smooth maximum of two columns. Plain twin: src/math/smooth-max.ts. */
import { exp, log } from './exponential';
import { add, div, get, mul, put, select, splat, sub, upTo } from './vector';

/** exp(−gap) is 0 beyond it. */
const FARTHEST: f64 = 1000;

/** What stands in `first` and `second` gives way to the slopes along them; `change` is that along log γ. */
export function smoothMax(first: usize, second: usize, gamma: f64, max: usize, change: usize, n: i32): void {
  const width = splat(gamma);
  for (let i: usize = 0, end = upTo(n); i < end; i += 16) {
    const p = get(first + i);
    const q = get(second + i);
    const isFirst = f64x2.gt(p, q);
    const gap = div(f64x2.abs(sub(p, q)), width);
    const ratio = exp(f64x2.neg(gap));
    const more = div(splat(1), add(splat(1), ratio));
    const less = mul(ratio, more);
    const above = mul(width, logOfOneAnd(ratio, more));
    put(max + i, add(select(isFirst, p, q), above));
    put(first + i, select(isFirst, more, less));
    put(second + i, select(isFirst, less, more));
    put(change + i, add(above, mul(mul(width, less), f64x2.pmin(gap, splat(FARTHEST)))));
  }
}

/** log(1 + y), y from 0 to 1, with 1/(1 + y): the sum is rounded, and log moves by that much of what was lost. */
@inline function logOfOneAnd(y: v128, inverse: v128): v128 {
  const sum = add(splat(1), y);
  return add(log(sum), mul(sub(y, sub(sum, splat(1))), inverse));
}
