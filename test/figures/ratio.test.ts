/** The line is the optimal D/N of the law, which it has in closed form; band, rule, runs and models beside it. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { ratioFigure, type RatioFigureOptions } from '../../src/figures/ratio.ts';
import { RUNS } from '../../src/figures/runs.ts';
import { wellKnownModels } from '../../src/plan/models.ts';
import { worst } from '../support/close.ts';
import { sampleBootstrap } from './intervals.ts';
import { firstRuns, PARAMS, sampleFit, sampleSweep } from './sample.ts';

/** A power of e^40 costs 40 ulps, and there are a few. */
const ROUNDING = 256 * Number.EPSILON;
const MODELS = [{ name: 'One', N: 1e10, D: 2e11, year: 2022, source: 'A table' }, { name: 'Two', N: 1e9, D: 1e12 }];

const drawn = (options: RatioFigureOptions = {}, fit = sampleFit()) => ratioFigure(sampleSweep(), fit, { models: MODELS, ...options });
const trace = (name: string, of = drawn()) => of.data.find((data) => data.name === name) as ScatterData;
const numbers = (values: unknown) => values as number[];

/** D/N = (C/6)^(b − a)/G², a = β/(α + β), b = α/(α + β), G = (αA/(βB))^(1/(α + β)); Hoffmann et al. Eq. 4. */
function optimalRatio(C: number, { A, B, alpha, beta } = PARAMS): number {
  const sum = alpha + beta;
  return (C / 6) ** ((alpha - beta) / sum) / ((alpha * A) / (beta * B)) ** (2 / sum);
}

const off = (of: ScatterData, params = PARAMS) => {
  const points = numbers(of.x).map((C, k) => [C, numbers(of.y)[k]!] as const).filter(([C]) => C !== null);
  const want = points.map(([C]) => optimalRatio(C, params));
  return worst(points.map(([, ratio]) => ratio), want, want.map((ratio) => ratio * ROUNDING)).ratio;
};

describe('the law', () => {
  it('is its optimal ratio, within the runs and beyond', () => {
    for (const name of ['compute-optimal', 'extrapolated']) {
      expect(off(trace(name)), name).toBeLessThan(1);
      expect(off(trace(name), { ...PARAMS, A: PARAMS.A * (1 + 1e-9) }), name).toBeGreaterThan(1);
    }
    expect(numbers(trace('compute-optimal').x).at(-1)).toBe(3e21);
  });

  it('reaches the budget, the largest model, or three decades beyond the runs', () => {
    const end = (options: RatioFigureOptions) => numbers(trace('extrapolated', drawn(options)).x).at(-1);
    expect(end({ models: [] })).toBe(3e24);
    expect(end({ models: [], budget: 1e23 })).toBe(1e23);
    expect(end({ budget: 1e22, models: [{ name: 'Large', N: 1e12, D: 1e13 }] })).toBe(6e25);
  });
});

it('the band is of the ratio', () => {
  const band = trace('90 % interval', drawn({ bootstrap: sampleBootstrap([1e24, 1e20]) }));
  expect(band.x).toEqual([1e20, 1e24, 1e24, 1e20]);
  const shares = numbers(band.y).map((end, k) => end / optimalRatio(numbers(band.x)[k]!));
  expect(shares).toEqual([0.9, 0.9, 1.1, 1.1].map((share) => expect.closeTo(share, 12)));
});

describe('the rule', () => {
  it('is a level line at 20 across the chart, named', () => {
    const rule = trace('D/N = 20');
    expect(rule.y).toEqual([20, 20]);
    expect(numbers(rule.x).map(Math.log10)).toEqual(drawn().layout.xaxis?.range);
    expect(trace('rule label').text).toEqual(['20 tokens per parameter']);
    expect(trace('rule label').y).toEqual([20]);
    expect(rule.showlegend).toBe(false);
  });

  it('is named by the legend where its label has no room', () => {
    const compact = drawn({ compact: true });
    expect(trace('rule label', compact)).toBeUndefined();
    expect(trace('D/N = 20', compact).showlegend).toBe(true);
  });
});

it('runs are faint, at their compute and ratio', () => {
  const { columns: { N, D, C }, lines } = sampleSweep();
  const { x, y, customdata, meta, opacity } = trace('runs') as ScatterData & { meta: string };
  expect([x, y, customdata, meta]).toEqual([[...C], Array.from(D, (tokens, i) => tokens / N[i]!), [...lines], RUNS]);
  expect(opacity).toBeLessThan(1);
});

describe('models', () => {
  it('stand at 6·N·D and D/N, with their names', () => {
    const models = trace('trained models');
    expect([models.x, models.y]).toEqual([[6 * 1e10 * 2e11, 6 * 1e9 * 1e12], [20, 1000]]);
    expect(models.text).toEqual(['\u00A0One\u00A0', '\u00A0Two\u00A0']);
    expect(models.hovertext).toEqual([
      '<b>One</b>, 2022<br>N 10.0B · D 200B · D/N 20.0<br>C 1.2·10<sup>22</sup> FLOPs<br>A table',
      '<b>Two</b><br>N 1.00B · D 1.00T · D/N 1000<br>C 6·10<sup>21</sup> FLOPs',
    ]);
  });

  it('are named by the hover alone where the chart is narrow', () => {
    expect(trace('trained models', drawn({ compact: true })).text).toEqual(['', '']);
  });

  it('are the well-known ones by default, and may be none', () => {
    expect(trace('trained models', ratioFigure(sampleSweep(), sampleFit())).x).toHaveLength(wellKnownModels.length);
    expect(trace('trained models', drawn({ models: [] }))).toBeUndefined();
  });

  it('share a place with one name only', () => {
    const crowd = Array.from({ length: 20 }, (_, k) => ({ name: `Model number ${k}`, N: 1e10, D: 2e12 }));
    const texts = trace('trained models', drawn({ models: crowd })).text as string[];
    expect(texts.filter((text) => text !== '').length).toBeLessThan(8);
    expect(texts[0]).not.toBe('');
  });

  it('have names that are no markup', () => {
    const { text, hovertext } = trace('trained models', drawn({ models: [{ ...MODELS[0]!, name: '<b>x & y</b>', source: '<i>' }] }));
    expect(text).toEqual(['\u00A0&lt;b>x &amp; y&lt;/b>\u00A0']);
    expect(hovertext).toEqual([expect.stringMatching(/^<b>&lt;b>x &amp; y&lt;\/b><\/b>.*&lt;i>$/)]);
  });
});

describe('the chosen budget', () => {
  const ratio = optimalRatio(1e24);
  const made = drawn({ budget: 1e24, bootstrap: sampleBootstrap([1e22, 1e24]) });
  const [said, low, high] = [ratio, 0.9 * ratio, 1.1 * ratio].map((value) => value.toPrecision(3));

  it('has its ratio and interval in label, hover and title', () => {
    const mark = trace('chosen budget', made);
    expect([mark.x, numbers(mark.y)[0]]).toEqual([[1e24], expect.closeTo(ratio, 9)]);
    expect(mark.text).toEqual([`\u00A0<b>${said}</b>\u00A0<br>\u00A0${low} to ${high}\u00A0`]);
    expect(mark.hovertext).toEqual([expect.stringMatching(new RegExp(`D/N ${said}<br>loss [\\d.]+<br>D/N ${low} to ${high}$`))]);
    expect(made.layout.title).toMatchObject({ text: `Optimal D/N for 10<sup>24</sup> FLOPs: ${said} (${low} to ${high})` });
  });

  it('leaves its interval to title and hover where the chart is narrow', () => {
    const narrow = drawn({ budget: 1e24, bootstrap: sampleBootstrap([1e22, 1e24]), compact: true });
    expect(trace('chosen budget', narrow).text).toEqual([`\u00A0<b>${said}</b>\u00A0`]);
    expect(narrow.layout.title).toEqual(expect.objectContaining({ text: (made.layout.title as { text: string }).text }));
  });
});

it('the axis holds runs and models, and the law as far as it is near', () => {
  const range = (of: ReturnType<typeof drawn>) => numbers(of.layout.yaxis?.range).map((exponent) => 10 ** exponent);
  const { columns: { N, D } } = sampleSweep();
  const ratios = [...D.map((tokens, i) => tokens / N[i]!), 1000];
  expect(range(drawn())[0]).toBeLessThan(Math.min(...ratios));
  expect(range(drawn())[1]).toBeGreaterThan(Math.max(...ratios));
  const none = range(drawn({}, sampleFit({ ...PARAMS, beta: -1 })));
  const [near, far] = [{ ...PARAMS, alpha: 0.5 }, { ...PARAMS, alpha: 0.8, beta: 0.05 }];
  expect(range(drawn({}, sampleFit(near)))[1]! / optimalRatio(3e24, near)).toBeCloseTo(1.6, 9);
  expect(optimalRatio(3e24, near)).toBeGreaterThan(none[1]!);
  expect(range(drawn({}, sampleFit(far)))).toEqual(none);
});

it('no text of the data reaches plotly, and none of it leaves', () => {
  expect(JSON.stringify(drawn({ budget: 1e24 }))).not.toContain('sample');
  expect(drawn().config.showSendToCloud).toBe(false);
});

describe.each([
  ['a sound fit', PARAMS, true],
  ['no data term', { ...PARAMS, beta: -0.001 }, false],
  ['neither term', { ...PARAMS, alpha: -0.1, beta: -0.1 }, false],
  ['a loss that overflows', { ...PARAMS, alpha: -80 }, false],
  ['a fit that ran off', { ...PARAMS, B: Infinity, beta: NaN }, false],
] as const)('%s', (_, params, sound) => {
  it.each([1, 24])('is plain JSON, %d runs', (count) => {
    const sweep = firstRuns(count);
    for (const theme of ['light', 'dark'] as const) {
      const made = ratioFigure(sweep, sampleFit(params), { theme, compact: theme === 'dark', budget: 1e24 });
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      expect(trace('runs', made).x).toHaveLength(count);
      expect(trace('extrapolated', made) !== undefined).toBe(sound);
    }
  });
});
