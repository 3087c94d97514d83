import { expect, it } from 'vitest';
import { paperDesign } from '../../src/paper/design.ts';
import { EQ10, TABLE_A9_MILLIONS } from '../../src/paper/hoffmann.ts';
import { paperRuns, paperSchedules } from '../../src/paper/schedules.ts';
import { frontier } from '../../src/plan/frontier.ts';

const { N, horizon } = paperSchedules();
const bySize = TABLE_A9_MILLIONS.map((_, k) => [...horizon.subarray(4 * k, 4 * k + 4)]);
/** Rounding of a few operations. */
const near = (got: number, want: number) => expect(Math.abs(got / want - 1)).toBeLessThan(1e-12);

it('has each model of Table A9 with four horizons, at equal factors over 16', () => {
  expect([...N]).toEqual(TABLE_A9_MILLIONS.flatMap((millions) => [1, 2, 3, 4].map(() => millions * 1e6)));
  for (const [first, second, third, last] of bySize) {
    near(last! / first!, 16);
    near(second! / first!, 16 ** (1 / 3));
    near(last! / third!, 16 ** (1 / 3));
  }
});

it('has them about the tokens that are optimal for the size, or up to 500B', () => {
  const optimal = bySize.map(([first], k) => {
    const D = 4 * first!;
    const size = TABLE_A9_MILLIONS[k]! * 1e6;
    return frontier('chinchilla', EQ10, [6 * size * D])[0]!.N / size;
  });
  const capped = bySize.map((horizons) => horizons[3]! >= 5e11 * (1 - 1e-12));
  expect([capped.indexOf(true), capped.lastIndexOf(false)]).toEqual([38, 37]); // from 3530M on
  for (const ratio of optimal.slice(0, 38)) near(ratio, 1);
  for (const ratio of optimal.slice(38)) expect(ratio).toBeLessThan(1);
  expect(Math.max(...horizon)).toBeLessThanOrEqual(5e11 * (1 + 1e-12));
});

it('final runs are those of the schedules and the IsoFLOP sweep, each once where all are asked for', () => {
  const slices = paperDesign();
  const key = (size: number, tokens: number) => `${size} ${tokens}`;
  const all = [...Array.from(N, (size, i) => key(size, horizon[i]!)), ...Array.from(slices.N, (size, i) => key(size, slices.D[i]!))];
  const keys = (count: number) => {
    const runs = paperRuns(count);
    return Array.from(runs.N, (size, i) => key(size, runs.D[i]!));
  };
  expect(keys(all.length).toSorted()).toEqual(all.toSorted());
  expect(paperRuns(240).name).toBe('240 of the 527 final runs of the schedules and of the IsoFLOP sweep of Hoffmann et al. 2022');
  for (const count of [240, 400]) {
    expect(new Set(keys(count)).size).toBe(count);
    expect(keys(count).filter((run) => !all.includes(run))).toEqual([]);
  }
});

it('fewer runs are spread as all are', () => {
  const compute = (count: number) => {
    const runs = paperRuns(count);
    return Array.from(runs.N, (size, i) => Math.log(6 * size * runs.D[i]!)).toSorted((a, b) => a - b);
  };
  const whole = compute(527);
  // At equal steps through all in order of C: each is within one step of its quantile.
  compute(240).forEach((value, k) => {
    const at = ((k + 0.5) * 527) / 240;
    expect(value).toBeGreaterThanOrEqual(whole[Math.floor(at)]! - 1e-9);
    expect(value).toBeLessThanOrEqual(whole[Math.floor(at)]! + 1e-9);
  });
});
