/** Fits per second are fits over seconds, and every line is named where nothing is covered, or in a legend. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { speedFigure, type SpeedSeries } from '../../src/figures/speed.ts';

const series = (name: string, points: readonly (readonly [fits: number, seconds: number])[]): SpeedSeries =>
  ({ name, points: points.map(([fits, seconds]) => ({ fits, seconds })) });

const GPU = series('GPU, <b>card</b>', [[10_000, 0.05], [100, 0.02], [1_000_000, 1.25]]);
const CPU = series('CPU, 2 threads', [[100, 0.05], [10_000, 2]]);

type Figure = ReturnType<typeof speedFigure>;
const lines = (figure: Figure) => figure.data as unknown as ScatterData[];

describe('lines', () => {
  const [gpu, cpu] = lines(speedFigure([GPU, CPU]));

  it('are fits over seconds by batch size', () => {
    expect([gpu!.x, gpu!.y]).toEqual([[100, 10_000, 1_000_000], [5000, 200_000, 800_000]]);
    expect([cpu!.x, cpu!.y]).toEqual([[100, 10_000], [2000, 5000]]);
  });

  it('differ in colour and shape', () => {
    expect(gpu!.line!.color).not.toBe(cpu!.line!.color);
    expect(gpu!.marker!.symbol).not.toBe(cpu!.marker!.symbol);
  });

  it('say what was measured', () => {
    expect((cpu!.hovertext as string[])[1]).toBe('<b>CPU, 2 threads</b><br>10,000 fits in 2.0 s<br>5.00K a second');
  });

  it('are named at their end, and a name is no markup', () => {
    expect([gpu!.text, cpu!.text]).toEqual([['\u00A0', '\u00A0', 'GPU, &lt;b>card&lt;/b>'], ['\u00A0', 'CPU, 2 threads']]);
    expect([gpu!.mode, gpu!.textfont!.color]).toEqual(['text+lines+markers', gpu!.line!.color]);
    expect(JSON.stringify(speedFigure([GPU, CPU]))).not.toContain('<b>card');
  });
});

it('axes are logarithmic and hold every point', () => {
  const { layout } = speedFigure([GPU, CPU]);
  for (const [axis, low, high] of [[layout.xaxis!, 100, 1e6], [layout.yaxis!, 2000, 8e5]] as const) {
    expect(axis.type).toBe('log');
    expect(Number(axis.range![0])).toBeLessThan(Math.log10(low));
    expect(Number(axis.range![1])).toBeGreaterThan(Math.log10(high));
  }
});

it('where a name has no room all are in a legend', () => {
  const long = { ...CPU, name: 'a name that no chart on a narrow screen can hold beside a line of it' };
  const narrow = speedFigure([GPU, long], { compact: true });
  expect([narrow.layout.showlegend, lines(narrow).map(({ mode }) => mode)]).toEqual([true, ['lines+markers', 'lines+markers']]);
  expect(speedFigure([GPU, CPU], { compact: true }).layout.showlegend).toBe(false);
});

it('batches without fits or time are left out, and so are lines without batches', () => {
  const odd = series('odd', [[0, 1], [100, 0], [NaN, 1], [100, NaN], [100, -1], [200, 1]]);
  const figure = speedFigure([series('empty', []), series('instant', [[100, 0]]), odd]);
  expect(lines(figure).map(({ name, x, y }) => [name, x, y])).toEqual([['odd', [200], [200]]]);
});

describe.each([['nothing', []], ['one point', [series('x', [[100, 1]])]], ['several', [GPU, CPU]]] as const)('%s', (_, all) => {
  it.each([{ theme: 'light' }, { theme: 'dark', compact: true }] as const)('is plain JSON with axes, %j', (options) => {
    const made = speedFigure(all, options);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    for (const { range } of [made.layout.xaxis!, made.layout.yaxis!]) expect(Number(range![1])).toBeGreaterThan(Number(range![0]));
    expect(made.config.showSendToCloud).toBe(false);
  });
});
