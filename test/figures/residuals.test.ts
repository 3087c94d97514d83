/** Residuals are log L − log L̂ of every run, on one axis that a run far off does not stretch. */
import type { Layout, ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { residualsFigure } from '../../src/figures/residuals.ts';
import { worst } from '../support/close.ts';
import { PARAMS, sampleFit, sampleSweep } from './sample.ts';

/** Of a residual in per cent: a prediction has a relative error of some 64 ulp. */
const ROUNDING = 100 * 64 * Number.EPSILON;

type Figure = ReturnType<typeof residualsFigure>;
const panels = (figure: Figure) => figure.data as unknown as ScatterData[];
const axis = (figure: Figure, name: string) => figure.layout[name as 'yaxis']!;
const close = (got: readonly number[], want: readonly number[]) => worst(got, want, want.map(() => ROUNDING));
const noteOf = ({ layout }: Figure) => layout.annotations!.map(({ text }) => text);

const NATS = Array.from({ length: 24 }, (_, i) => 0.02 * Math.sin(i));
/** Off the law by those, run 5 by `more` beside. */
function sweepOff(more = 0) {
  const sweep = sampleSweep();
  return { ...sweep, loss: sweep.loss.map((loss, i) => loss * Math.exp(NATS[i]! + (i === 5 ? more : 0))) };
}

const figure = residualsFigure(sweepOff(), sampleFit());

describe('residuals', () => {
  it('are 100·(log L − log L̂) against N, D and C', () => {
    const { columns } = sampleSweep();
    expect(panels(figure).map(({ x }) => x)).toEqual([[...columns.N], [...columns.D], [...columns.C]]);
    for (const { y } of panels(figure)) expect(close(y as number[], NATS.map((nats) => 100 * nats)).ratio).toBeLessThan(1);
  });

  it('would differ in the other sign, and for another law', () => {
    const y = panels(figure)[0]!.y as number[];
    expect(close(y, NATS.map((nats) => -100 * nats)).ratio).toBeGreaterThan(1);
    expect(close(panels(residualsFigure(sweepOff(), sampleFit({ ...PARAMS, E: 1.6900001 })))[0]!.y as number[], y).ratio).toBeGreaterThan(1);
  });

  it('are in the hover, and the runs can be told apart', () => {
    for (const panel of panels(figure)) {
      expect([panel.meta, panel.customdata]).toEqual(['runs', [...sampleSweep().lines]]);
      expect((panel.text as string[])[1]).toMatch(/<br>residual \+1\.68 %$/);
    }
  });
});

describe('axes', () => {
  it('of the residuals are one, named in the first panel and with a line at zero', () => {
    expect(panels(figure).map(({ xaxis, yaxis }) => [xaxis, yaxis])).toEqual([['x', 'y'], ['x2', 'y2'], ['x3', 'y3']]);
    expect(['yaxis2', 'yaxis3'].map((name) => axis(figure, name).matches)).toEqual(['y', 'y']);
    expect(['yaxis', 'yaxis2', 'yaxis3'].map((name) => [axis(figure, name).zeroline, axis(figure, name).showticklabels])).toEqual([[true, true], [true, false], [true, false]]);
    expect(axis(figure, 'yaxis').title).toMatchObject({ text: 'log L − log L̂, %' });
  });

  it('are side by side, or below each other where it is narrow', () => {
    const domains = (of: Figure, letter: string) => ['', 2, 3].map((k) => axis(of, `${letter}axis${k}`).domain as [number, number]);
    const compact = residualsFigure(sweepOff(), sampleFit(), { compact: true });
    const [first, second, third] = domains(figure, 'x');
    expect(first![1] < second![0] && second![1] < third![0]).toBe(true);
    const [top, middle, bottom] = domains(compact, 'y');
    expect(top![0] > middle![1] && middle![0] > bottom![1]).toBe(true);
    expect(new Set(domains(figure, 'y').map(String)).size + new Set(domains(compact, 'x').map(String)).size).toBe(2);
  });

  it('of one budget have a tick', () => {
    const sweep = sampleSweep();
    const one = residualsFigure({ ...sweep, columns: { ...sweep.columns, C: sweep.columns.C.map(() => 5e19) } }, sampleFit());
    const [low, high] = axis(one, 'xaxis3').range as [number, number];
    expect(Math.floor(high)).toBeGreaterThanOrEqual(low);
  });
});

describe('lines at ±δ', () => {
  const heights = ({ shapes }: Partial<Layout>) => shapes!.map(({ y0 }) => y0);

  it('are there where there is room', () => {
    expect(heights(figure.layout)).toEqual([-0.1, 0.1, -0.1, 0.1, -0.1, 0.1]);
    expect(noteOf(figure)).toEqual(['dotted: ±δ, 0.1 %']);
  });

  it('are not where it is narrow, nor where δ is beyond the axis, which it does not stretch', () => {
    expect(heights(residualsFigure(sweepOff(), sampleFit(), { compact: true }).layout)).toEqual([]);
    const huge = residualsFigure(sweepOff(), { ...sampleFit(), delta: 1 });
    expect(heights(huge.layout)).toEqual([]);
    expect([noteOf(huge), axis(huge, 'yaxis').range]).toEqual([[], axis(figure, 'yaxis').range]);
  });
});

describe.each([[1.5, 'triangle-up', 1], [-3, 'triangle-down', 0]] as const)('a run off by %d nats', (nats, symbol, end) => {
  const wild = residualsFigure(sweepOff(nats), sampleFit());

  it('stands at the edge of every panel, with its residual in the hover', () => {
    const [low, high] = axis(wild, 'yaxis').range as [number, number];
    for (const { y, marker, text } of panels(wild)) {
      expect(Math.abs(((y as number[])[5]! - low) / (high - low) - end)).toBeLessThan(0.06);
      expect((marker!.symbol as string[]).slice(4, 7)).toEqual(['circle', symbol, 'circle']);
      expect((text as string[])[5]).toContain(`residual ${nats > 0 ? '+' : ''}${(100 * (NATS[5]! + nats)).toPrecision(3)} %`);
    }
    expect(noteOf(wild)).toEqual(['dotted: ±δ, 0.1 %, triangles: beyond the axes']);
  });

  it('does not squash the others', () => {
    const widthOf = (of: Figure) => Number(axis(of, 'yaxis').range![1]) - Number(axis(of, 'yaxis').range![0]);
    expect(widthOf(wild)).toBeLessThanOrEqual(widthOf(figure) * (1 + ROUNDING));
  });
});

it('runs without weight are open, at the edge too', () => {
  const sweep = { ...sweepOff(2), weight: sampleSweep().weight.map((_, i) => (i === 2 || i === 5 ? 0 : 1)) };
  const made = residualsFigure(sweep, sampleFit());
  expect((panels(made)[1]!.marker!.symbol as string[]).slice(1, 6)).toEqual(['circle', 'circle-open', 'circle', 'circle', 'triangle-up-open']);
  expect(noteOf(made)).toEqual(['dotted: ±δ, 0.1 %, open: left out of the fit, triangles: beyond the axes']);
});

it('of a law without noise the residuals are on the line, not at the edges', () => {
  const made = residualsFigure(sampleSweep(), sampleFit());
  expect(new Set(panels(made)[0]!.marker!.symbol as string[])).toEqual(new Set(['circle']));
  expect(Number(axis(made, 'yaxis').range![1])).toBeGreaterThan(1e3 * ROUNDING);
});

describe.each([['a sound fit', PARAMS], ['a fit that ran off', { ...PARAMS, B: Infinity, beta: NaN }]])('%s', (_, params) => {
  it.each([{ theme: 'light' }, { theme: 'dark', compact: true }] as const)('is plain JSON without text of the data, %j', (options) => {
    const made = residualsFigure(sweepOff(), sampleFit(params), options);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(JSON.stringify(made)).not.toContain('sample');
    expect(made.config.showSendToCloud).toBe(false);
  });
});

it('of 10,000 runs each of three panels has 1,000, and the chart says so', () => {
  const many = (values: Float64Array) => Float64Array.from({ length: 10_000 }, (_, i) => values[i % values.length]!);
  const { columns: { N, D, C }, loss, weight } = sweepOff();
  const thinned = residualsFigure(sampleSweep({
    columns: { N: many(N), D: many(D), C: many(C) }, loss: many(loss), weight: many(weight), lines: Int32Array.from({ length: 10_000 }, (_, i) => i),
  }), sampleFit());
  expect(panels(thinned).map(({ x }) => x!.length)).toEqual([1000, 1000, 1000]);
  expect(noteOf(thinned).join()).toContain('1,000 of 10,000 runs drawn');
});
