/** Operations on columns of n points: what they compute stands in src/math/columns.ts. */
import { exp, log } from './exponential';
import { add, div, get, getOf, mul, odd, pairsOf, put, splat, sub, total, upTo } from './vector';

export function line(offset: f64, slope: f64, u: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = upTo(n); i < end; i += 16) put(out + i, lineAt(offset, slope, u + i));
}

export function power(offset: f64, slope: f64, u: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = upTo(n); i < end; i += 16) put(out + i, exp(lineAt(offset, slope, u + i)));
}

@inline function lineAt(offset: f64, slope: f64, u: usize): v128 {
  return add(splat(offset), mul(splat(slope), get(u)));
}

export function logarithm(u: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = upTo(n); i < end; i += 16) put(out + i, log(get(u + i)));
}

export function logDifference(u: usize, logV: usize, unit: f64, out: usize, n: i32): void {
  for (let i: usize = 0, end = upTo(n); i < end; i += 16) put(out + i, div(sub(log(get(u + i)), get(logV + i)), splat(unit)));
}

export function product(factor: f64, u: usize, v: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = upTo(n); i < end; i += 16) put(out + i, mul(mul(splat(factor), get(u + i)), get(v + i)));
}

export function addProduct(factor: f64, u: usize, v: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = upTo(n); i < end; i += 16) put(out + i, add(get(out + i), mul(mul(splat(factor), get(u + i)), get(v + i))));
}

export function addScaled(factor: f64, u: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = upTo(n); i < end; i += 16) put(out + i, add(get(out + i), mul(splat(factor), get(u + i))));
}

export function shares(floor: f64, first: usize, second: usize, sum: usize, share: usize, n: i32): void {
  for (let i: usize = 0, end = upTo(n); i < end; i += 16) {
    const p = get(first + i);
    const q = get(second + i);
    const all = add(add(splat(floor), p), q);
    const inverse = div(splat(1), all);
    put(sum + i, all);
    put(share + i, mul(splat(floor), inverse));
    put(first + i, mul(p, inverse));
    put(second + i, mul(q, inverse));
  }
}

export function dot(u: usize, v: usize, n: i32): f64 {
  let sum = splat(0);
  const end = pairsOf(n);
  for (let i: usize = 0; i < end; i += 16) sum = add(sum, mul(get(u + i), get(v + i)));
  if (odd(n)) sum = add(sum, mul(getOf(u + end, true), getOf(v + end, true)));
  return total(sum);
}

export function dotOfThree(u: usize, v: usize, w: usize, n: i32): f64 {
  let sum = splat(0);
  const end = pairsOf(n);
  for (let i: usize = 0; i < end; i += 16) sum = add(sum, mul(mul(get(u + i), get(v + i)), get(w + i)));
  if (odd(n)) sum = add(sum, mul(mul(getOf(u + end, true), getOf(v + end, true)), getOf(w + end, true)));
  return total(sum);
}
