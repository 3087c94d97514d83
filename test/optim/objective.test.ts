import { describe, expect, it } from 'vitest';
import { packedIndex } from '../../src/math/packed.ts';
import {
  assemble, localModel, objective, workspace, type LocalModel, type Problem,
} from '../../src/optim/objective.ts';
import { worst } from '../support/close.ts';
import { NATURAL, problemCase, sweepCase } from '../support/cases.ts';

const U = 2 ** -53;
const ORDER = 5;
/** Largest slope ∂log L̂/∂x: |u| and |v| stay below it on the grid of the case. */
const M = 3;

function modelAt(problem: Problem, x: ArrayLike<number>, kappa = 1, secondOrder = false) {
  const work = workspace(problem);
  const model = localModel(ORDER);
  assemble(problem, x, kappa, secondOrder, work, model);
  const residual = work.prediction.map((loss, i) => (Math.log(loss) - problem.logLoss[i]) / problem.delta);
  return { model, jacobian: work.jacobian, residual };
}

/** Weights of 1, 2 and 3, and an x off the truth: residuals of every size on both sides of δ. */
const { problem: plain, truth, centre } = problemCase();
const problem: Problem = { ...plain, weight: plain.weight.map((_, i) => 1 + (i % 3)) };
const x = truth.map((value, j) => value + 0.004 * (j - 2));

it('has a case with residuals on both sides of δ, none of them on it', () => {
  const { residual } = modelAt(problem, x);
  const inside = residual.filter((r) => Math.abs(r) < 1).length;
  expect(inside).toBeGreaterThan(5);
  expect(inside).toBeLessThan(residual.length / 2);
  expect(Math.max(...problem.inputs.map((column) => Math.max(...column.map(Math.abs))))).toBeLessThan(M);
});

describe('the value', () => {
  const { columns: { N, D }, loss } = sweepCase();
  const [E, A, B, alpha, beta] = problem.law.toNatural(x, centre);
  const z = loss.map((L, i) => Math.log(E + A / N[i] ** alpha + B / D[i] ** beta) - Math.log(L));
  const hoffmann = (residuals: Float64Array) => residuals.reduce((sum, r, i) =>
    sum + problem.weight[i] * (Math.abs(r) <= 1e-3 ? r * r / 2 : 1e-3 * (Math.abs(r) - 5e-4)), 0);
  // A residual errs by some 100 roundings of a number of order one (exponents near 30), and ρ′ ≤ δ.
  const tolerance = problem.weight.reduce((sum, w) => sum + w * 1e-3 * 100 * U, 0);

  it('times δ² is Σ w ρ_δ(log L̂ − log L) of E + A/N^α + B/D^β', () => {
    const got = objective(problem, x, workspace(problem)) * problem.delta ** 2;
    expect(Math.abs(got - hoffmann(z))).toBeLessThan(tolerance);
    expect(Math.abs(got - hoffmann(z.map((r) => r + 1e-9)))).toBeGreaterThan(tolerance);
  });

  it('is the same alone as with its model', () => {
    expect(objective(problem, x, workspace(problem))).toBe(modelAt(problem, x).model.value);
  });

  it('is not finite where the law is not', () => {
    expect(objective(problem, x.with(1, 1000), workspace(problem))).toBe(Infinity);
    expect(objective(problem, x.with(1, NaN), workspace(problem))).toBe(NaN);
  });
});

/**
 * Steps are in units of δ: x ± δh. With r in units of δ, r″ ≤ δM² and r‴ ≤ δ²M³, and f‴ ≤ Σ w(3|r′r″| + |r‴|):
 * a central difference errs by h²/6 of it, by the rounding of r (a few u of numbers of order ten, over δ) over h,
 * and by w|Jⱼ|²h for each point whose residual crosses the kink between x − δh and x + δh.
 */
describe('the gradient is that of central differences', () => {
  const compare = (delta: number, h: number, change = (g: number) => g) => {
    const at = { ...problem, delta };
    const { model, jacobian } = modelAt(at, x);
    const got: number[] = [], want: number[] = [], tolerance: number[] = [];
    let crossings = 0;
    const total = at.weight.reduce((sum, w) => sum + w, 0);
    for (let j = 0; j < ORDER; j++) {
      const [up, down] = [1, -1].map((side) => modelAt(at, x.with(j, x[j] + side * delta * h)));
      let kinks = 0;
      up.residual.forEach((r, i) => {
        if (zone(r) === zone(down.residual[i])) return;
        crossings++;
        kinks += at.weight[i] * jacobian[j][i] ** 2 * h;
      });
      got.push(change(model.gradient[j]));
      want.push((up.model.value - down.model.value) / (2 * h));
      tolerance.push((h ** 2 / 6) * total * (4 * delta * M ** 3) + (total * 40 * U) / delta / h + kinks);
    }
    return { ...worst(got, want, tolerance), crossings };
  };

  it.each([
    ['with every residual inside δ = 0.05', 0.05, 1e-4, false],
    ['with residuals on both sides of δ = 1e-3, none on its kink', 1e-3, 1e-4, false],
    ['with some that cross it', 1e-3, 0.2, true],
  ])('%s', (_, delta, h, crossing) => {
    const { ratio, where, crossings } = compare(delta, h);
    expect(ratio, where).toBeLessThan(1);
    expect(crossings > 0).toBe(crossing);
    expect(compare(delta, h, (g) => -g).ratio).toBeGreaterThan(10);
    expect(compare(delta, h, (g) => 1.1 * g).ratio).toBeGreaterThan(1);
  });

  it('and the first of these has every residual inside', () => {
    expect(Math.max(...modelAt({ ...problem, delta: 0.05 }, x).residual.map(Math.abs))).toBeLessThan(1);
  });
});

/** As above, one derivative up: r‴ ≤ δ²M³ and r⁗ ≤ 4δ³M⁴, so that the third derivative of g is below 16δM⁴Σw. */
describe('the Hessian at κ = 0 with the curvature of the law', () => {
  const h = 1e-4;
  const total = problem.weight.reduce((sum, w) => sum + w, 0);

  /** Central differences of the gradient, and how many residuals cross the kink. */
  function differences(at: Problem) {
    const want: number[] = [];
    let crossings = 0;
    for (let j = 0; j < ORDER; j++) {
      const [up, down] = [1, -1].map((side) => modelAt(at, x.with(j, x[j] + side * at.delta * h)));
      crossings += up.residual.filter((r, i) => zone(r) !== zone(down.residual[i])).length;
      for (let k = 0; k <= j; k++) want.push((up.model.gradient[k] - down.model.gradient[k]) / (2 * h));
    }
    return { want, crossings };
  }

  // At δ = 0.05 all residuals lie inside; their curvature is then a few per cent of the Hessian, and is seen.
  it.each([1e-3, 0.05])('is that of central differences of the gradient, δ = %d', (delta) => {
    const at = { ...problem, delta };
    const { want, crossings } = differences(at);
    expect(crossings).toBe(0);
    const tolerance = want.map(() => (h ** 2 / 6) * 16 * delta * M ** 4 * total + (total * M * 40 * U) / delta / h);
    const error = (kappa: number, secondOrder: boolean) =>
      worst(modelAt(at, x, kappa, secondOrder).model.hessian, want, tolerance);
    expect(error(0, true).ratio, error(0, true).where).toBeLessThan(1);
    expect(error(0, false).ratio).toBeGreaterThan(10);
  });
});

it('gives points outside δ the curvature κ/|r|, and those inside their own', () => {
  const { model, jacobian, residual } = modelAt(problem, x, 0.25);
  const want = new Float64Array(model.hessian.length);
  residual.forEach((r, i) => {
    const mass = problem.weight[i] * (Math.abs(r) <= 1 ? 1 : 0.25 / Math.abs(r));
    for (let j = 0; j < ORDER; j++) for (let k = 0; k <= j; k++) {
      want[packedIndex(j, k)] += mass * jacobian[j][i] * jacobian[k][i];
    }
  });
  const tolerance = want.map(() => residual.length * 4 * U * residual.length * 3 * M ** 2);
  expect(worst(model.hessian, want, tolerance).ratio).toBeLessThan(1);
  expect(worst(modelAt(problem, x, 0.26).model.hessian, want, tolerance).ratio).toBeGreaterThan(1);
});

describe('weights', () => {
  const numbers = ({ value, gradient, hessian }: LocalModel) => [value, ...gradient, ...hessian];
  const select = (points: readonly number[], weight: readonly number[]): Problem => ({
    ...problem,
    inputs: problem.inputs.map((column) => Float64Array.from(points, (i) => column[i])),
    logLoss: Float64Array.from(points, (i) => problem.logLoss[i]),
    weight: Float64Array.from(weight),
  });
  const all = [...problem.logLoss.keys()];
  const twice = (weight: number) => select(all, all.map((i) => (i === 7 ? weight : 1)));
  // Other orders of summation: n roundings of the absolute terms, of which the largest is |r| < 100.
  const tolerance = numbers(localModel(ORDER)).map(() => all.length ** 2 * U * 100 * M ** 2);
  const distance = (a: Problem, b: Problem) =>
    worst(numbers(modelAt(a, x, 0.5, true).model), numbers(modelAt(b, x, 0.5, true).model), tolerance).ratio;

  it('of 2 count a point twice', () => {
    expect(distance(twice(2), select([...all, 7], [...all, 7].map(() => 1)))).toBeLessThan(1);
    expect(distance(twice(2.001), select([...all, 7], [...all, 7].map(() => 1)))).toBeGreaterThan(1);
  });

  it('of 0 leave a point out', () => {
    const rest = all.filter((i) => i !== 7);
    expect(distance(twice(0), select(rest, rest.map(() => 1)))).toBeLessThan(1);
    expect(distance(twice(1e-3), select(rest, rest.map(() => 1)))).toBeGreaterThan(1);
  });
});

it('has the truth of its case at the law that drew it', () => {
  const { problem: exact, truth: law } = problemCase({ noise: 0 });
  expect(law).toEqual(exact.law.toWorking(NATURAL, centre));
  const { residual } = modelAt(exact, law);
  expect(Math.max(...residual.map(Math.abs)) * exact.delta).toBeLessThan(100 * U);
});

/** −1, 0 or 1: which of the three pieces of ρ a residual is on. */
function zone(r: number): number {
  return Math.abs(r) <= 1 ? 0 : Math.sign(r);
}
