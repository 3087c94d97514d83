/** Against the classical sandwich where the two are the same, under what must not matter, and by coverage. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { warmSchedule } from '../../src/backend/schedule.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { packedIndex } from '../../src/math/packed.ts';
import { normals, uniforms } from '../../src/math/philox.ts';
import { studentQuantile } from '../../src/math/student.ts';
import { conditionNumber } from '../../src/optim/conditioning.ts';
import type { Problem } from '../../src/optim/objective.ts';
import { polish } from '../../src/optim/polish.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { paperReplica } from '../../src/paper/replica.ts';
import { degreesOfFreedom, sandwichCovariance } from '../../src/stats/sandwich.ts';
import { sandwichIntervals } from '../../src/stats/sandwich-intervals.ts';
import { grid, problemCase } from '../support/cases.ts';
import { worst } from '../support/close.ts';

const ORDER = 5;
const U = 2 ** -53;
const { problem, centre, truth } = problemCase();
const { x } = polish(problem, truth);
const unequal = { ...problem, weight: problem.weight.map((_, i) => 1 + (i % 4)) };

/** Largest difference in units of `share`·√(VⱼⱼVₖₖ) of `want`, as a tolerance. */
function apart(got: Float64Array, want: Float64Array, share: number) {
  const scale = want.map(() => 0);
  for (let i = 0; i < ORDER; i++) for (let j = 0; j <= i; j++) {
    scale[packedIndex(i, j)] = share * Math.sqrt(want[packedIndex(i, i)]! * want[packedIndex(j, j)]!);
  }
  return worst(got, want, scale);
}

// The bread is solved twice, each time to about n·u times its condition number, scaled to a unit diagonal.
const SOLVED = 2 * 100 * U * conditionNumber(unequal, x);

/** n/(n − P)·H⁻¹ M H⁻¹ written out with full matrices, for a curvature and a slope of each residual in nats. */
function sandwichOf({ inputs, logLoss, weight }: Problem, at: Float64Array,
                    curvature: (r: number, residuals: Float64Array) => number, slope: (r: number) => number): Float64Array {
  const n = logLoss.length;
  const prediction = new Float64Array(n);
  const jacobian = Array.from({ length: ORDER }, () => new Float64Array(n));
  chinchilla.predict(at, inputs, prediction, jacobian);
  const residual = prediction.map((value, i) => Math.log(value) - logLoss[i]!);
  const gram = (of: (i: number) => number) => jacobian.map((p) => jacobian.map((q) =>
    p.reduce((total, value, i) => total + of(i) * value * q[i]!, 0)));
  const times = (a: number[][], b: number[][]) => a.map((row) => b.map((_, j) => row.reduce((total, v, k) => total + v * b[k]![j]!, 0)));
  const inverse = inverted(gram((i) => weight[i]! * curvature(residual[i]!, residual)));
  const full = times(times(inverse, gram((i) => (weight[i]! * slope(residual[i]!)) ** 2)), inverse);
  return Float64Array.from(full.flatMap((row, i) => row.slice(0, i + 1).map((value) => (value * n) / (n - ORDER))));
}

/** MacKinnon and White 1985, HC1, of weighted least squares. */
const leastSquaresSandwich = (of: Problem, at: Float64Array) => sandwichOf(of, at, () => 1, (r) => r);

/** By Gauss and Jordan; the matrix is positive definite, so that no pivoting is needed. */
function inverted(matrix: number[][]): number[][] {
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))]);
  rows.forEach((row, p) => {
    const pivot = row[p]!;
    row.forEach((value, k) => { row[k] = value / pivot; });
    rows.forEach((other, i) => {
      const factor = other[p]!;
      if (i !== p) other.forEach((value, k) => { other[k] = value - factor * row[k]!; });
    });
  });
  return rows.map((row) => row.slice(ORDER));
}

describe('covariance', () => {
  it('is the classical one where every residual is inside δ, and another at 1e-3', () => {
    const wide = { ...unequal, delta: 1 };
    const { x: fitted } = polish(wide, truth);
    const want = leastSquaresSandwich(wide, fitted);
    // (ψ(r + h) − ψ(r − h))/(2h) is 1 but for the rounding of r ± h, about u of themselves.
    expect(apart(sandwichCovariance(wide, fitted), want, SOLVED).ratio).toBeLessThan(1);
    expect(apart(sandwichCovariance({ ...unequal, delta: 1e-3 }, fitted), want, 0.05).ratio).toBeGreaterThan(1);
  });

  it('at δ = 1e-3 has the share of r ± h inside ±δ for curvature, h = 1.8·n^(−1/5) deviations', () => {
    const delta = 1e-3;
    const written = (factor: number) => sandwichOf(unequal, x, (r, residuals) => {
      const sizes = residuals.map(Math.abs).toSorted();
      const h = factor * 1.4826 * ((sizes[49]! + sizes[50]!) / 2) * 100 ** -0.2;
      return Math.max(0, Math.min(r + h, delta) - Math.max(r - h, -delta)) / (2 * h);
    }, (r) => (Math.abs(r) > delta ? Math.sign(r) * delta : r));
    const V = sandwichCovariance(unequal, x);
    // h is of order δ·10 and r ± h is rounded; a curvature at the edge of the window, (δ + h − |r|)/(2h), by as much.
    expect(apart(V, written(1.8), 10 * SOLVED).ratio).toBeLessThan(1);
    expect(apart(V, written(1.6), 0.01).ratio).toBeGreaterThan(1);
  });

  it('does not change with all weights, and does with some', () => {
    const V = sandwichCovariance(problem, x);
    const seven = sandwichCovariance({ ...problem, weight: problem.weight.map(() => 7) }, x);
    expect(apart(seven, V, SOLVED).ratio).toBeLessThan(1);
    expect(apart(sandwichCovariance(unequal, x), V, 0.05).ratio).toBeGreaterThan(1);
  });

  it('does not depend on the order of the points, but on which losses are whose', () => {
    const V = sandwichCovariance(unequal, x);
    const shuffled = (values: Float64Array) => values.map((_, i) => values[(37 * i) % 100]!);
    const { logLoss, weight, inputs } = unequal;
    const moved = { ...unequal, inputs: inputs.map(shuffled), logLoss: shuffled(logLoss), weight: shuffled(weight) };
    expect(apart(sandwichCovariance(moved, x), V, SOLVED).ratio).toBeLessThan(1);
    expect(apart(sandwichCovariance({ ...moved, logLoss }, x), V, 0.05).ratio).toBeGreaterThan(1);
  });

  it('of points of weight 0 is that of the points without them, whatever they hold', () => {
    const half = (column: Float64Array) => column.subarray(0, 50);
    const without = { ...unequal, inputs: problem.inputs.map(half), logLoss: half(problem.logLoss), weight: half(unequal.weight) };
    const zeroed = {
      ...unequal, weight: unequal.weight.map((w, i) => (i < 50 ? w : 0)), logLoss: problem.logLoss.map((v, i) => (i < 50 ? v : 9)),
    };
    expect([degreesOfFreedom(without), degreesOfFreedom(zeroed), degreesOfFreedom(problem)]).toEqual([45, 45, 95]);
    const tolerance = 2 * 50 * U * conditionNumber(without, x);
    expect(apart(sandwichCovariance(zeroed, x), sandwichCovariance(without, x), tolerance).ratio).toBeLessThan(1);
  });

  it.each<[string, Problem, Float64Array]>([
    ['D = 20N and the exponents are equal', problemCase({ sizes: grid().map(({ N }) => ({ N, D: 20 * N })) }).problem, x.with(4, x[3]!)],
    ['as many runs as parameters have weight', { ...problem, weight: problem.weight.map((_, i) => Number(i % 21 === 0)) }, x],
    ['x is not finite', problem, x.map(() => NaN)],
  ])('is NaN where %s, and so are the intervals', (_, singular, at) => {
    expect([...sandwichCovariance(singular, at)].every(Number.isNaN)).toBe(true);
    expect(Object.values(sandwichIntervals(singular, at, centre, 0.95)).flat().every(Number.isNaN)).toBe(true);
    expect([...sandwichCovariance(problem, x)].every(Number.isFinite)).toBe(true);
  });

  it('leaves out what is held: it has no variance, and leaves a degree of freedom', () => {
    const held = { ...unequal, pinned: [false, false, false, false, true] };
    const [V, free] = [sandwichCovariance(held, x), sandwichCovariance(unequal, x)];
    expect(degreesOfFreedom(held)).toBe(96);
    expect(Array.from({ length: ORDER }, (_, j) => V[packedIndex(4, j)])).toEqual([0, 0, 0, 0, 0]);
    for (let j = 0; j < 4; j++) expect(V[packedIndex(j, j)]! / free[packedIndex(j, j)]!).toBeGreaterThan(0);
    // E and beta hang together: with beta known E is known better.
    expect(V[0]! / free[0]!).toBeLessThan(0.9);
  });

  it('is tiny where there is no noise', () => {
    const { problem: exact, truth: law } = problemCase({ noise: 0 });
    const V = sandwichCovariance(exact, law);
    for (let j = 0; j < ORDER; j++) expect(Math.sqrt(V[packedIndex(j, j)]!)).toBeLessThan(1e-10);
  });
});

describe('intervals', () => {
  const V = sandwichCovariance(problem, x);
  const at = (i: number, j: number) => V[packedIndex(Math.max(i, j), Math.min(i, j))]!;
  const intervals = sandwichIntervals(problem, x, centre, 0.9);
  const reach = studentQuantile(0.95, 95);
  // A central difference over ±1e-5 of exp(21·1e-5·…) errs by (2.1e-4)²/6 = 7e-9 of its slope.
  const near = 2e-8;

  it('of alpha and beta are x ± t standard errors', () => {
    (['alpha', 'beta'] as const).forEach((name, k) => {
      const error = reach * Math.sqrt(at(3 + k, 3 + k));
      expect(worst(intervals[name]!, [x[3 + k]! - error, x[3 + k]! + error], [near * error, near * error]).ratio).toBeLessThan(1);
    });
  });

  it.each([['E', 0, undefined], ['A', 1, 3], ['B', 2, 4]] as const)('of %s are those of its log, which is linear in x', (name, j, exponent) => {
    const c = exponent === undefined ? 0 : centre[j - 1]!;
    const e = exponent ?? j;
    const log = x[j]! + c * x[e]!;
    const error = reach * Math.sqrt(at(j, j) + 2 * c * at(j, e) + c * c * at(e, e));
    const got = intervals[name]!.map(Math.log);
    expect(worst(got, [log - error, log + error], [near * error, near * error]).ratio).toBeLessThan(1);
    expect(worst(got, [log - error, log + error * (1 + 1e-6)], [near * error, near * error]).ratio).toBeGreaterThan(1);
  });

  it('of a and b hold the estimate and mirror each other; to first order they are the delta method', () => {
    const { 3: alpha, 4: beta } = x;
    const [low, high] = intervals['a']!;
    expect(worst(intervals['b']!, [1 - high, 1 - low], [near, near]).ratio).toBeLessThan(1);
    const [g3, g4] = [-beta! / (alpha! + beta!) ** 2, alpha! / (alpha! + beta!) ** 2];
    const error = reach * Math.sqrt(g3 * g3 * at(3, 3) + 2 * g3 * g4 * at(3, 4) + g4 * g4 * at(4, 4));
    expect([low < beta! / (alpha! + beta!), high > beta! / (alpha! + beta!)]).toEqual([true, true]);
    // The next order is (error/(α + β))² of the width.
    expect(Math.abs((high - low) / (2 * error) - 1)).toBeLessThan(0.05);
  });

  it('are wider for more confidence', () => {
    Object.entries(sandwichIntervals(problem, x, centre, 0.99)).forEach(([name, [low, high]]) => {
      expect([low < intervals[name]![0], high > intervals[name]![1]]).toEqual([true, true]);
    });
  });

  it('are named after the parameters and the exponents', () => {
    expect(Object.keys(intervals)).toEqual(['E', 'A', 'B', 'alpha', 'beta', 'a', 'b']);
  });
});

describe('coverage', () => {
  const SWEEPS = 400;
  const base = batchOf(paperReplica(), chinchilla);
  const start = chinchilla.toWorking(Object.values(EQ10), base.centre);
  const wanted: Record<string, number> = { ...EQ10, a: EQ10.beta / (EQ10.alpha + EQ10.beta) };
  const prediction = new Float64Array(base.points);
  chinchilla.predict(start, base.inputs, prediction, Array.from({ length: ORDER }, () => new Float64Array(base.points)));

  /** Problems and optima of sweeps with so much normal noise on log L. */
  async function fits(sigma: (i: number) => number, delta: number) {
    const draws = base.inputs[0]!.map((_, i) => i);
    const logLoss = new Float64Array(base.points * SWEEPS);
    draws.forEach((i) => {
      const normal = normals(uniforms(5, 78, i));
      for (let r = 0; r < SWEEPS; r++) logLoss[i * SWEEPS + r] = Math.log(prediction[i]!) + sigma(i) * normal();
    });
    const batch = { ...base, replicates: SWEEPS, logLoss };
    const { x: ends } = await cpuBackend(1).descend(batch, start, warmSchedule(delta, 1e-12));
    return Array.from({ length: SWEEPS }, (_, r) => ({
      problem: { ...base, delta, logLoss: Float64Array.from(draws, (i) => logLoss[i * SWEEPS + r]!) },
      end: ends.slice(r * ORDER, (r + 1) * ORDER),
    }));
  }

  it.each<[string, (i: number) => number, number]>([
    ['normal noise, δ = 1e-3', () => 0.01, 1e-3],
    ['twice the noise for small models, δ = 1e-3', (i) => (base.inputs[0]![i]! < 0 ? 0.02 : 0.01), 1e-3],
    ['least squares', () => 0.01, 1],
  ])('%s: intervals hold the truth as often as they say, half as wide they would not', async (_, sigma, delta) => {
    const names = Object.keys(wanted);
    const [held, heldByHalf] = [names.map(() => 0), names.map(() => 0)];
    for (const { problem: sweep, end } of await fits(sigma, delta)) {
      const got = sandwichIntervals(sweep, end, base.centre, 0.95);
      names.forEach((name, k) => {
        const [low, high] = got[name]!;
        const value = wanted[name]!;
        held[k]! += Number(low < value && value < high);
        heldByHalf[k]! += Number(0.75 * low + 0.25 * high < value && value < 0.25 * low + 0.75 * high);
      });
    }
    // Four standard deviations of a binomial: passed by chance less than once in 10⁴.
    const room = 4 * Math.sqrt((0.05 * 0.95) / SWEEPS);
    held.forEach((count) => expect(Math.abs(count / SWEEPS - 0.95)).toBeLessThan(room));
    heldByHalf.forEach((count) => expect(count / SWEEPS).toBeLessThan(0.95 - room));
  });
});
