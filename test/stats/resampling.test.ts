/** Resamples told of as they come, and summarised again: every summary is that of a bootstrap that was made for it. */
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { uniforms } from '../../src/math/philox.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { sandwichOn } from '../../src/stats/analytic.ts';
import { bootstrapOn, resampleOn, resummarise, sandwichResampling, type ResampleOptions, type Resampling } from '../../src/stats/bootstrap.ts';
import type { Bootstrap, BootstrapOptions } from '../../src/types.ts';
import { grid, sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);
const sweep = sweepCase({ sizes: grid().filter((_, i) => i % 3 === 0) });
const runs = sweep.loss.length;
const fit = await fitOn(cpu, sweep, { starts: 8 });

const TOTAL = 500;
/** Without a probe, which looks at more of more. */
const options = { replicates: TOTAL, seed: 5, extraStarts: 0, budgets: [1e21, 1e24], predict: [{ N: 7e10, D: 1.4e12 }] } as const;
const timeless = (bootstrap: Bootstrap) => ({ ...bootstrap, seconds: 0 });
const bootstrapped = async (more: BootstrapOptions) => timeless(await bootstrapOn(cpu, sweep, fit, { ...options, ...more }));

/** All updates, and what came in the end. */
async function told(more: ResampleOptions, backend: Backend = cpu) {
  const updates: Resampling[] = [];
  const last = await resampleOn(backend, sweep, fit, { ...options, onUpdate: (soFar) => { updates.push(soFar); }, ...more });
  return { updates, last };
}

/** Multinomial, one row a resample. */
const counts = new Uint8Array(TOTAL * runs);
for (let r = 0; r < TOTAL; r++) {
  const uniform = uniforms(8, 77, r);
  for (let i = 0; i < runs; i++) counts[r * runs + Math.floor(uniform() * runs)]!++;
}

describe.each<[string, (replicates: number) => BootstrapOptions]>([
  ['pairs', (replicates) => ({ replicates })],
  ['counts', (replicates) => ({ kind: 'counts', counts: counts.subarray(0, replicates * runs) })],
  ['bca', (replicates) => ({ replicates, interval: 'bca' })],
  ['sandwich', (replicates) => ({ replicates, interval: 'sandwich' })],
])('%s', (_, of) => {
  it('each update is the bootstrap of as many replicates, and so is the end', async () => {
    const { updates, last } = await told(of(TOTAL));
    expect(updates.map(({ bootstrap: { replicates, requested } }) => [replicates, requested])).toEqual([[128, TOTAL], [384, TOTAL]]);
    for (const { bootstrap, replicates } of [...updates, last]) {
      const { replicates: count } = bootstrap;
      expect(timeless(bootstrap)).toEqual({ ...await bootstrapped(of(count)), requested: TOTAL });
      expect([replicates.natural.length, replicates.objective.length, replicates.termination.length]).toEqual([5 * count, count, count]);
      expect(replicates.natural).toEqual(last.replicates.natural.subarray(0, 5 * count));
    }
    expect(timeless(updates[1]!.bootstrap)).not.toEqual({ ...timeless(updates[0]!.bootstrap), replicates: 384 });
  });
});

it('an update has arrays of its own: posted to another thread it takes no more along', async () => {
  const { updates } = await told({});
  const sizes = Object.values(updates[0]!.replicates).map(({ buffer, byteLength }) => [buffer.byteLength, byteLength]);
  expect(sizes).toEqual([5 * 8, 8, 1].map((bytes) => [128 * bytes, 128 * bytes]));
});

it('the fits without each run come first, and once', async () => {
  const seen: [kind: string, replicates: number][] = [];
  const spy: Backend = { ...cpu, descend: (batch, ...rest) => { seen.push([batch.draw!.kind, batch.replicates]); return cpu.descend(batch, ...rest); } };
  const { last } = await told({ interval: 'bca' }, spy);
  expect(seen).toEqual([['leave-out', runs], ['groups', 128], ['groups', 256], ['groups', 116]]);
  expect([last.leftOut!.objective.length, last.sandwich]).toEqual([runs, undefined]);
});

it('the work waits for an update to be taken; without one it is not cut', async () => {
  const order: string[] = [];
  const spy: Backend = { ...cpu, descend: (batch, ...rest) => { order.push(`fit ${batch.replicates}`); return cpu.descend(batch, ...rest); } };
  const onUpdate = async () => {
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    order.push('taken');
  };
  await told({ onUpdate }, spy);
  expect(order).toEqual(['fit 128', 'taken', 'fit 256', 'taken', 'fit 116']);
  order.length = 0;
  await resampleOn(spy, sweep, fit, options);
  expect(order).toEqual([`fit ${TOTAL}`]);
});

it('stopped at an update, it resolves with what that had', async () => {
  const controller = new AbortController();
  const updates: number[] = [];
  const onUpdate = ({ bootstrap }: Resampling) => { updates.push(bootstrap.replicates); controller.abort(); };
  const { last } = await told({ onUpdate, signal: controller.signal });
  expect(updates).toEqual([128]);
  expect(timeless(last.bootstrap)).toEqual({ ...await bootstrapped({ replicates: 128 }), requested: TOTAL });
});

it('stopped within a piece, it resolves with what is done of it', async () => {
  const controller = new AbortController();
  const stopping: Backend = {
    ...cpu,
    descend: async (batch, ...rest) => {
      const ends = await cpu.descend(batch, ...rest);
      if (batch.draw!.first === 0) return ends;
      controller.abort();
      ends.termination.fill(TERMINATIONS.indexOf('running'), 50);
      return ends;
    },
  };
  const { updates, last } = await told({ signal: controller.signal }, stopping);
  expect([updates.length, last.bootstrap.replicates]).toEqual([1, 128 + 50]);
  expect(timeless(last.bootstrap)).toEqual({ ...await bootstrapped({ replicates: 178 }), requested: TOTAL });
});

it('a budget that is none is found before the work', async () => {
  const never: Backend = { ...cpu, descend: () => { throw new Error('it began'); } };
  await expect(resampleOn(never, sweep, fit, { budgets: [1e21, 0] })).rejects
    .toThrow('budget: expected positive training FLOPs such as 1e21, got 0.');
});

describe('summarised again', async () => {
  const made = {
    percentile: await resampleOn(cpu, sweep, fit, options),
    bca: await resampleOn(cpu, sweep, fit, { ...options, interval: 'bca' }),
    sandwich: await resampleOn(cpu, sweep, fit, { ...options, interval: 'sandwich' }),
  };
  const ALL = { confidence: 0.8, interval: 'basic', budgets: [3e22], predict: [{ N: 1e9, D: 2e10 }, { N: 1e10, D: 2e11 }] } as const;

  it.each<[keyof typeof made, BootstrapOptions]>([
    ['percentile', {}], ['percentile', { confidence: 0.5 }], ['percentile', { interval: 'basic' }], ['percentile', ALL],
    ['percentile', { budgets: [1e19, 1e20, 1e22] }], ['percentile', { predict: [] }],
    ['bca', {}], ['bca', { confidence: 0.5, budgets: [1e20] }], ['bca', { interval: 'percentile' }],
    ['sandwich', {}], ['sandwich', { confidence: 0.5, budgets: [1e20] }], ['sandwich', ALL],
  ])('of %s, with %j: what a bootstrap for these options says', async (interval, asked) => {
    const got = resummarise(fit, made[interval], asked);
    expect(timeless(got)).toEqual(await bootstrapped({ interval, ...asked }));
    expect(got.seconds).toBe(made[interval].bootstrap.seconds);
    const same = JSON.stringify(got) === JSON.stringify(made[interval].bootstrap);
    expect(same).toBe(Object.keys(asked).length === 0);
  });

  it('of a sandwich without resamples: what one for these options says, of its kind whatever is asked', () => {
    const made = sandwichResampling(sweep, fit, options);
    expect([made.bootstrap.kind, made.bootstrap.replicates, made.replicates.objective.length]).toEqual(['sandwich', 0, 0]);
    expect(timeless(made.bootstrap)).toEqual(timeless(sandwichOn(sweep, fit, options)));
    expect(timeless(resummarise(fit, made, ALL))).toEqual(timeless(sandwichOn(sweep, fit, ALL)));
    expect(resummarise(fit, made, {})).toEqual(made.bootstrap);
  });

  it('and again from what that gave: the kind of interval can come back', () => {
    const basic = resummarise(fit, made.bca, { interval: 'basic' });
    expect(resummarise(fit, { ...made.bca, bootstrap: basic }, { interval: 'bca' })).toEqual(made.bca.bootstrap);
  });

  it.each([
    ['percentile', { interval: 'bca' }, 'interval: expected percentile or basic of these resamples, got bca. Resample with interval "bca".'],
    ['bca', { interval: 'sandwich' }, 'interval: expected percentile or basic of these resamples, got sandwich. Resample with interval "sandwich".'],
    ['bca', { confidence: 95 }, 'confidence: expected a number between 0 and 1 such as 0.95, got 95. Write 95 % as 0.95.'],
    ['percentile', { budgets: [NaN] }, 'budget: expected positive training FLOPs such as 1e21, got NaN.'],
  ] as const)('of %s, with %j: refused', (interval, asked, message) => {
    expect(() => resummarise(fit, made[interval], asked)).toThrow(message);
  });
});
