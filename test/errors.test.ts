/** Mistakes say where they are: the option, the role, the line, the column. Of the reader: test/data/place.test.ts. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../src/backend/cpu/cpu.ts';
import { withOptionNames } from '../src/cli/option-names.ts';
import { placedIn } from '../src/cli/source.ts';
import { filterSweep } from '../src/data/filter.ts';
import { InputError, optionError, type Place } from '../src/errors.ts';
import { fitOn } from '../src/fit/fit.ts';
import { lawById } from '../src/laws/registry.ts';
import { publishedTruth } from '../src/paper/truths.ts';
import { frontier } from '../src/plan/frontier.ts';
import { gridDesign, isoflopDesign } from '../src/simulate/design.ts';
import { checkNoise } from '../src/simulate/noise.ts';
import { parseCounts } from '../src/simulate/spec.ts';
import { sandwichOn } from '../src/stats/analytic.ts';
import { bootstrapOn } from '../src/stats/bootstrap.ts';
import { wholeFrom } from '../src/check.ts';
import { influenceOn } from '../src/stats/influence.ts';
import { profileOn } from '../src/stats/landscape.ts';
import { sweepCase } from './support/cases.ts';

const backend = cpuBackend(1);
const sweep = sweepCase();
const best = await fitOn(backend, sweep, { starts: 4 });
const params = { E: 1.7, A: 400, B: 400, alpha: 0.3, beta: 0.3 };

/** What the work throws, at once or later. */
async function thrown(work: () => unknown): Promise<Error & { readonly place?: Place | undefined }> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected an error, got none');
}

describe('an InputError', () => {
  it('has a place and a cause, or neither', () => {
    const cause = new Error('why');
    expect(new InputError('a', { cause, place: { line: 3 } })).toMatchObject({ name: 'InputError', message: 'a', cause });
    expect(new InputError('a', { cause, place: { line: 3 } }).place).toEqual({ line: 3 });
    expect(new InputError('a').place).toBeUndefined();
    expect(new InputError('a', { place: undefined }).place).toBeUndefined();
    expect('cause' in new InputError('a', { place: {} })).toBe(false);
  });

  it('is printed without its place: the message says it', () => {
    expect(inspect(optionError('delta', 'expected more.'))).not.toContain('place');
    expect(optionError('delta', 'expected more.').message).toBe('delta: expected more.');
  });
});

describe('a choice that cannot be used is at its option', () => {
  it.each<[option: string, work: () => unknown]>([
    ['law', () => lawById('kaplan9')],
    ['delta', () => fitOn(backend, sweep, { delta: 0 })],
    ['starts', () => fitOn(backend, sweep, { starts: 0 })],
    ['seed', () => fitOn(backend, sweep, { seed: -1 })],
    ['screen', () => fitOn(backend, sweep, { starts: 4, screen: 5 })],
    ['seed', () => bootstrapOn(backend, sweep, best, { seed: 0.5 })],
    ['confidence', () => bootstrapOn(backend, sweep, best, { confidence: 95 })],
    ['confidence', () => sandwichOn(sweep, best, { confidence: 1 })],
    ['replicates', () => bootstrapOn(backend, sweep, best, { replicates: 1 })],
    ['cluster', () => bootstrapOn(backend, sweep, best, { kind: 'cluster' })],
    ['cluster', () => bootstrapOn(backend, sweep, best, { kind: 'cluster', cluster: Array.from(sweep.loss, () => 1) })],
    ['counts', () => bootstrapOn(backend, sweep, best, { kind: 'counts', counts: [1] })],
    ['bootstrap.sweeps', () => wholeFrom('bootstrap.sweeps', 0, 1)],
    ['over', () => profileOn(backend, sweep, best, { over: 'C' as 'E' })],
    ['cells', () => profileOn(backend, sweep, best, { over: 'E', cells: 1 })],
    ['range', () => profileOn(backend, sweep, best, { over: 'E', range: { alpha: [0.2, 0.3] } })],
    ['range', () => profileOn(backend, sweep, best, { over: 'E', range: { E: [2, 1] } })],
    ['budget', () => frontier('chinchilla', params, [0])],
    ['truth', () => publishedTruth('kaplan')],
    ['sizes', () => gridDesign({ sizes: [], tokens: [1e9] })],
    ['seeds', () => gridDesign({ sizes: [1e9], tokens: [1e9], seeds: 0 })],
    ['design', () => gridDesign({ sizes: [1e9] })],
    ['within', () => isoflopDesign({ budgets: [1e20], sizes: [1e9], within: [3, 2] })],
    ['noise.sigma', () => checkNoise({ sigma: 2 })],
    ['noise.outliers', () => checkNoise({ sigma: 0, outliers: { fraction: 0.1, factor: 10 } })],
    ['tokens', () => parseCounts('tokens', 'many')],
  ])('%s: %s', async (option, work) => {
    const error = await thrown(work);
    expect(error).toBeInstanceOf(InputError);
    expect([error.place, error.message.startsWith(option)]).toEqual([{ option }, true]);
  });
});

describe('a sweep that cannot be fitted is', () => {
  const flat = (name: 'N' | 'D') => ({ ...sweep, columns: { ...sweep.columns, [name]: sweep.loss.map(() => 1e9) } });
  it.each<[what: string, place: Place | undefined, work: () => unknown]>([
    ['at the role that never varies, N', { role: 'N' }, () => fitOn(backend, flat('N'))],
    ['at the role that never varies, D', { role: 'D' }, () => fitOn(backend, flat('D'))],
    ['at its loss', { role: 'loss' }, () => fitOn(backend, { ...sweep, loss: sweep.loss.map(() => NaN) })],
    ['at no place, where runs are too few', undefined, () => fitOn(backend, filterSweep(sweep, { dropHighest: sweep.loss.length - 4 }))],
  ])('%s', async (_, place, work) => {
    expect((await thrown(work)).place).toEqual(place);
  });

  it('at the run that it cannot be without, or at the clusters', async () => {
    const few = filterSweep(sweepCase(), { dropHighest: sweep.loss.length - 5 });
    const { place, message } = await thrown(() => influenceOn(backend, few, best));
    expect([place, message.split(':')[0]]).toEqual([{ line: few.lines[0] }, `line ${few.lines[0]}`]);
    const cluster = ['a', 'b', 'b', 'b', 'b'];
    expect((await thrown(() => influenceOn(backend, few, best, { cluster }))).place).toEqual({ option: 'cluster' });
  });
});

describe('the command line, in its own words,', () => {
  const at = (message: string, place: Place) => () => Promise.reject(new InputError(message, { place }));

  it('names the source and keeps the place', async () => {
    const error = await thrown(() => placedIn('runs.csv', at('line 3: expected more.', { line: 3, column: 'D' })));
    expect([error.message, error.place]).toEqual(['runs.csv, line 3: expected more.', { line: 3, column: 'D' }]);
  });

  it('names the option and keeps the place, which has the name of the library', async () => {
    const work = at('dropHighest: expected more.', { option: 'dropHighest' });
    const error = await thrown(() => withOptionNames(['dropHighest'], work));
    expect([error.message, error.place]).toEqual(['--drop-highest: expected more.', { option: 'dropHighest' }]);
  });
});
