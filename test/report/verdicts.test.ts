import { describe, expect, it } from 'vitest';
import {
  countVerdicts, formatComparedRatio, formatOurs, formatPublished, formatVerdicts, groupsOf, reasonsOf,
} from '../../src/report/verdicts.ts';
import { EPOCH, REPRODUCTIONS, TABLE3 } from './reproduced.ts';

const NONE = { reproduced: 0, differs: 0, notReproducible: 0, unresolved: 0, notRun: 0 };

it('verdicts are counted, and sections without their data', () => {
  expect(countVerdicts([TABLE3])).toEqual({ reproduced: 2, differs: 1, notReproducible: 2, unresolved: 0, notRun: 1 });
  expect(countVerdicts(REPRODUCTIONS)).toEqual({ reproduced: 3, differs: 2, notReproducible: 2, unresolved: 1, notRun: 1 });
  expect(countVerdicts([])).toEqual(NONE);
});

it.each([
  [{ reproduced: 31, differs: 4, notReproducible: 9, notRun: 2 }, '31 reproduced, 4 differ, 9 not reproducible, 2 sections not run'],
  [{ differs: 1, unresolved: 3, notRun: 1 }, '0 reproduced, 1 differs, 3 unresolved, 1 section not run'],
  [{}, '0 reproduced'],
])('%j are %s', (counts, text) => {
  expect(formatVerdicts({ ...NONE, ...counts })).toBe(text);
});

describe('numbers', () => {
  it.each([
    [8e9, '8e9'], [0.34, '0.34'], [477.82587, '477.82587'], [6.0073404, '6.0073404'], [1.69e-49, '1.69e-49'], [600_000, '600000'], [-0.02, '-0.02'],
    [1 / 3, '0.333333333'],
  ])('%d was published as %s', (published, text) => {
    expect(formatPublished({ published })).toBe(text);
  });

  it('as it was printed, where that says more', () => {
    expect(formatPublished({ published: 1.26e24, printed: '1.26e24 [sic]' })).toBe('1.26e24 [sic]');
  });

  it.each([
    ['at least four digits', 0.46, 0.513899516, '0.5139'],
    ['two beyond the first that differs', 0.33917084, 0.337673742, '0.33767'],
    ['one more than the published one where they agree', 8.058198e7, 8.0581982e7, '8.0581982e7'],
    ['as many where they are equal', 0.512612, 0.512612, '0.5126120'],
    ['of other signs four', -0.02, 0.0213, '0.02130'],
    ['beside zero four', 0, 0.012345678, '0.01235'],
    ['counts as they are', 19, 21, '21'],
    ['what is not finite by name', 1, NaN, 'NaN'],
  ])('ours: %s', (_, published, ours, text) => {
    expect(formatOurs({ published, ours })).toBe(text);
  });

  it('ours in billions where the published one is', () => {
    expect(formatOurs({ published: 205.1e9, printed: '205.1B', ours: 2.0744e11 })).toBe('207.4B');
    expect(formatOurs({ published: 1.92e19, printed: '1.92e19', ours: 1.931e19 })).toBe('1.931e19');
  });

  it('the ratio, or none', () => {
    expect([1.00349, 12.345678, 1, NaN].map((ratio) => formatComparedRatio({ ratio }))).toEqual(['1.003', '12.35', '1.000', '-']);
  });
});

it('comparisons are grouped by how ours was made, in order; reasons are told once', () => {
  const [section] = TABLE3.sections;
  const groups = groupsOf(section!);
  expect(groups.map(({ from, rows }) => [from, rows.length])).toEqual([
    ['power laws through the printed rows', 1], ['closed form, unrounded constants', 4],
  ]);
  expect(groups.flatMap(({ rows }) => rows)).toHaveLength(section!.comparisons.length);
  expect(reasonsOf(section!)).toHaveLength(2);
  expect(reasonsOf(EPOCH.sections[0]!)).toEqual(['the paper does not say of which constants', 'no reason is known']);
});
