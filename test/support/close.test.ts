import { expect, it } from 'vitest';
import { worst } from './close.ts';

const ratio = (got: number, want: number, tolerance: number) => worst([got], [want], [tolerance]).ratio;

it('is 0 for identical numbers, whatever the tolerance', () => {
  expect(worst([1, -0, Infinity], [1, 0, Infinity], [0, 0, 1])).toEqual({ ratio: 0, where: 'identical' });
});

it('names index, got, want and ratio of the worst element, not of the first or the last', () => {
  const got = [1.5, 7, 3.5];
  expect(worst(got, [1, 2, 3], [1, 2, 1])).toEqual({
    ratio: 2.5,
    where: '[1] got 7, want 2, off by 2.50 × tolerance',
  });
});

it.each([
  ['NaN got', NaN, 1, 1],
  ['NaN wanted', 1, NaN, 1],
  ['NaN on both sides', NaN, NaN, 1],
  ['infinity got', Infinity, 1, 1],
  ['infinity wanted', 1, Infinity, 1],
  ['opposite infinities', Infinity, -Infinity, 1],
  ['a tolerance of NaN', 1, 2, NaN],
  ['a tolerance of infinity', 1, 2, Infinity],
  ['a negative tolerance', 1, 2, -1],
  ['no tolerance and a difference', 1, 2, 0],
])('puts %s infinitely far', (_, got, want, tolerance) => {
  expect(ratio(got, want, tolerance)).toBe(Infinity);
});

it('keeps the first place where several are infinitely far', () => {
  expect(worst([1, NaN, NaN], [1, 1, 1], [1, 1, 1]).where).toBe('[1] got NaN, want 1, off by Infinity × tolerance');
});

it('refuses arrays of different lengths, so that a short result cannot pass', () => {
  expect(() => worst([], [1], [1])).toThrow('length 0, expected 1');
  expect(() => worst([1], [1], [])).toThrow('0 tolerances, expected 1');
});
