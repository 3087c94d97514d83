import { expect, it } from 'vitest';
import {
  formatCount, formatInteger, formatLevel, formatNumber, formatPower, formatSeconds, formatShare, printedMinus,
} from '../src/units.ts';

it.each([
  [7e10, '70.0B'], [1.4e12, '1.40T'], [4.37e8, '437M'], [5000, '5.00K'], [12, '12.0'], [0.5, '0.500'],
  [999.4, '999'], [999.6, '1.00K'], [999.6e6, '1.00B'], [999.4e12, '999T'], [999.6e12, '1e15'], [2.75e15, '2.75e15'],
  [Infinity, 'Infinity'], [NaN, 'NaN'], [0, '0'],
])('the count %d is %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

it.each([
  [1.8172180990100755, 6, '1.81722'], [477.82586823391085, 6, '477.826'], [2143.417363360376, 6, '2143.42'],
  [4967624.079347475, 6, '4.96762e6'], [495726.07, 4, '495700'], [0.34731049888175525, 4, '0.3473'],
  [0.0010182740178005972, 10, '0.001018274018'], [0.00002073, 2, '2.1e-5'], [0.5, 6, '0.500000'],
  [-0.0001986, 3, '-0.000199'], [9.9996, 4, '10.00'], [999999.7, 6, '1e6'], [0, 6, '0'], [-Infinity, 3, '-Infinity'],
])('%d to %i digits is %s', (value, digits, text) => {
  expect(formatNumber(value, digits)).toBe(text);
});

it.each([
  [1e21, '1e21'], [5.76e23, '5.76e23'], [1.92e19, '1.92e19'], [3.2e-13, '3.2e-13'], [100, '1e2'], [0, '0'],
  [NaN, 'NaN'],
])('%d as a power of ten is %s', (value, text) => {
  expect(formatPower(value, 3)).toBe(text);
});

it.each([
  [0, '0 µs'], [0.00084, '840 µs'], [0.00099949, '999 µs'], [0.0009996, '1.0 ms'], [0.0072, '7.2 ms'],
  [0.00996, '10 ms'],
  [0.154, '154 ms'], [0.9996, '1.0 s'], [1.24, '1.2 s'], [9.96, '10 s'], [59.4, '59 s'], [59.6, '1 min 0 s'],
  [185.2, '3 min 5 s'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

it.each([
  [0, 64, '0 %'], [1, 4500, '0.02 %'], [30, 4500, '0.7 %'], [2716, 4500, '60 %'], [4499, 4500, '99.9 %'],
  [64, 64, '100 %'],
])('%i of %i are %s', (part, whole, text) => {
  expect(formatShare(part, whole)).toBe(text);
});

it('integers have their thousands apart', () => {
  expect([0, 999, 1000, 1234567].map(formatInteger)).toEqual(['0', '999', '1,000', '1,234,567']);
});

it.each([[0.95, '95 %'], [0.07, '7 %'], [0.1225, '12.25 %'], [0.005, '0.5 %']])('the level %d is %s', (share, text) => {
  expect(formatLevel(share)).toBe(text);
});

it.each([
  ['-0.3 (-1.4 to -1.2), .5 to -.5', '−0.3 (−1.4 to −1.2), .5 to −.5'],
  ['p = exp(-loss), 1 - C(n - c, k)/C(n, k), 1/(1 - S)', 'p = exp(−loss), 1 − C(n − c, k)/C(n, k), 1/(1 − S)'],
  ['1e-5 nats, lines 3-5, absolute-log, 2305.16264, "-1", --fix a=-1, --bound a=-1:-0.5', '1e-5 nats, lines 3-5, absolute-log, 2305.16264, "-1", --fix a=-1, --bound a=-1:-0.5'],
])('the minus of %s', (text, printed) => {
  expect(printedMinus(text)).toBe(printed);
});
