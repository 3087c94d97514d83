/** The sums of a local model. Plain twin: src/math/gram.ts. */
import { add, get, getOf, mul, odd, pairsOf, put, splat, total } from './vector';

/** Parameters at most. */
const ORDER = 16;
/** Addresses of the columns of the Jacobian, u32 [P]: the caller writes them. */
const COLUMNS = memory.data(4 * ORDER, 16);
/** For each row its gradient, then its products with the columns up to its own: [P(P + 3)/2], two lanes each. */
const SUMS = memory.data(16 * ((ORDER * (ORDER + 3)) / 2), 16);

export function orderLimit(): i32 { return ORDER; }
export function columnList(): usize { return COLUMNS; }

/** Writes the sums of the lanes, f64 [P(P + 3)/2], and returns their address. */
export function gram(slope: usize, mass: usize, order: i32, n: i32): usize {
  const count = (order * (order + 3)) >> 1;
  for (let k = 0; k < count; k++) put(sumAt(k), splat(0));
  const end = pairsOf(n);
  const body = end & ~63;
  for (let i: usize = 0; i < body; i += 64) addEight(slope, mass, i, order);
  for (let i = body; i < end; i += 16) addProducts(slope, mass, i, order, false);
  if (odd(n)) addProducts(slope, mass, end, order, true);
  for (let k = 0; k < count; k++) store<f64>(SUMS + (<usize>k << 3), total(get(sumAt(k))));
  return SUMS;
}

@inline function sumAt(k: i32): usize { return SUMS + (<usize>k << 4); }
@inline function columnAt(k: i32): usize { return <usize>load<u32>(COLUMNS + (<usize>k << 2)); }

/** Eight points: each sum is loaded and stored once for all of them, so that any number of parameters is as fast. */
@inline function addEight(slope: usize, mass: usize, at: usize, order: i32): void {
  const s = slope + at, m = mass + at;
  const s0 = get(s), s1 = get(s + 16), s2 = get(s + 32), s3 = get(s + 48);
  const m0 = get(m), m1 = get(m + 16), m2 = get(m + 32), m3 = get(m + 48);
  let sum = SUMS;
  for (let j = 0; j < order; j++) {
    const row = columnAt(j) + at;
    const v0 = get(row), v1 = get(row + 16), v2 = get(row + 32), v3 = get(row + 48);
    addTo(sum, add(add(mul(s0, v0), mul(s1, v1)), add(mul(s2, v2), mul(s3, v3))));
    sum += 16;
    const w0 = mul(m0, v0), w1 = mul(m1, v1), w2 = mul(m2, v2), w3 = mul(m3, v3);
    for (let k = 0; k <= j; k++) {
      const column = columnAt(k) + at;
      addTo(sum, add(add(mul(w0, get(column)), mul(w1, get(column + 16))), add(mul(w2, get(column + 32)), mul(w3, get(column + 48)))));
      sum += 16;
    }
  }
}

/** Two points, or the last one. */
@inline function addProducts(slope: usize, mass: usize, at: usize, order: i32, last: bool): void {
  const s = getOf(slope + at, last);
  const m = getOf(mass + at, last);
  let sum = SUMS;
  for (let j = 0; j < order; j++) {
    const v = getOf(columnAt(j) + at, last);
    addTo(sum, mul(s, v));
    sum += 16;
    const w = mul(m, v);
    for (let k = 0; k <= j; k++) {
      addTo(sum, mul(w, getOf(columnAt(k) + at, last)));
      sum += 16;
    }
  }
}

@inline function addTo(sum: usize, more: v128): void { put(sum, add(get(sum), more)); }
