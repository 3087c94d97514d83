/** Every run stands at its measured and its predicted loss, whatever one of them does. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import type { ThemeName } from '../../src/figures/figure.ts';
import { predictedFigure } from '../../src/figures/predicted.ts';
import { worst } from '../support/close.ts';
import { lossOf, PARAMS, sampleFit, sampleSweep } from './sample.ts';

/** A prediction takes an exp and a log of about 20: each nat of it costs an ulp. */
const ROUNDING = 64 * Number.EPSILON;

const trace = (figure: ReturnType<typeof predictedFigure>, name: string) => figure.data.find((data) => data.name === name) as ScatterData;
const numbers = (values: unknown) => values as number[];
const close = (got: readonly number[], want: readonly number[]) => worst(got, want, want.map((w) => w * ROUNDING));
const noteOf = ({ layout }: ReturnType<typeof predictedFigure>) => layout.annotations!.map(({ text }) => text);

/** A sweep in which every run is off the law by up to 2 %, and one run by a factor. */
function sweepOff(run = 0, factor = 1) {
  const sweep = sampleSweep();
  return { ...sweep, loss: sweep.loss.map((loss, i) => loss * (1 + 0.02 * Math.sin(i)) * (i === run ? factor : 1)) };
}

describe('runs', () => {
  const sweep = sweepOff();
  const runs = trace(predictedFigure(sweep, sampleFit()), 'runs');
  const law = (params = PARAMS) => Array.from(sweep.loss, (_, i) => lossOf(sweep.columns.N[i]!, sweep.columns.D[i]!, params));

  it('stand at the measured loss and at that of the law', () => {
    expect(close(numbers(runs.x), [...sweep.loss]).ratio).toBeLessThan(1);
    expect(close(numbers(runs.y), law()).ratio).toBeLessThan(1);
  });

  it('would not for another law, or with measured and predicted exchanged', () => {
    expect(close(numbers(runs.y), law({ ...PARAMS, E: PARAMS.E + 1e-9 })).ratio).toBeGreaterThan(1);
    expect(close(numbers(runs.x), law()).ratio).toBeGreaterThan(1);
  });

  it('can be told apart by who draws them', () => {
    expect([runs.meta, runs.customdata]).toEqual(['runs', [...sweep.lines]]);
  });
});

it('the title says how near the law half of the fitted runs are, at their own loss', () => {
  const sweep = sweepOff(5, 100);
  const title = (weight: Float64Array) => (predictedFigure({ ...sweep, weight }, sampleFit()).layout.title as { text: string }).text;
  const share = (runs: readonly number[]) => {
    const errors = runs.map((i) => Math.abs(sweep.loss[i]! / lossOf(sweep.columns.N[i]!, sweep.columns.D[i]!) - 1)).toSorted((a, b) => a - b);
    return (100 * ((errors[Math.floor((errors.length - 1) / 2)]! + errors[Math.ceil((errors.length - 1) / 2)]!) / 2)).toPrecision(2);
  };
  const all = [...sweep.loss.keys()];
  expect(title(sweep.weight)).toBe(`Half of the runs lie within ${share(all)} % of the law`);
  const some = sweep.weight.map((one, i) => (i % 4 === 1 ? 0 : one));
  expect(title(some)).toBe(`Half of the runs lie within ${share(all.filter((i) => some[i]! > 0))} % of the law`);
  expect(title(sweep.weight.map(() => 0))).toBe('No run has a loss by the law');
});

describe('axes', () => {
  const { layout, data: [diagonal] } = predictedFigure(sweepOff(), sampleFit());

  it('have one scale and one range, and the diagonal joins their corners', () => {
    expect(layout.yaxis!.scaleanchor).toBe('x');
    expect(layout.yaxis!.range).toEqual(layout.xaxis!.range);
    const corners = layout.xaxis!.range!.map((end) => 10 ** (end as number));
    for (const ends of [(diagonal as ScatterData).x, (diagonal as ScatterData).y]) expect(close(numbers(ends), corners).ratio).toBeLessThan(1);
  });

  it('hold every run', () => {
    const [low, high] = layout.xaxis!.range!.map((end) => 10 ** (end as number));
    for (const loss of sweepOff().loss) expect(loss > low! && loss < high!).toBe(true);
  });
});

describe.each([[100, 'triangle-right', 1], [0.01, 'triangle-left', 0]] as const)('a run off by a factor of %d', (factor, symbol, end) => {
  const wild = predictedFigure(sweepOff(5, factor), sampleFit());
  const runs = trace(wild, 'runs');

  it('stands at the edge, with its loss in the hover', () => {
    expect((runs.marker!.symbol as string[]).slice(4, 7)).toEqual(['circle', symbol, 'circle']);
    const share = (Math.log10(numbers(runs.x)[5]!) - (wild.layout.xaxis!.range![0] as number)) / (Number(wild.layout.xaxis!.range![1]) - Number(wild.layout.xaxis!.range![0]));
    expect(Math.abs(share - end)).toBeLessThan(0.06);
    expect((runs.text as string[])[5]).toContain(`loss ${sweepOff(5, factor).loss[5]!.toFixed(3)}`);
    expect(noteOf(wild)).toEqual(['triangles: beyond the axes']);
  });

  it('does not squash the others', () => {
    const widthOf = ({ layout }: typeof wild) => Number(layout.xaxis!.range![1]) - Number(layout.xaxis!.range![0]);
    expect(widthOf(wild)).toBeLessThanOrEqual(widthOf(predictedFigure(sweepOff(), sampleFit())) * (1 + ROUNDING));
  });
});

it('runs without weight are open, and the chart says so', () => {
  const sweep = sweepOff();
  const figure = predictedFigure({ ...sweep, weight: sweep.weight.map((_, i) => (i === 2 ? 0 : 1)) }, sampleFit());
  expect((trace(figure, 'runs').marker!.symbol as string[]).slice(1, 4)).toEqual(['circle', 'circle-open', 'circle']);
  expect(noteOf(figure)).toEqual(['open: left out of the fit']);
  expect(noteOf(predictedFigure(sweep, sampleFit()))).toEqual([]);
});

it('of 10,000 runs 2,000 are drawn, and the chart says so', () => {
  const many = (values: Float64Array) => Float64Array.from({ length: 10_000 }, (_, i) => values[i % values.length]!);
  const { columns: { N, D, C }, loss, weight } = sweepOff();
  const figure = predictedFigure(sampleSweep({
    columns: { N: many(N), D: many(D), C: many(C) }, loss: many(loss), weight: many(weight), lines: Int32Array.from({ length: 10_000 }, (_, i) => i),
  }), sampleFit());
  expect(trace(figure, 'runs').x).toHaveLength(2000);
  expect(noteOf(figure)).toEqual(['2,000 of 10,000 runs drawn']);
});

describe.each([
  ['a sound fit', PARAMS],
  ['a fit that ran off', { ...PARAMS, B: Infinity, beta: NaN }],
  ['a law below zero', { ...PARAMS, E: 0, A: -1e9 }],
])('%s', (_, params) => {
  it.each<ThemeName>(['light', 'dark'])('is plain JSON without text of the data, %s', (theme) => {
    const made = predictedFigure(sweepOff(), sampleFit(params), { theme, compact: theme === 'dark' });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(JSON.stringify(made)).not.toContain('sample');
    expect(trace(made, 'runs').x).toHaveLength(24);
  });
});

it('a sweep of one run has axes with room', () => {
  const one = predictedFigure(sampleSweep({
    columns: { N: Float64Array.of(1e9), D: Float64Array.of(1e10), C: Float64Array.of(6e19) }, loss: Float64Array.of(lossOf(1e9, 1e10)),
    weight: Float64Array.of(1), lines: Int32Array.of(2),
  }), sampleFit());
  const [low, high] = one.layout.xaxis!.range as [number, number];
  expect(10 ** (high - low)).toBeGreaterThan(1.02);
});
