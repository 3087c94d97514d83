import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { startsFor } from '../../src/fit/starts.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { sweepCase } from '../support/cases.ts';

const sweep = sweepCase();
const batch = batchOf(sweep, chinchilla);

describe('drawn starts', () => {
  it.each([[undefined, 32], ['auto', 32], [1, 1], [7, 7]] as const)('for %j are %i', (choice, count) => {
    expect(startsFor(batch, choice, 0).length).toBe(5 * count);
  });

  it('are the same for the same seed, and others for another', () => {
    const first = startsFor(batch, 8, 3);
    expect(startsFor(batch, 8, 3)).toEqual(first);
    const other = startsFor(batch, 8, 4);
    expect(first.filter((value) => other.includes(value)).length).toBe(0);
  });

  it('are the first of any longer list', () => {
    expect(startsFor(batch, 64, 3).slice(0, 40)).toEqual(startsFor(batch, 8, 3));
  });

  it('have E below the lowest loss', () => {
    const floors = startsFor(batch, 64, 0).filter((_, k) => k % 5 === 0).map(Math.exp);
    const lowest = Math.min(...sweep.loss);
    expect(Math.max(...floors)).toBeLessThan(0.99 * lowest * (1 + 1e-12));
    // The highest of 64 uniforms falls short of the upper tenth once in a thousand times; this seed does not.
    expect(Math.max(...floors)).toBeGreaterThan(0.92 * lowest);
  });
});

it('"paper" takes the grid of the law, in the frame of the sweep', () => {
  const starts = startsFor(batch, 'paper', 9);
  const grid = chinchilla.paperStarts(batch.centre);
  expect(starts.length).toBe(5 * 4500);
  for (const k of [0, 1, 4499]) expect(starts.slice(5 * k, 5 * k + 5)).toEqual(grid[k]);
});

it.each([0, -1, 2.5, NaN, 'all', '12'])('%j is refused', (choice) => {
  expect(() => startsFor(batch, choice as number, 0)).toThrow(
    new InputError(`starts: expected "auto", "paper" or a positive whole number, got ${JSON.stringify(choice)}.`),
  );
});
