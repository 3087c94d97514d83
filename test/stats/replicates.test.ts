/** What is drawn: pieces of a batch, clusters, counts, and the moments of the drawn losses. */
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/backend/backend.ts';
import { drawReplicate } from '../../src/backend/cpu/draw.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { cut, leavingOut, resampling } from '../../src/stats/replicates.ts';
import type { BootstrapOptions } from '../../src/types.ts';
import { grid, lossOf, sweepCase } from '../support/cases.ts';

const base = batchOf(sweepCase(), chinchilla);
const fitted = Float64Array.from(grid(), (size) => Math.log(lossOf(size)));
const residual = base.logLoss.map((value, i) => value - fitted[i]!);

function piecesOf(total: number, options: BootstrapOptions, batch: Batch = base) {
  const make = resampling(batch, fitted, options);
  return [...cut(total, batch.points)].map(({ first, count }) => ({ first, batch: make(first, count) }));
}

/** Replicate r of all pieces, wherever it is. */
function replicate(r: number, total: number, options: BootstrapOptions) {
  const piece = piecesOf(total, options).findLast(({ first }) => first <= r)!;
  return drawReplicate(piece.batch, r - piece.first);
}

it('covers every replicate once, in pieces', () => {
  const parts = piecesOf(40_000, {});
  expect(parts.length).toBeGreaterThan(1);
  parts.forEach(({ first, batch }, k) => {
    expect(first + batch.replicates).toBe(parts[k + 1]?.first ?? 40_000);
  });
});

it('growing pieces start at 128 and double, up to the size that the others have', () => {
  const sizes = (...args: Parameters<typeof cut>) => [...cut(...args)].map(({ count }) => count);
  const most = sizes(1e6, 100)[0]!;
  expect(sizes(1e5, 100, 1, true)).toEqual([128, 256, 512, 1024, 2048, 4096, 8192, ...Array.from({ length: 5 }, () => most), 1824]);
  expect(sizes(300, 100, 1, true)).toEqual([128, 172]);
  expect(sizes(100, 100, 1, true)).toEqual([100]);
  expect(sizes(100, 100, 1 << 14, true)).toEqual(sizes(100, 100, 1 << 14)); // 64 at most
  const firsts = [...cut(1000, 100, 1, true)].map(({ first }) => first);
  expect(firsts).toEqual([0, 128, 384, 896]);
});

it.each([1, 1000, 1024, 5000])('a piece of %i points is within a binding of 128 MiB: two words a point, and one', (points) => {
  const [{ count }] = [...cut(1e6, points)];
  expect(4 * (2 * points + 1) * count).toBeLessThanOrEqual(2 ** 27);
});

const KINDS = ['pairs', 'residual', 'wild', 'parametric'] as const;

it.each(KINDS)('%s: a replicate does not depend on where the pieces are cut', (kind) => {
  const r = piecesOf(40_000, {})[1]!.first + 3;
  const [{ batch }] = piecesOf(10, { kind, seed: 4 });
  const later = { ...batch, draw: { ...batch.draw!, first: r } };
  expect(replicate(r, 40_000, { kind, seed: 4 })).toEqual(drawReplicate(later, 0));
  expect(replicate(r, 40_000, { kind, seed: 4 })).not.toEqual(replicate(r - 1, 40_000, { kind, seed: 4 }));
  expect(replicate(r, 40_000, { kind, seed: 4 })).not.toEqual(replicate(r, 40_000, { kind, seed: 5 }));
});

it('pairs: as many runs as there are, each as often as any other', () => {
  const runs = 500;
  const total = new Float64Array(base.points);
  for (let r = 0; r < runs; r++) {
    const { weight } = replicate(r, runs, {});
    expect(weight.reduce((sum, count) => sum + count, 0)).toBe(base.points);
    weight.forEach((count, i) => { total[i]! += count; });
  }
  // Binomial(runs·points, 1/points), within 5 standard deviations.
  total.forEach((count) => expect(Math.abs(count - runs)).toBeLessThan(5 * Math.sqrt(runs)));
});

it('clusters come whole, as many as there are', () => {
  const cluster = Array.from({ length: base.points }, (_, i) => `seed ${i % 7}`);
  for (let r = 0; r < 20; r++) {
    const { weight } = replicate(r, 20, { kind: 'cluster', cluster });
    expect([...weight]).toEqual(cluster.map((_, i) => weight[i % 7]));
    expect(weight.subarray(0, 7).reduce((sum, count) => sum + count, 0)).toBe(7);
  }
});

it.each([
  [{ kind: 'cluster' },
    'cluster: expected a value for each of the 100 runs, got none. Name the column that holds them.'],
  [{ kind: 'cluster', cluster: Array.from({ length: 100 }, () => 'a') },
    'cluster: expected at least two different values, got "a" in every run. Use pairs.'],
  [{ kind: 'counts' }, 'counts: expected one row of 100 counts for each resample, got no values. ' +
    'A row has one count for each run that is fitted.'],
  [{ kind: 'counts', counts: [1, 2, 3] }, 'counts: expected one row of 100 counts for each resample, got 3 values. ' +
    'A row has one count for each run that is fitted.'],
] as [BootstrapOptions, string][])('%j is refused', (options, message) => {
  expect(() => piecesOf(10, options)).toThrow(message);
});

describe('drawn losses', () => {
  const runs = 400;
  const draws = (kind: 'residual' | 'wild' | 'parametric') =>
    Array.from({ length: runs }, (_, r) => replicate(r, runs, { kind }).logLoss.map((value, i) => value - fitted[i]!));
  const moments = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
  };
  /** Five standard errors of a mean and of a variance, that of normal residuals. */
  const near = (got: ReturnType<typeof moments>, mean: number, variance: number) => {
    const n = runs * base.points;
    expect(Math.abs(got.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
    expect(Math.abs(got.variance / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  };

  it('residual: those of the fit, with their mean and variance', () => {
    const drawn = draws('residual');
    const known = [...residual];
    drawn[0]!.forEach((value) => expect(Math.min(...known.map((r) => Math.abs(r - value)))).toBeLessThan(1e-14));
    const { mean, variance } = moments(known);
    near(moments(drawn.flatMap((row) => [...row])), mean, variance);
  });

  it('wild: its own residual or its negative, each half of the time', () => {
    let same = 0;
    for (const row of draws('wild')) {
      row.forEach((value, i) => {
        expect(Math.abs(Math.abs(value) - Math.abs(residual[i]!))).toBeLessThan(1e-14);
        if (Math.sign(value) === Math.sign(residual[i]!)) same++;
      });
    }
    const n = runs * base.points;
    expect(Math.abs(same - n / 2)).toBeLessThan(5 * Math.sqrt(n / 4));
  });

  it('parametric: normal, as wide as the residuals with five degrees of freedom taken off', () => {
    const variance = residual.reduce((sum, r) => sum + r * r, 0) / (base.points - 5);
    const values = draws('parametric').flatMap((row) => [...row]);
    near(moments(values), 0, variance);
    const beyond = values.filter((value) => Math.abs(value) > 1.959964 * Math.sqrt(variance)).length;
    expect(Math.abs(beyond - 0.05 * values.length)).toBeLessThan(5 * Math.sqrt(0.05 * 0.95 * values.length));
  });
});

describe('runs of weight 0 are no runs', () => {
  const weight = base.weight.map((_, i) => (i % 3 === 0 ? 0 : 1));
  const some = { ...base, weight, logLoss: base.logLoss.map((value, i) => (i % 3 === 0 ? value + 1 : value)) };

  it.each(KINDS)('%s: draws the same as without them', (kind) => {
    const keep = (values: Float64Array) => values.filter((_, i) => i % 3 > 0);
    const without = { ...base, points: keep(base.weight).length, inputs: base.inputs.map(keep), logLoss: keep(base.logLoss), weight: keep(base.weight) };
    const [a, b] = [resampling(some, fitted, { kind, seed: 4 })(0, 2), resampling(without, keep(fitted), { kind, seed: 4 })(0, 2)];
    for (const r of [0, 1]) expect(drawReplicate(a, r)).toEqual(drawReplicate(b, r));
  });

  it('nor does the scale of the weights change the noise of the parametric draw', () => {
    const scaled = { ...base, weight: base.weight.map((value) => 0.02 * value) };
    const sigma = (batch: Batch) => (resampling(batch, fitted, { kind: 'parametric' })(0, 1).draw as { noise: { sigma: number } }).noise.sigma;
    expect(sigma(scaled)).toBeCloseTo(sigma(base), 12);
    expect(sigma(base)).toBeGreaterThan(0);
  });
});

it('left out one after another: a piece from replicate 20 on begins with group 20', () => {
  const group = Uint32Array.from({ length: base.points }, (_, i) => i);
  const batch = leavingOut(base, { group, groups: base.points })(20, 3);
  expect([batch.draw!.first, batch.replicates]).toEqual([20, 3]);
  expect(drawReplicate(batch, 1).weight).toEqual(base.weight.with(21, 0));
});

it('counts: a piece from replicate 5 on has the rows from the fifth on', () => {
  const counts = Uint32Array.from({ length: 8 * base.points }, (_, k) => k);
  const { weight } = resampling(base, fitted, { kind: 'counts', counts })(5, 2);
  const row = (r: number) => weight.filter((_, k) => k % 2 === r - 5);
  for (const r of [5, 6]) expect([...row(r)]).toEqual([...counts.subarray(r * base.points, (r + 1) * base.points)]);
});
