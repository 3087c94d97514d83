/** The charts of plans: what stands where, by the plan's own arithmetic. */
import type { Data } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { flatnessFigure } from '../../src/figures/flatness.ts';
import type { Figure } from '../../src/figures/figure.ts';
import { bitsFigure } from '../../src/figures/plan-bits.ts';
import { contextFigure } from '../../src/figures/plan-context.ts';
import { devicesFigure } from '../../src/figures/plan-devices.ts';
import { epochsFigure, epochValueFigure } from '../../src/figures/plan-epochs.ts';
import { expertsFigure, granularityFigure, sparsityFigure } from '../../src/figures/plan-mixtures.ts';
import { modelsFigure } from '../../src/figures/plan-models.ts';
import { penaltyFigure } from '../../src/figures/plan-penalty.ts';
import { servingFigure } from '../../src/figures/plan-serving.ts';
import { SPARSITY } from '../../src/paper/abnar.ts';
import { publishedRouting } from '../../src/paper/clark.ts';
import { GRANULAR } from '../../src/paper/krajewski.ts';
import { PRECISION_SCALES } from '../../src/paper/kumar.ts';
import { effectiveParameters, expertModels } from '../../src/plan/experts.ts';
import { bestSparsity } from '../../src/plan/sparsity.ts';
import { publishedDecay } from '../../src/paper/sizing.ts';
import { forwardFlops, quadraticContext } from '../../src/plan/flops.ts';
import { wellKnownModels } from '../../src/plan/models.ts';
import { penaltyOf } from '../../src/plan/overtraining.ts';
import { bestBits, optimumAtBits } from '../../src/plan/precision.ts';
import { bestConstrained, constrainedModel } from '../../src/plan/repetition.ts';
import { ratioRule } from '../../src/plan/rules.ts';
import { flopsPerParameter, leastTotalCost } from '../../src/plan/serving.ts';
import { optimumAt } from '../../src/plan/terms.ts';
import { REPLICATES } from '../document/sample.ts';
import { BOOTSTRAP } from '../report/fixture.ts';
import { PARAMS } from './sample.ts';

const BASIS = { law: 'chinchilla', params: PARAMS };
const RESAMPLED = { ...BASIS, resampling: { bootstrap: { ...BOOTSTRAP, interval: 'percentile' as const }, replicates: REPLICATES } };
const FLAT = { law: 'chinchilla', params: { ...PARAMS, beta: -1 } };
const LOOKS = [{}, { theme: 'dark', compact: true }] as const;
const CLUSTER = { device: 'h100-sxm', devices: 1024, utilisation: 0.4, pricePerDeviceHour: 2.5 } as const;
const SHAPE = { layers: 32, width: 4096, heads: 32, vocabulary: 32_000 };

interface Trace { readonly name: string; readonly x: number[]; readonly y: (number | null)[]; readonly error_x?: object; readonly text: string[] }
const traces = ({ data }: Figure) => data as unknown as Trace[];
const named = (figure: Figure, name: string) => traces(figure).find((trace) => trace.name === name && (trace as unknown as Data & { fill?: string }).fill === undefined)!;
const marks = (figure: Figure) => traces(figure).filter(({ name }) => name === 'mark').map(({ x, y, error_x }) => ({ x: x[0]!, y: y[0]!, error_x }));
const titleOf = ({ layout }: Figure) => (layout.title as { text: string }).text;
const near = (value: number | null, expected: number) => expect(Math.abs(value! / expected - 1)).toBeLessThan(1e-9);

const ALL: Readonly<Record<string, (basis: typeof BASIS, look: object) => Figure>> = {
  penalty: (basis, look) => penaltyFigure(basis, [1e22, 1e24], look),
  serving: (basis, look) => servingFigure(basis, { loss: 2 }, flopsPerParameter({ inputTokens: 0, outputTokens: 1e13 }), look),
  epochs: (basis, look) => epochsFigure(basis, { compute: 1e23, unique: 1e11, decay: publishedDecay }, look),
  bits: (basis, look) => bitsFigure(basis, 1e22, PRECISION_SCALES, { ...look, sizes: [2e9] }),
  models: (basis, look) => modelsFigure(basis, look),
  experts: (basis, look) => expertsFigure(basis, publishedRouting, 1e24, [64], look),
};

describe.each(Object.entries(ALL))('the chart of %s', (_, figure) => {
  it.each(LOOKS)('is plain JSON, in each look', (look) => {
    const made = figure(RESAMPLED, look);
    expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(JSON.stringify(figure(RESAMPLED, look))));
    expect(JSON.stringify(made)).not.toMatch(/NaN|undefined/);
    expect(titleOf(made).length).toBeGreaterThan(10);
  });

  it('is there of a law without a frontier', () => {
    expect(titleOf(figure(FLAT, {})).length).toBeGreaterThan(10);
    expect(marks(figure(FLAT, {}))).toEqual([]);
  });

  it('shows the spread of the resamples, and none where there are none', () => {
    const shown = (made: Figure) => traces(made).some((trace) => trace.error_x !== undefined || 'fill' in trace);
    expect([shown(figure(RESAMPLED, {})), shown(figure(BASIS, {}))]).toEqual([true, false]);
  });
});

it('the penalty is the excess over the best of the same compute, and models have their own compute', () => {
  const figure = penaltyFigure(BASIS, [1e24]);
  const { x, y } = named(figure, '10<sup>24</sup> FLOPs');
  for (const k of [0, 40, 89]) near(y[k]!, 100 * penaltyOf(PARAMS, ratioRule(1e24, x[k]!))!.excess);
  const models = named(figure, 'trained models');
  wellKnownModels.forEach(({ N, D }, k) => {
    expect(models.x[k]).toBe(D / N);
    near(models.y[k]!, 100 * penaltyOf(PARAMS, { N, D })!.excess);
  });
});

it('the least total cost is marked on its curve, with its interval', () => {
  const cost = flopsPerParameter({ inputTokens: 0, outputTokens: 1e13 });
  const { best, computeOptimal } = leastTotalCost(PARAMS, 2, cost)!;
  const figure = servingFigure(RESAMPLED, { loss: 2 }, cost);
  const [optimal, least] = marks(figure);
  expect([least!.x, least!.y, typeof least!.error_x]).toEqual([best.N, best.total, 'object']);
  near(optimal!.x, computeOptimal.N);
  near(optimal!.y, computeOptimal.total);
  const total = named(figure, 'total');
  expect(Math.min(...total.y.map((cost) => cost ?? Infinity))).toBeGreaterThanOrEqual(best.total);
  expect(titleOf(servingFigure(BASIS, { loss: 1.6 }, cost))).toBe('The law does not reach this loss');
});

it('a chart of sizes and costs over less than a decade or two names what is between the powers of ten', () => {
  const { xaxis, yaxis } = servingFigure(BASIS, { compute: 1e24 }, flopsPerParameter({ inputTokens: 1e12, outputTokens: 1e12 })).layout;
  expect(xaxis!.ticktext).toContain('50B');
  expect(yaxis!.ticktext).toContain('5·10<sup>23</sup>');
  const money = servingFigure(BASIS, { compute: 1e24 }, { train: 6 * 1e-18, serve: 2 * 1e-18 * 1e12 }, { unit: 'money' }).layout.yaxis!;
  expect(money.ticktext).toContain('1M');
  const narrow = servingFigure(BASIS, { compute: 1e24 }, flopsPerParameter({ inputTokens: 1e12, outputTokens: 1e12 }), { compact: true }).layout.yaxis!;
  expect(narrow.ticktext).toEqual(expect.arrayContaining(['', '10<sup>24</sup>']));
  expect(narrow.ticktext).not.toContain('5·10<sup>23</sup>');
});

it('symbols have their index below them', () => {
  expect(traces(epochValueFigure(15.4)).map(({ name }) => name)).toContain('repeated, R<sub>D</sub>* = 15.4');
  expect(expertsFigure(BASIS, publishedRouting, 1e24, [64]).layout.yaxis!.title).toMatchObject({ text: 'parameters that it counts for, times N<sub>opt</sub>' });
});

it('what epochs are worth is on the curve', () => {
  // Published: 4 epochs are worth 93.1 % of fresh ones.
  const [four] = marks(epochValueFigure(publishedDecay.tokens));
  expect(Math.abs(four!.y / 4 - 0.931)).toBeLessThan(5e-4);
});

it('the contours are the law with repetition, the mark the best on the line of the compute', () => {
  const figure = epochsFigure(BASIS, { compute: 1e23, unique: 1e11, decay: publishedDecay });
  const grid = traces(figure)[0] as unknown as { x: number[]; y: number[]; z: number[][] };
  for (const [row, column] of [[0, 0], [30, 20], [49, 49]] as const) {
    near(grid.z[row]![column]!, constrainedModel(PARAMS, publishedDecay, { N: grid.x[column]!, D: 1e11 * grid.y[row]! }, 1e11)!.loss);
  }
  const best = bestConstrained(PARAMS, publishedDecay, 1e23, 1e11)!;
  const [, mark] = marks(figure);
  expect([mark!.x, mark!.y]).toEqual([best.N, best.epochs]);
});

it('FLOPs of a token are counted, three times forward, and half of them attention where it says so', () => {
  const figure = contextFigure(SHAPE, { context: 8192 });
  const { x, y } = named(figure, 'counted');
  near(y[10]!, 3 * forwardFlops(SHAPE, { context: x[10]! }).total);
  const [chosen, half] = marks(figure);
  near(chosen!.y, 3 * forwardFlops(SHAPE, { context: 8192 }).total);
  expect([chosen!.x, half!.x]).toEqual([8192, quadraticContext(SHAPE)]);
  const again = contextFigure(SHAPE, { context: 8192, recompute: true });
  const { total, logits } = forwardFlops(SHAPE, { context: x[10]! });
  near(named(again, 'counted').y[10]!, 4 * total - logits);
  expect(marks(again)[1]!.x).toBe(quadraticContext(SHAPE, false, true));
  expect(JSON.stringify(again)).toContain('× 8N');
});

it('bits are lowest at the best width', () => {
  const figure = bitsFigure(BASIS, 1e22, PRECISION_SCALES);
  const bits = bestBits(PRECISION_SCALES)!;
  const [best] = marks(figure);
  expect([best!.x, best!.y]).toEqual([bits, optimumAtBits(PARAMS, PRECISION_SCALES, 1e22, bits)!.loss]);
  expect(Math.min(...named(figure, 'best N and D').y.map(Number))).toBeGreaterThanOrEqual(best!.y);
});

it('the band of bits has room beside it, and where it is wide the curve keeps a quarter of the height', () => {
  const rangeOf = (basis: typeof BASIS) => bitsFigure(basis, 1e22, PRECISION_SCALES).layout.yaxis!.range as [number, number];
  const [low, high] = rangeOf(BASIS);
  const [least, most] = rangeOf(RESAMPLED);
  expect(least).toBeLessThan(low);
  expect(most).toBeGreaterThan(high);
  // Beside the curves there are 1.5 of their heights at most, on either side.
  expect((high - low) / (most - least)).toBeGreaterThanOrEqual(1 / 4 - 1e-9);
  const band = traces(bitsFigure(RESAMPLED, 1e22, PRECISION_SCALES)).find((trace) => 'fill' in trace)!;
  const inside = band.y.filter((end) => end! > least && end! < most);
  expect(inside.length === band.y.length || (high - low) / (most - least) < 1 / 2).toBe(true); // all of a narrow one
});

it('labels of the two sizes are a line above the curve, side by side where the sizes are near', () => {
  const labels = (outputTokens: number) => traces(servingFigure(BASIS, { compute: 1e24 }, flopsPerParameter({ inputTokens: 0, outputTokens })))
    .filter(({ name }) => name === 'mark').map((trace) => [trace.text[0]!.split('<br>').length, (trace as unknown as { textposition: string }).textposition]);
  expect(labels(1e10)).toEqual([[2, 'top right'], [2, 'top left']]);
  expect(labels(2e12)).toEqual([[2, 'top right'], [2, 'top center']]);
  expect(labels(2e14)).toEqual([[2, 'top left'], [2, 'top center']]);
});

it('a line goes from each model to the least compute for its loss', () => {
  const figure = modelsFigure(BASIS);
  const { x, y } = named(figure, 'beyond the least compute');
  expect(x.length).toBe(3 * wellKnownModels.length);
  wellKnownModels.forEach(({ N, D }, k) => {
    near(x[3 * k + 1]!, 6 * N * D);
    near(optimumAt(PARAMS, x[3 * k]!)!.loss, y[3 * k]!);
  });
});

describe('more or fewer devices', () => {
  const failures = { ofOneDevice: 50_000, checkpoint: 0.1 };

  it('has panels of what is known', () => {
    const panels = (figure: Figure) => (figure.layout.annotations ?? []).map(({ text }) => text);
    expect(panels(devicesFigure(1e24, { cluster: CLUSTER }))).toEqual(['hours', 'money']);
    expect(panels(devicesFigure(1e24, { cluster: CLUSTER, failures }))).toEqual(['hours, dotted: nothing lost', 'share of the rate that is kept', 'money']);
    const { pricePerDeviceHour: _, ...unpriced } = CLUSTER;
    expect(panels(devicesFigure(1e24, { cluster: unpriced }))).toEqual(['hours', 'energy, kWh']);
    expect(panels(devicesFigure(1e24, { cluster: { peakFlops: 1e15, devices: 8, utilisation: 0.4 } }, { compact: true }))).toEqual(['hours']);
  });

  it('every panel has ticks, one of a cost that is the same for all too', () => {
    const { layout } = devicesFigure(1e24, { cluster: { ...CLUSTER, pricePerDeviceHour: 2 } }); // 1.4M, an axis from 1.003M would have no tick
    const { yaxis, yaxis2, xaxis } = layout as unknown as Record<'yaxis' | 'yaxis2' | 'xaxis', { readonly ticktext?: string[]; readonly nticks: number }>;
    expect(yaxis2.ticktext).toEqual(['500k', '1M', '2M']);
    expect(yaxis.ticktext).toEqual(['100', '1000', '10k']);
    expect(xaxis.nticks).toBe(4); // of three decades: plotly writes no 2 and 5 between
  });

  it('the dotted line is what nothing lost would leave', () => {
    const [dotted, hours] = traces(devicesFigure(1e24, { cluster: CLUSTER, failures }));
    dotted!.x.forEach((devices, k) => near(dotted!.y[k]!, 1e24 / (3600 * 989.4e12 * 0.4 * devices)));
    expect(hours!.y.at(-1)!).toBeGreaterThan(1.05 * dotted!.y.at(-1)!);
  });
});

it('the flatness of a budget takes the interval of its best size', () => {
  const of = (options: object) => named(flatnessFigure(BASIS, 1e24, options), 'optimum').error_x;
  expect([of({}), typeof of({ interval: [3e10, 6e10] })]).toEqual([undefined, 'object']);
});

describe('the charts of mixtures of experts', () => {
  it('mark the best model of each granularity at each budget, on its curve', () => {
    const figure = granularityFigure(GRANULAR, [1e22, 1e24], [1, 8]);
    const models = [1e22, 1e24].flatMap((C) => expertModels(GRANULAR, C, [1, 8]).map(({ loss }) => ({ x: C, y: loss })));
    expect(marks(figure).map(({ x, y }) => ({ x, y }))).toEqual(models);
    const curve = named(figure, '64 experts, G = 8');
    const below = curve.x.findLastIndex((C) => C <= 1e24);
    expect(curve.y[below]!).toBeGreaterThan(models[5]!.y);
    expect(curve.y[below + 1]!).toBeLessThan(models[5]!.y);
    expect(named(figure, 'dense').y[below]!).toBeGreaterThan(curve.y[below]!);
  });

  it('mark the best share of a size, lowest on its curve', () => {
    const figure = sparsityFigure(SPARSITY, 1e22, { sizes: [8e9] });
    const best = bestSparsity(SPARSITY, 1e22, 8e9)!;
    const [mark] = marks(figure);
    near(mark!.x, 1 / (1 - best.sparsity));
    near(mark!.y, best.loss);
    expect(Math.min(...named(figure, 'N = 8.00B').y.map(Number))).toBeGreaterThanOrEqual(best.loss);
    expect(marks(sparsityFigure(SPARSITY, 1e22))).toEqual([]);
    const free = named(figure, 'best N').y.map(Number);
    expect(free).toEqual(free.toSorted((a, b) => b - a));
  });

  it('mark what the optimum counts for, with a band where there are resamples', () => {
    const { N } = optimumAt(PARAMS as never, 1e24)!;
    const [mark] = marks(expertsFigure(BASIS, publishedRouting, 1e24, [64]));
    expect(mark!.x).toBe(64);
    near(mark!.y, effectiveParameters(publishedRouting, N, 64) / N);
    expect(traces(expertsFigure(RESAMPLED, publishedRouting, 1e24, [64])).length).toBe(traces(expertsFigure(BASIS, publishedRouting, 1e24, [64])).length + 1);
  });

  it.each(LOOKS)('are plain JSON, in each look', (look) => {
    for (const figure of [granularityFigure(GRANULAR, [1e24], [8], look), sparsityFigure(SPARSITY, 1e24, { ...look, sizes: [8e9] })]) {
      expect(JSON.stringify(figure)).not.toMatch(/NaN|undefined/);
      expect(JSON.parse(JSON.stringify(figure))).toEqual(JSON.parse(JSON.stringify(figure)));
    }
  });
});
