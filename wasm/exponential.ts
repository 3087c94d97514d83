/**
 * exp and log of two numbers, after e_exp.c and e_log.c of fdlibm, without their branches.
 *
 *   exp x = 2^k·exp r,   k = round(x/log 2),  |r| ≤ log(2)/2,   exp r = 1 + r + r·q/(2 − q),  q = r − r²·P(r²)
 *   log x = k·log 2 + log(1 + f),   √½ ≤ 1 + f < √2,   s = f/(2 + f),   log(1 + f) = f − f²/2 + s·(f²/2 + R(s²))
 *
 * Both within one unit in the last place. log 2 is the sum of two numbers, of which k times the first is exact.
 * Plain twin: Math.exp and Math.log.
 *
 * fdlibm is Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute
 * this software is freely granted, provided that this notice is preserved.
 */
import { add, both, div, mul, splat, sub } from './vector';

const ONE = memory.data<f64>([1]);
const TWO = memory.data<f64>([2]);
const HALF = memory.data<f64>([0.5]);
const LOG2_HIGH = memory.data<f64>([6.93147180369123816490e-01]);
const LOG2_LOW = memory.data<f64>([1.90821492927058770002e-10]);

const LOG2_E = memory.data<f64>([1.44269504088896338700e+00]);
const P1 = memory.data<f64>([1.66666666666666019037e-01]);
const P2 = memory.data<f64>([-2.77777777770155933842e-03]);
const P3 = memory.data<f64>([6.61375632143793436117e-05]);
const P4 = memory.data<f64>([-1.65339022054652515390e-06]);
const P5 = memory.data<f64>([4.13813679705723846039e-08]);

/** 1.5·2^52: a number added to it is rounded to an integer, which the low bits of the sum hold. */
const ROUNDING = memory.data<f64>([6755399441055744]);
/** exp of what is smaller is normal and finite. */
const PLAIN = memory.data<f64>([708]);

@inline export function exp(x: v128): v128 {
  if (!i64x2.all_true(f64x2.le(f64x2.abs(x), both(PLAIN)))) return expOfAny(x);
  const rounded = add(mul(x, both(LOG2_E)), both(ROUNDING));
  return i64x2.add(mantissa(x, sub(rounded, both(ROUNDING))), i64x2.shl(rounded, 52)); // k added to the exponent
}

/** exp(x − k·log 2). */
@inline function mantissa(x: v128, k: v128): v128 {
  const high = sub(x, mul(k, both(LOG2_HIGH)));
  const low = mul(k, both(LOG2_LOW));
  const r = sub(high, low);
  const z = mul(r, r);
  let p = add(both(P4), mul(z, both(P5)));
  p = add(both(P3), mul(z, p));
  p = add(both(P2), mul(z, p));
  p = add(both(P1), mul(z, p));
  const q = sub(r, mul(z, p));
  return sub(both(ONE), sub(sub(low, div(mul(r, q), sub(both(TWO), q))), high));
}

/** Beyond ±708: infinite, subnormal or 0, or NaN. 2^k in two factors, which round once. */
function expOfAny(x: v128): v128 {
  const held = f64x2.pmax(f64x2.pmin(x, splat(710)), splat(-746)); // NaN stays
  const k = sub(add(mul(held, both(LOG2_E)), both(ROUNDING)), both(ROUNDING));
  const half = add(mul(k, both(HALF)), both(ROUNDING));
  const rest = add(sub(k, sub(half, both(ROUNDING))), both(ROUNDING));
  return mul(mul(mantissa(held, k), powerOfTwo(half)), powerOfTwo(rest));
}

@inline function powerOfTwo(rounded: v128): v128 {
  return i64x2.add(i64x2.shl(rounded, 52), both(ONE));
}

const L1 = memory.data<f64>([6.666666666666735130e-01]);
const L2 = memory.data<f64>([3.999999999940941908e-01]);
const L3 = memory.data<f64>([2.857142874366239149e-01]);
const L4 = memory.data<f64>([2.222219843214978396e-01]);
const L5 = memory.data<f64>([1.818357216161805012e-01]);
const L6 = memory.data<f64>([1.531383769920937332e-01]);
const L7 = memory.data<f64>([1.479819860511658591e-01]);

const LEAST_NORMAL = memory.data<f64>([f64.MIN_NORMAL_VALUE]);
const MOST = memory.data<f64>([f64.MAX_VALUE]);
/** Bits of 1 less those of √½: with it the exponent of x changes at √½, not at 1. */
const ABOVE_ROOT = memory.data<i64>([0x3ff0000000000000 - 0x3fe6a09e00000000]);
const EXPONENT = memory.data<i64>([0xfff0000000000000]);
/** 2^52, whose low bits take an integer; and the number with the bias of an exponent too. */
const INTEGER = memory.data<f64>([4503599627370496]);
const BIASED = memory.data<f64>([4503599627370496 + 1023]);

@inline export function log(x: v128): v128 {
  const plain = v128.and(f64x2.ge(x, both(LEAST_NORMAL)), f64x2.le(x, both(MOST)));
  return i64x2.all_true(plain) ? logOfNormal(x, splat(0)) : logOfAny(x);
}

/** log(x/2^shift). */
@inline function logOfNormal(x: v128, shift: v128): v128 {
  const bits = i64x2.add(x, both(ABOVE_ROOT));
  const fraction = i64x2.add(i64x2.sub(x, v128.and(bits, both(EXPONENT))), both(ONE));
  const k = sub(sub(v128.or(i64x2.shr_u(bits, 52), both(INTEGER)), both(BIASED)), shift);
  const f = sub(fraction, both(ONE));
  const half = mul(mul(both(HALF), f), f);
  const s = div(f, add(both(TWO), f));
  const z = mul(s, s);
  const w = mul(z, z);
  const even = mul(w, add(both(L2), mul(w, add(both(L4), mul(w, both(L6))))));
  const uneven = mul(z, add(both(L1), mul(w, add(both(L3), mul(w, add(both(L5), mul(w, both(L7))))))));
  const low = add(mul(s, add(half, add(uneven, even))), mul(k, both(LOG2_LOW)));
  return add(add(sub(low, half), f), mul(k, both(LOG2_HIGH)));
}

/** log of subnormal numbers, −∞ of 0, ∞ of ∞, NaN of NaN and of what is below 0. */
function logOfAny(x: v128): v128 {
  const small = f64x2.lt(x, both(LEAST_NORMAL));
  const normal = v128.bitselect(mul(x, splat(18014398509481984)), x, small); // times 2^54
  const finite = v128.and(f64x2.gt(x, splat(0)), f64x2.le(x, both(MOST)));
  const infinity = v128.and(f64x2.eq(x, splat(0)), splat(Infinity));
  const others = sub(f64x2.sqrt(x), infinity); // √ of these is 0, ∞ or NaN
  return v128.bitselect(logOfNormal(normal, v128.and(small, splat(54))), others, finite);
}
