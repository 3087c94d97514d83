/** Every value is in its bin or counted as beyond, and neither outliers nor a lack of values spoil the axis. */
import { describe, expect, it } from 'vitest';
import { atLeastWide, bulkOf, evenly, finiteAscending, reaching } from '../../src/figures/bulk.ts';
import { histogramOf, type Histogram } from '../../src/figures/histogram.ts';
import { linearTicks, logTicks, tickName } from '../../src/figures/ticks.ts';

/** Evenly spread over (0, 1). */
const even = (count: number) => Float64Array.from({ length: count }, (_, k) => (k + 0.5) / count);
/** Quantiles of a logistic: a bell with tails. */
const bell = (count: number) => even(count).map((p) => Math.log(p / (1 - p)));
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

/** Counted again, value by value and bin by bin. */
function recount({ edges }: Histogram, values: Float64Array): number[] {
  const last = edges.length - 2;
  return edges.slice(1).map((to, bin) => values.filter((value) => value >= edges[bin]! && (value < to || (bin === last && value === to))).length);
}

describe('bins', () => {
  it('of 2·IQR/∛n over the central 99.5 %', () => {
    // 1000 even values: IQR 0.4995, width 0.0999; 2 of them at either end are left out, and 0.995 is left.
    const made = histogramOf(even(1000), { shown: [] });
    expect([made.counts.length, made.beyond, made.total]).toEqual([10, 4, 1000]);
    expect([made.edges[0], made.edges.at(-1)]).toEqual([0.0025, 0.9975]);
  });

  it.each([10, 400, 3000, 50_000])('hold each of %d values once', (count) => {
    const values = bell(count).map((value, k) => value + 1e-3 * Math.sin(k));
    const made = histogramOf(values, { shown: [] });
    expect(made.counts).toEqual(recount(made, values));
    expect(sum(made.counts) + made.beyond).toBe(count);
    expect(made.counts).not.toEqual(recount(made, values.map((value) => value + 0.3)));
  });

  it('are at most 40, and at least 6', () => {
    const atoms = Float64Array.from({ length: 500 }, (_, k) => (k % 5 === 0 ? k : 0));
    expect(histogramOf(atoms, { shown: [] }).counts.length).toBeLessThanOrEqual(40);
    expect(histogramOf(Float64Array.of(1, 2), { shown: [] }).counts).toEqual([1, 0, 0, 0, 0, 1]);
  });

  it('are not stretched by outliers, which are counted', () => {
    const values = Float64Array.of(...bell(100), 1e6, -1e9);
    const made = histogramOf(values, { shown: [] });
    expect([made.beyond, made.total]).toEqual([2, 102]);
    expect(Math.max(...made.edges)).toBeLessThan(10);
  });

  it('leave out what is not finite', () => {
    const made = histogramOf(Float64Array.of(NaN, 1, Infinity, 2, 3, -Infinity), { shown: [] });
    expect([made.total, made.beyond, sum(made.counts)]).toEqual([3, 0, 3]);
  });

  it('of one value, often, are about it', () => {
    const made = histogramOf(new Float64Array(50).fill(0.34), { shown: [0.34] });
    expect([sum(made.counts), made.beyond]).toEqual([50, 0]);
    expect(made.edges[0]! < 0.34 && made.edges.at(-1)! > 0.34).toBe(true);
    expect(made.edges.at(-1)! - made.edges[0]!).toBeLessThan(1e-3);
    expect(sum(histogramOf(new Float64Array(3), { shown: [] }).counts)).toBe(3);
  });

  it('of nothing are none, about what is to be shown', () => {
    const none = histogramOf(Float64Array.of(NaN), { shown: [0.34] });
    expect([none.counts, none.edges, none.total]).toEqual([[], [], 0]);
    expect(none.range[0] < 0.34 && none.range[1] > 0.34).toBe(true);
    expect(histogramOf(new Float64Array(), { shown: [NaN] }).range).toEqual([-0.04, 1.04]);
  });
});

describe('the axis', () => {
  const range = (marks: Parameters<typeof histogramOf>[1]) => histogramOf(even(100), marks).range;

  it('reaches what is to be shown, and what is near', () => {
    const bare = range({ shown: [] });
    expect(range({ shown: [7] })[1]).toBeGreaterThan(7);
    expect(range({ shown: [], near: [1.5] })[1]).toBeGreaterThan(1.5);
    expect(range({ shown: [NaN], near: [7, -7, NaN] })).toEqual(bare);
  });

  const decades = (ratio: number) => even(1000).map((p) => 100 * ratio ** p);

  it('of a coefficient is a log one where it spreads over more than a factor of 5 between the 5 % and 95 % quantiles', () => {
    // These have a ratio of that to the power of 0.9.
    const [below, above] = [4.9, 5.1].map((ratio) => histogramOf(decades(ratio ** (1 / 0.9)), { shown: [], coefficient: true }));
    expect([below!.log, above!.log]).toEqual([false, true]);
    expect(histogramOf(decades(1e4), { shown: [] }).log).toBe(false);
    expect(histogramOf(decades(1e4).map((value) => value - 200), { shown: [], coefficient: true }).log).toBe(false);
  });

  it('a log one has bins of equal ratio, and its range in log10', () => {
    const values = even(997).map((p) => 100 * 1e4 ** (p * p));
    const made = histogramOf(values, { shown: [1e7, -5, 0], coefficient: true });
    const ratios = made.edges.slice(1).map((edge, bin) => edge / made.edges[bin]!);
    for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0]!, 9);
    // An edge is back from its log, which rounds: the outer ones may miss the very values that they are.
    const edges = made.edges.map((edge, k) => edge * (1 + (k === 0 ? -1e-12 : 1e-12)));
    expect(made.counts).toEqual(recount({ ...made, edges }, values));
    expect(made.range[1]).toBeGreaterThan(7);
    expect(made.range[1]).toBeLessThan(8);
  });
});

describe('the bulk', () => {
  it.each([
    ['no far value', [1, 2, 3, 4], [1, 4]],
    ['one above', [1, 2, 3, 4, 5, 100], [1, 5]],
    ['one below', [-100, 1, 2, 3, 4, 5], [1, 5]],
    ['one value', [7], [7, 7]],
    // Median 3, quartiles 2 and 4: 12 is as far as may be.
    ['one at the bound', [1, 2, 3, 4, 12], [1, 12]],
    ['one past it', [1, 2, 3, 4, 12.001], [1, 4]],
  ])('with %s', (_, values, want) => {
    expect(bulkOf(finiteAscending(values))).toEqual(want);
  });

  it('of nothing is none', () => {
    expect(bulkOf(finiteAscending([NaN, Infinity]))).toBeUndefined();
  });

  it('reaches marks no further off than it is wide', () => {
    expect(reaching([1, 2], [0, 3, -0.001, 3.001, NaN])).toEqual([0, 3]);
  });

  it('has a least width', () => {
    expect(atLeastWide([2, 2], 0.5)).toEqual([1.5, 2.5]);
    expect(atLeastWide([0, 0], 0.5)).toEqual([-0.25, 0.25]);
    expect(atLeastWide([1, 9], 0.5)).toEqual([1, 9]);
  });
});

it('an even sample', () => {
  expect([evenly(3, 5), evenly(10, 5), evenly(0, 5)]).toEqual([[0, 1, 2], [0, 2, 4, 6, 8], []]);
});

describe('ticks', () => {
  it.each([
    [[0.313, 0.372], [0.32, 0.34, 0.36]],
    [[1.74, 1.91], [1.75, 1.8, 1.85, 1.9]],
    [[-0.11, 0.11], [-0.1, 0, 0.1]],
    [[900, 7400], [2000, 4000, 6000]],
    [[0.339149, 0.339251], [0.33915, 0.3392, 0.33925]],
  ])('from %j', ([low, high], want) => {
    expect(linearTicks(low!, high!)).toEqual(want);
  });

  it.each([
    [[150, 1200], [200, 500, 1000]],
    [[40, 3e5], [100, 1000, 1e4, 1e5]],
    [[2e-12, 3e9], [1e-10, 1e-5, 1, 1e5]],
    [[9, 9e2], [10, 30, 100, 300]],
  ])('on a log axis from %j', ([low, high], want) => {
    expect(logTicks(low!, high!)).toEqual(want);
  });

  it('are named in full, and by powers of ten on a log axis', () => {
    expect([tickName(20_000, false), tickName(20_000, true), tickName(0.05, true)]).toEqual(['20000', '2·10<sup>4</sup>', '0.05']);
  });
});
