/**
 * Philox4x32-10: a counter-based generator. The draw is a pure function of (key, counter), so that any
 * replicate can be drawn alone, in any order, on any device.
 * Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11; known answers of Random123.
 */
const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

export type Counter = readonly [number, number, number, number];

/** Four 32-bit words of the counter under the key; all words are unsigned integers. */
export function philox4x32(counter: Counter, key: readonly [number, number]): [number, number, number, number] {
  let { 0: c0, 1: c1, 2: c2, 3: c3 } = counter;
  let { 0: k0, 1: k1 } = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1 >>> 0, (high0 ^ c3 ^ k1) >>> 0, low0 >>> 0];
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The upper 32 bits of the product of two unsigned words, by 16-bit halves: every sum is below 2^32. */
export function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16, aLow = a & 0xffff;
  const bHigh = b >>> 16, bLow = b & 0xffff;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) >>> 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) >>> 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) >>> 0;
}

/** Independent streams of one seed: what the draws are for. */
export const STREAM = { starts: 1, noise: 2, resample: 3, part: 4, noiseOfSize: 5, noiseOfSeed: 6, about: 7 } as const;

/** Key of a seed: a whole number below 2^53. */
export function keyOf(seed: number): [number, number] {
  return [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
}

/** A sequence of uniforms in (0, 1) for (seed, stream, index): 32 bits each, never 0 or 1. */
export function uniforms(seed: number, stream: number, index: number): () => number {
  let block = 0;
  let words: number[] = [];
  return () => {
    if (words.length === 0) words = philox4x32([block++, index >>> 0, stream, 0], keyOf(seed));
    return ((words.shift() as number) + 0.5) / 2 ** 32;
  };
}

/** A sequence of standard normals from uniforms, by Box and Muller. */
export function normals(uniform: () => number): () => number {
  return () => {
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  };
}
