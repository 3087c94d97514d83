/** The CPU backend gives what src/optim gives, bit for bit, however it cuts a batch into tasks. */
import { describe, expect, it, vi } from 'vitest';
import type { Batch, DescentResult, Starts } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { inlineRunner, type Runner } from '../../src/backend/cpu/runner.ts';
import { schedule } from '../../src/backend/schedule.ts';
import { plainArithmetic } from '../../src/math/plain-arithmetic.ts';
import { wasmArithmetic } from '../../src/math/wasm-arithmetic.ts';
import { columnsOfDescent, descend } from '../../src/optim/descent.ts';
import { objective, workspace, type Problem } from '../../src/optim/objective.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { batchCase, startsCase as float32Starts } from '../parity/cases.ts';

const ORDER = 5;
const DELTA = 1e-3;
const STAGES = schedule(DELTA, 1e-12);
const backend = cpuBackend(1);

/** One replicate, without its points of weight 0, by the arithmetic of the backend; the columns of the one before are void. */
function problemOf(batch: Batch, replicate: number): Problem {
  const own = (values: Float64Array, i: number) =>
    (values.length === batch.points ? values[i] : values[i * batch.replicates + replicate]);
  const used = [...batch.inputs[0].keys()].filter((i) => own(batch.weight, i) !== 0);
  const arithmetic = wasmArithmetic(columnsOfDescent(batch.law), batch.points) ?? plainArithmetic;
  const pick = (value: (i: number) => number) => {
    const column = arithmetic.column(used.length);
    column.set(used.map(value));
    return column;
  };
  return {
    law: batch.law, loss: batch.loss, delta: DELTA, arithmetic,
    inputs: batch.inputs.map((column) => pick((i) => column[i])),
    logLoss: pick((i) => own(batch.logLoss, i)),
    weight: pick((i) => own(batch.weight, i)),
  };
}

/** The truth, drawn starts, a dead one, one that overflows in float32, and one that does in float64. */
const startsCase = (drawn: number) => Float64Array.of(...float32Starts(drawn), 0.5, 1000, 0, 0.3, 0.3);
const startOf = (starts: Starts, s: number) => starts.subarray(s * ORDER, (s + 1) * ORDER);

function directly(batch: Batch, starts: Starts): DescentResult {
  const count = starts.length / ORDER;
  const ends = Array.from({ length: batch.replicates * count }, (_, f) =>
    descend(problemOf(batch, Math.floor(f / count)), startOf(starts, f % count), STAGES));
  return {
    x: Float64Array.from(ends.flatMap(({ x }) => [...x])),
    objective: Float64Array.from(ends, (end) => end.objective),
    steps: Uint32Array.from(ends, ({ steps }) => steps),
    termination: Uint8Array.from(ends, ({ termination }) => TERMINATIONS.indexOf(termination)),
  };
}

/** Starts by rising objective on one replicate, of equal ones the lower index; those that are not finite last. */
function ranking(batch: Batch, starts: Starts, replicate: number) {
  const problem = problemOf(batch, replicate);
  const work = workspace(problem);
  return Array.from({ length: starts.length / ORDER }, (_, s) => {
    const value = objective(problem, startOf(starts, s), work) * DELTA ** 2;
    return { s, value: Number.isFinite(value) ? value : Infinity };
  }).toSorted((p, q) => (p.value < q.value ? -1 : p.value > q.value ? 1 : p.s - q.s));
}

describe('search', () => {
  const drawn = startsCase(12);
  const starts = Float64Array.of(...drawn, ...drawn); // every start twice: ties

  it.each([
    ['a task for all replicates', { points: 101, replicates: 3 }],
    ['several tasks', { points: 2000, replicates: 16 }],
    ['a task for each replicate', { points: 20_000, replicates: 2 }],
  ])('keeps the best of each replicate in order, with %s', async (_, size) => {
    const batch = batchCase(size);
    const { index, objective: values } = await backend.search(batch, starts, 7, DELTA);
    const want = Array.from({ length: batch.replicates }, (__, r) => ranking(batch, starts, r).slice(0, 7));
    expect(Array.from(index)).toEqual(want.flatMap((best) => best.map(({ s }) => s)));
    expect(Array.from(values)).toEqual(want.flatMap((best) => best.map(({ value }) => value)));
    expect(index[1] - index[0]).toBe(16); // the start and its copy, in this order
  });

  it('puts starts that are not finite last, and says where there are no more', async () => {
    const batch = batchCase();
    const count = starts.length / ORDER;
    const { index, objective: values } = await backend.search(batch, starts, count + 1, DELTA);
    expect(Array.from(index.slice(count - 2, count))).toEqual([15, 31]); // the two that overflow
    expect(Array.from(values.slice(count - 3)).map(Number.isFinite)).toEqual([true, false, false, false]);
  });

  it('takes weights and losses that the replicates share', async () => {
    const own = batchCase({ points: 50, replicates: 1 });
    const shared: Batch = { ...own, replicates: 3 };
    const one = await backend.search(own, starts, 4, DELTA);
    const three = await backend.search(shared, starts, 4, DELTA);
    expect(Array.from(three.index)).toEqual([0, 1, 2].flatMap(() => [...one.index]));
  });
});

describe('descend', () => {
  it.each([
    ['several replicates in one task', { points: 50, replicates: 6 }, 3],
    ['one replicate a task', { points: 2000, replicates: 3 }, 4],
    ['each replicate in several tasks', { points: 2000, replicates: 2 }, 9],
    ['a fit a task', { points: 7000, replicates: 2 }, 0],
  ])('is that of src/optim bit for bit, %s', async (_, size, drawn) => {
    const batch = batchCase(size);
    const starts = startsCase(drawn);
    const want = directly(batch, starts);
    expect(await backend.descend(batch, starts, STAGES)).toEqual(want);
    expect(new Set(want.objective).size).toBeGreaterThan(1);
    expect(want.termination).toContain(TERMINATIONS.indexOf('nonfinite'));
  });

  it('from picked starts is that of the picks among all', async () => {
    const batch = batchCase({ points: 60, replicates: 3 });
    const starts = startsCase(5);
    const all = directly(batch, starts);
    const picks = Uint32Array.of(4, 0, 1, 1, 2, 8);
    const got = await backend.descend(batch, starts, STAGES, { picks });
    const fits = Array.from(picks, (s, f) => Math.floor(f / 2) * 9 + s);
    expect(Array.from(got.objective)).toEqual(fits.map((f) => all.objective[f]));
    expect(Array.from(got.x)).toEqual(fits.flatMap((f) => [...startOf(all.x, f)]));
    expect(Array.from(got.steps)).toEqual(fits.map((f) => all.steps[f]));
  });

  it('gives replicates of other weights and losses other minima', async () => {
    const batch = batchCase({ points: 60, replicates: 3 });
    const { x } = await backend.descend(batch, startsCase(0).slice(0, ORDER), STAGES);
    expect(new Set([x[3], x[8], x[13]]).size).toBe(3);
  });
});

describe('progress', () => {
  const batch = batchCase({ points: 2000, replicates: 5 });
  const starts = startsCase(5);
  const fits = batch.replicates * (starts.length / ORDER);

  it.each<[string, (onProgress: (done: number, total: number) => void) => Promise<unknown>]>([
    ['descend', (onProgress) => backend.descend(batch, starts, STAGES, { onProgress })],
    ['search', (onProgress) =>
      backend.search(batchCase({ points: 20_000, replicates: 5 }), starts, 1, DELTA, { onProgress })],
  ])('of %s rises to its total', async (_, work) => {
    const seen: number[][] = [];
    await work((done, total) => { seen.push([done, total]); });
    const done = seen.map(([value]) => value);
    expect(done.length).toBeGreaterThan(2);
    expect(done).toEqual([...new Set(done)].toSorted((p, q) => p - q));
    expect(seen.at(-1)).toEqual([fits, fits]);
    expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([fits]));
  });

  it('stops when aborted, with the reason of the signal', async () => {
    const reason = new Error('enough');
    const abort = new AbortController();
    let calls = 0;
    const onProgress = () => { if (++calls === 2) abort.abort(reason); };
    await expect(backend.descend(batch, starts, STAGES, { onProgress, signal: abort.signal })).rejects.toBe(reason);
    expect(calls).toBe(2);
  });

  it('does not begin when aborted before', async () => {
    const onProgress = vi.fn<() => void>();
    const options = { onProgress, signal: AbortSignal.abort('too late') };
    await expect(backend.search(batch, starts, 1, DELTA, options)).rejects.toBe('too late');
    await expect(backend.descend(batch, starts, STAGES, options)).rejects.toBe('too late');
    expect(onProgress).not.toHaveBeenCalled();
  });
});

describe('workers', () => {
  const close = vi.fn<() => void>();
  const pool = vi.fn<() => Runner>(() => ({ ...inlineRunner(), threads: 2, close }));
  const pooled = cpuBackend(2, pool);

  it('are not started for little work, once for much, and closed with the backend', async () => {
    const starts = startsCase(2);
    await pooled.descend(batchCase({ points: 50 }), starts, STAGES);
    expect(pool).not.toHaveBeenCalled();
    const much = batchCase({ points: 2000, replicates: 8 });
    const got = await pooled.descend(much, starts, STAGES);
    await pooled.search(much, startsCase(100), 1, DELTA);
    expect(pool).toHaveBeenCalledOnce();
    expect(got).toEqual(await backend.descend(much, starts, STAGES));
    pooled.close();
    expect(close).toHaveBeenCalledOnce();
  });
});

it('names itself by its threads, and resolves 1e-12', () => {
  expect([backend.name, backend.adapter, backend.tolerance]).toEqual(['cpu', '1 thread', 1e-12]);
  expect(cpuBackend(8).adapter).toBe('8 threads');
});
