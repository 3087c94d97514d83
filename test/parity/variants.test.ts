/**
 * The ways of descending beside the plain one, on both backends: the best of each replicate, pinned coordinates, many
 * lanes a fit, and what is left when the work is stopped.
 */
import { describe, expect, it } from 'vitest';
import { emptyBest, type Backend, type DescentResult } from '../../src/backend/backend.ts';
import { takeEnd } from '../../src/backend/cpu/best.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { schedule } from '../../src/backend/schedule.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { batchCase, startsCase, truth } from './cases.ts';
import { openTestDevice, openWideDevice } from './gpu.ts';

const ORDER = 5;
const device = await openTestDevice();
const hasGpu = typeof device !== 'string';
/** The same device, which gives every batch below a million fits a workgroup a fit. */
const wide = hasGpu ? gpuBackend(await openWideDevice() as Device) : undefined;
/** Replicates: more than a workgroup, but where barriers make a software driver crawl. */
const backends: readonly (readonly [string, Backend | undefined, number])[] = [
  ['cpu', cpuBackend(1), 70],
  ['gpu, one lane a fit', hasGpu ? gpuBackend(device) : undefined, 70],
  ['gpu, a workgroup a fit', wide, 3],
];
const starts = startsCase(2); // five: the truth, two drawn, a dead one, one that overflows
const EACH = starts.length / ORDER;

describe.each(backends.filter(([, backend]) => backend))('%s', (_name, given, replicates) => {
  const backend = given as Backend;
  const batch = batchCase({ points: 101, replicates });
  const stages = schedule(1e-3, backend.tolerance);

  it('returns the best of each replicate as the host would pick it', async () => {
    const all = await backend.descend(batch, starts, stages);
    const best = await backend.descend(batch, starts, stages, { best: true });
    expect(best).toEqual(reduce(all, replicates));
    expect(best).not.toEqual(reduce(all, replicates, 1));
    expect(Math.max(...best.agreeing!)).toBe(EACH - 1); // all but the one that overflows
  });

  it('leaves pinned coordinates where the start has them, and moves the others as far down as they go', async () => {
    const one = batchCase({ points: 101 });
    const pinned = [false, false, true, true, false];
    const from = startsCase(0).slice(0, ORDER).map((value, j) => (pinned[j] ? Math.fround(value + 0.1) : value));
    const got = await backend.descend(one, from, stages, { pinned });
    const free = await backend.descend(one, from, stages);
    expect([got.x[2], got.x[3]]).toEqual([from[2], from[3]]);
    expect(got.x[0]).not.toBe(from[0]);
    expect(TERMINATIONS[got.termination[0]]).toBe('converged');
    expect(got.objective[0]).toBeGreaterThan(1.01 * free.objective[0]);
    // The other backend agrees on this constrained minimum: 1e-5 as in fits.test.ts.
    const cpu = await cpuBackend(1).descend(one, from, schedule(1e-3, 1e-12), { pinned });
    expect(Math.abs(got.objective[0] / cpu.objective[0] - 1)).toBeLessThan(1e-5);
  });

  it.skipIf(given === wide)('keeps what is done when it is stopped half-way, and only that', async () => {
    const many = batchCase({ points: 101, replicates: 3000 });
    const start = starts.slice(0, ORDER);
    const whole = await backend.descend(many, start, stages);
    for (const best of [false, true]) {
      const abort = new AbortController();
      const onProgress = (done: number) => { if (done > 1) abort.abort(); };
      const got = await backend.descend(many, start, stages, { best, partial: true, signal: abort.signal, onProgress });
      const done = [...got.termination.keys()].filter((r) => got.termination[r] > 0);
      for (const r of done) expect(got.x.slice(r * ORDER, (r + 1) * ORDER)).toEqual(whole.x.slice(r * ORDER, (r + 1) * ORDER));
      expect(done.length).toBeLessThan(many.replicates);
      await expect(backend.descend(many, start, stages, { best, signal: abort.signal })).rejects.toThrow('aborted');
    }
  });
});

/** Devices that have measured nothing yet, and fits after which to stop: a GPU then begins with a chunk of 1024. */
const fresh = [
  ['cpu', () => cpuBackend(1), 1],
  ['gpu', hasGpu ? () => gpuBackend(device) : undefined, 1024],
] as const;

describe.each(fresh.filter(([, open]) => open))('fits of several starts: %s', (name, open, enough) => {
  it.skipIf(name === 'cpu')('the best are the same wherever a chunk ends', async () => {
    const batch = batchCase({ points: 101, replicates: 300 });
    const backend = open!();
    const stages = schedule(1e-3, backend.tolerance);
    const seen: number[] = [];
    const best = await backend.descend(batch, starts, stages, { best: true, onProgress: (done) => { seen.push(done); } });
    expect(seen).toContain(1024); // a chunk ends amid the fourth start
    expect(best).toEqual(reduce(await backend.descend(batch, starts, stages), batch.replicates));
  });

  it('a replicate that lacks a start when it is stopped is running', async () => {
    const batch = batchCase({ points: 101, replicates: 1100 });
    const two = Float64Array.from([...starts.slice(-ORDER), ...starts.slice(0, ORDER)]); // the one that overflows, the truth
    const backend = open!();
    const stages = schedule(1e-3, backend.tolerance);
    const abort = new AbortController();
    const onProgress = (done: number) => { if (done >= enough) abort.abort(); };
    const got = await backend.descend(batch, two, stages, { best: true, partial: true, signal: abort.signal, onProgress });
    const endings = new Set([...got.termination].map((code) => TERMINATIONS[code]));
    expect(endings).toContain('running');
    const { termination: [first] } = await backend.descend(batchCase({ points: 101 }), two.slice(0, ORDER), stages);
    expect(['vanished', 'nonfinite']).toContain(TERMINATIONS[first]); // the best until the truth has ended
    expect(endings).not.toContain(TERMINATIONS[first]);
  });
});

/** One law for each number of parameters: the sums over the lanes depend on nothing else of it. In a browser, where five are fitted above, the most. */
const ORDERS = [...new Map(lawIds.toReversed().map((id) => [lawById(id).params.length, lawById(id)]))].toSorted(([p], [q]) => p - q)
  .slice('document' in globalThis ? -1 : 0);

describe.skipIf(!hasGpu)('a workgroup a fit', () => {
  it.each(ORDERS)('ends where one lane a fit ends, to the rounding of the sums: %d parameters', async (_order, law) => {
    const narrow = gpuBackend(device as Device);
    const stages = schedule(1e-3, narrow.tolerance).slice(-2); // the truth is near
    const one = batchCase({ points: 101, law });
    const [a, b] = [await narrow.descend(one, truth(law), stages), await wide!.descend(one, truth(law), stages)];
    expect(TERMINATIONS[a.termination[0]]).toBe('converged');
    expect(a.termination).toEqual(b.termination);
    expect(a.x).not.toEqual(b.x); // another order of summing
    expect(Math.abs(a.objective[0] / b.objective[0] - 1)).toBeLessThan(1e-5);
  });
});

/** Start by start, from all ends but the first `skip`. */
function reduce(all: DescentResult, replicates: number, skip = 0): DescentResult {
  const best = emptyBest(replicates, ORDER);
  for (let f = 0; f < all.objective.length; f++) if (f % EACH >= skip) takeEnd(best, Math.floor(f / EACH), all, f);
  return best;
}
