import { describe, expect, it } from 'vitest';
import { filterSweep, parseComparison } from '../../src/data/filter.ts';
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
    expect(filterSweep(sweep, { dropHighest: 0 })).toBe(sweep);
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
