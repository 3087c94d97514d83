/** Numbers as a page has them: a minus is U+2212, and an end that is open is written as one. */
import { expect, it } from 'vitest';
import { numberHtml, powerHtml, spanHtml } from '../../src/document/numbers.ts';
import { formatCount } from '../../src/units.ts';

it.each([
  [[0.317, 0.373], '0.3170 to 0.3730'], [[-Infinity, 0.373], '−∞ to 0.3730'], [[-0.5, Infinity], '−0.5000 to ∞'],
  [[-Infinity, Infinity], 'without bounds'], [[NaN, NaN], 'none'],
] as const)('the interval %j is "%s"', (interval, written) => {
  expect(spanHtml(interval, numberHtml).text).toBe(written);
});

it('an open end is so whatever writes the other', () => {
  expect(spanHtml([1.5e9, Infinity], formatCount).text).toBe('1.50B to ∞');
});

it('what is infinite is written by its sign', () => {
  expect([numberHtml(-Infinity), powerHtml(Infinity)].map(({ text }) => text)).toEqual(['−∞', '∞']);
});
