import { describe, expect, it } from 'vitest';
import { parseLines, showLines } from '../../src/data/lines.ts';
import { InputError } from '../../src/errors.ts';

describe('lines', () => {
  it.each([
    ['', []],
    ['7', [7]],
    ['12,15-18', [12, 15, 16, 17, 18]],
    ['1,3,5-6', [1, 3, 5, 6]],
    ['9-11,999999999', [9, 10, 11, 999_999_999]],
  ])('%j are read, and written so', (text, lines) => {
    expect(parseLines(text)).toEqual(lines);
    expect(showLines(lines)).toBe(text);
  });

  it.each([
    [' 12 , 15 - 16 ', [12, 15, 16]],
    ['9,3,5-7,6', [3, 5, 6, 7, 9]],
    ['4,4,4-5,5', [4, 5]],
    ['10,9', [9, 10]],
    ['007', [7]],
    ['3-3', [3]],
    ['  ', []],
  ])('%j are read in order, each once', (text, lines) => {
    expect(parseLines(text)).toEqual(lines);
  });

  it('are written in order, each once, however they come', () => {
    expect(showLines([18, 12, 16, 17, 15, 12])).toBe('12,15-18');
    expect(showLines([2, 1])).toBe('1-2');
  });

  it('come back as they were, whatever they are', () => {
    const lines = Array.from({ length: 500 }, (_, i) => i + 1).filter((line) => Math.sin(line ** 2) > 0);
    expect(parseLines(showLines(lines))).toEqual(lines);
    expect(parseLines(showLines(lines.slice(1)))).not.toEqual(lines);
  });

  it('are not changed by being written', () => {
    const lines = [3, 1, 2];
    showLines(lines);
    expect(lines).toEqual([3, 1, 2]);
  });
});

describe('what is no lines', () => {
  it.each([
    ['12;15', '12;15'], ['12,', ''], [',', ''], ['a', 'a'], ['1,0', '0'], ['18-15', '18-15'], ['-3', '-3'], ['3-', '3-'], ['1.5', '1.5'], ['1e3', '1e3'],
    ['1-2-3', '1-2-3'], ['12 15', '12 15'], ['2, x3 ,4', ' x3 '],
  ])('%j is refused', (text, item) => {
    expect(() => parseLines(text)).toThrow(new InputError(`exclude: expected lines such as 12,15-18, got "${item}". ` +
      'Write numbers from 1 on, and ranges with the lower one first, parted by commas.'));
  });

  it.each(['1-1000001', '1-1000000,5', '1-99999999999999999999', `1-${'9'.repeat(50)}`, '1-600000,1-600000'])('%j is too much', (text) => {
    expect(() => parseLines(text)).toThrow(new InputError(`exclude: expected at most 1000000 lines, got "${text}". Leave out by where what is so many.`));
  });

  it('a million are not', () => {
    expect(parseLines('1-1000000')).toHaveLength(1e6);
  });
});
