/** What is said of two sweeps. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { multiplierSays, multiplierWarnings, needSpan, needText, verdictOnShared } from '../../src/report/multiplier-words.ts';
import { multiplierJson, multiplierText } from '../../src/report/multiplier.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { syntheticSweep } from '../../src/simulate/recipe.ts';
import { multipliersOn, type Multiplier, type MultiplierOptions } from '../../src/stats/multiplier.ts';

const backend = cpuBackend(1);
const DESIGN = gridDesign({ sizes: [1e8, 4e8, 1.6e9], tokens: [2e9, 8e9, 3.2e10, 1.28e11] });

function compare(change: Partial<typeof EQ10>, options: MultiplierOptions, sigma = 0.002): Promise<Multiplier> {
  const sweep = (params: typeof EQ10, seed: number) =>
    syntheticSweep({ truth: { name: 'test', law: 'chinchilla', params: { ...params } }, design: DESIGN, noise: { sigma }, seed }, 0);
  const groups = [{ name: 'old', sweep: sweep(EQ10, 1) }, { name: 'new', sweep: sweep({ ...EQ10, ...change }, 2) }];
  return multipliersOn(backend, groups, { replicates: 50, tests: 19, ...options }).then(([found]) => found!);
}

/** Half of the scale of D: 2^(1/β) times the tokens. */
const better = compare({ B: EQ10.B / 2 }, { budgets: [1e20, 1e24], losses: [2.5] });

/** A multiplier with other numbers of one place. */
const at = (found: Multiplier, compute: number, interval: readonly [number, number]): Multiplier => {
  const [first] = found.at;
  return { ...found, at: [{ ...first!, answers: { ...first!.answers, compute: { value: compute, interval } } }] };
};

describe('sentences', () => {
  it('less', async () => {
    expect(multiplierSays(at(await better, 1.7, [1.41, 2.1]))[0]).toBe('At 1e20 FLOPs new reaches the same loss with 1.70× less compute than old (1.41 to 2.10).');
  });

  it('more, the smaller end first', async () => {
    expect(multiplierSays(at(await better, 0.5, [0.4, 0.8]))[0]).toBe('At 1e20 FLOPs new reaches the same loss with 2.00× more compute than old (1.25 to 2.50).');
  });

  it('what the data do not tell', async () => {
    expect(multiplierSays(at(await better, 0.8, [0.5, 1.25]))[0])
      .toBe('At 1e20 FLOPs the data do not tell which needs less compute: for the same loss new needs from 1.25× less to 2.00× more than old (1.25× more by the fits).');
  });

  it('and of the tokens, with what speaks against one q', async () => {
    const found = await better;
    const said = (value: number, interval: readonly [number, number], p: number) => multiplierSays({ ...found, data: { ...found.data, q: { value, interval }, p } }).at(-1);
    expect(said(1.7, [1.5, 2], 0.3)).toBe('If one law with q times the tokens holds for both, new reaches the same loss with 1.70× fewer tokens than old (1.50 to 2.00).');
    expect(said(0.5, [0.4, 0.8], 0.01)).toBe(
      'If one law with q times the tokens holds for both, which these runs speak against (p = 0.010), new reaches the same loss with 2.00× more tokens than old (1.25 to 2.50).');
    expect(said(1, [0.8, 1.25], 0.3)).toBe('If one law with q times the tokens holds for both, the data do not tell which needs fewer tokens: ' +
      'for the same loss new needs from 1.25× fewer to 1.25× more than old (as many by the fits).');
  });

  it.each<[number, readonly [number, number], string, string]>([
    [1.7, [1.41, 2.1], '1.70× less', '1.41× to 2.10× less'],
    [0.5, [0.4, 0.8], '2.00× more', '1.25× to 2.50× more'],
    [1.001, [0.5, 2], 'as much', '2.00× less to 2.00× more'],
    [0.9, [0.8, 1.001], '1.11× more', 'as much to 1.25× more'],
    [123456, [1e-5, 1e6], '1.2e5× less', '1e6× less to 1e5× more'],
  ])('the words of %d and %j', (factor, interval, word, span) => {
    expect([needText(factor), needSpan(interval)]).toEqual([word, span]);
  });

  it('one q', async () => {
    const found = await better;
    const said = (p: number, tests: number) => verdictOnShared({ ...found, data: { ...found.data, objectives: { same: 3, shared: 2, separate: 1.5 }, p, tests } });
    expect(said(0.4, 19)).toBe('two laws lower what is minimised by 25 %, no more than chance does (p = 0.40, of 19 resamples in which one q is true): one q says as much as two laws');
    expect(said(0.01, 199)).toBe('two laws lower what is minimised by 25 %, more than chance does (p = 0.010, of 199 resamples in which one q is true): ' +
      'one q is not all that new differs in from old');
    expect(said(NaN, 0)).toBe('two laws lower what is minimised by 25 %; whether by more than chance was not tested');
  });
});

it('warns of what is beyond the runs, and only of that', async () => {
  const warnings = multiplierWarnings(await better);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^Some of these optima are beyond the runs, by up to (\S+× in [ND], )+\S+× in C for old and (\S+× in [ND], )+\S+× in C for new: no run says that the law holds there\.$/);
  expect(multiplierWarnings(await compare({ B: EQ10.B / 2 }, { budgets: [2e19] }))).toEqual([]);
});

it('warns of resamples that have no multiplier', async () => {
  const found = await better;
  const [first] = found.at;
  const some = (unanswered: number) => multiplierWarnings({ ...found, at: [{ ...first!, answers: { ...first!.answers, compute: { ...first!.answers.compute, unanswered } } }] });
  expect(some(0.12)).toContain('At 1e20 FLOPs 12 % of the pairs of resamples have no multiplier, since one of their laws does not reach the loss: the interval is of the others.');
  expect(some(0.005).filter((warning) => warning.includes('no multiplier'))).toEqual([]);
});

it('the base at the N of the other: its tokens, and how far beyond its runs', async () => {
  const { at: [, { answers: { otherN, otherD, tokens }, beyond }] } = await better as Multiplier & { at: [never, Multiplier['at'][number]] };
  const D = otherD.value * tokens.value;
  expect(beyond.sameN.N).toBeCloseTo(otherN.value / 1.6e9, 9);
  expect(beyond.sameN.D).toBeCloseTo(D / 1.28e11, 9);
  expect(beyond.sameN.C).toBeCloseTo((6 * otherN.value * D) / (6 * 1.6e9 * 1.28e11), 9);
});

it('text is no wider with long names and wide numbers', async () => {
  const found = await better;
  const name = 'a-sweep-whose-name-is-longer-than-most';
  const answer = { value: 1.23456e-5, interval: [1.23456e-5, 123456] as const };
  const at = found.at.map((each) => ({
    ...each, answers: { ...each.answers, compute: answer, tokens: answer }, beyond: { base: each.beyond.base, other: each.beyond.other, sameN: { N: 123456, D: 123456, C: 123456 } },
  }));
  const lines = multiplierText([{ ...found, at, base: { ...found.base, name: `${name}-1` }, other: { ...found.other, name: `${name}-2` } }]).split('\n');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines.some((line) => line.includes('81000× more  1.2e5× less to 81000× more'))).toBe(true);
});

it('warns of frontiers that cross, and of a loss that is not reached', async () => {
  const found = await compare({ E: EQ10.E + 0.3, B: EQ10.B / 2.5 }, { losses: [EQ10.E + 0.1], replicates: 5, tests: 0 }, 0);
  const warnings = multiplierWarnings(found);
  expect(warnings.filter((warning) => warning.startsWith('The frontiers cross at '))).toHaveLength(found.crossings.length);
  expect(found.crossings).toHaveLength(1);
  expect(warnings).toContain(`At a loss of ${EQ10.E + 0.1} there is no multiplier: the law of new does not reach the loss with any compute.`);
});

it('text is 100 columns wide, and has a row for each place', async () => {
  const lines = multiplierText([await better]).split('\n');
  expect(lines[0]).toBe('new against old, by the law chinchilla');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines.filter((line) => /^ +\d\.\d{4} /.test(line))).toHaveLength(6); // of what is needed, and of the models
  expect(lines.filter((line) => /^ +at that N /.test(line))).toHaveLength(3);
});

it('has the confidence as it was asked for, and how both tables were read', async () => {
  const { base, other, ...rest } = await better;
  const side = (found: typeof base, notes: readonly string[]) => ({ ...found, fit: { ...found.fit, notes } });
  const found = { ...rest, confidence: 0.975, base: side(base, ['Fitted on the CPU.', 'D is taken as C/(6N).']), other: side(other, ['Fitted on the CPU.']) };
  const text = multiplierText([found]);
  expect(text).toContain('\n  Intervals  97.5 %, percentiles of 50 pairs of resamples,');
  expect(text).toContain('\n  Note       old: D is taken as C/(6N).\n  Note       Fitted on the CPU.\n');
  expect(multiplierJson([found])).toMatchObject({ comparisons: [{ notes: ['old: D is taken as C/(6N).', 'Fitted on the CPU.'] }] });
});

it('JSON has no number that is not finite', async () => {
  const found = await compare({ E: EQ10.E + 0.2 }, { losses: [EQ10.E + 0.1], replicates: 5, tests: 0 }, 0);
  const json = JSON.stringify(multiplierJson([found]));
  const { comparisons: [comparison] } = JSON.parse(json) as { comparisons: { at: { compute: { value: number | null } }[]; data: { p: number | null } }[] };
  expect([comparison!.at[0]!.compute.value, comparison!.data.p]).toEqual([null, null]);
});
