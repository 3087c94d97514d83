/** One panel a number, with its estimate, its interval, and a bar for each bin; nothing in a fit makes it throw. */
import type { BarData, Layout } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { distributionsFigure } from '../../src/figures/distributions.ts';
import type { LookOptions } from '../../src/figures/figure.ts';
import { THEMES } from '../../src/figures/figure.ts';
import type { Replicates } from '../../src/stats/fits.ts';
import { intervalsAbout, replicatesOf, spiral } from './replicates.ts';
import { PARAMS, sampleFit } from './sample.ts';

const FIT = sampleFit();
const ESTIMATES = { ...PARAMS, ...FIT.exponents };
const BOOTSTRAP = { confidence: 0.9, intervals: intervalsAbout(ESTIMATES, 0.05) };
const { accent, band } = THEMES.light;

const drawn = (replicates: Replicates = replicatesOf(spiral(500)), options: LookOptions = {}) => distributionsFigure(FIT, replicates, BOOTSTRAP, options);
type Figure = ReturnType<typeof drawn>;
const bars = (figure: Figure) => figure.data as unknown as BarData[];
const heights = (bar: BarData) => bar.y as number[];
const texts = ({ layout }: Figure) => layout.annotations!.map(({ text }) => text);
const title = ({ layout }: Figure) => (layout.title as { text: string }).text.replaceAll(/<[^>]*>/g, '');
const linesIn = ({ shapes }: Partial<Layout>, xref: string) => shapes!.filter((shape) => shape.xref === xref && shape.type === 'line');
const bandsIn = ({ shapes }: Partial<Layout>, xref: string) => shapes!.filter((shape) => shape.xref === xref && shape.type === 'rect');
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

describe('panels', () => {
  it('are the parameters in the order of the law, then a and b', () => {
    expect(texts(drawn())).toEqual([
      '<b>E</b> 1.69 (1.605 to 1.774)', '<b>A</b> 406.4 (386.1 to 426.7)', '<b>B</b> 410.7 (390.2 to 431.2)',
      '<b>α</b> 0.34 (0.323 to 0.357)', '<b>β</b> 0.28 (0.266 to 0.294)', '<b>a</b> 0.4516 (0.429 to 0.4742)', '<b>b</b> 0.5484 (0.521 to 0.5758)',
      'Beyond each axis: at most 2 of 500 replicates',
    ]);
  });

  it('hold every replicate in a bar, or say how many they do not', () => {
    for (const bar of bars(drawn())) expect(500 - sum(heights(bar))).toBeLessThanOrEqual(2);
    expect(bars(drawn())).toHaveLength(7);
  });

  it('are of that number: α about its own mean, a about β/(α + β)', () => {
    const figure = drawn();
    const mean = (bar: BarData) => sum(heights(bar).map((count, k) => count * (bar.x as number[])[k]!)) / sum(heights(bar));
    // Of the bins' centres: off by less than the half width of a bin.
    const width = (bar: BarData) => (bar.width as number[])[0]!;
    for (const [k, centre] of [[3, 0.34], [4, 0.28], [5, 0.28 / 0.62]] as const) {
      const bar = bars(figure)[k]!;
      expect(Math.abs(mean(bar) - centre)).toBeLessThan(width(bar) / 2);
    }
    expect(Math.abs(mean(bars(figure)[3]!) - 0.28)).toBeGreaterThan(width(bars(figure)[3]!));
  });

  it('have the estimate as a line and the interval as a band', () => {
    const { layout } = drawn();
    Object.entries(ESTIMATES).forEach(([name, value], k) => {
      const xref = `x${k === 0 ? '' : k + 1}`;
      expect(linesIn(layout, xref).map(({ x0, x1, line }) => [x0, x1, line!.color])).toEqual([[value, value, accent]]);
      expect(bandsIn(layout, xref).map(({ x0, x1, fillcolor }) => [x0, x1, fillcolor])).toEqual([[...BOOTSTRAP.intervals[name]!, band]]);
    });
  });

  it('lie apart, in two columns where it is narrow', () => {
    const lefts = (figure: Figure) => [1, 2, 3, 4, 5, 6, 7].map((k) => figure.layout[`xaxis${k === 1 ? '' : k}` as 'xaxis']!.domain![0]);
    expect([new Set(lefts(drawn())).size, new Set(lefts(drawn(undefined, { compact: true }))).size]).toEqual([4, 2]);
  });

  it('have few ticks', () => {
    for (const k of ['', 2, 3, 4, 5, 6, 7]) {
      const { tickvals } = drawn().layout[`xaxis${k}` as 'xaxis']!;
      expect((tickvals as number[]).length).toBeGreaterThanOrEqual(2);
      expect((tickvals as number[]).length).toBeLessThanOrEqual(6);
    }
  });

  it('are on a log axis where a coefficient spreads over decades', () => {
    // B goes from e^-2 to e^2 times its own, the others by 10 % and less.
    const types = (figure: Figure) => [1, 2, 3, 4, 5].map((k) => figure.layout[`xaxis${k === 1 ? '' : k}` as 'xaxis']!.type);
    expect(types(drawn())).toEqual(['linear', 'linear', 'log', 'linear', 'linear']);
    const { range } = drawn().layout.xaxis3!;
    expect(Number(range![1]) - Number(range![0])).toBeLessThan(2.2);
  });

  it('say of a bar between what it is, and how many there are', () => {
    const [first] = bars(drawn());
    expect((first!.hovertext as string[])[2]).toMatch(/^1\.\d+ to 1\.\d+<br>\d+ of 500$/);
  });
});

describe('the title', () => {
  it('counts the replicates, and says which are finite', () => {
    expect(title(drawn())).toBe('500 replicates: ┃the fit\u2002■ 90 % interval');
    expect(title(drawn(undefined, { compact: true }))).toBe('500 replicates┃the fit\u2002■ 90 % interval');
  });

  it('of replicates whose descent was not finite, or whose numbers are not, they are left out', () => {
    const figure = drawn(replicatesOf([...spiral(3), { ...PARAMS, A: Infinity }, { ...PARAMS, E: 40 }], [1, 1, 1, 1, Infinity]));
    expect(title(figure)).toBe('3 finite of 5 replicates: ┃the fit\u2002■ 90 % interval');
    expect(bars(figure).map((bar) => sum(heights(bar)))).toEqual([3, 3, 3, 3, 3, 3, 3]);
    expect(Number(figure.layout.xaxis!.range![1])).toBeLessThan(2);
  });
});

it('a law with a of its own has it once, and s by its meaning', () => {
  const params = { E: 1.69, A: 406.4, B: 410.7, a: 0.45, s: 0.62 };
  const fit = { law: 'chinchilla-allocation', params, exponents: { a: 0.45, b: 0.55 } };
  const figure = distributionsFigure(fit, replicatesOf([params, { ...params, a: 0.46 }]), { confidence: 0.95, intervals: {} });
  expect(texts(figure)).toEqual(['<b>E</b> 1.69', '<b>A</b> 406.4', '<b>B</b> 410.7', '<b>a</b> 0.45', '<b>α + β</b> 0.62', '<b>b</b> 0.55']);
});

it('an interval that is none has no band', () => {
  const intervals = { ...BOOTSTRAP.intervals, alpha: [NaN, NaN] as const };
  const figure = distributionsFigure(FIT, replicatesOf(spiral(50)), { ...BOOTSTRAP, intervals });
  expect([bandsIn(figure.layout, 'x4'), bandsIn(figure.layout, 'x5').length]).toEqual([[], 1]);
  expect(texts(figure)[3]).toBe('<b>α</b> 0.34');
});

describe.each([
  ['many', replicatesOf(spiral(500))],
  ['none', replicatesOf([])],
  ['none that is finite', replicatesOf(spiral(3), [NaN, NaN, Infinity])],
  ['two', replicatesOf(spiral(2))],
  ['one, often', replicatesOf(Array.from({ length: 20 }, () => PARAMS))],
  ['some without exponents', replicatesOf([PARAMS, PARAMS, { ...PARAMS, alpha: 0, beta: 0 }])],
  ['outliers beyond reason', replicatesOf([...spiral(200), { ...PARAMS, A: 1e300, B: 1e-300, alpha: -1e9 }])],
])('replicates: %s', (_, replicates) => {
  it.each([{ theme: 'light' }, { theme: 'dark', compact: true }] as const)('plain JSON, %j', (options) => {
    for (const params of [PARAMS, { ...PARAMS, B: Infinity, beta: NaN }]) {
      const made = distributionsFigure({ ...FIT, params, exponents: { a: params.beta, b: 1 - params.beta } }, replicates, BOOTSTRAP, options);
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      expect(made.data).toHaveLength(7);
    }
  });
});

it('a figure is small, however many replicates there are', () => {
  expect(JSON.stringify(drawn(replicatesOf(spiral(20_000)))).length).toBeLessThan(60_000);
});

it('of a law with one exponent, a and b are left out: nothing moves them', () => {
  const params = { E: 1.8, A: 560, B: 1750, alpha: 0.357 };
  const fit = { law: 'chinchilla-tied', params, exponents: { a: 0.5, b: 0.5 } };
  const figure = distributionsFigure(fit, replicatesOf([params, { ...params, alpha: 0.36 }]), { confidence: 0.95, intervals: {} });
  expect(texts(figure)).toEqual(['<b>E</b> 1.8', '<b>A</b> 560', '<b>B</b> 1750', '<b>α</b> 0.357']);
});

it('of Kaplan\'s law the indices are written below', () => {
  const params = { N_c: 6.4e13, D_c: 1.8e13, alpha_N: 0.076, alpha_D: 0.103 };
  const fit = { law: 'kaplan', params, exponents: { a: 0.5754, b: 0.4246 } };
  const figure = distributionsFigure(fit, replicatesOf([params, { ...params, alpha_N: 0.08 }]), { confidence: 0.95, intervals: {} });
  expect(texts(figure).slice(0, 3)).toEqual(['<b>N<sub>c</sub></b> 6.4·10<sup>13</sup>', '<b>D<sub>c</sub></b> 1.8·10<sup>13</sup>', '<b>α<sub>N</sub></b> 0.076']);
});
