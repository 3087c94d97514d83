import { describe, expect, it } from 'vitest';
import { normals, philox4x32, STREAM, uniforms, type Counter } from '../../src/math/philox.ts';

type Key = readonly [number, number];
const ALL = 0xffffffff;

it.each<[string, Counter, Key, string]>([
  ['zeros', [0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  ['ones', [ALL, ALL, ALL, ALL], [ALL, ALL], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
  ['the digits of π', [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0],
    'd16cfe09 94fdcceb 5001e420 24126ea1'],
])('philox4x32-10 of %s is the known answer of Random123', (_, counter, key, answer) => {
  const words = philox4x32(counter, key).map((word) => word.toString(16).padStart(8, '0'));
  expect(words.join(' ')).toBe(answer);
});

const take = (count: number, next: () => number) => Array.from({ length: count }, next);

describe('uniforms', () => {
  it('are the words of the blocks [0, index, stream, 0], [1, …], … under the seed, in (0, 1)', () => {
    const seed = 5 * 2 ** 32 + 6; // low word 6, high word 5
    const words = [0, 1].flatMap((block) => philox4x32([block, 9, STREAM.noise, 0], [6, 5]));
    expect(take(8, uniforms(seed, STREAM.noise, 9))).toEqual(words.map((word) => (word + 0.5) / 2 ** 32));
  });

  it('start again where they are asked for again', () => {
    const once = uniforms(1, 2, 3);
    take(5, once);
    expect(take(3, uniforms(1, 2, 3))).toEqual(take(3, uniforms(1, 2, 3)));
    expect(once()).not.toBe(uniforms(1, 2, 3)());
  });

  // n draws: a mean, a correlation or a share of independent draws has a standard error of its standard deviation
  // over √n. Five of them are passed once in two million times; the draws are the same each time.
  const n = 4096;

  it('have the moments of the uniform distribution', () => {
    const draws = take(n, uniforms(11, 54, 0));
    expect(Math.abs(mean(draws) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(mean(draws.map((u) => u * u)) - 1 / 3)).toBeLessThan(5 * Math.sqrt((1 / 5 - 1 / 9) / n));
    expect(Math.min(...draws)).toBeGreaterThan(0);
    expect(Math.max(...draws)).toBeLessThan(1);
  });

  const base = take(n, uniforms(11, 1, 0));
  it.each<[string, number[]]>([
    ['another seed', [12, 1, 0]],
    ['a seed 2³² higher', [11 + 2 ** 32, 1, 0]],
    ['another stream', [11, 2, 0]],
    ['another index', [11, 1, 1]],
    ['stream and index exchanged', [11, 0, 1]],
  ])('of %s are not correlated', (_, [seed, stream, index]) => {
    expect(Math.abs(correlation(base, take(n, uniforms(seed, stream, index))))).toBeLessThan(5 / Math.sqrt(n));
  });

  it('are not correlated with the draws after them, as they are with themselves', () => {
    const next = uniforms(11, 1, 0);
    next();
    expect(Math.abs(correlation(base, take(n, next)))).toBeLessThan(5 / Math.sqrt(n));
    expect(correlation(base, base)).toBeCloseTo(1, 12);
  });
});

describe('normals', () => {
  // E z^k = 0, 1, 0, 3 with variances 1, 2, 15, 96; five standard errors as above.
  const n = 20_000;
  const moments = [[1, 0, 1], [2, 1, 2], [3, 0, 15], [4, 3, 96]];
  const off = (draws: number[]) => moments.map(([power, want, variance]) =>
    Math.abs(mean(draws.map((z) => z ** power)) - want) / Math.sqrt(variance / n));

  it('have the first four moments of the standard normal', () => {
    expect(Math.max(...off(take(n, normals(uniforms(13, 54, 1)))))).toBeLessThan(5);
  });

  it('would be noticed if they were uniform with variance 1', () => {
    const uniform = uniforms(13, 54, 2);
    expect(off(take(n, () => Math.sqrt(12) * (uniform() - 0.5)))[3]).toBeGreaterThan(5);
  });

  it('one after another are not correlated', () => {
    const draws = take(n + 1, normals(uniforms(13, 54, 3)));
    expect(Math.abs(correlation(draws.slice(0, n), draws.slice(1)))).toBeLessThan(5 / Math.sqrt(n));
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (p: readonly number[], q: readonly number[], meanP: number, meanQ: number) =>
    mean(p.map((value, i) => (value - meanP) * (q[i] - meanQ)));
  return product(a, b, meanA, meanB) / Math.sqrt(product(a, a, meanA, meanA) * product(b, b, meanB, meanB));
}
