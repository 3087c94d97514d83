/** Chinchilla's law with an exponent on its sum: against its formula, and against the laws that it holds. */
import { describe, expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { chinchillaGamma as law } from '../../src/laws/chinchilla-gamma.ts';
import { kaplan } from '../../src/laws/kaplan.ts';
import type { Law } from '../../src/laws/law.ts';
import { packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { JOINT } from '../../src/paper/kaplan.ts';
import { worst } from '../support/close.ts';

const U = 2 ** -53;
const CENTRE = [20.5, 23.5]; // with few bits, so that centring and back is exact
const NATURAL = [1.76, 2300, 9960, 0.424, 0.431, 0.774];

/** Points of ±3 about the centre. */
const uniform = uniforms(5, 58, 0);
const INPUTS = [0, 1].map(() => Float64Array.from({ length: 20 }, () => 6 * uniform() - 3));

function evaluate(of: Law, x: ArrayLike<number>, inputs = INPUTS) {
  const { length } = inputs[0]!;
  const prediction = new Float64Array(length);
  const jacobian = of.params.map(() => new Float64Array(length));
  of.predict(x, inputs, prediction, jacobian);
  const curvature = new Float64Array(packedLength(of.params.length));
  of.addCurvature(jacobian, inputs, new Float64Array(length).fill(1), curvature, x);
  return { prediction, jacobian, curvature };
}

describe('the prediction', () => {
  const got = evaluate(law, law.toWorking(NATURAL, CENTRE)).prediction;

  it('is E + (A/N^α + B/D^β)^γ', () => {
    const [E, A, B, alpha, beta, gamma] = NATURAL as [number, number, number, number, number, number];
    const formula = (gamma: number) => Array.from(INPUTS[0]!, (u, i) => {
      const [N, D] = [Math.exp(u + CENTRE[0]!), Math.exp(INPUTS[1]![i]! + CENTRE[1]!)];
      return E + (A / N ** alpha + B / D ** beta) ** gamma;
    });
    // Exponents of up to 30 are rounded to 30u each; N, and the logs that it comes from, as much again.
    const tolerance = got.map((loss) => 200 * U * loss);
    expect(worst(got, formula(gamma), tolerance).ratio).toBeLessThan(1);
    expect(worst(got, formula(1.001 * gamma), tolerance).ratio).toBeGreaterThan(1e3);
  });

  it('with γ = 1 is Chinchilla\'s, with its slopes and its curvature', () => {
    const x = chinchilla.toWorking(NATURAL, CENTRE);
    const [ours, theirs] = [evaluate(law, Float64Array.of(...x, 0)), evaluate(chinchilla, x)];
    // A log and an exp more, and products of up to 9; sums of 20 of them.
    expect(worst(ours.prediction, theirs.prediction, theirs.prediction.map((loss) => 20 * U * loss)).ratio).toBeLessThan(1);
    for (let j = 0; j < 5; j++) expect(worst(ours.jacobian[j]!, theirs.jacobian[j]!, theirs.jacobian[j]!.map(() => 100 * U)).ratio).toBeLessThan(1);
    const { curvature } = theirs;
    expect(worst(ours.curvature.subarray(0, 15), curvature, curvature.map(() => 20 * 9 * 100 * U)).ratio).toBeLessThan(1);
    const other = evaluate(law, Float64Array.of(...x, 0.01));
    expect(worst(other.prediction, theirs.prediction, theirs.prediction.map((loss) => 20 * U * loss)).ratio).toBeGreaterThan(1e3);
  });

  it('with E = 0 and β = 1 is Kaplan\'s: γ = α_D, α = α_N/α_D', () => {
    const { N, D } = JOINT;
    const alpha = N.exponent / D.exponent;
    const ours = (E: number) => evaluate(law, law.toWorking([E, N.scale ** alpha, D.scale, alpha, 1, D.exponent], CENTRE)).prediction;
    const theirs = evaluate(kaplan, kaplan.toWorking([N.scale, D.scale, N.exponent, D.exponent], CENTRE)).prediction;
    const tolerance = theirs.map((loss) => 200 * U * loss);
    expect(worst(ours(1e-300), theirs, tolerance).ratio).toBeLessThan(1);
    expect(worst(ours(1e-6), theirs, tolerance).ratio).toBeGreaterThan(1e3);
  });

  it.each([-0.2, -3])('is E alone where both terms are nothing, with no slope but along it and no NaN: log γ = %d', (g) => {
    const { prediction, jacobian, curvature } = evaluate(law, [0.5, -1e4, -1e4, 0.3, 0.3, g], [Float64Array.of(1), Float64Array.of(2)]);
    expect(prediction[0]! / Math.exp(0.5)).toBeCloseTo(1, 12);
    expect(jacobian.map(([slope]) => Math.abs(slope!))).toEqual([jacobian[0]![0], 0, 0, 0, 0, 0]);
    expect(Array.from(curvature, Math.abs)).toEqual(Array.from(curvature, (_, k) => (k === 0 ? jacobian[0]![0] : 0)));
  });
});

describe('coordinates', () => {
  it('are Chinchilla\'s, and the log of γ', () => {
    const x = law.toWorking(NATURAL, CENTRE);
    expect(x.subarray(0, 5)).toEqual(chinchilla.toWorking(NATURAL, CENTRE));
    expect(x[5]).toBe(Math.log(NATURAL[5]!));
    expect(Math.abs(law.toNatural(x, CENTRE)[5]! / NATURAL[5]! - 1)).toBeLessThan(4 * U);
  });

  it('a drawn start has the reducible loss that either term of Chinchilla\'s has, and its exponents', () => {
    for (let k = 0; k < 20; k++) {
      const [, a, b, alpha, beta, g] = law.drawStart(2, uniforms(1, 1, k));
      const gamma = Math.exp(g!);
      expect([gamma > 0.3 * (1 - 4 * U), gamma < 2]).toEqual([true, true]);
      const effective = [a!, b!, alpha!, beta!].map((value) => gamma * value);
      const want = Array.from(chinchilla.drawStart(2, uniforms(1, 1, k)).subarray(1));
      expect(worst(effective, want, want.map((value) => 8 * U * Math.abs(value))).ratio).toBeLessThan(1);
    }
  });

  it('the starts of the grid are Chinchilla\'s 4500, with γ = 1', () => {
    const grid = law.paperStarts(CENTRE);
    expect(grid.map((start) => start.slice(0, 5))).toEqual(chinchilla.paperStarts(CENTRE));
    expect(grid.every((start) => start[5] === 0)).toBe(true);
  });
});

it.each([
  [0.4, 0.3, 0.8, []], [0, 0.3, 1, ['alpha <= 0']], [0.4, -1, 0, ['beta <= 0', 'gamma <= 0']], [NaN, 0, NaN, ['alpha <= 0', 'beta <= 0', 'gamma <= 0']],
])('alpha %d, beta %d and gamma %d break the bounds %j', (alpha, beta, gamma, broken) => {
  expect(law.brokenBounds([1.7, 400, 420, alpha, beta, gamma])).toEqual(broken);
});

it('has the frontier of the sum of its terms, whatever E and γ', () => {
  const other = NATURAL.with(0, 9).with(5, 0.2);
  for (const C of [1e18, 5.76e23]) {
    const want = chinchilla.frontier.allocate(NATURAL.slice(0, 5), C);
    expect([law.frontier.allocate(NATURAL, C), law.frontier.allocate(other, C)]).toEqual([want, want]);
  }
  expect(law.frontier.exponents(NATURAL)).toEqual(chinchilla.frontier.exponents(NATURAL));
});
