/** Replicates at their parameters, and the ellipse where the normal density has its level. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { pairsFigure, type PairsOptions } from '../../src/figures/pairs.ts';
import type { Replicates } from '../../src/stats/fits.ts';
import { replicatesOf, spiral } from './replicates.ts';
import { PARAMS, sampleFit } from './sample.ts';

const ROWS = spiral(300);
const drawn = (options: PairsOptions = {}, replicates: Replicates = replicatesOf(ROWS)) => pairsFigure(sampleFit(), replicates, 'alpha,beta', options);
type Figure = ReturnType<typeof drawn>;
const trace = (figure: Figure, name: string) => figure.data.find((data) => data.name === name) as ScatterData | undefined;
const at = (figure: Figure, name: string) => { const found = trace(figure, name); return found && [found.x, found.y]; };
const ellipse = (figure: Figure) => figure.data.find((data) => String(data.name).includes('normal')) as ScatterData | undefined;
const title = ({ layout }: Figure) => (layout.title as { text: string }).text;

describe('replicates', () => {
  it('are where their parameters are', () => {
    expect(at(drawn(), 'replicates')).toEqual([ROWS.map(({ alpha }) => alpha), ROWS.map(({ beta }) => beta)]);
    expect(at(drawn(), 'fit')).toEqual([[PARAMS.alpha], [PARAMS.beta]]);
  });

  it('are over a and E too', () => {
    const figure = pairsFigure(sampleFit(), replicatesOf(ROWS), 'a,E');
    const [x, y] = at(figure, 'replicates') as [number[], number[]];
    ROWS.forEach(({ alpha, beta }, k) => { expect(x[k]).toBeCloseTo(beta! / (alpha! + beta!), 12); });
    expect(y).toEqual(ROWS.map(({ E }) => E));
    expect(title(figure)).toBe('E against a, 300 replicates');
  });

  it('of a law with a and s have their exponents', () => {
    const rows = [{ E: 1.7, A: 1, B: 1, a: 0.25, s: 0.8 }, { E: 1.6, A: 1, B: 1, a: 0.5, s: 0.5 }];
    const figure = pairsFigure({ law: 'chinchilla-allocation', params: rows[0]! }, replicatesOf(rows), 'alpha,beta');
    expect(at(figure, 'replicates')).toEqual([[0.75 * 0.8, 0.25], [0.25 * 0.8, 0.25]]);
  });

  it('are an even sample of at most 2000, and the title says so', () => {
    const rows = spiral(6000);
    const figure = drawn({}, replicatesOf(rows));
    expect(trace(figure, 'replicates')!.x).toEqual(rows.filter((_, k) => k % 3 === 0).map(({ alpha }) => alpha));
    expect(title(figure)).toBe('β against α, 6,000 replicates, 2,000 drawn');
  });

  it('that are not finite are left out', () => {
    const figure = drawn({}, replicatesOf([...spiral(3), { ...PARAMS, beta: NaN }, { ...PARAMS, beta: 3 }], [1, 1, 1, 1, NaN]));
    expect(trace(figure, 'replicates')!.x).toHaveLength(3);
  });

  it('far from the others do not stretch the axes, and are counted', () => {
    const far = drawn({}, replicatesOf([...ROWS, { ...PARAMS, alpha: 30 }, { ...PARAMS, beta: -30 }]));
    expect(title(far)).toBe('β against α, 302 replicates, 2 beyond the axes');
    expect(Number(far.layout.xaxis!.range![1])).toBeLessThan(0.5);
  });
});

describe('the ellipse', () => {
  const [x, y] = (['alpha', 'beta'] as const).map((name) => ROWS.map((row) => row[name]!));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const moment = (one: readonly number[], other: readonly number[]) =>
    one.reduce((sum, value, k) => sum + (value - mean(one)) * (other[k]! - mean(other)), 0) / (one.length - 1);
  const [xx, xy, yy] = [moment(x!, x!), moment(x!, y!), moment(y!, y!)];
  /** Squared distance from the mean in standard deviations: (u, v)·Σ⁻¹·(u, v). */
  const squared = (px: number, py: number) => {
    const [u, v] = [px - mean(x!), py - mean(y!)];
    return (yy * u * u - 2 * xy * u * v + xx * v * v) / (xx * yy - xy * xy);
  };
  const distances = (figure: Figure) => (ellipse(figure)!.x as number[]).map((px, k) => squared(px, (ellipse(figure)!.y as number[])[k]!));

  // The 95 % and 50 % quantiles of χ² of two degrees of freedom.
  it.each([[undefined, 5.991464547107979], [0.5, 1.3862943611198906]])('of confidence %d is the level of the normal', (confidence, level) => {
    const figure = drawn(confidence === undefined ? {} : { confidence });
    for (const distance of distances(figure)) expect(distance).toBeCloseTo(level, 8);
    expect(distances(figure).length).toBeGreaterThan(60);
  });

  it('would be another about another centre', () => {
    const shifted = (ellipse(drawn())!.x as number[]).map((px, k) => squared(px + 1e-5, (ellipse(drawn())!.y as number[])[k]!));
    expect(Math.max(...shifted.map((distance) => Math.abs(distance - 5.991464547107979)))).toBeGreaterThan(1e-4);
  });

  it('is named with its confidence', () => {
    expect([ellipse(drawn())!.name, ellipse(drawn({ confidence: 0.68 }))!.name]).toEqual(
      ['95 % of a normal, same covariance', '68 % of a normal, same covariance']);
  });

  it.each([
    ['two', spiral(2)],
    ['one, often', Array.from({ length: 9 }, () => PARAMS)],
    ['those on a line', [0.1, 0.2, 0.3].map((alpha) => ({ ...PARAMS, alpha, beta: 0.25 }))],
  ])('is none of %s', (_, rows) => {
    expect(ellipse(drawn({}, replicatesOf(rows)))).toBeUndefined();
  });
});

describe('marks', () => {
  const marks = [{ name: 'near', params: { ...PARAMS, alpha: 0.36 } }, { name: 'far', params: { ...PARAMS, beta: 0.6 } }];

  it('near the replicates are shown, those far beyond are not', () => {
    expect([at(drawn({ marks }), 'near'), at(drawn({ marks }), 'far')]).toEqual([[[0.36], [0.28]], undefined]);
  });

  it('widen the axes where they are near', () => {
    const beside = drawn({ marks: [{ name: 'beside', params: { ...PARAMS, alpha: 0.39 } }] });
    expect(Number(drawn().layout.xaxis!.range![1])).toBeLessThan(0.39);
    expect(Number(beside.layout.xaxis!.range![1])).toBeGreaterThan(0.39);
    expect(trace(beside, 'beside')).toBeDefined();
  });

  it('differ in shape, and a name is no markup', () => {
    const figure = drawn({ marks: ['<b>x & y</b>', 'z'].map((name) => ({ name, params: PARAMS })) });
    const [one, other] = figure.data.slice(-2) as ScatterData[];
    expect(one!.name).toBe('&lt;b>x &amp; y&lt;/b>');
    expect(one!.hovertemplate).toContain('&lt;b>x &amp; y&lt;/b>');
    expect(one!.marker!.symbol).not.toBe(other!.marker!.symbol);
  });
});

describe.each([
  ['many', replicatesOf(ROWS)],
  ['none', replicatesOf([])],
  ['none that is finite', replicatesOf(spiral(3), [NaN, NaN, Infinity])],
  ['two', replicatesOf(spiral(2))],
  ['one, often', replicatesOf(Array.from({ length: 20 }, () => PARAMS))],
  ['some without a', replicatesOf([PARAMS, PARAMS, { ...PARAMS, alpha: 0, beta: 0 }])],
])('replicates: %s', (_, replicates) => {
  it.each([{ theme: 'light' }, { theme: 'dark', compact: true }] as const)('plain JSON with axes, %j', (options) => {
    for (const pair of ['alpha,beta', 'a,E'] as const) for (const params of [PARAMS, { ...PARAMS, E: NaN, beta: NaN }]) {
      const made = pairsFigure(sampleFit(params), replicates, pair, { ...options, marks: [{ name: 'x', params }] });
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      for (const { range } of [made.layout.xaxis!, made.layout.yaxis!]) expect(Number(range![1])).toBeGreaterThan(Number(range![0]));
    }
  });
});
