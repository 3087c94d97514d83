/** Laws compared on Epoch's 240 runs. The data are not part of the project: without them nothing runs. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { compareLawsOn } from '../../src/stats/compare.ts';
import { winnerOf } from '../../src/stats/compare-pairs.ts';
import { epochRuns } from '../support/recipes.ts';

const table = await epochRuns();

describe.skipIf(!table)('Epoch\'s runs', () => {
  it('Kaplan\'s law is behind; one exponent is not told from two, by prediction or likelihood', async () => {
    const sweep = filterSweep(table!, { dropHighest: 5 });
    const { laws, pairs, nested, steps, points } = await compareLawsOn(cpuBackend(1), sweep, {
      laws: ['chinchilla-tied', 'chinchilla', 'kaplan'], replicates: 60, steps: 2, starts: 8,
    });
    expect([points, steps.map(({ fitted, heldOut }) => [fitted, heldOut])]).toEqual([240, [[80, 160], [160, 80]]]);
    expect(laws.map(({ fit }) => fit.objective.toPrecision(7))).toEqual(['0.001022175', '0.001018274', '0.002663101']);
    const kaplan = pairs.find(({ second }) => second === 'kaplan')!;
    expect([winnerOf(kaplan.outOfBag), kaplan.outOfBag.wins]).toEqual(['first', 1]);
    const [{ ratio, probability }] = nested as [typeof nested[number]];
    // Huber's likelihood at these two objectives, its scale found by another program: 2·(879.5768 − 878.7447).
    expect(ratio).toBeCloseTo(1.6642, 3);
    expect(probability).toBeGreaterThan(0.05);
  });
});
