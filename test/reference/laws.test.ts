/**
 * Every law on Epoch's 240 runs: its minimum is the end of all drawn starts, of a search without derivatives from others, and
 * in the order that laws which hold each other must have. The data are not part of the project: without them nothing runs.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { schedule } from '../../src/backend/schedule.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { lawById } from '../../src/laws/registry.ts';
import { uniforms } from '../../src/math/philox.ts';
import { readSweepFrom } from '../../src/sources.ts';
import type { Fit, Sweep } from '../../src/types.ts';
import { formulaOf, sizeLawIds } from '../support/laws.ts';
import { nelderMead } from '../support/nelder-mead.ts';

const EPOCH = fileURLToPath(new URL('../../../shared/data/epoch/svg_extracted_data.csv', import.meta.url));
const absent = !existsSync(EPOCH);
if (absent) console.warn(`Minima of the laws on a real sweep are skipped: no ${EPOCH}.`);

const DELTA = 1e-3;
const backend = cpuBackend(1);

describe.skipIf(absent)('on Epoch\'s 240 runs', () => {
  let sweep: Sweep;
  const fits = new Map<string, Fit>();
  const fitOf = (id: string) => fits.get(id)!;
  beforeAll(async () => {
    sweep = filterSweep(await readSweepFrom(EPOCH), { dropHighest: 5 });
    for (const id of sizeLawIds) fits.set(id, await fitOn(backend, sweep, { law: id }));
  });

  /** Hoffmann et al. Eq. 3 written again, of natural parameters. */
  const objective = (id: string, natural: ArrayLike<number>) => {
    const { N, D } = sweep.columns;
    return sweep.loss.reduce((sum, loss, i) => {
      const r = Math.abs(Math.log(formulaOf(lawById(id))(natural, { N: N[i]!, D: D[i]! })) - Math.log(loss));
      return sum + (r <= DELTA ? r ** 2 / 2 : DELTA * (r - DELTA / 2));
    }, 0);
  };

  describe.each(sizeLawIds)('the law %s', (id) => {
    it('has one minimum, from all 32 drawn starts', () => {
      expect(fitOf(id).certificate).toMatchObject({ verdict: 'pass', reasons: [], starts: 32, startsAgreeing: 32 });
      expect(fitOf(id).otherMinima).toEqual([]);
    });

    // Measured: each of six starts ends within 1e-12. The simplex stops where its corners agree to that.
    it('and two simplexes without derivatives, from other starts, find it and none lower', () => {
      const law = lawById(id);
      const { centre } = batchOf(sweep, law);
      const lowest = Math.min(...sweep.loss);
      for (const k of [0, 1]) {
        const { x, value } = nelderMead((at) => objective(id, law.toNatural(at, centre)), [...law.drawStart(lowest, uniforms(9, 3, k))]);
        expect(Math.abs(value / fitOf(id).objective - 1)).toBeLessThan(1e-9);
        expect(objective(id, law.toNatural(x.with(1, x[1]! + 1e-3), centre)) / fitOf(id).objective - 1).toBeGreaterThan(1e-9);
      }
    });
  });

  it('a law that holds another fits no worse: one exponent, two, and an exponent on the sum', () => {
    const [tied, plain, gamma] = ['chinchilla-tied', 'chinchilla', 'chinchilla-gamma'].map((id) => fitOf(id).objective) as [number, number, number];
    expect(tied).toBeGreaterThan(plain * (1 + 1e-6));
    expect(plain).toBeGreaterThan(gamma * (1 + 1e-6));
    expect(fitOf('kaplan').objective).toBeGreaterThan(gamma * (1 + 1e-6)); // E = 0 and beta = 1
  });

  it('the law with one exponent is Chinchilla\'s along alpha = beta', async () => {
    const batch = batchOf(sweep, chinchilla);
    const start = chinchilla.toWorking(chinchilla.params.map((name) => fitOf('chinchilla').params[name]!), batch.centre);
    const best = fitOf('chinchilla-tied');
    const shares = Array.from({ length: 41 }, (_, k) => 0.02 * (k / 20 - 1)); // 0 among them
    const starts = shares.map((share) => [3, 4].reduce((x, j) => x.with(j, best.params['alpha']! * (1 + share)), start));
    const { objective: heights } = await backend.descend(batch, Float64Array.from(starts.flatMap((x) => [...x])),
      schedule(DELTA, backend.tolerance), { pinned: [false, false, false, true, true] });
    expect(shares[heights.indexOf(Math.min(...heights))]).toBe(0);
    expect(Math.abs(Math.min(...heights) / best.objective - 1)).toBeLessThan(1e-9);
    expect(Math.min(heights[19]!, heights[21]!) / best.objective - 1).toBeGreaterThan(1e-9);
  });
});
