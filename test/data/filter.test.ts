import { describe, expect, it } from 'vitest';
import { filterSweep, parseComparison, type FilterOptions } from '../../src/data/filter.ts';
import { readSweep } from '../../src/data/read.ts';
import { InputError } from '../../src/errors.ts';

const sweep = await readSweep(
  'N,D,loss,weight\n1e6,1e8,4,1\n2e6,1e8,3.5,2\n4e6,1e8,3.5,3\n\n8e6,4e8,3,4\n16e6,8e8,4.5,5\n',
  { name: 'five' },
);

describe('a comparison', () => {
  it.each([
    ['C<1e21', { quantity: 'C', op: '<', value: 1e21 }],
    ['D/N >= 5', { quantity: 'D/N', op: '>=', value: 5 }],
    [' D / N<=20 ', { quantity: 'D/N', op: '<=', value: 20 }],
    ['loss<3.4', { quantity: 'loss', op: '<', value: 3.4 }],
    ['D > 1.4T', { quantity: 'D', op: '>', value: 1.4e12 }],
    ['N==1,000,000', { quantity: 'N', op: '=', value: 1e6 }],
    ['N=1M', { quantity: 'N', op: '=', value: 1e6 }],
    ['N!=0', { quantity: 'N', op: '!=', value: 0 }],
  ])('%j is read', (text, comparison) => {
    expect(parseComparison(text)).toEqual(comparison);
  });

  it.each([
    '', 'C~1e21', 'C<', 'C<x', 'C<-1', '1e21>C', 'tokens<1e9', 'c<1', 'C<=>1', 'C=<1', 'C<1e999',
  ])('%j is refused', (text) => {
    expect(() => parseComparison(text)).toThrow(
      new InputError(
        `where: expected a comparison such as C<1e21, got "${text}". ` +
          'Compare N, D, C, D/N or loss by <, <=, >, >=, = or != with a number such as 70B.',
      ),
    );
  });

  it.each([
    ['N<4e6', [2, 3]], ['N<=4e6', [2, 3, 4]], ['N>4e6', [6, 7]], ['N>=4e6', [4, 6, 7]], ['N=4M', [4]],
    ['N!=4M', [2, 3, 6, 7]], ['D>1e8', [6, 7]], ['D/N>=50', [2, 3, 6, 7]], ['loss<3.5', [6]], ['C<1e15', [2]],
  ])('%j keeps lines %j', (text, lines) => {
    expect(Array.from(filterSweep(sweep, { where: [text] }).lines)).toEqual(lines);
  });
});

describe('filterSweep', () => {
  it('keeps further columns beside their runs', () => {
    const extra = { seed: ['a', 'b', 'c', 'd', 5] };
    expect(filterSweep({ ...sweep, extra }, { where: ['N>1M', 'loss<3.4'] }).extra).toEqual({ seed: ['d'] });
    expect(filterSweep({ ...sweep, extra }, { dropHighest: 1 }).extra).toEqual({ seed: ['a', 'b', 'c', 'd'] });
    expect(filterSweep(sweep, { dropHighest: 1 })).not.toHaveProperty('extra');
  });

  it('keeps every array of a run together, and says what it dropped', () => {
    const kept = filterSweep(sweep, { where: ['N >= 2M', ' D<8e8'], dropHighest: 1 });
    expect(kept).toEqual({
      ...sweep,
      columns: { N: Float64Array.of(2e6, 8e6), D: Float64Array.of(1e8, 4e8), C: Float64Array.of(1.2e15, 1.92e16) },
      loss: Float64Array.of(3.5, 3),
      weight: Float64Array.of(2, 4),
      lines: Int32Array.of(3, 6),
      dropped: [
        { reason: 'not N >= 2M', lines: [2] },
        { reason: 'not D<8e8', lines: [7] },
        { reason: 'of the highest loss', lines: [4] },
      ],
    });
  });

  it('drops the highest losses, of equal ones the later line first', () => {
    const { dropped } = filterSweep(sweep, { dropHighest: 3 });
    expect(dropped).toEqual([{ reason: 'of the 3 highest losses', lines: [2, 4, 7] }]);
    expect(Array.from(filterSweep(sweep, { dropHighest: 4 }).lines)).toEqual([6]);
  });

  it('says so where a comparison dropped nothing', () => {
    expect(filterSweep(sweep, { where: ['N>1'] }).dropped).toEqual([{ reason: 'not N>1', lines: [] }]);
  });

  it('leaves the sweep as it was', () => {
    expect(filterSweep(sweep, {})).toBe(sweep);
    expect(filterSweep(sweep, { dropHighest: 0, where: [], exclude: [] })).toBe(sweep);
    expect([sweep.loss.length, sweep.dropped]).toEqual([5, []]);
  });

  it('does not drop every run', () => {
    expect(() => filterSweep(sweep, { where: ['N>1', 'C < 6e13'] })).toThrow(
      new InputError(
        'where C < 6e13: expected to keep at least one run, got none of 5. Their C runs from 6.00e14 to 7.68e16.',
      ),
    );
  });

  it.each([5, -1, 1.5, NaN])('refuses to drop the highest %d of five', (dropHighest) => {
    expect(() => filterSweep(sweep, { dropHighest })).toThrow(
      new InputError(
        `dropHighest: expected a whole number from 0 to 4, got ${dropHighest}. One of the 5 runs must stay.`,
      ),
    );
  });
});

describe('lines that are left out by hand', () => {
  const HOW_MANY = 'Its 5 runs are on lines 2 to 7.';
  const left = (options: FilterOptions, of = sweep) => {
    const { lines, dropped } = filterSweep(of, options);
    return [Array.from(lines), dropped.map((entry) => [entry.reason, ...entry.lines])];
  };

  it('are those of the source, in any order, and are said in one entry', () => {
    expect(left({ exclude: [6, 2, 6] })).toEqual([[3, 4, 7], [['by hand', 2, 6]]]);
    expect(left({ exclude: [3] })).toEqual([[2, 4, 6, 7], [['by hand', 3]]]);
    expect(filterSweep(sweep, { exclude: [2, 6] })).toMatchObject({ loss: Float64Array.of(3.5, 3.5, 4.5), weight: Float64Array.of(2, 3, 5) });
  });

  it('go after the comparisons, before the highest losses', () => {
    expect(left({ where: ['N<16e6'], exclude: [2, 7], dropHighest: 1 }))
      .toEqual([[3, 6], [['not N<16e6', 7], ['by hand', 2], ['of the highest loss', 4]]]);
    expect(left({ exclude: [7], dropHighest: 1 })).toEqual([[3, 4, 6], [['by hand', 7], ['of the highest loss', 2]]]);
  });

  it('may be gone already, by this filter or by one before it', () => {
    expect(left({ where: ['N>2M'], exclude: [2] })).toEqual([[4, 6, 7], [['not N>2M', 2, 3], ['by hand']]]);
    expect(left({ exclude: [2, 4] }, filterSweep(sweep, { dropHighest: 2 }))).toEqual([[3, 6], [['of the 2 highest losses', 2, 7], ['by hand', 4]]]);
  });

  it.each([
    [[999], '999'], [[3, 5], '5'], [[0], '0'], [[2.5], '2.5'], [[NaN], 'NaN'], [[12, 11, 10, 1], '1,10-12'],
    [[20, 22, 24, 26, 28, 30, 32, 34, 36, 38], '20,22,24,26,28,30,32,34 and 2 more'],
  ])('must be lines of the table: %j are not', (exclude, got) => {
    expect(() => filterSweep(sweep, { exclude })).toThrow(new InputError(`exclude: expected lines of the table, got ${got}. ${HOW_MANY}`));
  });

  it('must be lines of the table before it is filtered too', () => {
    const fewer = filterSweep(sweep, { where: ['N<16e6'] });
    expect(() => filterSweep(fewer, { where: ['N>1M'], exclude: [8] }))
      .toThrow(new InputError(`exclude: expected lines of the table, got 8. ${HOW_MANY}`));
  });

  it.each([
    [{ exclude: [2, 3, 4, 6, 7] }, 5], [{ where: ['N>2M'], exclude: [7, 6, 4] }, 3],
  ])('cannot be all: %j', (options, count) => {
    expect(() => filterSweep(sweep, options))
      .toThrow(new InputError(`exclude: expected to keep at least one run, got none of ${count}. Take some lines back in.`));
  });
});
