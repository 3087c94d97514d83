/**
 * Stage by stage, GPU (float32) against CPU (float64): value, gradient and Hessian model of descend.wgsl at the
 * points where its descents stand, and the step that it takes from there. Tolerances: rounding.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { d } from 'typegpu';
import type { Batch } from '../../src/backend/backend.ts';
import { closeSession, openChunk, openSession, type Session } from '../../src/backend/gpu/descend.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import type { Law } from '../../src/laws/law.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { mixedUp } from '../support/laws.ts';
import { choleskyDamped, choleskySolve, packedIndex, packedLength } from '../../src/math/packed.ts';
import { symmetricEigenvalues } from '../../src/math/eigen.ts';
import { METHOD } from '../../src/optim/descent.ts';
import { assemble, localModel, workspace, type Problem } from '../../src/optim/objective.ts';
import { worst } from '../support/close.ts';
import { batchCase, startsCase, truth } from './cases.ts';
import { openTestDevice } from './gpu.ts';
import { bounds, C, EPS, TINY } from './rounding.ts';

/** Steps accepted after which a model has the curvature, its own step among them. */
const CURVED = METHOD.ACCEPTED_BEFORE_CURVATURE + 1;
const device = await openTestDevice();

interface State {
  x: Float64Array; trial: Float64Array; gradient: Float64Array; hessian: Float64Array; scale: Float64Array;
  value: number; lambda: number; kappa: number; accepted: number;
  /** Its model is of the last evaluation: a rejected one leaves the model but changes λ and κ. */
  fresh: boolean;
}

interface Modelled extends State {
  readonly problem: Problem;
  readonly curved: boolean;
  readonly tolerance: readonly number[];
}

const LAWS = lawIds.map(lawById);

describe.skipIf(typeof device === 'string').each(LAWS)('descend.wgsl against src/optim, one stage at a time: $id', (law) => {
  const batch = batchCase({ points: 101, replicates: 3, law }); // no multiple of a block or a workgroup
  const starts = startsCase(11, law);
  const fits = (starts.length / law.params.length) * batch.replicates;

  describe.each([
    { name: 'the first evaluation, δ = 1e-3', delta: 1e-3, rounds: 1, accepted: 0 },
    { name: 'the first evaluation, δ = 1 (least squares)', delta: 1, rounds: 1, accepted: 0 },
    // At a start nothing balances yet, and the curvature is as large as the rest.
    { name: 'the first evaluation, δ = 1, with the curvature of the law', delta: 1, rounds: 1, accepted: CURVED },
    { name: 'after 24 evaluations, with the curvature of the law', delta: 1e-3, rounds: 24, accepted: 0 },
  ])('$name', ({ delta, rounds, accepted }) => {
    let session: Session;
    let states: State[];
    let models: Modelled[];
    beforeAll(async () => {
      session = await openSession(device as Device, batch, starts, [{ delta, tolerance: 0, steps: 1000 }]);
      states = await statesAfter(session, fits, rounds, accepted);
      models = modelled(states, delta);
    });
    afterAll(() => closeSession(session));

    it('has value, gradient and Hessian of the CPU reference', () => {
      expect(models.length).toBeGreaterThan(0.3 * fits);
      expect(models.some(({ curved }) => curved)).toBe(accepted + rounds > CURVED);
      for (const { ratio, where } of models.map((state) => offBy(state))) expect(ratio, where).toBeLessThan(1);
    });

    it.each([
      ['N and D were swapped', (problem: Problem) => ({ ...problem, inputs: mixedUp(problem.inputs, (column) => column.map((value) => value + 0.1)) })],
      ['losses were off by 1e-4', (problem: Problem) => ({ ...problem, logLoss: problem.logLoss.map((y) => y + 1e-4) })],
      ['δ were 1 % wider', (problem: Problem) => ({ ...problem, delta: problem.delta * 1.01 })],
    ])('would notice if %s', (_what, wrong) => {
      expect(models.some((state) => offBy(state, wrong(state.problem)).ratio > 1)).toBe(true);
    });

    it('takes the step of the damped normal equations', () => {
      const finite = states.filter((s) => s.value < 1e30);
      expect(Math.max(...finite.map((s) => stepError(s, delta)))).toBeLessThan(1);
      expect(finite.some((s) => stepError({ ...s, lambda: 2 * s.lambda + 0.1 }, delta) > 1)).toBe(true);
    });
  });

  it('would notice if a hundredth of any element of the curvature were missing', async () => {
    const session = await openSession(device as Device, batch, starts, [{ delta: 1, tolerance: 0, steps: 1000 }]);
    const models = modelled(await statesAfter(session, fits, 1, CURVED), 1);
    closeSession(session);
    const unseen = curvatureElements(law).filter((element) =>
      !models.some((state) => offBy(state, { ...state.problem, law: withLess(law, element) }).ratio > 1));
    expect(unseen).toEqual([]);
  });

  it('steers damping and κ by whether a step was accepted', async () => {
    const session = await openSession(device as Device, batch, starts, [{ delta: 1e-3, tolerance: 0, steps: 1000 }]);
    const states = (await statesAfter(session, fits, 2)).filter((s) => s.value < 1e30);
    closeSession(session);
    const { LAMBDA_START, LAMBDA_FALL, LAMBDA_RISE, KAPPA_FALL } = METHOD;
    const after = states.map((s) => [s.fresh, s.accepted, s.kappa, s.lambda / LAMBDA_START].map((v) => Number(Number(v).toPrecision(6))));
    const expected = states.map((s) => (s.fresh ? [1, 1, KAPPA_FALL, LAMBDA_FALL] : [0, 0, 1, LAMBDA_RISE]));
    // λ may have been raised further, to make a matrix definite: by tens, or to its floor.
    expect(after.map((row) => row.slice(0, 3))).toEqual(expected.map((row) => row.slice(0, 3)));
    expect(after.filter((row, k) => row[3] === expected[k][3]).length).toBeGreaterThan(0.5 * states.length);
    expect(new Set(after.map(([fresh]) => fresh)).size).toBe(2);
  });

  it('marks a start that is not finite, and leaves the others running', async () => {
    const session = await openSession(device as Device, batch, starts, [{ delta: 1e-3, tolerance: 0, steps: 1000 }]);
    const chunk = openChunk(session, 0, fits);
    expect(await chunk.round(fits, 1)).toBe(fits - batch.replicates); // the overflowing start, on each replicate
    chunk.destroy();
    closeSession(session);
  });

  /** Those whose model is of the last evaluation, each with its problem and how far off it may be. */
  function modelled(all: readonly State[], delta: number): Modelled[] {
    return all.flatMap((state, fit) => {
      if (!state.fresh) return [];
      const problem = problemOf(batch, fit % batch.replicates, delta);
      const curved = state.accepted >= CURVED;
      return [{ ...state, problem, curved, tolerance: bounds(problem, state.x, state.kappa, curved) }];
    });
  }
});

/** How far a model is off the CPU's, of its own problem or another. */
function offBy(state: Modelled, problem = state.problem) {
  const model = localModel(state.x.length);
  assemble(problem, state.x, state.kappa, state.curved, workspace(problem), model);
  return worst([state.value, ...state.gradient, ...state.hessian], [model.value, ...model.gradient, ...model.hessian], state.tolerance);
}

/** Packed indices at which the curvature of a law is not zero. */
function curvatureElements(law: Law): number[] {
  const inputs = law.inputs.map((_, k) => Float64Array.of(k + 1));
  const jacobian = law.params.map(() => new Float64Array(1));
  law.predict(truth(law), inputs, new Float64Array(1), jacobian);
  const hessian = new Float64Array(packedLength(law.params.length));
  law.addCurvature(jacobian, inputs, Float64Array.of(1), hessian, truth(law));
  return [...hessian.keys()].filter((element) => hessian[element] !== 0);
}

/** The law with a hundredth less of one element of its curvature. */
function withLess(law: Law, element: number): Law {
  return {
    ...law,
    addCurvature(jacobian, inputs, scale, hessian, x) {
      const own = new Float64Array(hessian.length);
      law.addCurvature(jacobian, inputs, scale, own, x);
      own[element] *= 0.99;
      own.forEach((value, k) => { hessian[k] += value; });
    },
  };
}

/**
 * The step against a float64 solve of the same matrix, in the norm of that matrix. Cholesky in float32 errs by
 * about Pε times the condition number of the scaled matrix, which is asked for where 1 is not enough.
 */
function stepError(state: State, delta: number): number {
  const ORDER = state.x.length;
  const { gradient, hessian, scale, lambda } = state;
  const matrix = Float64Array.from(hessian);
  for (let j = 0; j < ORDER; j++) matrix[packedIndex(j, j)] += lambda * scale[j];
  const factor = new Float64Array(matrix.length);
  if (!choleskyDamped(hessian, scale, lambda, METHOD.PIVOT_MIN / 10, factor)) return Infinity;
  const want = new Float64Array(ORDER);
  choleskySolve(factor, gradient.map((g) => -g), want);
  const clamped = want.map((value) => Math.max(-METHOD.STEP_MAX, Math.min(METHOD.STEP_MAX, delta * value)));
  const got = state.trial.map((value, j) => value - state.x[j]);
  const weighed = (values: Float64Array) => Math.hypot(...values.map((value, j) => Math.sqrt(matrix[packedIndex(j, j)]) * value));
  const error = weighed(got.map((value, j) => value - clamped[j]));
  const ratio = (condition: number) => error / (C * ORDER * EPS * condition * weighed(clamped) + 2 * EPS * weighed(state.x) + TINY);
  return ratio(1) < 1 ? ratio(1) : ratio(conditionOf(matrix, ORDER));
}

/** Of a packed matrix, scaled to ones on its diagonal. */
function conditionOf(matrix: Float64Array, order: number): number {
  const unit = matrix.slice();
  for (let j = 0; j < order; j++) for (let k = 0; k <= j; k++) {
    unit[packedIndex(j, k)] /= Math.sqrt(matrix[packedIndex(j, j)] * matrix[packedIndex(k, k)]);
  }
  const eigenvalues = symmetricEigenvalues(unit, order);
  return eigenvalues[order - 1] / eigenvalues[0];
}

/** After `rounds` evaluations, the first of them as if as many steps had been accepted. */
async function statesAfter(session: Session, fits: number, rounds: number, accepted = 0): Promise<State[]> {
  const chunk = openChunk(session, 0, fits);
  const schema = d.arrayOf(session.layouts.Descent, fits);
  const state = session.device.root.createBuffer(schema, chunk.buffers.state);
  const read = () => state.read();
  await chunk.round(fits, 0); // fills the states with the starts
  state.write((await read()).map((row) => ({ ...row, accepted })));
  let running = fits;
  for (let k = 1; k < rounds; k++) running = await chunk.round(running, 1);
  const before = rounds > 1 ? await read() : undefined;
  await chunk.round(running, 1);
  const rows = await read();
  chunk.destroy();
  return rows.map((row, fit) => ({
    ...row,
    x: Float64Array.from(row.x), trial: Float64Array.from(row.trial), gradient: Float64Array.from(row.gradient),
    hessian: Float64Array.from(row.hessian), scale: Float64Array.from(row.scale),
    fresh: row.value < (before?.[fit].value ?? 1e30),
  }));
}

function problemOf(batch: Batch, replicate: number, delta: number): Problem {
  const own = (values: Float64Array) => Float64Array.from({ length: batch.points }, (_, i) => values[i * batch.replicates + replicate]);
  return { law: batch.law, inputs: batch.inputs, logLoss: own(batch.logLoss), weight: own(batch.weight), loss: batch.loss, delta };
}

it.each(LAWS)('has a truth among its starts whose residuals lie on both sides of δ: $id', (law) => {
  const problem = problemOf(batchCase({ replicates: 3, law }), 0, 1e-3);
  const { prediction, jacobian } = workspace(problem);
  law.predict(truth(law), problem.inputs, prediction, jacobian);
  const inside = problem.logLoss.filter((y, i) => Math.abs(Math.log(prediction[i]) - y) <= 1e-3).length;
  expect(inside).toBeGreaterThan(3);
  expect(inside).toBeLessThan(problem.logLoss.length / 2);
});
