import { describe, expect, it } from 'vitest';
import { COUNT, LOSS, WEIGHT, describeCell, parseCount, readCell, readCount } from '../../src/data/counts.ts';
import { InputError } from '../../src/errors.ts';

describe('a count', () => {
  it.each([
    ['6.9e9', 6.9e9], ['6.9E+9', 6.9e9], ['1.4T', 1.4e12], ['70B', 70e9], ['70 B', 70e9], ['44M', 44e6],
    ['500k', 5e5], ['500K', 5e5], ['1,000,000', 1e6], ['1_000_000', 1e6], ['12,500.5', 12500.5], [' 42\t', 42],
    ['+3', 3], ['.5B', 5e8], ['2.', 2], ['1,400B', 1.4e12], ['0', 0],
  ])('reads %j as %d', (text, value) => {
    expect(readCount(text)).toBe(value);
  });

  it('rounds once: 1.1M is the double nearest to 1100000, 8.3T to 8.3e12', () => {
    expect(readCount('1.1M')).toBe(1_100_000);
    expect(readCount('8.3T')).toBe(8.3e12);
    expect(readCount('4.35B')).toBe(4_350_000_000);
  });

  it.each([
    '', ' ', '-1', 'NaN', 'inf', 'Infinity', '1.4Q', '70B params', '1,00', '1,0000', ',1', '1_', '_1', '1__0', '1e',
    'e9', '0x10', '1e9B', '1.2.3', '1 000', '3,14', 'k', '.',
  ])('finds none in %j', (text) => {
    expect(readCount(text)).toBeNaN();
  });
});

describe('parseCount', () => {
  it('gives the count', () => {
    expect(parseCount('1.4T', 'D', 17)).toBe(1.4e12);
  });

  it.each([
    ['1.4Q', 'got "1.4Q". Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.'],
    ['', 'got an empty cell. Fill it in, or delete the row.'],
    ['0', 'got "0". Fits are made in log space, where zero and below have no place.'],
    ['-2e9', 'got "-2e9". Fits are made in log space, where zero and below have no place.'],
    ['NaN', 'got "NaN". If the run diverged, delete the row.'],
    ['-inf', 'got "-inf". If the run diverged, delete the row.'],
    ['1e999', 'got "1e999". Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.'],
    ['3,14', 'got "3,14". Write the decimals after a point: a comma can only part thousands.'],
    ['70B params', 'got "70B params". Leave the unit out: 70B.'],
    ['7e9 tokens', 'got "7e9 tokens". Leave the unit out: 7e9.'],
    ['x'.repeat(70), `got "${'x'.repeat(60)}…". Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.`],
  ])('refuses %j', (text, got) => {
    expect(() => parseCount(text, 'D', 17)).toThrow(
      new InputError(`line 17, column "D": expected a positive count such as 1.4e12, ${got}`),
    );
  });
});

describe('a cell', () => {
  it('is a number, a bigint or a text; nothing else is', () => {
    expect([7, 7n, '7'].map((cell) => readCell(COUNT, cell))).toEqual([7, 7, 7]);
    for (const cell of [true, null, undefined, [7], { a: 7 }, new Date(7)]) expect(readCell(COUNT, cell)).toBeNaN();
  });

  it.each(['2.9', '2.9e0', '+2.9', ' 2.9 '])('holds a loss as the plain number %j', (text) => {
    expect(readCell(LOSS, text)).toBe(2.9);
  });

  it.each(['3k', '1,000', '2_9', '0x3', 'Infinity'])('holds no loss in %j', (text) => {
    expect(readCell(LOSS, text)).toBeNaN();
  });

  it('accepts a weight of zero, but no count or loss of zero, and nothing infinite', () => {
    expect([COUNT, LOSS, WEIGHT].map((kind) => kind.accepts(0))).toEqual([false, false, true]);
    for (const kind of [COUNT, LOSS, WEIGHT]) {
      expect([NaN, Infinity, -1].map((value) => kind.accepts(value))).toEqual([false, false, false]);
    }
  });

  it.each([
    [LOSS, null, 'expected a positive loss such as 2.87, got null. Fill it in, or delete the row.'],
    [LOSS, '3k', 'expected a positive loss such as 2.87, got "3k". Write a plain number, in nats per token.'],
    [WEIGHT, -1, `expected a weight, zero or positive, such as 1, got -1. ${WEIGHT.howTo}`],
    [COUNT, [1], `expected a positive count such as 1.4e12, got a list. ${COUNT.howTo}`],
    [COUNT, {}, `expected a positive count such as 1.4e12, got an object. ${COUNT.howTo}`],
  ])('that cannot be used is shown as it is', (kind, cell, message) => {
    expect(describeCell(kind, cell, 'x', 'row 3')).toBe(`row 3, column "x": ${message}`);
  });
});
