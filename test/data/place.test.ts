/** Where an error of the reader is: what a page needs to show it beside its cause. Messages: see the other tests here. */
import { describe, expect, it } from 'vitest';
import { parseCount } from '../../src/data/counts.ts';
import { filterSweep, parseComparison } from '../../src/data/filter.ts';
import { parseLines } from '../../src/data/lines.ts';
import { readSweep, type ReadOptions } from '../../src/data/read.ts';
import { InputError } from '../../src/errors.ts';
import { refusalPlace } from './refusal.ts';

const GOOD = 'N,D,loss\n1e9,2e10,3\n2e9,4e10,2.9\n';

it.each<[string, object, string, ReadOptions?]>([
  ['the first bad cell', { line: 3, column: 'loss (nats)' }, 'N,D,loss (nats)\n1,2,3\n1,2,x\n0,2,3\n'],
  ['a bad cell of JSON', { line: 2, column: 'N' }, '[{"N":1,"D":2,"loss":3},{"N":-1,"D":2,"loss":3}]'],
  ['a further column that is empty', { line: 3, column: 'Seed' }, 'N,D,loss,Seed\n1,2,3,a\n1,2,3, \n', { keep: ['seed'] }],
  ['a further column that is not there', { option: 'keep' }, GOOD, { keep: ['seed'] }],
  ['a row too short', { line: 4 }, 'N,D,loss\n1,2,3\n\n1,2\n'],
  ['a row too long', { line: 2 }, 'N,D,loss\n1,000,2,3\n'],
  ['an open quote', { line: 3 }, 'N,D,loss\n1,2,3\n"1,2,3\n'],
  ['no header', { line: 1 }, '1,2,3\n1,2,3\n'],
  ['a name twice', { line: 2, column: 'N' }, '\nN,N,loss\n1,2,3\n'],
  ['a line that is no JSON', { line: 3 }, '{"N":1}\n\n{"N":\n'],
  ['a line that is no object', { line: 2 }, '{"N":1}\n[2]\n'],
  ['a row that is no object', { line: 2 }, '[{"N":1},5]'],
  ['an unknown column', { role: 'D' }, GOOD, { columns: { D: 'x' } }],
  ['an ambiguous column', { role: 'loss' }, 'N,D,val_loss,train_loss\n1,2,3,3\n'],
  ['a missing loss', { role: 'loss' }, 'N,D\n1,2\n'],
  ['missing counts', { role: 'D' }, 'N,loss\n1,3\n'],
  ['a role that is none', { option: 'columns' }, GOOD, { columns: { tokens: 'D' } as object }],
])('%s: %j', async (_, place, text, options) => {
  const { remedy, ...at } = await refusalPlace(readSweep(text, options)) ?? {};
  expect(at).toEqual(place);
  expect(/^[A-Z].*\.$/s.test(remedy ?? '')).toBe('role' in place); // what --columns says, which a page says otherwise
});

it.each([
  ['no table', '<html>\n'], ['no rows', 'N,D,loss\n#\n'], ['broken JSON', '[{"N":1},\n'], ['another JSON', '{"a":{"b":1}}\n'],
])('%s is nowhere in particular', async (_, text) => {
  expect(await refusalPlace(readSweep(text))).toBeUndefined();
});

describe('a filter', async () => {
  const sweep = await readSweep(GOOD);
  it.each([
    ['where', () => parseComparison('x')],
    ['where', () => filterSweep(sweep, { where: ['N>1T'] })],
    ['exclude', () => parseLines('x')],
    ['exclude', () => filterSweep(sweep, { exclude: [9] })],
    ['exclude', () => filterSweep(sweep, { exclude: [2, 3] })],
    ['dropHighest', () => filterSweep(sweep, { dropHighest: 2 })],
  ])('%s: %s', (option, work) => {
    expect(work).toThrow(expect.toSatisfy((error: unknown) => error instanceof InputError && error.place?.option === option) as Error);
  });
});

it('a count: its line and column', () => {
  expect(() => parseCount('x', 'D', 17)).toThrow(expect.toSatisfy((error: unknown) => {
    expect((error as InputError).place).toEqual({ line: 17, column: 'D' });
    return true;
  }) as Error);
});
