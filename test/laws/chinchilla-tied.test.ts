/** Chinchilla's law with one exponent: against its formula, against Chinchilla's law, and in the terms of Gadre et al. */
import { describe, expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { chinchillaTied as law } from '../../src/laws/chinchilla-tied.ts';
import { uniforms } from '../../src/math/philox.ts';
import { worst } from '../support/close.ts';

const U = 2 ** -53;
const CENTRE = [20.5, 23.5]; // with few bits, so that centring and back is exact
const NATURAL = [1.8, 560, 1750, 0.357];
const untied = ([E, A, B, alpha]: ArrayLike<number> & Iterable<number>) => Float64Array.of(E!, A!, B!, alpha!, alpha!);

/** Points of ±3 about the centre. */
const uniform = uniforms(5, 57, 0);
const INPUTS = [0, 1].map(() => Float64Array.from({ length: 20 }, () => 6 * uniform() - 3));
const COUNTS = Array.from(INPUTS[0]!, (u, i) => ({ N: Math.exp(u + CENTRE[0]!), D: Math.exp(INPUTS[1]![i]! + CENTRE[1]!) }));

function predictedBy(of: typeof law, x: ArrayLike<number>): Float64Array {
  const prediction = new Float64Array(20);
  of.predict(x, INPUTS, prediction, of.params.map(() => new Float64Array(20)));
  return prediction;
}

describe('the prediction', () => {
  const x = law.toWorking(NATURAL, CENTRE);
  const got = predictedBy(law, x);
  // Exponents of up to 30 are rounded to 30u each; N, and the logs that it comes from, as much again.
  const tolerance = got.map((loss) => 200 * U * loss);

  it('is E + A/N^α + B/D^α', () => {
    const [E, A, B, alpha] = NATURAL as [number, number, number, number];
    const formula = (beta: number) => COUNTS.map(({ N, D }) => E + A / N ** alpha + B / D ** beta);
    expect(worst(got, formula(alpha), tolerance).ratio).toBeLessThan(1);
    expect(worst(got, formula(1.001 * alpha), tolerance).ratio).toBeGreaterThan(1e3);
  });

  it('is Chinchilla\'s with β = α, to the last bit', () => {
    expect(predictedBy(chinchilla, untied(x))).toEqual(got);
  });

  it('is that of Gadre et al. in C = 6ND and M = D/N: E + (a·M^η + b·M^−η)·C^−η', () => {
    const [E, A, B, alpha] = NATURAL as [number, number, number, number];
    const eta = alpha / 2;
    const theirs = (six: number) => COUNTS.map(({ N, D }) => {
      const [C, M] = [6 * N * D, D / N];
      return E + (A * six ** eta * M ** eta + B * six ** eta * M ** -eta) * C ** -eta;
    });
    expect(worst(got, theirs(6), tolerance).ratio).toBeLessThan(1);
    expect(worst(got, theirs(1), tolerance).ratio).toBeGreaterThan(1e3);
  });
});

it('draws the starts of Chinchilla\'s law, and takes the 900 of its grid that have one exponent', () => {
  const drawn = (of: typeof law) => Array.from({ length: 5 }, (_, k) => of.drawStart(2, uniforms(1, 1, k)));
  expect(drawn(law)).toEqual(drawn(chinchilla).map((start) => start.slice(0, 4)));
  const grid = law.paperStarts(CENTRE);
  expect(grid.length).toBe(5 * 6 * 6 * 5);
  const whole = new Set(chinchilla.paperStarts(CENTRE).map(String));
  expect(grid.every((start) => whole.has(String(untied(start))))).toBe(true);
});

it.each([[0.3, []], [0, ['alpha <= 0']], [NaN, ['alpha <= 0']]])('alpha %d breaks the bounds %j', (alpha, broken) => {
  expect(law.brokenBounds([1.8, 560, 1750, alpha])).toEqual(broken);
});

it('has Chinchilla\'s frontier with equal exponents: N = √(C/6)·(A/B)^(1/2α)', () => {
  const [, A, B, alpha] = NATURAL as [number, number, number, number];
  expect(law.frontier.exponents(NATURAL)).toEqual({ a: 0.5, b: 0.5 });
  for (const C of [1e18, 5.76e23, 1e28]) {
    const { N, D } = law.frontier.allocate(NATURAL, C);
    expect(law.frontier.allocate(NATURAL, C)).toEqual(chinchilla.frontier.allocate(untied(NATURAL), C));
    expect(Math.abs(N / (Math.sqrt(C / 6) * (A / B) ** (1 / (2 * alpha))) - 1)).toBeLessThan(200 * U);
    expect(Math.abs((6 * N * D) / C - 1)).toBeLessThan(200 * U);
  }
});
