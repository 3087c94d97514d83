/** Points are what is measured, lines the law; against cost too, where there are two models whose parameters are known. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { coverageFigure } from '../../src/figures/coverage.ts';
import { coverageAt } from '../../src/plan/coverage.ts';
import type { ModelSamples } from '../../src/plan/sample-table.ts';
import { coverageOf } from '../../src/stats/coverage.ts';

function model(name: string, N: number, power: number): ModelSamples {
  return { model: name, N, problems: Array.from({ length: 40 }, (_, i) => ({ name: `p${i}`, n: 50, c: Math.round(50 * ((i + 0.5) / 40) ** power) })) };
}

const MODELS = [model('<b>small</b>', 1e9, 4), model('large', 1e10, 2)];
const coverage = coverageOf(MODELS, { replicates: 50, samples: [5000] });
const figure = coverageFigure(coverage);
const numbers = (values: unknown) => values as number[];
const traces = (name: string, panel: 'x' | 'x2', of = figure) => of.data.filter((data) => data.name === name && (data as ScatterData).xaxis === panel) as ScatterData[];

describe('against samples', () => {
  it('points are the measured coverages, named without markup', () => {
    const [points] = traces('&lt;b>small&lt;/b>', 'x');
    expect(points!.x).toEqual(coverage.models[0]!.curve.map(({ k }) => k));
    expect(points!.y).toEqual(coverage.models[0]!.curve.map(({ coverage: { value } }) => value));
    expect(numbers(points!.text)[0]).toMatch(/^<b>&lt;b>small&lt;\/b>, 1 sample<\/b><br>coverage 0\.\d+ \(0\.\d+ to 0\.\d+\)<br>2·10<sup>9<\/sup> FLOPs$/);
  });

  it('the law is drawn over the samples, and dashed beyond them as far as was asked', () => {
    const [within, beyond] = [traces('law', 'x')[1]!, traces('law, beyond', 'x')[1]!];
    expect([numbers(within.x)[0], numbers(within.x).at(-1), numbers(beyond.x).at(-1)]).toEqual([1, 50, 5000]);
    expect([within.line!.dash, beyond.line!.dash]).toEqual(['solid', 'dash']);
    expect(numbers(beyond.y).at(-1)).toBe(coverageAt(coverage.models[1]!.fit!, 5000));
  });
});

describe('against cost', () => {
  it('the same points stand at 2N a sample', () => {
    const [points] = traces('large', 'x2');
    expect(points!.x).toEqual(coverage.models[1]!.curve.map(({ k }) => k * 2e10));
    expect(points!.showlegend).toBe(false);
  });

  it('a ring marks where two models cover as much', () => {
    const [ring] = traces('equal at equal cost', 'x2');
    expect(ring!.x).toEqual(coverage.trades.map(({ flops }) => flops.value));
    expect(numbers(ring!.x)[0]).toBeGreaterThan(0);
  });

  it('is left out of one model, or where parameters are not known', () => {
    const bare = MODELS.map(({ model: name, problems }) => ({ model: name, problems }));
    for (const of of [coverageOf(MODELS.slice(0, 1), { replicates: 0 }), coverageOf(bare, { replicates: 0 })]) {
      expect(coverageFigure(of).data.some((data) => (data as ScatterData).xaxis === 'x2')).toBe(false);
    }
  });
});

it('is plain JSON, also where there is no law', () => {
  const none = coverageOf([{ model: '', problems: [{ name: 'a', n: 3, c: 0 }] }], { replicates: 0 });
  for (const of of [coverage, none]) for (const theme of ['light', 'dark'] as const) for (const compact of [false, true]) {
    const made = coverageFigure(of, { theme, compact });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  }
  expect(coverageFigure(none).data.map(({ name }) => name)).toEqual(['coverage']);
});
