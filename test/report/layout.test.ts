import { expect, it } from 'vitest';
import { alignColumns, hang, wrap } from '../../src/report/layout.ts';

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
