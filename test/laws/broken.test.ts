/** The law with one break: the data of the paper's demonstration, its limits on both sides of the break, and far from it. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { broken as law } from '../../src/laws/broken.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import type { Fit, LossId } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';
import { worst } from '../support/close.ts';
import { formulaOf } from '../support/laws.ts';

const U = 2 ** -53;
const backend = cpuBackend(1);

/** Caballero et al. 2022, their code: loss of four-digit addition by the size of the training set. They fit the first 14. */
const SIZES = [160, 192, 256, 320, 384, 448, 480, 512, 544, 576, 608, 640, 672, 736, 800, 864, 928];
const LOSSES = [
  2.13809046, 2.11813418, 2.08955508, 2.06988398, 2.05404987, 2.03837089, 2.02814281, 2.00496872, 1.95576149, 1.86313841,
  1.70891537, 1.50637664, 1.29754721, 0.96559684, 0.75856477, 0.64768338, 0.55695445,
];
const FITTED = 14;
/** The law of their noiseless simulation of it, from the same code: E, A, c_0, c_1, d_1, f_1. */
const SIMULATED = [0.41388453071629455, 2.2772722897737556, 0.055077348404973955, 5.662903816010331, 612.5836172918001, 0.059193036393742314];

const formula = (natural: readonly number[], x: number) => formulaOf(law)(natural, { N: NaN, D: NaN, x });
const inOrder = (fit: Fit) => law.params.map((name) => fit.params[name]!);
const fitTo = (sizes: readonly number[], losses: readonly number[], loss: LossId) =>
  fitOn(backend, { ...sweepCase({ sizes: sizes.map((x) => ({ N: x, D: 1, x })) }), loss: Float64Array.from(losses) }, { law: 'broken', loss });

/** Root mean square of log L̂ − log L over their runs from..to. */
function rmsOver(natural: readonly number[], from: number, to: number): number {
  const squares = LOSSES.slice(from, to).map((loss, k) => Math.log(formula(natural, SIZES[from + k]!) / loss) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square) / squares.length);
}

describe.each(['huber-log', 'squares-log'] as const)('of four-digit addition, 14 runs by %s', (loss) => {
  const fitted = fitTo(SIZES.slice(0, FITTED), LOSSES.slice(0, FITTED), loss);

  it('has one minimum, which nearly all starts reach', async () => {
    const { certificate, otherMinima } = await fitted;
    expect(certificate).toMatchObject({ verdict: 'pass', starts: 32 });
    expect(certificate.startsAgreeing).toBeGreaterThan(28);
    expect(otherMinima).toEqual([]);
  });

  // They minimise squares of differences of log(1 + loss), which weigh the runs otherwise: the laws are near, not the same.
  it('is near the law of their simulation, within a twentieth of each parameter', async () => {
    const { ratio, where } = worst(inOrder(await fitted), SIMULATED, SIMULATED.map((value) => 0.05 * value));
    expect(ratio, where).toBeLessThan(1);
    expect(ratio).toBeGreaterThan(1e-3);
  });

  it('is as near the 14 runs as theirs, and as far off the three beyond: 1.1 %', async () => {
    const natural = inOrder(await fitted);
    expect(rmsOver(natural, 0, FITTED)).toBeLessThan(1.001 * rmsOver(SIMULATED, 0, FITTED));
    expect(Math.abs(rmsOver(natural, FITTED, SIZES.length) / 0.0112 - 1)).toBeLessThan(0.02);
    expect(Math.abs(rmsOver(SIMULATED, FITTED, SIZES.length) / 0.0109 - 1)).toBeLessThan(0.02);
    // The power law of the runs before it bends knows nothing of that.
    expect(rmsOver(natural.with(3, 0), FITTED, SIZES.length)).toBeGreaterThan(0.5);
  });
});

it('least squares of logs are no higher than at their parameters', async () => {
  const natural = inOrder(await fitTo(SIZES.slice(0, FITTED), LOSSES.slice(0, FITTED), 'squares-log'));
  expect(rmsOver(natural, 0, FITTED)).toBeLessThan(rmsOver(SIMULATED, 0, FITTED));
});

it('their simulation is found again from runs that end beyond the break, and not from runs that end before it', async () => {
  const upTo = (most: number) => [...new Set(Array.from({ length: 120 }, (_, i) => Math.round(most ** (i / 119))))];
  const fitUpTo = (most: number) => fitTo(upTo(most), upTo(most).map((x) => formula(SIMULATED, x)), 'huber-log');
  const [beyond, before] = [await fitUpTo(800), await fitUpTo(405)];
  // Losses are rounded at 1e-16, and the last few runs tell of the break to about a tenth of what they move.
  expect(worst(inOrder(beyond), SIMULATED, SIMULATED.map((value) => 1e-10 * value)).ratio).toBeLessThan(1);
  expect(beyond.certificate.verdict).toBe('pass');
  expect(before.certificate.verdict).toBe('fail');
});

describe('far from the break', () => {
  const NATURAL = [1.2, 60, 0.2, 0.5, 5e8, 0.35];
  const [E, A, before, gain, d] = NATURAL as [number, number, number, number, number];
  const lossOf = (natural: readonly number[], x: number) =>
    predictLoss('broken', Object.fromEntries(law.params.map((name, j) => [name, natural[j]!])), { x });

  // (x/d)^(1/f) is e^±40 there; exponents of A·x^(−c) are differences of numbers below 30.
  it.each([
    ['below', d * Math.exp(-14), A * (d * Math.exp(-14)) ** -before],
    ['above', d * Math.exp(14), A * d ** gain * (d * Math.exp(14)) ** -(before + gain)],
  ])('%s it is a power law', (_, x, term) => {
    expect(Math.abs((lossOf(NATURAL, x) - E) / term - 1)).toBeLessThan(1e-12);
    expect(Math.abs((lossOf(NATURAL.with(3, 0.51), x) - E) / term - 1) > 1e-3).toBe(x > d);
  });

  it('is finite where the power of x/d_1 is not, with slopes and curvature', () => {
    const narrow = NATURAL.with(5, 1e-3);
    expect(((100 * d) / d) ** 1000).toBe(Infinity);
    const x = law.toWorking(narrow, [20.5]);
    const inputs = [Float64Array.of(Math.log(100 * d) - 20.5, Math.log(d / 100) - 20.5)];
    const [prediction, hessian] = [new Float64Array(2), new Float64Array(21)];
    const jacobian = law.params.map(() => new Float64Array(2));
    law.predict(x, inputs, prediction, jacobian);
    law.addCurvature(jacobian, inputs, Float64Array.of(1, 1), hessian, x);
    const want = [E + A * (100 * d) ** -before * 100 ** -gain, E + A * (d / 100) ** -before];
    expect(worst(prediction, want, want.map((value) => 200 * U * value)).ratio).toBeLessThan(1);
    expect([...hessian, ...jacobian.flatMap((column) => [...column])].every(Number.isFinite)).toBe(true);
  });

  it('is the same curve with f_1 negative, c_0 + c_1 for c_0 and −c_1 for c_1', () => {
    const other = [E, A * d ** gain, before + gain, -gain, d, -0.35];
    for (const x of [1e7, 5e8, 1e10]) expect(Math.abs(formula(other, x) / lossOf(NATURAL, x) - 1)).toBeLessThan(200 * U);
  });
});
