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
    expect(text).toMatch(/^4 laws compared on \/data\/<b>runs<\/b>\.csv\n\nWhich law\?\n {2}Take chinchilla-gamma: it predicts runs that a resample leaves out with the least error/);
    expect(text).toMatch(/\n {2}WARNING {4}A warning of the runs\.\n/);
    expect(text).toMatch(/\n {2}Note {7}A note of the runs\.\n/);
  });

  it('each law has its rows, each step its laws', () => {
    const sections = text.split('\n\n');
    const rows = (title: string) => sections.find((section) => section.startsWith(title))!.split('\n').slice(2);
    const runs = ({ fitted, heldOut }: LawComparison['steps'][number]) => expect.stringMatching(`^  ${fitted} runs up to .* FLOPs, ${heldOut} dearer: beyond by up to .*× in C$`) as string;
    expect(rows('Fits').map((row) => row.trim().split(/ +/)[0])).toEqual(['chinchilla-tied', 'chinchilla', 'chinchilla-gamma', 'kaplan']);
    const rollout = rows('Rollout');
    expect([rollout.length, rollout[0], rollout[5]]).toEqual([2 * 5 + 1, runs(COMPARED.steps[0]!), runs(COMPARED.steps[1]!)]);
    expect(rows('Laws that contain each other').filter((row) => /^ {2}chinchilla/.test(row))).toHaveLength(3);
    expect(rows('The same resamples').filter((row) => /\((nats\^2|pp)\)/.test(row))).toHaveLength(9);
    const { aicc, fit } = COMPARED.laws[2]!;
    expect(rows('Likelihood')[2]).toContain(` ${aicc.toFixed(2)} `);
    expect(rows('Fits')[2]).toContain(` ${Number(fit.objective.toPrecision(8))}`);
  });

  it('without steps there is no rollout', () => {
    const none = comparisonText({ ...COMPARED, steps: [], laws: COMPARED.laws.map((law) => ({ ...law, rollout: [] })) });
    expect(none).not.toMatch(/rollout {2}/);
    expect(none).not.toContain('Rollout');
  });

  it('is no wider with the longest names and the widest numbers', () => {
    const long = 'chinchilla-allocation';
    const wide = { value: -0.00012345, interval: [-123.45, -0.00012345], wins: 0.999, samples: Float64Array.of(1) } as const;
    const laws = COMPARED.laws.map((law) => ({
      ...law, law: long, aic: -123456.78, aicc: -123456.78, bic: -123456.78, difference: 12345.67, weight: 0,
      outOfBag: { value: 0.12345, interval: [0.000123456, 0.012345] as const }, rolledOut: { value: 0.12345, interval: [0.000123456, 0.012345] as const },
      rollout: law.rollout.map((at) => ({ ...at, error: { absolute: 1.2345, signed: -1.2345, largest: 123.45 },
        intervals: { absolute: [0.000123456, 12.345] as const, signed: [-12.345, -0.000123456] as const, largest: [1, 2] as const } })),
    }));
    const made = comparisonText({ ...COMPARED, laws, best: long, simplest: long, nested: COMPARED.nested.map((test) => ({ ...test, inner: 'chinchilla-tied', outer: 'chinchilla-gamma' })),
      pairs: COMPARED.pairs.map(() => ({ first: long, second: long, objective: wide, outOfBag: wide, rollout: wide })) });
    expect(made.split('\n').filter((line) => line.length > WIDTH)).toEqual([]);
  });

  it('says what is held and bounded, of the laws where it is', () => {
    const [law, ...others] = COMPARED.laws;
    const held = comparisonText({ ...COMPARED, laws: [{ ...law!, fit: { ...law!.fit, fixed: { E: 1.7 }, bounds: { alpha: [0.1, Infinity] } } }, ...others] });
    expect(held).toContain('\n  Held       of chinchilla-tied: E = 1.7, alpha at least 0.1\n');
    expect(text).not.toContain('Held');
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
      'Out of the bag chinchilla is better than kaplan, in 99.5 % of the resamples. ' +
      'In the rollout the data do not tell chinchilla from kaplan: chinchilla is ahead in 61 % of the resamples.'],
    [pairWith(difference([-0.3, 0.1], 0.2), difference([-0.3, -0.1], 0.01)),
      'Out of the bag the data do not tell kaplan from chinchilla: kaplan is ahead in 80 % of the resamples. ' +
      'In the rollout kaplan is better than chinchilla, in 99 % of the resamples.'],
    [pairWith(difference([0, 0.1], 0.97), none), 'Out of the bag the data do not tell chinchilla from kaplan: chinchilla is ahead in 97 % of the resamples.'],
  ])('%#', (pair, want) => {
    expect(pairVerdict(pair)).toBe(want);
  });

  it('the conclusion names the simpler law where the best does not beat it, and what speaks against it', () => {
    const base: LawComparison = { ...COMPARED, best: 'chinchilla-gamma', simplest: 'chinchilla' };
    const told = 'Take chinchilla, with 5 free parameters. chinchilla-gamma, with 6, predicts runs that a resample leaves out with the least error, ' +
      'but the data do not tell it from chinchilla by that error, nor is it better at dearer runs.';
    expect(conclusion({ ...base, nested: [] })).toBe(told);
    expect(conclusion({ ...base, nested: [], steps: [] })).toBe(told.replace(', nor is it better at dearer runs', ''));
    const [, test] = base.nested;
    expect(conclusion({ ...base, nested: [{ ...test!, probability: 0.002 }] })).toBe(`${told} It does describe the runs that were fitted better: p = 0.0020 by the likelihood ratio.`);
    expect(conclusion({ ...base, nested: [{ ...test!, probability: 0.06 }] })).toBe(told);
    expect(conclusion({ ...base, simplest: base.best })).toBe('Take chinchilla-gamma: it predicts runs that a resample leaves out with the least error, and no law of fewer parameters is as good.');
  });

  it('the conclusion says where the certificate of a law that it names fails, and why', () => {
    const reasons = ['Only one of 8 starts ended at this minimum: there may be a lower one. Use more starts.', 'The relative gradient is 1.0e-3.'];
    const failing = (...ids: string[]) => COMPARED.laws.map((each) =>
      (ids.includes(each.law) ? { ...each, fit: { ...each.fit, certificate: { ...each.fit.certificate, verdict: 'fail' as const, reasons } } } : each));
    const base: LawComparison = { ...COMPARED, best: 'chinchilla-gamma', simplest: 'chinchilla', nested: [] };
    const told = conclusion(base);
    expect(told).not.toContain('certificate');
    expect(conclusion({ ...base, laws: failing('chinchilla') })).toBe(`${told} But the certificate of chinchilla fails: ${reasons[0]}`);
    expect(conclusion({ ...base, laws: failing('chinchilla', 'chinchilla-gamma') }))
      .toBe(`${told} But the certificate of chinchilla fails: ${reasons[0]} The certificate of chinchilla-gamma fails: ${reasons[0]}`);
    expect(conclusion({ ...base, laws: failing('kaplan') })).toBe(told);
    const said = comparisonText({ ...base, laws: failing('chinchilla') }).replaceAll(/\s+/g, ' ');
    expect(said.indexOf('But the certificate of chinchilla fails: Only one of 8 starts')).toBeGreaterThan(said.indexOf('Which law?'));
    expect(comparisonJson({ ...base, laws: failing('chinchilla') }).conclusion).toContain('But the certificate of chinchilla fails: ');
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
