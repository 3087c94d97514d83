/** The figure says what the law says: checked against the formula written again, not against a stored picture. */
import type { ContourData, ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { isolossFigure } from '../../src/figures/isoloss.ts';
import { worst } from '../support/close.ts';
import { lossOf, PARAMS, sampleFit, sampleSweep } from './sample.ts';

/** A prediction takes an exp and a log of about 20: each nat of it costs an ulp. */
const ROUNDING = 64 * Number.EPSILON;

const figure = isolossFigure(sampleSweep(), sampleFit());
const trace = <T>(name: string, of = figure) => of.data.find((data) => data.name === name) as T;
const numbers = (values: unknown) => values as number[];
const close = (got: readonly number[], want: readonly number[]) => worst(got, want, want.map((w) => w * ROUNDING));
const contours = trace<ContourData>('law');
const z = contours.z as unknown as number[][];

describe('contours', () => {
  const nodes = numbers(contours.y).flatMap((D) => numbers(contours.x).map((N) => ({ N, D })));

  it('are the law at the nodes of the grid', () => {
    const { ratio, where } = close(z.flat(), nodes.map(({ N, D }) => lossOf(N, D)));
    expect(ratio, where).toBeLessThan(1);
  });

  it('would differ for another law, and with N and D exchanged', () => {
    const other = { ...PARAMS, E: PARAMS.E + 1e-9 };
    expect(close(z.flat(), nodes.map(({ N, D }) => lossOf(N, D, other))).ratio).toBeGreaterThan(1);
    expect(close(z.flat(), nodes.map(({ N, D }) => lossOf(D, N))).ratio).toBeGreaterThan(1);
  });

  it('cover every run', () => {
    const { columns } = sampleSweep();
    for (const [values, axis] of [[columns.N, contours.x], [columns.D, contours.y]] as const) {
      expect(Math.min(...numbers(axis))).toBeLessThan(Math.min(...values));
      expect(Math.max(...numbers(axis))).toBeGreaterThan(Math.max(...values));
    }
  });

  it('keep their levels when a few runs diverge', () => {
    const runs = Array.from({ length: 240 }, (_, i) => ({ N: 1e8 * 1.02 ** i, D: 1e10, C: 6e18 * 1.02 ** i }));
    const columns = {
      N: Float64Array.from(runs, ({ N }) => N),
      D: Float64Array.from(runs, ({ D }) => D),
      C: Float64Array.from(runs, ({ C }) => C),
    };
    const sweep = sampleSweep({
      columns, loss: Float64Array.from(runs, ({ N, D }) => lossOf(N, D)), weight: new Float64Array(240).fill(1),
      lines: Int32Array.from(runs, (_, i) => i),
    });
    const wild = { ...sweep, loss: sweep.loss.map((loss, i) => (i % 48 === 47 ? 40 : loss)) };
    const levels = (of: typeof sweep) => trace<ContourData>('law', isolossFigure(of, sampleFit())).contours!;
    expect(levels(wild).size).toBe(levels(sweep).size);
    expect(levels(wild).start).toBe(levels(sweep).start);
    expect(levels(wild).end).toBeLessThanOrEqual(levels(sweep).end! + levels(sweep).size!);
  });
});

describe('the frontier', () => {
  const frontier = trace<ScatterData>('efficient frontier');
  const points = numbers(frontier.x).map((N, i) => ({ N, D: numbers(frontier.y)[i]! }));

  it('has a point at each decade of compute', () => {
    const exponents = points.map(({ N, D }) => Math.log10(6 * N * D));
    expect(close(exponents, [19, 20, 21, 22]).ratio).toBeLessThan(1);
  });

  it('is the lowest loss on each IsoFLOP line', () => {
    for (const { N, D } of points) for (const step of [-1, -0.1, -1e-3, 1e-3, 0.1, 1]) {
      expect(lossOf(N * Math.exp(step), D / Math.exp(step))).toBeGreaterThan(lossOf(N, D));
    }
  });

  it('lies where contour and IsoFLOP line touch: equal slopes in log N and log D', () => {
    const { A, B, alpha, beta } = PARAMS;
    const slopeN = points.map(({ N }) => alpha * A / N ** alpha);
    const slopeD = points.map(({ D }) => beta * B / D ** beta);
    expect(close(slopeN, slopeD).ratio).toBeLessThan(1);
  });

  it('takes the budgets that it is given', () => {
    const made = isolossFigure(sampleSweep(), sampleFit(), { budgets: [3e20] });
    const given = trace<ScatterData>('efficient frontier', made);
    expect(given.x).toHaveLength(1);
    expect(given.text).toEqual([expect.stringContaining('3·10<sup>20</sup> FLOPs')]);
  });
});

describe('runs', () => {
  const runs = trace<ScatterData>('runs');

  it('are all there, with their measured loss as the colour', () => {
    const { columns, loss } = sampleSweep();
    expect(runs.x).toEqual([...columns.N]);
    expect(runs.y).toEqual([...columns.D]);
    expect(runs.marker?.color).toEqual([...loss]);
  });

  it('share the scale of the contours', () => {
    expect([runs.marker?.cmin, runs.marker?.cmax]).toEqual([contours.zmin, contours.zmax]);
  });

  it('name line, N, D, C, and both losses', () => {
    expect((runs.text as string[])[3]).toBe(
      `<b>line 5</b><br>N 1.00B · D 1.00B · C 6·10<sup>18</sup> FLOPs<br>loss ${lossOf(1e9, 1e9).toFixed(3)}, `
      + `law ${lossOf(1e9, 1e9).toFixed(3)}`);
  });

  it('are open, and say so, where they have no weight', () => {
    const sweep = sampleSweep();
    const weight = sweep.weight.map((_, i) => (i === 2 ? 0 : 1));
    const left = trace<ScatterData>('runs', isolossFigure({ ...sweep, weight }, sampleFit()));
    expect((left.marker!.symbol as string[]).slice(1, 4)).toEqual(['circle', 'circle-open', 'circle']);
    expect((left.text as string[])[2]).toContain('left out of the fit');
  });
});

it('IsoFLOP lines keep C = 6·N·D from edge to edge', () => {
  const { x, y } = trace<ScatterData>('IsoFLOP');
  const ends = numbers(x).flatMap((N, i) => (N === null ? [] : [Math.log10(6 * N * numbers(y)[i]!)]));
  expect(close(ends, [19, 19, 20, 20, 21, 21, 22, 22]).ratio).toBeLessThan(1);
});

it('the title states the law with its numbers', () => {
  expect(figure.layout.title).toMatchObject({
    text: 'L(N, D) = 1.69 + 406.4/N<sup>0.34</sup> + 410.7/D<sup>0.28</sup>',
  });
});

it('axes are logarithmic, in K M B T', () => {
  const { xaxis, yaxis } = figure.layout;
  for (const axis of [xaxis, yaxis]) expect(axis).toMatchObject({ type: 'log', exponentformat: 'B' });
  expect(xaxis?.range).toEqual([Math.log10(numbers(contours.x)[0]!), Math.log10(numbers(contours.x).at(-1)!)]);
});

it('no text of the data reaches plotly, which reads tags', () => {
  expect(JSON.stringify(figure)).not.toContain('sample');
});

it('never offers to send the data away', () => {
  expect(figure.config.showSendToCloud).toBe(false);
});

describe.each([
  ['a sound fit', PARAMS],
  ['no data term', { ...PARAMS, beta: -0.001 }],
  ['a loss that overflows', { ...PARAMS, alpha: -80 }],
  ['a fit that ran off', { ...PARAMS, B: Infinity, beta: NaN }],
])('%s', (_, params) => {
  it.each(['light', 'dark'] as const)('is plain JSON, %s', (theme) => {
    const made = isolossFigure(sampleSweep(), sampleFit(params), { theme, compact: theme === 'dark' });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(trace<ScatterData>('runs', made).x).toHaveLength(24);
  });
});
