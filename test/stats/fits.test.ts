/** Replicates fitted: against direct fits, in other pieces, given as counts; failures counted; aborted. */
import { expect, it } from 'vitest';
import type { Backend, Batch, DescendOptions, DescentResult } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { drawReplicate } from '../../src/backend/cpu/draw.ts';
import { warmSchedule } from '../../src/backend/schedule.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { bootstrapOn, fitResamples } from '../../src/stats/bootstrap.ts';
import { fitReplicates, type Replicates } from '../../src/stats/fits.ts';
import { resampling } from '../../src/stats/replicates.ts';
import { summarise } from '../../src/stats/summary.ts';
import type { Sweep } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);
const sweep = sweepCase();
const fit = await fitOn(cpu, sweep, { starts: 8 });
const base = batchOf(sweep, chinchilla);
const optimum = chinchilla.toWorking(Object.values(fit.params), base.centre);
/** Weights of the first replicates of pairs. */
const pairs = resampling(base, base.logLoss, { seed: 9 })(0, 6);
const drawn = Array.from({ length: 6 }, (_, r) => drawReplicate(pairs, r).weight);

/** The sweep with each run as often as it was drawn. */
function repeated(counts: Float64Array): Sweep {
  const rows = [...counts].flatMap((count, i) => Array.from({ length: count }, () => i));
  const pick = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  const { N, D, C } = sweep.columns;
  return {
    ...sweep, columns: { N: pick(N), D: pick(D), C: pick(C) }, loss: pick(sweep.loss),
    weight: new Float64Array(rows.length).fill(1), lines: Int32Array.from(rows, (_, k) => k + 2),
  };
}

it('a replicate of pairs is a fit of the runs that were drawn', async () => {
  const all = await fitResamples(cpu, sweep, fit, { replicates: 6, seed: 9 });
  for (const r of [0, 5]) {
    const direct = await fitOn(cpu, repeated(drawn[r]!), { starts: 16 });
    expect(Math.abs(all.objective[r]! / direct.objective - 1)).toBeLessThan(1e-9);
    Object.values(direct.params).forEach((value, j) => {
      expect(Math.abs(all.natural[5 * r + j]! / value - 1)).toBeLessThan(1e-5);
    });
  }
  expect(all.natural.subarray(0, 5)).not.toEqual(all.natural.subarray(5, 10));
});

it('given the counts that were drawn, the fits are the same', async () => {
  const counts = drawn.flatMap((weight) => [...weight]);
  const given = await fitResamples(cpu, sweep, fit, { kind: 'counts', counts });
  expect(given).toEqual(await fitResamples(cpu, sweep, fit, { replicates: 6, seed: 9 }));
});

/** Two resamples of each run so often. */
const everyRun = (count: number) => Array.from({ length: 200 }, () => count);

it('counts multiply the weights of the table', async () => {
  const weight = sweep.weight.map((_, i) => 1 + (i % 3));
  const doubled = { ...sweep, weight: weight.map((value) => 2 * value) };
  const ones = await fitResamples(cpu, doubled, fit, { kind: 'counts', counts: everyRun(1) });
  const twos = await fitResamples(cpu, { ...sweep, weight }, fit, { kind: 'counts', counts: everyRun(2) });
  expect(ones).toEqual(twos);
});

it.each(['pairs', 'wild'] as const)('%s: replicate r alone is replicate r of a larger run', async (kind) => {
  const all = await fitResamples(cpu, sweep, fit, { kind, replicates: 12, seed: 3 });
  const { N, D } = sweep.columns;
  const fitted = base.logLoss.map((_, i) => Math.log(predictLoss('chinchilla', fit.params, { N: N[i]!, D: D[i]! })));
  const batch = resampling(base, fitted, { kind, seed: 3 })(0, 12);
  for (const [first, replicates] of [[7, 1], [4, 5]] as const) {
    const part = { ...batch, replicates, draw: { ...batch.draw!, first } };
    const { objective } = await cpu.descend(part, optimum, warmSchedule(fit.delta, cpu.tolerance));
    const tolerance = kind === 'pairs' ? 1e-15 : 1e-9; // `fitted` is rounded otherwise here
    objective.forEach((value, k) => expect(Math.abs(value / all.objective[first + k]! - 1)).toBeLessThan(tolerance));
  }
});

it('more starts never make a replicate worse', async () => {
  const alone = await fitResamples(cpu, sweep, fit, { replicates: 5 });
  const more = await fitResamples(cpu, sweep, fit, { replicates: 5, extraStarts: 3 });
  more.objective.forEach((value, r) => expect(value).toBeLessThanOrEqual(alone.objective[r]! * (1 + 1e-9)));
});

it('all of it: names, covariance, intervals of what is decided on', async () => {
  const predict = [{ N: 7e10, D: 1.4e12 }];
  const choices = { replicates: 40, seed: 1, confidence: 0.9, interval: 'basic' } as const;
  const options = { ...choices, budgets: [1e21, 1e24], predict };
  const got = await bootstrapOn(cpu, sweep, fit, options);
  expect(got).toMatchObject({ kind: 'pairs', replicates: 40, failed: {}, seed: 1, confidence: 0.9, interval: 'basic' });
  expect(Object.keys(got.standardErrors)).toEqual(['E', 'A', 'B', 'alpha', 'beta', 'a', 'b']);
  expect(Object.keys(got.intervals)).toEqual(Object.keys(got.standardErrors));
  got.covarianceOf.forEach((name, j) => {
    expect(Math.sqrt(got.covariance[j]![j]!)).toBeCloseTo(got.standardErrors[name]!, 12);
    got.covariance[j]!.forEach((value, k) => expect(value).toBe(got.covariance[k]![j]));
  });
  expect(got.frontier.map(({ C }) => C)).toEqual([1e21, 1e24]);
  const [{ loss, interval: [low, high] }] = got.predictions as [typeof got.predictions[0]];
  expect(loss).toBe(predictLoss('chinchilla', fit.params, predict[0]!));
  expect([low < loss, loss < high, got.seconds > 0]).toEqual([true, true, true]);
  expect({ ...await bootstrapOn(cpu, sweep, fit, options), seconds: 0 }).toEqual({ ...got, seconds: 0 });
});

it('replicates that failed are counted by how they ended, and left out only where they are not finite', () => {
  const code = (name: string) => TERMINATIONS.indexOf(name as never);
  const rows = [...[1, 2, 3].map((E) => [E, 400, 400, 0.3, 0.3]), [NaN, NaN, NaN, NaN, NaN]];
  const natural = Float64Array.from(rows.flat());
  const all = {
    natural, objective: Float64Array.of(1, 1, 1, NaN),
    termination: Uint8Array.of(code('converged'), code('iterations'), code('stalled'), code('nonfinite')),
  };
  const got = summarise(fit, all, {});
  expect([got.replicates, got.failed]).toEqual([4, { iterations: 1, nonfinite: 1 }]);
  expect(got.standardErrors['E']).toBeCloseTo(1, 12); // of 1, 2, 3
});

it.each([[1], [2.5], [NaN], [10_000_001], [2 ** 32 - 1]])('%d replicates are refused', async (replicates) => {
  await expect(bootstrapOn(cpu, sweep, fit, { replicates })).rejects
    .toThrow(`replicates: expected a whole number from 2 to 10000000, got ${replicates}.`);
});

it('says how far it is, and keeps what is done when aborted half-way', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const onProgress = ({ stage, done, total }: { stage: string; done: number; total: number }) => {
    expect([stage, total]).toEqual(['bootstrap', 2000]);
    seen.push(done);
    if (done > 300) controller.abort();
  };
  const options = { replicates: 2000, onProgress, signal: controller.signal };
  const got = await bootstrapOn(cpu, sweep, fit, options);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect([got.replicates, got.requested]).toEqual([seen.at(-1), 2000]);
  expect(got.replicates).toBeLessThan(1000);
  // The same as if no more had been asked for.
  const same = await bootstrapOn(cpu, sweep, fit, { replicates: got.replicates });
  const rest = { requested: 0, seconds: 0, starts: 0 }; // the probe looks at more of more
  expect({ ...got, ...rest }).toEqual({ ...same, ...rest });
});

it('throws the reason when aborted before two are done', async () => {
  const options = { replicates: 2000, signal: AbortSignal.abort('enough') };
  await expect(bootstrapOn(cpu, sweep, fit, options)).rejects.toBe('enough');
});

it('stops between pieces too, and tells of each piece that is done', async () => {
  const make = resampling(base, base.logLoss, {});
  const controller = new AbortController();
  const pieces: number[] = [];
  const none: Backend = {
    ...cpu,
    descend: async (batch, _starts, _stages, options) => {
      const termination = new Uint8Array(batch.replicates).fill(options?.signal?.aborted ? 0 : 1);
      return { x: new Float64Array(5 * batch.replicates), objective: new Float64Array(batch.replicates), steps: termination.map(() => 1), termination } as never;
    },
  };
  const onPiece = (first: number, { replicates }: { replicates: number }) => { pieces.push(first, replicates); controller.abort(); };
  const got = await fitReplicates(none, make, 40_000, [{ starts: optimum, stages: [] }], 'bootstrap', { onPiece, signal: controller.signal });
  expect(pieces).toEqual([0, got.objective.length]);
  expect(got.objective.length).toBeLessThan(40_000);
});

it('takes no end that is not finite for the best', async () => {
  const broken: Backend = {
    ...cpu,
    descend: async (batch) => ({
      x: new Float64Array(5 * batch.replicates).fill(NaN), objective: new Float64Array(batch.replicates).fill(NaN),
      steps: new Uint32Array(batch.replicates),
      termination: new Uint8Array(batch.replicates).fill(TERMINATIONS.indexOf('nonfinite')),
    }),
  };
  const got = await bootstrapOn(broken, sweep, fit, { replicates: 3 });
  expect(got.failed).toEqual({ nonfinite: 3 });
  expect(got.intervals['alpha']).toEqual([NaN, NaN]);
});

/** A backend whose every descent ends as `end` says: x at the start, one step. */
function endingAt(end: (batch: Batch, options: DescendOptions) => Partial<DescentResult>): Backend {
  return {
    ...cpu,
    descend: async (batch, starts, _stages, options = {}) => ({
      x: Float64Array.from({ length: 5 * batch.replicates }, (_, k) => starts[k % 5]!),
      objective: new Float64Array(batch.replicates).fill(1),
      steps: new Uint32Array(batch.replicates).fill(1),
      termination: new Uint8Array(batch.replicates).fill(TERMINATIONS.indexOf('converged')),
      ...end(batch, options),
    }),
  };
}

const pass = { starts: optimum, stages: [] };

it('hands over each piece as it was drawn: its batch begins where it does', async () => {
  const seen: number[][] = [];
  const onPiece = (first: number, { draw, replicates }: Batch) => { seen.push([first, draw!.first, replicates]); };
  await fitReplicates(endingAt(() => ({})), resampling(base, base.logLoss, {}), 20_000, [pass], 'bootstrap', { onPiece });
  expect(seen).toEqual([[0, 0, 16_384], [16_384, 16_384, 3616]]);
});

it('growing pieces change no replicate', async () => {
  const make = resampling(base, base.logLoss, { seed: 2 });
  const fits = async (growing: boolean) => {
    const firsts: number[] = [];
    const onPiece = (first: number) => { firsts.push(first); };
    return { all: await fitReplicates(cpu, make, 400, [{ starts: optimum, stages: warmSchedule(1e-3, cpu.tolerance) }], 'bootstrap', { growing, onPiece }), firsts };
  };
  const [whole, grown] = [await fits(false), await fits(true)];
  expect([whole.firsts, grown.firsts]).toEqual([[0], [0, 128, 384]]);
  expect(grown.all).toEqual(whole.all);
  expect(grown.all.objective.subarray(128, 144)).not.toEqual(grown.all.objective.subarray(0, 16));
});

it('updates come when what is done has doubled, where the pieces no longer do too, and none at the end', async () => {
  const make = resampling(base, base.logLoss, {});
  const updates = async (growing: boolean, total: number) => {
    const seen: number[] = [];
    const onUpdate = ({ objective }: Replicates) => { seen.push(objective.length); };
    await fitReplicates(endingAt(() => ({})), make, total, [pass], 'bootstrap', { growing, onUpdate });
    return seen;
  };
  expect(await updates(true, 100_000)).toEqual([128, 384, 896, 1920, 3968, 8064, 16_256, 32_640, 65_408]);
  expect(await updates(false, 100_000)).toEqual([16_384, 32_768, 65_536]);
  expect(await updates(true, 384)).toEqual([128]);
  expect(await updates(true, 128)).toEqual([]);
});

it('an end that is not finite loses to one that is, wherever it stands', async () => {
  const elsewhere = { ...pass, starts: optimum.map((value) => value + 0.1) };
  for (const order of [[NaN, 1], [1, NaN]]) {
    const heights = order.slice();
    const backend = endingAt(({ replicates }) => ({ objective: new Float64Array(replicates).fill(heights.shift()!) }));
    const { natural, objective } = await fitReplicates(backend, resampling(base, base.logLoss, {}), 2, [pass, elsewhere], 'bootstrap');
    const best = order[0] === 1 ? pass : elsewhere;
    expect([...objective]).toEqual([1, 1]);
    expect(natural.subarray(5)).toEqual(Float64Array.from(chinchilla.toNatural(best.starts, base.centre)));
  }
});

it('progress goes on from pass to pass and from piece to piece, to the end', async () => {
  const seen: number[] = [];
  const backend = endingAt((_batch, { onProgress }) => { [0, 1, 2, 4].forEach((done) => onProgress?.(done, 4)); return {}; });
  const onProgress = ({ done }: { done: number }) => { seen.push(done); };
  await fitReplicates(backend, resampling(base, base.logLoss, {}), 16_384 + 80, [pass, pass], 'bootstrap', { onProgress });
  const piece = (first: number, count: number) => [0, 1, 2, 4, 4, 5, 6, 8].map((eighths) => first + (count * eighths) / 8);
  expect(seen).toEqual([...piece(0, 16_384), ...piece(16_384, 80)]);
});

it('stopped with one replicate done rejects, with two keeps them', async () => {
  await expect(stoppedAfter(1)).rejects.toBe('enough');
  expect((await stoppedAfter(2)).objective.length).toBe(2);
});

/** The fits of nine replicates, stopped when so many are done. */
function stoppedAfter(done: number): Promise<Replicates> {
  const controller = new AbortController();
  const backend = endingAt(({ replicates }) => {
    controller.abort('enough');
    return { termination: Uint8Array.from({ length: replicates }, (_, r) => TERMINATIONS.indexOf(r < done ? 'converged' : 'running')) };
  });
  return fitReplicates(backend, resampling(base, base.logLoss, {}), 9, [pass], 'bootstrap', { signal: controller.signal });
}

it('each resample starts from the other minima of the sweep too', async () => {
  const params = (alpha: number) => ({ ...fit.params, alpha });
  const otherMinima = [0.2, 0.5].map((alpha) => ({ params: params(alpha), objective: 1 }));
  const seen: Float64Array[] = [];
  const backend: Backend = { ...cpu, descend: (batch, starts, ...rest) => { seen.push(starts); return cpu.descend(batch, starts, ...rest); } };
  const { starts } = await bootstrapOn(backend, sweep, { ...fit, otherMinima }, { replicates: 2, extraStarts: 0 });
  expect(starts).toEqual({ minima: 3, others: 0 });
  const want = [fit.params, params(0.2), params(0.5)].flatMap((at) => [...chinchilla.toWorking(Object.values(at), base.centre)]);
  expect([...seen[0]!]).toEqual(want);
});
