/** Models and descents by WebAssembly against the plain loops: every law, one that loops itself, and a task without WebAssembly. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startsFor } from '../../src/fit/starts.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { schedule } from '../../src/backend/schedule.ts';
import { runDescend, runSearch, type DescendTask, type SearchTask } from '../../src/backend/cpu/tasks.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import type { Law } from '../../src/laws/law.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { lossIds, lossOf } from '../../src/losses/registry.ts';
import type { Arithmetic } from '../../src/math/arithmetic.ts';
import { plainArithmetic } from '../../src/math/plain-arithmetic.ts';
import { wasmArithmetic } from '../../src/math/wasm-arithmetic.ts';
import { assemble, columnsOf, localModel, objective, workspace, type Problem } from '../../src/optim/objective.ts';
import { worst } from '../support/close.ts';
import { problemCase, sweepCase } from '../support/cases.ts';
import { sweepOfLaw, typical } from '../support/laws.ts';

/** A problem on columns of this arithmetic. */
function moved(problem: Problem, arithmetic: Arithmetic): Problem {
  const own = (values: Float64Array) => {
    const column = arithmetic.column(values.length);
    column.set(values);
    return column;
  };
  return { ...problem, inputs: problem.inputs.map(own), logLoss: own(problem.logLoss), weight: own(problem.weight), arithmetic };
}

function wasm({ law, logLoss }: Problem): Arithmetic {
  const arithmetic = wasmArithmetic(columnsOf(law), logLoss.length);
  if (!arithmetic) throw new Error('expected WebAssembly SIMD here, got none');
  return arithmetic;
}

function modelAt(problem: Problem, x: ArrayLike<number>, secondOrder: boolean): number[] {
  const model = localModel(x.length);
  assemble(problem, x, 0.3, secondOrder, workspace(problem), model);
  return [model.value, ...model.gradient, ...model.hessian];
}

/** A law at parameters as a fit has them, losses some residuals of δ = 0.05 off, on either side. */
function caseOf(law: Law): { problem: Problem; x: Float64Array } {
  const { inputs, weight, centre } = batchOf(sweepOfLaw(law.id), law);
  const x = law.toWorking(typical(law), centre);
  const prediction = new Float64Array(weight.length);
  law.predict(x, inputs, prediction, law.params.map(() => new Float64Array(weight.length)));
  const logLoss = prediction.map((loss, i) => Math.log(loss) + 0.05 * ((i % 7) - 3.3));
  return { problem: { law, inputs, logLoss, weight, loss: lossOf({ delta: 0.05 }), delta: 0.05 }, x };
}

describe.each(lawIds)('the model of law %s', (id) => {
  const { problem, x } = caseOf(lawById(id));

  it.each([[false], [true]])('is the plain one to some roundings; curvature of the law: %s', (curved) => {
    const want = modelAt(problem, x, curved);
    const got = modelAt(moved(problem, wasm(problem)), x, curved);
    // Residuals below 4, slopes below 4 in units of the largest entry: 100 terms, each some ten roundings off.
    const size = Math.max(...want.map(Math.abs));
    const tolerance = want.map(() => 100 * 10 * 2 ** -53 * size);
    const { ratio, where } = worst(got, want, tolerance);
    expect(ratio, where).toBeLessThan(1);
    expect(worst(modelAt(problem, x.with(0, x[0]! + 1e-9), curved), want, tolerance).ratio).toBeGreaterThan(1);
  });

  it('has the value that the objective has alone, to the last bit', () => {
    const own = moved(problem, wasm(problem));
    const work = workspace(own);
    const model = localModel(x.length);
    assemble(own, x, 0.3, false, work, model);
    expect(objective(own, x, work)).toBe(model.value);
  });
});

it.each(lossIds)('loss %s is the plain one to some roundings', (id) => {
  const { problem: plain, x } = caseOf(chinchilla);
  const loss = lossOf({ loss: id });
  const problem = { ...plain, loss, delta: 0.05 };
  const want = modelAt(problem, x, true);
  const size = Math.max(...want.map(Math.abs));
  expect(worst(modelAt(moved(problem, wasm(problem)), x, true), want, want.map(() => 100 * 10 * 2 ** -53 * size)).ratio).toBeLessThan(1);
});

it('takes a law that loops itself as it takes one that does not', () => {
  const { problem, truth } = problemCase();
  const looping: Law = {
    ...chinchilla,
    predict(x, [logN, logD], prediction, [shareE, shareA, shareB, slopeAlpha, slopeBeta], from = 0, to = prediction.length) {
      for (let i = from; i < to; i++) {
        const [floor, size, data] = [Math.exp(x[0]!), Math.exp(x[1]! - x[3]! * logN![i]!), Math.exp(x[2]! - x[4]! * logD![i]!)];
        prediction[i] = floor + size + data;
        shareE![i] = floor / prediction[i]!;
        shareA![i] = size / prediction[i]!;
        shareB![i] = data / prediction[i]!;
        slopeAlpha![i] = -logN![i]! * shareA![i]!;
        slopeBeta![i] = -logD![i]! * shareB![i]!;
      }
    },
  };
  const x = truth.map((value) => value + 0.01);
  const want = modelAt(problem, x, false);
  const got = modelAt(moved({ ...problem, law: looping }, wasm(problem)), x, false);
  expect(worst(got, want, want.map(() => 1e-11 * Math.max(...want.map(Math.abs)))).ratio).toBeLessThan(1);
});

describe('a task', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  const batch = { ...batchOf(sweepCase(), chinchilla), law: 'chinchilla', replicates: 1 };
  const starts = startsFor(batchOf(sweepCase(), chinchilla), 20, 0);
  const descent: DescendTask = { kind: 'descend', batch, starts, stages: schedule(1e-3, 1e-12), best: false };
  const search: SearchTask = { kind: 'search', batch, starts, keep: 5, delta: 1e-3 };

  it('has the same ends without WebAssembly', async () => {
    const [ends, found] = [runDescend(descent), runSearch(search)];
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const without = await import('../../src/backend/cpu/tasks.ts');
    const [plainEnds, plainFound] = [without.runDescend(descent), without.runSearch(search)];
    expect(plainEnds.termination).toEqual(ends.termination);
    // Stages end where less than 1e-12 of the objective is promised, and every end is in the same minimum.
    expect(worst(plainEnds.objective, ends.objective, ends.objective.map((value) => 1e-10 * value)).ratio).toBeLessThan(1);
    expect(plainFound.index).toEqual(found.index);
    expect(worst(plainFound.objective, found.objective, found.objective.map((value) => 1e-12 * value)).ratio).toBeLessThan(1);
    // It was another arithmetic: not every one of twenty ends has the same bits.
    expect(plainEnds.x).not.toEqual(ends.x);
  });

  it('has the same ends again, to the last bit, whatever came between', () => {
    const first = runDescend(descent);
    runSearch({ ...search, batch: { ...batch, weight: batch.weight.map((_, i) => i % 3) } });
    expect(runDescend(descent)).toEqual(first);
  });
});

it('is the plain arithmetic where a problem names none', () => {
  const { problem, truth } = problemCase();
  expect(modelAt(problem, truth, true)).toEqual(modelAt({ ...problem, arithmetic: plainArithmetic }, truth, true));
});
