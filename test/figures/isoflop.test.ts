/** The slices say what the law says: checked against the formula written again, and against the runs. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { isoflopFigure } from '../../src/figures/isoflop.ts';
import { RUNS } from '../../src/figures/runs.ts';
import { worst } from '../support/close.ts';
import { lossOf, PARAMS, sampleFit, sampleSweep } from './sample.ts';

/** A prediction takes an exp and a log of about 20: each nat of it costs an ulp. */
const ROUNDING = 64 * Number.EPSILON;
const BUDGETS = [6e18, 6e19, 6e20, 3e21];

const figure = isoflopFigure(sampleSweep(), sampleFit());
const trace = (name: string, of = figure) => of.data.find((data) => data.name === name) as ScatterData;
const numbers = (values: unknown) => values as number[];
const close = (got: readonly number[], want: readonly number[]) => worst(got, want, want.map((w) => w * ROUNDING));
const titleOf = (of: typeof figure) => of.layout.title;

const curves = ['6·10<sup>18</sup> FLOPs', '6·10<sup>19</sup> FLOPs', '6·10<sup>20</sup> FLOPs', '3·10<sup>21</sup> FLOPs'].map((name) => trace(name));

describe('curves', () => {
  it('are the law at N and C/(6N)', () => {
    curves.forEach(({ x, y }, k) => {
      const want = (C: number, params = PARAMS) => numbers(x).map((N) => lossOf(N, C / (6 * N), params));
      const { ratio, where } = close(numbers(y), want(BUDGETS[k]!));
      expect(ratio, where).toBeLessThan(1);
      expect(close(numbers(y), want(BUDGETS[k]! * 1.000001)).ratio).toBeGreaterThan(1);
      expect(close(numbers(y), want(BUDGETS[k]!, { ...PARAMS, E: PARAMS.E + 1e-9 })).ratio).toBeGreaterThan(1);
    });
  });

  it('go beyond their runs on both sides', () => {
    for (const { x } of curves) {
      expect(numbers(x)[0]).toBeLessThan(7e7);
      expect(numbers(x).at(-1)).toBeGreaterThan(7e9);
    }
  });

  it('differ in colour, and their runs have it', () => {
    const colours = curves.map(({ line }) => line?.color as string);
    expect(new Set(colours).size).toBe(4);
    expect(trace('runs').marker?.color).toEqual(colours.flatMap((colour) => Array.from({ length: 6 }, () => colour)));
  });
});

describe('minima', () => {
  const minima = trace('efficient frontier');

  it('are one a budget, joined', () => {
    const computes = numbers(minima.x).map((N, k) => ({ N, loss: numbers(minima.y)[k]!, C: BUDGETS[k]! }));
    expect(minima.mode).toBe('lines+markers');
    expect(close(computes.map(({ loss }) => loss), computes.map(({ N, C }) => lossOf(N, C / (6 * N)))).ratio).toBeLessThan(1);
  });

  it('are the lowest of their curves', () => {
    numbers(minima.x).forEach((N, k) => {
      const lossAt = (size: number) => lossOf(size, BUDGETS[k]! / (6 * size));
      for (const step of [-1, -0.1, -1e-3, 1e-3, 0.1, 1]) expect(lossAt(N * Math.exp(step))).toBeGreaterThan(lossAt(N));
      expect(Math.min(...numbers(curves[k]!.y))).toBeGreaterThanOrEqual(numbers(minima.y)[k]!);
    });
  });

  it('say N, D and loss', () => {
    const N = numbers(minima.x)[2]!;
    const loss = lossOf(N, 1e20 / N).toFixed(3);
    expect((minima.text as string[])[2]).toMatch(
      new RegExp(`^<b>best for 6·10<sup>20</sup> FLOPs</b><br>N [\\d.]+[MB] · D [\\d.]+B · D/N [\\d.]+<br>loss ${loss}$`));
  });
});

describe('runs', () => {
  it('stand at their size and measured loss, and can be told apart by a click', () => {
    const sweep = sampleSweep();
    const { x, y, customdata, meta } = trace('runs') as ScatterData & { meta: string };
    expect([x, y, customdata]).toEqual([[...sweep.columns.N], [...sweep.loss], [...sweep.lines]]);
    expect(meta).toBe(RUNS);
  });

  it('in no slice are not drawn, and the title counts them', () => {
    const sweep = sampleSweep();
    const C = sweep.columns.C.map((flops, i) => (i === 3 ? 2e19 : flops));
    const made = isoflopFigure({ ...sweep, columns: { ...sweep.columns, C } }, sampleFit());
    expect(trace('runs', made).customdata).toEqual([...sweep.lines].filter((line) => line !== 5));
    expect(titleOf(made)).toMatchObject({ text: 'IsoFLOP slices: 23 of 24 runs at 4 budgets' });
    expect(titleOf(figure)).toMatchObject({ text: 'IsoFLOP slices: 24 of 24 runs at 4 budgets' });
  });

  it('are open circles where they have no weight', () => {
    const weight = sampleSweep().weight.map((_, i) => (i === 2 ? 0 : 1));
    const symbols = trace('runs', isoflopFigure(sampleSweep({ weight }), sampleFit())).marker?.symbol as string[];
    expect(symbols.slice(1, 4)).toEqual(['circle', 'circle-open', 'circle']);
  });
});

describe('labels', () => {
  it('are the budgets, the first with its unit', () => {
    expect(trace('budgets').text).toEqual(['6·10<sup>18</sup> FLOPs', '6·10<sup>19</sup>', '6·10<sup>20</sup>', '3·10<sup>21</sup>']);
    const compact = isoflopFigure(sampleSweep(), sampleFit(), { compact: true });
    expect((trace('budgets', compact).text as string[])[0]).toBe('6·10<sup>18</sup>');
  });

  it('stand at an end of their curve', () => {
    const { x, y } = trace('budgets');
    numbers(x).forEach((N, k) => {
      const { x: sizes, y: losses } = curves[k]!;
      const at = numbers(sizes).indexOf(N);
      expect(numbers(losses)[at]).toBe(numbers(y)[k]);
    });
  });
});

describe('budgets that are given', () => {
  const made = isoflopFigure(sampleSweep(), sampleFit(), { budgets: [1e24, 6.5e19, 1e20] });

  it('are drawn by rising compute, each with the runs near it', () => {
    expect(trace('efficient frontier', made).text).toEqual(
      ['6.5·10<sup>19</sup>', '10<sup>20</sup>', '10<sup>24</sup>'].map((budget) => expect.stringContaining(`best for ${budget} FLOPs`)));
    expect(trace('runs', made).customdata).toEqual([8, 9, 10, 11, 12, 13]);
  });

  it('have a curve without runs too', () => {
    expect(numbers(trace('10<sup>24</sup> FLOPs', made).x).length).toBeGreaterThan(9);
  });

  it('must be positive', () => {
    expect(() => isoflopFigure(sampleSweep(), sampleFit(), { budgets: [1e20, -1] })).toThrow(
      expect.objectContaining({ name: 'InputError', message: 'budget: expected positive training FLOPs such as 1e21, got -1.' }));
  });
});

it('the axes are logarithmic and hold every run', () => {
  const { xaxis, yaxis } = figure.layout;
  expect([xaxis?.type, yaxis?.type]).toEqual(['log', 'log']);
  const { columns, loss } = sampleSweep();
  for (const [axis, values] of [[xaxis, columns.N], [yaxis, loss]] as const) {
    expect(10 ** (axis!.range![0] as number)).toBeLessThan(Math.min(...values));
    expect(10 ** (axis!.range![1] as number)).toBeGreaterThan(Math.max(...values));
  }
});

it('a law that is far from the runs does not stretch the axis', () => {
  const top = (params: typeof PARAMS) => 10 ** (isoflopFigure(sampleSweep(), sampleFit(params)).layout.yaxis!.range![1] as number);
  const highest = Math.max(...sampleSweep().loss);
  expect(top({ ...PARAMS, beta: 0.001 })).toBeLessThan(1.1 * highest);
  expect(lossOf(7e7, 1e10, { ...PARAMS, beta: 0.001 })).toBeGreaterThan(100);
});

it('no text of the data reaches plotly, and none of it leaves', () => {
  expect(JSON.stringify(figure)).not.toContain('sample');
  expect(figure.config.showSendToCloud).toBe(false);
});

describe.each([
  ['a sound fit', PARAMS],
  ['no data term', { ...PARAMS, beta: -0.001 }],
  ['neither term', { ...PARAMS, alpha: -0.1, beta: -0.1 }],
  ['a loss that overflows', { ...PARAMS, alpha: -80 }],
  ['a fit that ran off', { ...PARAMS, B: Infinity, beta: NaN }],
])('%s', (what, params) => {
  it.each(['light', 'dark'] as const)('is plain JSON, %s', (theme) => {
    const made = isoflopFigure(sampleSweep(), sampleFit(params), { theme, compact: theme === 'dark' });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(trace('runs', made).x).toHaveLength(24);
    expect(trace('efficient frontier', made).x).toHaveLength(what === 'a sound fit' ? 4 : 0);
  });
});

describe('a sweep without slices', () => {
  const few = (count: number) => {
    const { columns: { N, D, C }, loss, weight, lines, ...rest } = sampleSweep();
    const take = (values: Float64Array) => values.filter((_, i) => i % 6 === 1).slice(0, count);
    return {
      ...rest, columns: { N: take(N), D: take(D), C: take(C) }, loss: take(loss), weight: take(weight),
      lines: lines.filter((_, i) => i % 6 === 1).slice(0, count),
    };
  };

  it.each([1, 2, 4])('of %d runs has the curve of each', (count) => {
    const made = isoflopFigure(few(count), sampleFit());
    expect(trace('runs', made).x).toHaveLength(count);
    expect(trace('efficient frontier', made).x).toHaveLength(count);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });
});
