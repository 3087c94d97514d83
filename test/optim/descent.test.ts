import { describe, expect, it } from 'vitest';
import { schedule } from '../../src/backend/schedule.ts';
import { descend, descentWorkspace, vanishedParams, type Descent } from '../../src/optim/descent.ts';
import { objective, workspace, type Problem } from '../../src/optim/objective.ts';
import { worst } from '../support/close.ts';
import { drawnStarts, NATURAL, problemCase } from '../support/cases.ts';

const DELTA = 1e-3;
const STAGES = schedule(DELTA, 1e-12);
const { problem, truth, centre } = problemCase();
const starts = drawnStarts(64);
/** A start whose N-term is exactly zero everywhere: it has neither value nor gradient, and no step can find it. */
const DEAD = truth.with(1, -1000);
const OVERFLOW = truth.with(1, 1000);

/** f in nats², as a descent reports it. */
const valueAt = (at: Problem, x: ArrayLike<number>) => objective(at, x, workspace(at)) * at.delta ** 2;

describe('without noise', () => {
  const { problem: exact } = problemCase({ noise: 0 });
  const { law } = exact;

  it('finds the law from every drawn start', () => {
    // The condition number of the design is near 1e3 and residuals are rounded to 1e-15: 1e-12, or 1e-11 in A and B
    // whose logs are fifteen times the exponents.
    const tolerance = NATURAL.map((value) => 1e-9 * value);
    for (const start of starts) {
      const { ratio, where } = worst(law.toNatural(descend(exact, start, STAGES).x, centre), NATURAL, tolerance);
      expect(ratio, where).toBeLessThan(1);
    }
    expect(worst(law.toNatural(starts[0], centre), NATURAL, tolerance).ratio).toBeGreaterThan(1e3);
  });
});

describe('with noise', () => {
  const ends = starts.map((start) => descend(problem, start, STAGES));
  const lowest = Math.min(...ends.map((end) => end.objective));

  it('reaches one minimum from every drawn start, far below each', () => {
    // A stage stops where the model promises 1e-12 of the objective; that model may be off by some tens.
    for (const end of ends) expect(end.objective / lowest - 1).toBeLessThan(1e-10);
    expect(new Set(ends.map((end) => end.termination))).toEqual(new Set(['converged']));
    expect(Math.min(...starts.map((start) => valueAt(problem, start)))).toBeGreaterThan(1.5 * lowest);
  });

  it('has no lower point beside it', () => {
    const best = ends[0];
    for (const step of [1e-2, 1e-4]) for (let j = 0; j < 5; j++) for (const side of [-step, step]) {
      expect(valueAt(problem, best.x.with(j, best.x[j] + side))).toBeGreaterThan(best.objective);
    }
  });

  it('fits the noise better than the law that drew the data', () => {
    expect(lowest).toBeLessThan(valueAt(problem, truth));
  });
});

describe('a descent ends', () => {
  const single = [STAGES[STAGES.length - 1]];
  const end = (start: Float64Array, stages = single) => descend(problem, start, stages);

  it.each<[Descent['termination'], Float64Array, number]>([
    ['converged', starts[0], 300],
    ['nonfinite', OVERFLOW, 300],
    ['iterations', starts[0], 3],
    ['vanished', DEAD, 300],
  ])('%s, with the best x that it saw', (termination, start, steps) => {
    const copy = start.slice();
    const got = end(start, [{ ...single[0], steps }]);
    expect(got.termination).toBe(termination);
    expect(got.objective).toBeLessThanOrEqual(valueAt(problem, start));
    // The last step is not measured: what it promised is below 1e-12 of the objective, what it brought about that.
    const value = valueAt(problem, got.x);
    expect(worst([got.objective], [value], [Math.min(1e-11 * value, 1)]).ratio).toBeLessThan(1);
    expect(got.steps).toBeGreaterThan(0);
    expect(got.steps).toBeLessThanOrEqual(steps);
    expect(start).toEqual(copy);
  });

  it('where it started, from a start that is not finite', () => {
    const want = { x: OVERFLOW, objective: Infinity, steps: STAGES.length, termination: 'nonfinite' };
    expect(end(OVERFLOW, STAGES)).toEqual(want);
    expect(end(truth.with(3, NaN))).toMatchObject({ objective: NaN, termination: 'nonfinite' });
  });

  it('after no more evaluations than its stages allow, all of them counted', () => {
    const stages = STAGES.map((stage) => ({ ...stage, steps: 2 }));
    expect(end(starts[0], stages)).toMatchObject({ steps: 2 * stages.length, termination: 'iterations' });
  });

  it('lower with every evaluation allowed, or the same', () => {
    const values = [1, 2, 4, 8, 16, 32].map((steps) => end(starts[1], [{ ...single[0], steps }]).objective);
    expect(values).toEqual(values.toSorted((p, q) => q - p));
    expect(values[5]).toBeLessThan(values[0]);
  });

  it('converged at once where every residual is exactly zero, though nothing is left to be relative to', () => {
    const { problem: exact, truth: law } = problemCase({ noise: 0 });
    const perfect: Problem = { ...exact, logLoss: predictionOf(exact, law).map(Math.log) };
    const got = descend(perfect, law, single);
    expect(got).toMatchObject({ x: law, objective: 0, termination: 'converged', steps: 1 });
  });

  it('stalled where no step lowers the objective to the working precision', () => {
    const { x } = descend(problem, truth, STAGES);
    // A tolerance of zero asks for decreases that rounding hides.
    expect(end(x, [{ delta: DELTA, tolerance: 0, steps: 1000 }]).termination).toBe('stalled');
  });

  it('for no stage, with a mistake', () => {
    expect(() => end(truth, [])).toThrow(new RangeError('descend: expected at least one stage, got none.'));
  });
});

it('does not depend on what a workspace was used for before', () => {
  const work = descentWorkspace(problem, STAGES);
  const first = descend(problem, starts[0], STAGES, work);
  descend(problem, OVERFLOW, STAGES, work);
  expect(descend(problem, starts[0], STAGES, work)).toEqual(first);
  expect(descend(problem, starts[0], STAGES)).toEqual(first);
});

it('a term that has nearly vanished comes back', () => {
  const faint = truth.with(1, -12); // e⁻¹² of a nat: 1e-5 of the loss, with a gradient that sees it
  const { termination, objective: value } = descend(problem, faint, STAGES);
  expect(termination).toBe('converged');
  expect(value / descend(problem, truth, STAGES).objective - 1).toBeLessThan(1e-10);
});

describe('vanished parameters', () => {
  it.each<[string, Float64Array, number[]]>([
    ['none at the truth', truth, []],
    ['A and alpha where the N-term is zero', DEAD, [1, 3]],
    ['B and beta', truth.with(2, -1000), [2, 4]],
    ['E', truth.with(0, -1000), [0]],
  ])('are %s', (_, x, indices) => {
    expect(vanishedParams(problem, x)).toEqual(indices);
  });

  it('move no prediction by more than 1e-6 at any point', () => {
    const shareAt = (a: number) => {
      const work = workspace(problem);
      problem.law.predict(truth.with(1, a), problem.inputs, work.prediction, work.jacobian);
      return Math.max(...work.jacobian[1]);
    };
    const edge = truth[1] + Math.log(1e-6 / shareAt(truth[1])); // shares this small are proportional to exp a
    expect(shareAt(edge + 1)).toBeGreaterThan(1e-6);
    expect(vanishedParams(problem, truth.with(1, edge + 1))).toEqual([]);
    expect(shareAt(edge - 1)).toBeLessThan(1e-6);
    expect(vanishedParams(problem, truth.with(1, edge - 1))).toContain(1);
  });
});

function predictionOf(at: Problem, x: ArrayLike<number>): Float64Array {
  const { prediction, jacobian } = workspace(at);
  at.law.predict(x, at.inputs, prediction, jacobian);
  return prediction;
}
