/** Histograms of fitted numbers over the truth, of as many sweeps as are done. */
import type { BarData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../src/figures/figure.ts';
import { simulationFigure } from '../../src/figures/simulation.ts';
import { replicatesOf, spiral } from './replicates.ts';
import { PARAMS } from './sample.ts';

const TRUTH = { name: '<b>sample</b>', law: 'chinchilla', params: PARAMS };
const { accent, ink } = THEMES.light;

const drawn = (rows = spiral(400)) => simulationFigure({ truth: TRUTH, natural: replicatesOf(rows).natural });
type Figure = ReturnType<typeof drawn>;
const texts = ({ layout }: Figure) => layout.annotations!.map(({ text }) => text);
const title = ({ layout }: Figure) => (layout.title as { text: string }).text.replaceAll(/<[^>]*>/g, '');
const totals = ({ data }: Figure) => (data as unknown as BarData[]).map(({ y }) => (y as number[]).reduce((sum, count) => sum + count, 0));
const linesIn = ({ layout }: Figure, xref: string) => layout.shapes!.filter((shape) => shape.xref === xref).map(({ x0, line }) => [x0, line!.color, line!.dash]);

/** Fits that are off by a tenth in E, evenly to either side in the rest. */
const biased = (count: number) => spiral(count).map((row) => ({ ...row, E: row['E']! + 0.1 }));

it('the truth is a line, and the mean of the fits another', () => {
  const rows = biased(400);
  const mean = rows.reduce((sum, { E }) => sum + E / 400, 0);
  expect(linesIn(drawn(rows), 'x')).toEqual([[expect.closeTo(mean, 12), ink, 'dash'], [PARAMS.E, accent, 'solid']]);
  expect(Math.abs(mean - PARAMS.E)).toBeGreaterThan(0.05);
});

it('the truth of a and b is that of the exponents', () => {
  expect([6, 7].map((k) => linesIn(drawn(), `x${k}`)[1]![0])).toEqual([0.28 / 0.62, 0.34 / 0.62].map((exponent) => expect.closeTo(exponent, 12)));
});

it('panels tell truth and mean', () => {
  const [E, A, B, alpha] = texts(drawn(biased(400)));
  expect([E, alpha]).toEqual(['<b>E</b> 1.69, mean 1.79', '<b>α</b> 0.34, mean 0.34']);
  expect([A, B].every((text) => /^<b>[AB]<\/b> 4\d\d\.\d, mean \d+(?:\.\d)?$/.test(text!))).toBe(true);
});

it('the axis shows the truth however far the fits are', () => {
  const far = drawn(spiral(100).map((row) => ({ ...row, E: row['E']! + 3 })));
  const [low, high] = far.layout.xaxis!.range as [number, number];
  expect(low < PARAMS.E && high > PARAMS.E + 2.99).toBe(true);
});

it('grows with the sweeps that are done', () => {
  expect([0, 1, 7, 400].map((count) => title(drawn(spiral(count))))).toEqual(
    ['0', '1', '7', '400'].map((count) => `${count} synthetic sweeps fitted: ┃the truth\u2002┇the mean of the fits`));
  expect(totals(drawn(spiral(7)))).toEqual([7, 7, 7, 7, 7, 7, 7]);
});

it('fits that are not finite are left out: their objective tells', () => {
  const { natural, objective } = replicatesOf([...spiral(5), { ...PARAMS, E: NaN }, PARAMS], [1, 1, 1, 1, 1, 1, Infinity]);
  expect(totals(simulationFigure({ truth: TRUTH, natural, objective }))).toEqual([5, 5, 5, 5, 5, 5, 5]);
  expect(totals(simulationFigure({ truth: TRUTH, natural }))).toEqual([6, 6, 6, 6, 6, 6, 6]);
});

it('no text of the data reaches plotly', () => {
  expect(JSON.stringify(drawn())).not.toContain('sample');
});

it('a truth that is none throws', () => {
  expect(() => simulationFigure({ truth: { ...TRUTH, params: { ...PARAMS, beta: NaN } }, natural: new Float64Array(0) })).toThrow(
    'params: expected a finite beta of law chinchilla, got NaN. It has E, A, B, alpha, beta.');
});

describe.each([
  ['many', spiral(400)],
  ['none', []],
  ['two', spiral(2)],
  ['without noise', Array.from({ length: 20 }, () => PARAMS)],
  ['some without exponents', [PARAMS, { ...PARAMS, alpha: 0, beta: 0 }]],
  ['one that ran off', [...spiral(50), { ...PARAMS, A: 1e300, B: 1e-300, alpha: 1e9 }]],
])('sweeps: %s', (_, rows) => {
  it.each([{ theme: 'light' }, { theme: 'dark', compact: true }] as const)('plain JSON, %j', (options) => {
    const made = simulationFigure({ truth: TRUTH, natural: replicatesOf(rows).natural }, options);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(made.data).toHaveLength(7);
  });
});
