/**
 * The approaches on data that people have: Epoch's runs of Chinchilla, and the training curves of Gemstones. Neither is part
 * of the project: without them these tests are skipped.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { approachesOn } from '../../src/approaches/approaches.ts';
import { envelope } from '../../src/approaches/envelope.ts';
import { isoflopApproach } from '../../src/approaches/isoflop.ts';
import { lawsThrough } from '../../src/approaches/laws.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { finalRuns, readCurves } from '../../src/data/curves.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { readSweep } from '../../src/data/read.ts';
import { ISOFLOP_BUDGETS } from '../../src/paper/hoffmann.ts';
import type { Sweep } from '../../src/types.ts';
import { halfDigit } from '../support/published.ts';

const path = (name: string) => decodeURIComponent(new URL(`../../../shared/data/${name}`, import.meta.url).pathname);
const EPOCH = path('epoch/svg_extracted_data.csv');
const GEMSTONES = path('gemstones/hot.jsonl');

/** N at the vertices that Czech et al. 2026 get from these runs with NumPy, of their slices by rising budget. */
const VERTICES = ['1.692e8', '2.660e8', '4.910e8', '7.394e8', '5.012e8', '1.689e9', '2.235e9', '2.9145e9', '3.843e9'];

/** Their slices: runs within 10 % of a budget, and of those of the same size, to the parameter, the one nearest to it. */
function theirSlices(sweep: Sweep): Sweep {
  const { N, C } = sweep.columns;
  const away = (i: number) => Math.min(...ISOFLOP_BUDGETS.map((budget) => Math.abs(C[i] / budget - 1)));
  const of = (i: number) => ISOFLOP_BUDGETS.findIndex((budget) => Math.abs(C[i] / budget - 1) < 0.1);
  const nearest = new Map<string, number>();
  for (const i of [...N.keys()].filter((run) => of(run) >= 0).toSorted((i, j) => away(i) - away(j))) {
    const key = `${of(i)} ${Math.round(N[i])}`;
    if (!nearest.has(key)) nearest.set(key, i);
  }
  const kept = new Set(nearest.values());
  return filterSweep(sweep, { exclude: [...sweep.lines].filter((_, i) => !kept.has(i)) });
}

describe.skipIf(!existsSync(EPOCH))(`Epoch's runs${existsSync(EPOCH) ? '' : ' (SKIPPED: no ../shared/data)'}`, async () => {
  const sweep = existsSync(EPOCH) ? filterSweep(await readSweep(readFileSync(EPOCH, 'utf8')), { dropHighest: 5 }) : undefined as never;

  it('in the slices of Czech et al. have their vertices, to every digit', () => {
    const { profiles, optima, N, warnings } = isoflopApproach(theirSlices(sweep), { budgets: ISOFLOP_BUDGETS });
    profiles.forEach(({ vertex }, k) => expect(Math.abs(vertex!.N - Number(VERTICES[k]))).toBeLessThanOrEqual(halfDigit(VERTICES[k])));
    const all = lawsThrough(profiles.map(({ vertex }) => vertex!));
    expect(all.N.exponent).toBeCloseTo(0.5109, 4);
    expect(all.N.coefficient * 5.76e23 ** all.N.exponent / 6.705e10).toBeCloseTo(1, 3);
    expect(all.D.coefficient * 5.76e23 ** all.D.exponent / 1.432e12).toBeCloseTo(1, 3);

    // Their slice at 1e20 has no run below its vertex: it is extrapolated, and out of ours.
    expect(optima.map(({ C }) => C)).toEqual(ISOFLOP_BUDGETS.filter((C) => C !== 1e20));
    expect(N.exponent).not.toBeCloseTo(0.5109, 3);
    expect(warnings).toEqual([
      'The vertex at 1e20 FLOPs, N = 5.01e8, lies beyond the sizes of its slice, 6.32e8 to 2.98e9: it is extrapolated, and left out of the power laws.',
    ]);
  });

  it('have other vertices where near runs of the same size are all in', () => {
    const { profiles } = isoflopApproach(sweep, { budgets: ISOFLOP_BUDGETS, tolerance: 1.1 });
    expect(profiles.filter(({ vertex }, k) => Math.abs(vertex!.N - Number(VERTICES[k])) > halfDigit(VERTICES[k])).length).toBeGreaterThan(4);
  });

  it('give approaches 2 and 3 that agree within their intervals, by slices that are found', async () => {
    const { results, bias, isoflop } = await approachesOn(cpuBackend(1), { sweep }, { replicates: 100, budgets: [5.76e23] });
    expect(isoflop!.profiles.filter(({ used }) => used)).toHaveLength(9);
    const [second, third] = results;
    expect(second.N.exponent).toBeGreaterThan(third.intervals.a[0]);
    expect(third.N.exponent).toBeLessThan(second.intervals.a[1]);
    for (const { at: [{ N }] } of results) expect(Math.abs(N / 7e10 - 1)).toBeLessThan(0.1);
    expect(Math.abs(bias!.errorOfD)).toBeLessThan(0.01);
    expect(bias).not.toHaveProperty('warning');
  });
});

describe.skipIf(!existsSync(GEMSTONES))(`the curves of Gemstones${existsSync(GEMSTONES) ? '' : ' (SKIPPED: no ../shared/data)'}`, async () => {
  const curves = existsSync(GEMSTONES) ? await readCurves(readFileSync(GEMSTONES, 'utf8'), { name: 'hot.jsonl' }) : undefined as never;

  it('are read', () => {
    expect(curves.mapping).toEqual({ N: 'params_active_precise', D: 'tokens', C: '6·N·D', loss: 'final_loss', run: 'run_name' });
    expect(curves.curves).toHaveLength(22);
    for (const { D, loss } of curves.curves) {
      expect(D).toHaveLength(10);
      expect(loss.at(-1)).toBeLessThan(loss[0]);
    }
    expect(finalRuns(curves).loss).toHaveLength(22);
    expect([...curves.notes, ...curves.warnings]).toEqual([]);
  });

  it('have an envelope of six models, no power of which is near 0 or 1', () => {
    const { N, optima, warnings } = envelope(curves);
    expect(new Set(optima.map((point) => point.N)).size).toBe(6);
    expect(N.exponent).toBeGreaterThan(0.4);
    expect(N.exponent).toBeLessThan(0.7);
    expect(warnings).toEqual([
      'N_opt climbs a staircase of 6 models; the power law through it is flatter than the models say, a by about 2.8 % of itself.',
    ]);
  });

  it('end at the same tokens, which approach 3 cannot do with', async () => {
    const { results, missing } = await approachesOn(cpuBackend(1), { curves }, { replicates: 50 });
    expect(results.map(({ approach }) => approach)).toEqual([1]);
    expect(missing.at(-1)!.why).toMatch(/^hot\.jsonl, D: expected at least two different values, got 100034150400 in every run\. /);
  });
});
