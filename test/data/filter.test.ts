import { describe, expect, it } from 'vitest';
import { comparedColumns, filterSweep, parseComparison, type FilterOptions } from '../../src/data/filter.ts';
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
    ['U=100M', { quantity: 'U', op: '=', value: 1e8 }],
    ['P_w <= 8', { quantity: 'P_w', op: '<=', value: 8 }],
    ['corpus=c4', { quantity: 'corpus', op: '=', value: 'c4' }],
    ['train set != "the pile"', { quantity: 'train set', op: '!=', value: 'the pile' }],
    ['tokens<1e9', { quantity: 'tokens', op: '<', value: 1e9 }],
    ['lr = 3e-4', { quantity: 'lr', op: '=', value: 3e-4 }],
    ['note != ""', { quantity: 'note', op: '!=', value: '' }],
    ['score>-1.5', { quantity: 'score', op: '>', value: -1.5 }],
  ])('%j is read', (text, comparison) => {
    expect(parseComparison(text)).toEqual(comparison);
  });

  it.each([
    '', 'C~1e21', 'C<', 'C<x', 'C<-1', '1e21>C', 'C<=>1', 'C=<1', 'C<1e999', '=c4', 'corpus=', 'N=""', 'corpus<""', 'corpus<c4', 'corpus=>c4', 'G=fine',
  ])('%j is refused', (text) => {
    expect(() => parseComparison(text)).toThrow(
      new InputError(
        `where: expected a comparison such as C<1e21 or corpus=c4, got "${text}". ` +
          'Compare N, D, C, D/N, loss, another role or a column by <, <=, >, >=, = or != with a number such as 70B, or by = or != with a text.',
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

describe('further roles and columns', () => {
  const TABLE = 'N,D,loss,corpus,lr,unique_tokens,note\n1e6,1e8,4,c4,0.001,1e8,\n2e6,1e8,3.5,oscar,3e-4,5e7,rerun\n4e6,2e8,3.4, c4 ,x,2e8,\n';
  const kept = async (where: string[], table = TABLE) => Array.from(filterSweep(await readSweep(table, { where }), { where }).lines);

  it.each<[string[], number[]]>([
    [['corpus=c4'], [2, 4]], [['corpus!=c4'], [3]], [['CORPUS = "oscar"'], [3]],
    [['U>=100M'], [2, 4]], [['lr<1e-3'], [3]], [['lr=0.0010'], [2]], [['lr!=0.001'], [3, 4]], [['lr=x'], [4]],
    [['note!=""'], [3]], [["note=''"], [2, 4]],
    [['note=rerun'], [3]], [['note!=rerun'], [2, 4]], [['corpus=c4', 'lr>0'], [2]], [['unique_tokens<6e7'], [3]], [['weight=1'], [2, 3, 4]],
  ])('%j keeps lines %j', async (where, lines) => {
    expect(await kept(where)).toEqual(lines);
  });

  it('say what the texts are where none is as asked', async () => {
    await expect(kept(['corpus=C4'])).rejects.toThrow(new InputError(
      'where corpus=C4: expected to keep at least one run, got none of 3. Their corpus is "c4" or "oscar".'));
  });

  it('are kept by the name that is compared, and roles are not', async () => {
    const { extra } = await readSweep(TABLE, { where: ['corpus=c4', 'N>1', 'U>1', 'corpus!=x'], keep: ['lr'] });
    expect(extra).toEqual({ corpus: ['c4', 'oscar', 'c4'], lr: ['0.001', '3e-4', 'x'] });
    expect(comparedColumns(['corpus=c4', 'N>1', 'D/N<9', 'loss<3', 'U>1', 'corpus!=x'])).toEqual(['corpus', 'U']);
  });

  it('that are not there are refused, with what there is', async () => {
    const names = '"N", "D", "loss", "corpus", "lr", "unique_tokens", "note"';
    await expect(kept(['seed=3'])).rejects.toThrow(new InputError(
      `where seed=3: expected N, D, C, D/N, loss, weight, U or a column of the table, got "seed". The columns are ${names}.`));
    await expect(kept(['G>1'])).rejects.toThrow(new InputError(
      `where G>1: expected N, D, C, D/N, loss, weight, U or a column of the table, got "G". The columns are ${names}.`));
    expect(() => filterSweep(sweep, { where: ['corpus=c4'] })).toThrow(new InputError(
      'where corpus=c4: expected N, D, C, D/N, loss, weight or a column of the table, got "corpus". No other columns were read.'));
  });

  it('of a law of x alone have no N, D or C', async () => {
    const of = await readSweep('width,loss\n1,3\n2,2\n', { columns: { x: 'width' } });
    expect(Array.from(filterSweep(of, { where: ['x>1'] }).lines)).toEqual([3]);
    expect(() => filterSweep(of, { where: ['C>1'] })).toThrow(new InputError(
      'where C>1: expected loss, weight, x or a column of the table, got "C". No other columns were read.'));
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
