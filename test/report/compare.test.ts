/** A comparison of laws in words and as JSON. */
import { describe, expect, it } from 'vitest';
import { comparisonJson } from '../../src/report/compare-json.ts';
import { conclusion, formatProbability, pairVerdict } from '../../src/report/compare-verdicts.ts';
import { comparisonText } from '../../src/report/compare.ts';
import { WIDTH } from '../../src/report/layout.ts';
import type { Difference, LawPair } from '../../src/stats/compare-pairs.ts';
import type { LawComparison } from '../../src/stats/compare-result.ts';
import type { Interval } from '../../src/types.ts';
import { COMPARED } from './compared.ts';

const text = comparisonText(COMPARED);

describe('text', () => {
  it('no line is too wide, and the answer comes first', () => {
    expect(text.split('\n').filter((line) => line.length > WIDTH)).toEqual([]);
    expect(text).toMatch(/^4 laws compared on \/data\/<b>runs<\/b>\.csv\n\nWhich law\?\n {2}chinchilla-gamma: it has the lowest out-of-bag error/);
    expect(text).toMatch(/\n {2}WARNING {4}A warning of the runs\.\n/);
    expect(text).toMatch(/\n {2}Note {7}A note of the runs\.\n/);
  });

  it('each law has its rows, each step its laws', () => {
    const sections = text.split('\n\n');
    const rows = (title: string) => sections.find((section) => section.startsWith(title))!.split('\n').slice(2);
    expect(rows('Fits').map((row) => row.trim().split(/ +/)[0])).toEqual(['chinchilla-tied', 'chinchilla', 'chinchilla-gamma', 'kaplan']);
    expect(rows('Rollout')).toHaveLength(8);
    expect(rows('Laws that hold each other')).toHaveLength(3);
    const { aicc, fit } = COMPARED.laws[2]!;
    expect(rows('Likelihood')[2]).toContain(` ${aicc.toFixed(2)} `);
    expect(rows('Fits')[2]).toContain(` ${Number(fit.objective.toPrecision(8))}`);
  });

  it('without steps there is no rollout', () => {
    const none = comparisonText({ ...COMPARED, steps: [], laws: COMPARED.laws.map((law) => ({ ...law, rollout: [] })) });
    expect(none).not.toContain('ollout, all steps');
    expect(none).not.toContain('Rollout:');
  });
});

function difference(interval: Interval, wins: number): Difference {
  return { value: (interval[0] + interval[1]) / 2, interval, wins, samples: Float64Array.of(1) };
}

function pairWith(outOfBag: Difference, rollout: Difference): LawPair {
  return { first: 'chinchilla', second: 'kaplan', objective: outOfBag, outOfBag, rollout };
}

describe('verdicts', () => {
  const none: Difference = { value: NaN, interval: [NaN, NaN], wins: NaN, samples: new Float64Array() };

  it.each([
    [pairWith(difference([0.1, 0.2], 0.995), difference([-0.1, 0.2], 0.61)),
      'Out of the bag chinchilla is better than kaplan: it wins 99.5 % of the resamples. ' +
      'In the rollout chinchilla is not told apart from kaplan: it wins 61 % of the resamples.'],
    [pairWith(difference([-0.3, 0.1], 0.2), difference([-0.3, -0.1], 0.01)),
      'Out of the bag kaplan is not told apart from chinchilla: it wins 80 % of the resamples. ' +
      'In the rollout kaplan is better than chinchilla: it wins 99 % of the resamples.'],
    [pairWith(difference([0, 0.1], 0.97), none), 'Out of the bag chinchilla is not told apart from kaplan: it wins 97 % of the resamples.'],
  ])('%#', (pair, want) => {
    expect(pairVerdict(pair)).toBe(want);
  });

  it('the conclusion names the simpler law where the best does not beat it, and what speaks against it', () => {
    const base: LawComparison = { ...COMPARED, best: 'chinchilla-gamma', simplest: 'chinchilla' };
    const told = 'chinchilla, of 5 parameters: chinchilla-gamma, of 6, has the lowest out-of-bag error, but is not told to predict better, neither by it nor by the rollout.';
    expect(conclusion({ ...base, nested: [] })).toBe(told);
    const [, test] = base.nested;
    expect(conclusion({ ...base, nested: [{ ...test!, probability: 0.002 }] })).toBe(`${told} It does describe the runs that were fitted better, p = 0.0020.`);
    expect(conclusion({ ...base, nested: [{ ...test!, probability: 0.06 }] })).toBe(told);
    expect(conclusion({ ...base, simplest: base.best })).toBe('chinchilla-gamma: it has the lowest out-of-bag error, and no law of fewer parameters is as good.');
  });

  it('probabilities', () => {
    expect([0.23456, 1.44e-6, 0].map(formatProbability)).toEqual(['0.23', '1.4e-6', 'below 1e-300']);
  });
});

it('JSON has the same numbers, without samples, and nothing that it cannot hold', () => {
  const json = JSON.parse(JSON.stringify(comparisonJson(COMPARED))) as ReturnType<typeof comparisonJson>;
  expect(json.laws.map(({ law, aicc, weight }) => [law, aicc, weight])).toEqual(COMPARED.laws.map(({ law, aicc, weight }) => [law, aicc, weight]));
  const [pair] = COMPARED.pairs;
  const { samples, ...rest } = pair!.outOfBag;
  expect(json.pairs[0]).toMatchObject({ first: pair!.first, second: pair!.second, verdict: pairVerdict(pair!), outOfBag: { ...rest, resamples: samples.length } });
  expect(json.laws[0]!.rollout[1]).toMatchObject({ verdict: 'pass', error: COMPARED.laws[0]!.rollout[1]!.error });
  expect(JSON.stringify(json)).not.toMatch(/"samples"/);
  const infinite = comparisonJson({ ...COMPARED, laws: COMPARED.laws.map((law) => ({ ...law, aicc: Infinity })) });
  expect(infinite.laws[0]!.aicc).toBeNull();
});
