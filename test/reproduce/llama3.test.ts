/** Llama 3's line, on made tables whose parabolas have known vertices: its points were never published as numbers. */
import { describe, expect, it } from 'vitest';
import { llama3 } from '../../src/reproduce/llama3.ts';
import { readSweep } from '../../src/data/read.ts';
import type { Sweep } from '../../src/types.ts';
import { agrees, run, section, verdicts } from '../support/recipes.ts';

const BUDGETS = [6e18, 1e19, 3e19, 6e19, 1e20, 3e20, 6e20, 1e21, 3e21, 1e22];
/** Vertices of parabolas through 133 points read off the figure, worked out outside the project: tokens. */
const READ_OFF = [4.4083e9, 5.1351e9, 7.5582e9, 1.1533e10, 1.5321e10, 2.5309e10, 4.0965e10, 5.4601e10, 9.8165e10, 2.3824e11];

/** Seven points a budget, off centre, on a parabola over log10 D. */
function tableOf(vertices: readonly number[]): Promise<Sweep> {
  const rows = BUDGETS.flatMap((C, k) => [0.3, 0.5, 0.7, 1.1, 1.6, 2.5, 4].map((factor) =>
    [C, vertices[k]! * factor, 0.9 - 0.02 * k + 0.05 * Math.log10(factor) ** 2].join(',')));
  return readSweep(['flops,tokens,loss', ...rows].join('\n'));
}

const law = (A: number, alpha: number) => BUDGETS.map((C) => A * C ** alpha);
const points = async (vertices: readonly number[]) => section(await run(llama3, { llama3: await tableOf(vertices) }), 'points');

describe('the printed lines', () => {
  it('lead to 10.46T and 16.29T tokens at 3.8e25 FLOPs; only the one of the figure is near the 16.55T of the text', async () => {
    const { comparisons } = section(await run(llama3), 'printed lines');
    const tokens = comparisons.filter(({ quantity }) => quantity === 'D_opt, tokens');
    expect(tokens.map(({ ours }, k) => agrees(ours, ['10.46T', '16.29T'][k]!))).toEqual([true, true]);
    expect(tokens.map(({ verdict }) => verdict)).toEqual(['differs', 'reproduced']);
  });

  it('leave the size open: 402B on 16.55T is 3.99e25 FLOPs', async () => {
    const { comparisons } = section(await run(llama3), 'printed lines');
    expect(agrees(comparisons.at(-1)!.ours, '3.99e25')).toBe(true);
    expect(comparisons.at(-1)!.verdict).toBe('unresolved');
    expect(verdicts(comparisons)).toContain('3.8e25 FLOPs, N_opt = C/(6·D_opt), parameters: differs');
  });
});

describe('points', () => {
  it('are asked for where there are none', async () => {
    expect(section(await run(llama3), 'points')).toMatchObject({ missing: 'llama3', comparisons: [], findings: [], charts: [] });
  });

  it('give back the law that their vertices are on', async () => {
    const { comparisons } = await points(law(0.25, 0.55));
    // The table has seventeen digits, a vertex from a parabola of depth 0.02 about twelve.
    expect(Math.abs(comparisons[0]!.ours - 0.55)).toBeLessThan(1e-10);
    expect(Math.abs(comparisons[1]!.ours / 0.25 - 1)).toBeLessThan(1e-8);
    expect(verdicts(comparisons)).toHaveLength(4);
  });

  it('as read off the figure give α = 0.53678, 16.10T and 393.3B: reproduced', async () => {
    const { comparisons, findings } = await points(READ_OFF);
    const [alpha, A, D, N] = comparisons;
    expect(alpha!.ours.toFixed(5)).toBe('0.53678');
    // Of vertices with all their digits 0.29936: half a unit of the fifth moves it by 1e-5 · 46 · slope, about 1e-4.
    expect(Math.abs(A!.ours - 0.29936)).toBeLessThan(1e-4);
    expect([agrees(D!.ours, '16.10T'), agrees(N!.ours, '393.3B')]).toEqual([true, true]);
    expect(verdicts(comparisons)).toEqual([]);
    expect(findings).toEqual(['Through the vertices of 10 parabolas D_opt = 0.29934·C^0.53678: at 3.8e25 FLOPs 16.1T tokens and 393B parameters.']);
  });

  it('that are others give others', async () => {
    const [one, other] = [await points(READ_OFF), await points(READ_OFF.with(9, 2.6e11))];
    one.comparisons.forEach(({ ours }, k) => { expect(Math.abs(other.comparisons[k]!.ours / ours - 1)).toBeGreaterThan(1e-3); });
  });
});
