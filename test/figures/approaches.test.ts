/** The charts of the approaches show what these found: parabolas through their vertices, the envelope, the power laws. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { approachesFigure } from '../../src/figures/approaches-laws.ts';
import { envelopeFigure } from '../../src/figures/approaches-envelope.ts';
import { isoflopProfilesFigure } from '../../src/figures/approaches-profiles.ts';
import type { Figure, LookOptions } from '../../src/figures/figure.ts';
import { RUNS } from '../../src/figures/runs.ts';
import { APPROACHES, BUDGETS, CURVES, INPUT } from '../report/approached.ts';

const { isoflop, envelope, results } = { ...APPROACHES, isoflop: APPROACHES.isoflop!, envelope: APPROACHES.envelope! };
const trace = (figure: Figure, name: string) => figure.data.find((data) => data.name === name) as ScatterData;
const numbers = (values: unknown) => values as number[];
/** Powers, logs and a few sums of float64. */
const ROUNDING = 1e-12;

describe('IsoFLOP profiles', () => {
  const made = isoflopProfilesFigure(INPUT.sweep, isoflop);

  it('each curve is lowest at its vertex', () => {
    const vertices = trace(made, 'vertices');
    const curves = (made.data as ScatterData[]).filter(({ mode, name }) => mode === 'lines' && name!.endsWith('FLOPs'));
    expect(curves).toHaveLength(4);
    for (const [k, { x, y }] of curves.entries()) {
      const lowest = Math.min(...numbers(y));
      const [N, loss] = [numbers(vertices.x)[k]!, numbers(vertices.y)[k]!];
      expect(lowest).toBeGreaterThanOrEqual(loss - ROUNDING);
      expect(lowest - loss).toBeLessThan(1e-3); // sixty points over two decades: the nearest is 4 % off in N
      expect(N).toBeGreaterThan(Math.min(...numbers(x)));
      expect(N).toBeLessThan(Math.max(...numbers(x)));
    }
  });

  it('runs of the slices are there, each with its line', () => {
    const { meta, customdata, x, y } = trace(made, 'runs') as ScatterData & { meta: string };
    expect([meta, customdata, x, y]).toEqual([RUNS, [...INPUT.sweep.lines], [...INPUT.sweep.columns.N], [...INPUT.sweep.loss]]);
    expect(numbers(trace(made, 'runs').text)[0]).not.toContain('law');
  });

  it('a vertex that is not used is open, and says why', () => {
    const [first, ...rest] = isoflop.profiles;
    const changed = { ...isoflop, profiles: [{ ...first!, used: false, warnings: ['It lies <b>outside</b>.'] }, ...rest] };
    const figure = isoflopProfilesFigure(INPUT.sweep, changed);
    const open = trace(figure, 'vertices not used');
    expect([open.marker!.symbol, trace(figure, 'vertices').x]).toEqual([['diamond-open'], numbers(trace(made, 'vertices').x).slice(1)]);
    expect(numbers(open.text)[0]).toContain('<br>It lies &lt;b>outside&lt;/b>.');
    expect(figure.layout.title).toMatchObject({ text: expect.stringContaining('3 of 4 vertices used') });
    expect(trace(made, 'vertices not used')).toBeUndefined();
  });
});

describe('the envelope', () => {
  const made = envelopeFigure(CURVES, envelope);

  it('each curve is there, to its end, against 6·N·D', () => {
    const lines = (made.data as ScatterData[]).filter(({ showlegend, mode }) => mode === 'lines' && showlegend === false);
    expect(lines.map(({ name }) => name)).toEqual(CURVES.curves.map(({ name }) => name.replaceAll('<', '&lt;')));
    for (const [k, { x, y }] of lines.entries()) {
      const { N, D, loss } = CURVES.curves[k]!;
      expect([numbers(x).at(-1), numbers(y).at(-1)]).toEqual([Number((6 * N * D.at(-1)!).toPrecision(5)), Number(loss.at(-1)!.toPrecision(5))]);
    }
  });

  it('long curves are thinned, from their first to their last checkpoint', () => {
    const [first] = CURVES.curves;
    const D = Float64Array.from({ length: 5000 }, (_, k) => 1e8 * (k + 1));
    const long = { ...first!, D, loss: D.map((tokens) => 2 + 1 / Math.log(tokens)) };
    const [{ x }] = envelopeFigure({ ...CURVES, curves: [long, CURVES.curves[1]!] }, envelope).data as [ScatterData];
    expect(numbers(x).length).toBeLessThanOrEqual(61);
    expect(numbers(x).length).toBeGreaterThan(40);
    expect([numbers(x)[0], numbers(x).at(-1)]).toEqual([6 * long.N * 1e8, 6 * long.N * 5e11]);
  });

  it('is drawn below them, dotted where it is not used', () => {
    const [used, other] = [trace(made, 'lower envelope'), trace(made, 'not used: smallest or largest of this compute')];
    expect([used.line!.dash, other.line!.dash]).toEqual(['solid', 'dot']);
    const byC = new Map(envelope.points.map((point) => [point.C, point]));
    const shown = numbers(used.x).map((C, k) => ({ point: byC.get(C)!, y: (used.y as (number | null)[])[k] }));
    expect(shown.length).toBe(300);
    for (const { point, y } of shown) expect(y).toBe(point.used ? point.loss : null);
    expect(shown.some(({ point }) => !point.used)).toBe(true);
  });

  it('the axes hold the end of every curve', () => {
    const { xaxis, yaxis } = made.layout;
    const [, right] = xaxis!.range!.map(Number);
    const [bottom, top] = yaxis!.range!.map((end) => 10 ** Number(end));
    for (const { N, D, loss } of CURVES.curves) {
      expect(Math.log10(6 * N * D.at(-1)!)).toBeLessThan(right!);
      expect(loss.at(-1)).toBeGreaterThan(bottom!);
      expect(loss.at(-1)).toBeLessThan(top!);
    }
  });

  it('has a scale of the sizes where there is room and more than one', () => {
    expect(trace(made, 'sizes').marker!.colorbar).toBeDefined();
    expect(trace(envelopeFigure(CURVES, envelope, { compact: true }), 'sizes')).toBeUndefined();
    const one = { ...CURVES, curves: CURVES.curves.slice(0, 1) };
    expect(trace(envelopeFigure(one, { ...envelope, points: [] }), 'sizes')).toBeUndefined();
  });
});

describe('the laws', () => {
  const made = approachesFigure(APPROACHES);
  const laws = (panel: 'x' | 'x2') => (made.data as ScatterData[]).filter(({ name, xaxis, line }) => name!.startsWith('Approach') && (xaxis ?? 'x') === panel && line!.dash === 'solid');

  it('are those of each approach: N_opt, and D_opt/N_opt by its own law', () => {
    expect(laws('x')).toHaveLength(3);
    for (const [k, { x, y }] of laws('x').entries()) for (const [i, C] of numbers(x).entries()) {
      const { N, D } = results[k]!;
      const [size, ratio] = [N.coefficient * C ** N.exponent, (D.coefficient * C ** D.exponent) / (N.coefficient * C ** N.exponent)];
      expect(Math.abs(numbers(y)[i]! / size - 1)).toBeLessThan(ROUNDING);
      expect(Math.abs(numbers(laws('x2')[k]!.y)[i]! / ratio - 1)).toBeLessThan(ROUNDING); // D = C/(6N) to rounding, by either law
    }
  });

  it('have the bands of their intervals', () => {
    const [{ x, y }] = (made.data as ScatterData[]).filter(({ name }) => name === 'interval 1') as [ScatterData];
    const ends = BUDGETS.map((_, k) => results[0]!.at[k]!.intervals.N);
    expect([x, y]).toEqual([[...BUDGETS, ...BUDGETS.toReversed()], [...ends.map(([low]) => low), ...ends.map(([, high]) => high).toReversed()]]);
  });

  it('go through the optima of approaches 1 and 2', () => {
    const optima = (name: string) => (made.data as ScatterData[]).filter((data) => data.name === name);
    expect([1, 2, 3].map((approach) => optima(`optima ${approach}`).length)).toEqual([2, 2, 0]);
    expect(optima('optima 2')[0]!.x).toEqual(results[1]!.optima.map(({ C }) => C));
    expect(optima('optima 1')[0]!.x).toHaveLength(40);
  });

  it('are named with their exponents, once', () => {
    const named = (made.data as ScatterData[]).filter(({ showlegend }) => showlegend).map(({ name }) => name);
    expect(named).toEqual(results.map(({ approach, N }) => expect.stringMatching(new RegExp(`^Approach ${approach}, .+: a = ${N.exponent.toFixed(3)}$`))));
  });
});

const NOTHING = { ...APPROACHES, results: [] };
const figures: readonly (readonly [string, (look: LookOptions) => Figure])[] = [
  ['profiles', (look) => isoflopProfilesFigure(INPUT.sweep, isoflop, look)],
  ['no profiles', (look) => isoflopProfilesFigure(INPUT.sweep, { ...isoflop, profiles: [], optima: [], N: { coefficient: NaN, exponent: NaN } }, look)],
  ['no parabola', (look) => isoflopProfilesFigure(INPUT.sweep, { ...isoflop, profiles: isoflop.profiles.map(({ vertex: _vertex, ...rest }) => ({ ...rest, used: false, parabola: { centre: NaN, c0: 1, c1: 1, c2: -1 } })) }, look)],
  ['envelope', (look) => envelopeFigure(CURVES, envelope, look)],
  ['no envelope', (look) => envelopeFigure(CURVES, { ...envelope, points: [], optima: [] }, look)],
  ['laws', (look) => approachesFigure(APPROACHES, look)],
  ['no intervals', (look) => approachesFigure({ ...APPROACHES, results: results.map((result) => ({ ...result, at: [] })) }, look)],
  ['intervals that are none', (look) => approachesFigure({ ...APPROACHES, results: results.map((result) => ({ ...result, at: result.at.map((at) => ({ ...at, intervals: { N: [NaN, NaN], D: [0, Infinity] } })) })) }, look)],
  ['nothing', (look) => approachesFigure(NOTHING, look)],
];

it.each(figures)('%s: plain JSON, without tags of the data', (_, figure) => {
  for (const theme of ['light', 'dark'] as const) {
    const made = figure({ theme, compact: theme === 'dark' });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(JSON.stringify(made)).not.toContain('<b>5');
    expect(made.config.showSendToCloud).toBe(false);
  }
});
