/** What is said of two sweeps. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { multiplierJson, multiplierSays, multiplierText, multiplierWarnings, verdictOnShared } from '../../src/report/multiplier.ts';
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
    expect(multiplierSays(at(await better, 1.7, [1.41, 2.1]))[0]).toBe('For 1e20 FLOPs new reaches the same loss with 1.70× less compute than old (1.41 to 2.10).');
  });

  it('more, and not settled', async () => {
    expect(multiplierSays(at(await better, 0.8, [0.5, 1.25]))[0])
      .toBe('For 1e20 FLOPs new reaches the same loss with 1.25× more compute than old (0.800 to 2.00). The interval holds 1: which needs less is not settled.');
  });

  it('and what a token is worth', async () => {
    const found = await better;
    const { value, interval } = found.data.q;
    expect(multiplierSays(found).at(-1)).toBe(
      `A token of new is worth ${[value, ...interval!].map((each) => each.toPrecision(3)).join(' (').replace(/\((\S+) \((\S+)/, '($1 to $2)')} of old, where one law holds for both.`);
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
  expect(warnings[0]).toMatch(/^Some of these losses are beyond the runs, by up to \S+× in C of old and \S+× in C of new: no run says that the law holds there\.$/);
  expect(multiplierWarnings(await compare({ B: EQ10.B / 2 }, { budgets: [1e20] }))).toEqual([]);
});

it('warns of frontiers that cross, and of a loss that is not reached', async () => {
  const found = await compare({ E: EQ10.E + 0.3, B: EQ10.B / 2.5 }, { losses: [EQ10.E + 0.1], replicates: 5, tests: 0 }, 0);
  const warnings = multiplierWarnings(found);
  expect(warnings.filter((warning) => warning.startsWith('The frontiers cross at '))).toHaveLength(found.crossings.length);
  expect(found.crossings).toHaveLength(1);
  expect(warnings).toContain(`For a loss of ${EQ10.E + 0.1} there is no multiplier: the law of new does not reach the loss with any compute.`);
});

it('text is 100 columns wide, and has a row for each place', async () => {
  const lines = multiplierText([await better]).split('\n');
  expect(lines[0]).toBe('new against old, by the law chinchilla');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines.filter((line) => /^ +\d\.\d{4} /.test(line))).toHaveLength(3);
});

it('JSON has no number that is not finite', async () => {
  const found = await compare({ E: EQ10.E + 0.2 }, { losses: [EQ10.E + 0.1], replicates: 5, tests: 0 }, 0);
  const json = JSON.stringify(multiplierJson([found]));
  const { comparisons: [comparison] } = JSON.parse(json) as { comparisons: { at: { compute: { value: number | null } }[]; data: { p: number | null } }[] };
  expect([comparison!.at[0]!.compute.value, comparison!.data.p]).toEqual([null, null]);
});
