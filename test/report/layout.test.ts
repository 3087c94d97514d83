import { expect, it } from 'vitest';
import { alignColumns, hang, tablesWithin, wrap, type Column } from '../../src/report/layout.ts';

it('columns are flush left, flush right, or by the decimal point', () => {
  const rows = [['E', '9', '1.5', 'x'], ['alpha', '10', '477.25', ''], ['B', '1', '2e9', 'y']];
  expect(alignColumns(rows, 'lr.l')).toEqual([
    'E       9    1.5   x',
    'alpha  10  477.25',
    'B       1    2e9   y',
  ]);
});

it('text is broken between words, and a word that is too long stands alone', () => {
  expect(wrap('one two three, four', 9)).toEqual(['one two', 'three,', 'four']);
  expect(wrap('a abcdefghijk b', 5)).toEqual(['a', 'abcdefghijk', 'b']);
  expect(wrap('', 5)).toEqual(['']);
});

it('later lines are indented as far as the first', () => {
  expect(hang('  Note  ', `${'word '.repeat(19)}end`)).toEqual([
    `  Note  ${'word '.repeat(18).trim()}`,
    '        word end',
  ]);
});

it('columns without room stand in a table of their own below, beside the same first ones', () => {
  const column = (title: string, length: number): Column => ['l', title, ['x'.repeat(length)]];
  expect(tablesWithin([column('C', 5)], [[column('a', 41)], [column('b', 46), column('c', 1)]])).toEqual([
    `C      a${' '.repeat(42)}`.trimEnd(),
    `xxxxx  ${'x'.repeat(41)}`,
    '',
    `C      b${' '.repeat(47)}c`,
    `xxxxx  ${'x'.repeat(46)}  x`,
  ]);
  expect(tablesWithin([column('C', 5)], [[column('a', 41)], [column('b', 45), column('c', 1)]])).toHaveLength(2);
  expect(tablesWithin([column('', 5)], [[column('', 1)]])).toEqual(['xxxxx  x']);
});
