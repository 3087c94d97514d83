/** A chart of a reproduction is drawn as it says: marks, bands, bars, axes, and no text that plotly would read as a tag. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { seriesFigure } from '../../src/figures/series.ts';
import type { Chart } from '../../src/reproduce/reproduction.ts';
import { RATIOS, RESIDUALS, SIZES } from '../report/reproduced.ts';

const drawn = (chart: Chart, compact = false) => seriesFigure(chart, { compact });
const traces = (chart: Chart, name: string) => drawn(chart).data.filter((data) => data.name === name) as ScatterData[];
const plain = (chart: Partial<Chart>): Chart => ({
  name: 'plain', title: 'plain', caption: '', x: { title: 'x' }, y: { title: 'y' }, series: [{ name: 'one', mark: 'line', x: [1, 2], y: [3, 4] }], ...chart,
});

describe('series', () => {
  it('are lines, dashed lines and points, in that order, over their bands', () => {
    expect(drawn(RATIOS).data.map((data) => { const { name, mode, fill, line } = data as ScatterData; return [name, mode, fill, line?.dash]; })).toEqual([
      ['published', 'lines', 'toself', undefined], ['refit', 'lines', 'toself', undefined], ['published', 'lines', undefined, 'solid'],
      ['refit', 'lines', undefined, 'solid'], ['20 tokens per parameter', 'lines', undefined, 'dash'], ['Table 3', 'markers', undefined, undefined],
    ]);
    const [series] = RATIOS.series;
    const [band, line] = traces(RATIOS, 'published') as [ScatterData, ScatterData];
    expect([line.x, line.y]).toEqual([series!.x, series!.y]);
    expect(band.y).toEqual([...series!.low!, ...series!.high!.toReversed()]);
    expect(band.x).toEqual([...series!.x, ...series!.x.toReversed()]);
  });

  it('points with ends have bars to them', () => {
    const { y, low, high } = RATIOS.series[3]!;
    const { array, arrayminus } = traces(RATIOS, 'Table 3')[0]!.error_y as unknown as { array: number[]; arrayminus: number[] };
    expect(array.map((up, k) => y[k]! + up)).toEqual(high);
    expect(arrayminus.map((down, k) => y[k]! - down)).toEqual(low);
  });

  it('bars are where their ends are, though they do not hold their point', () => {
    const series = [{ name: 'a', mark: 'points', x: [1, 2], y: [8, 1], low: [2, 3], high: [4, 6] }] as const;
    const { error_y } = drawn(plain({ series })).data[0] as ScatterData;
    expect(error_y).toMatchObject({ symmetric: false, array: [-4, 5], arrayminus: [6, -2] });
  });

  it('of one name have one colour and one entry in the legend', () => {
    const [line, points] = traces(RESIDUALS, 'error') as [ScatterData, ScatterData];
    expect(points.marker!.color).toBe(line.line!.color);
    expect([line.showlegend, points.showlegend]).toEqual([true, false]);
    expect(drawn(RESIDUALS).layout.showlegend).toBe(false);
  });

  it('of different names have different colours, and from the seventh on other lines', () => {
    const lines = drawn(SIZES).data.map((data) => { const { line, marker, mode } = data as ScatterData; return mode === 'markers' ? `${String(marker!.color)} ${String(marker!.symbol)}` : `${String(line!.color)} ${line!.dash}`; });
    expect(new Set(lines).size).toBe(8);
    const dark = seriesFigure(SIZES, { theme: 'dark' }).data.map((data) => (data as ScatterData).line?.color);
    expect(dark[0]).not.toBe((drawn(SIZES).data[0] as ScatterData).line!.color);
  });

  it('leave out what has no place on the axis', () => {
    const { y } = drawn(plain({ y: { title: 'y', log: true }, series: [{ name: 'a', mark: 'points', x: [1, 2, 3, 4], y: [0, -1, NaN, 5] }] })).data[0] as ScatterData;
    expect(y).toEqual([null, null, null, 5]);
    const zero = drawn(plain({ series: [{ name: 'a', mark: 'line', x: [1, 2, 3], y: [0, -1, 0], low: [-1, NaN, -2], high: [1, 0, 2] }] })).data as ScatterData[];
    expect([zero[1]!.y, zero[0]!.x]).toEqual([[0, -1, 0], [1, 3, 3, 1]]);
  });
});

describe('axes', () => {
  const range = ({ layout: { yaxis } }: ReturnType<typeof drawn>) => yaxis!.range!.map(Number);

  it('hold every value and every end, or are as they are asked for', () => {
    const [low, high] = range(drawn(plain({ series: [{ name: 'a', mark: 'line', x: [1, 2], y: [3, 4], low: [-5, 3], high: [4, 9] }] }))) as [number, number];
    expect([low < -5, low > -6, high > 9, high < 10]).toEqual([true, true, true, true]);
    expect(range(drawn(RESIDUALS))).toEqual([-0.1, 0.2]);
    expect(range(drawn(RATIOS))).toEqual([0, 3]);
  });

  it.each([['linear', false], ['logarithmic', true]])('a single value has room about it: %s', (_, log) => {
    const [low, high] = range(drawn(plain({ y: { title: 'y', log }, series: [{ name: 'a', mark: 'points', x: [1], y: [7] }] }))) as [number, number];
    const at = log ? Math.log10(7) : 7;
    expect([low < at, high > at]).toEqual([true, true]);
  });

  it('of many decades have powers of ten, of counts 1B, of few decades 1, 2 and 5', () => {
    expect(drawn(RATIOS).layout.xaxis).toMatchObject({ type: 'log', exponentformat: 'power', dtick: 1 });
    expect(drawn(RATIOS, true).layout.xaxis).toMatchObject({ dtick: 2 });
    expect(drawn(SIZES).layout.yaxis).toMatchObject({ type: 'log', exponentformat: 'B' });
    expect(drawn(plain({ x: { title: 'samples', log: true, range: [1, 900] } })).layout.xaxis).toMatchObject({ exponentformat: 'none', dtick: 1 });
    const few = drawn(plain({ y: { title: 'ratio', log: true, range: [1.5, 60] } })).layout.yaxis!;
    expect([few.tickvals, few.ticktext]).toEqual([[2, 5, 10, 20, 50], ['2', '5', '10', '20', '50']]);
    expect(drawn(plain({ y: { title: 'tokens per parameter', log: true, range: [1.5, 60] } })).layout.yaxis!.exponentformat).not.toBe('B');
    expect(drawn(plain({ y: { title: 'loss', log: true, range: [2, 2.4] } })).layout.yaxis).toMatchObject({ exponentformat: 'none', nticks: 9 });
  });
});

describe('texts', () => {
  it('are never tags', () => {
    const hostile = plain({ title: '<b>t</b>', x: { title: '<i>x' }, y: { title: '<i>y', log: true }, series: [{ name: '<u>s', mark: 'line', x: [1], y: [1] }, { name: 'z', mark: 'points', x: [1], y: [1] }] });
    expect(JSON.stringify(drawn(hostile))).not.toMatch(/<[iu]>|<b>t/);
    expect(drawn(hostile).layout.title).toMatchObject({ text: '&lt;b>t&lt;/b>' });
  });

  it('are broken where they are long, and the margin grows with them', () => {
    const [narrow, wide] = [drawn(SIZES, true).layout, drawn(SIZES).layout];
    const lines = ({ title }: typeof narrow) => (title as { text: string }).text.split('<br>').length;
    expect([lines(narrow), lines(wide)]).toEqual([3, 2]);
    expect(narrow.margin!.t).toBeGreaterThan(drawn(RESIDUALS, true).layout.margin!.t!);
    const { name } = drawn(SIZES, true).data[7] as ScatterData;
    expect(name!.split('<br>').length).toBe(2);
    expect(narrow.margin!.b).toBeGreaterThan(drawn(RATIOS, true).layout.margin!.b!);
  });

  it('a legend stands above the plot where it has room there, else below it', () => {
    expect(drawn(RATIOS).layout.legend).toMatchObject({ yanchor: 'bottom', y: 1.01 });
    for (const { layout: { legend } } of [drawn(RATIOS, true), drawn(SIZES)]) expect(legend).toMatchObject({ yref: 'container', y: 0 });
  });
});

it.each([RATIOS, SIZES, RESIDUALS, plain({ series: [] }), plain({ x: { title: 'x', log: true }, series: [{ name: 'a', mark: 'points', x: [], y: [] }] })])('is plain JSON: $name', (chart) => {
  for (const theme of ['light', 'dark'] as const) {
    const made = seriesFigure(chart, { theme, compact: theme === 'dark' });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(made.config.showSendToCloud).toBe(false);
  }
});
