/** The charts of a comparison show its numbers. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { differencesFigure } from '../../src/figures/compare-differences.ts';
import { rolloutFigure } from '../../src/figures/compare-rollout.ts';
import { COMPARED } from '../report/compared.ts';

const traces = (figure: { readonly data: unknown }) => figure.data as ScatterData[];

describe('rollout', () => {
  const made = rolloutFigure(COMPARED);
  const points = traces(made).filter(({ mode }) => mode === 'lines+markers');

  it('each law by its mean |error| and its mean error, in per cent', () => {
    const errors = (statistic: 'absolute' | 'signed') => COMPARED.laws.map(({ rollout }) => rollout.map(({ error }) => 100 * error[statistic]));
    expect(points.map(({ y }) => y)).toEqual([...errors('absolute'), ...errors('signed')]);
    expect(points.filter(({ showlegend }) => showlegend).map(({ name }) => name)).toEqual(COMPARED.laws.map(({ law }) => law));
  });

  it('laws stand beside each other, in order, and not beyond the next step', () => {
    const [first, last] = [points[0]!, points[3]!].map(({ x }) => x as number[]);
    COMPARED.steps.forEach(({ C }, k) => {
      expect(first![k]).toBeLessThan(C);
      expect(last![k]).toBeGreaterThan(C);
    });
    expect(last![0]).toBeLessThan(first![1]!);
  });

  it('bars are the intervals, and the axis holds those that are near', () => {
    const bars = traces(made).filter(({ mode }) => mode === 'lines');
    const [low, high] = COMPARED.laws[1]!.rollout[0]!.intervals.absolute;
    expect((bars[1]!.y as (number | null)[]).slice(0, 3)).toEqual([100 * low, 100 * high, null]);
    const [bottom, top] = made.layout.yaxis!.range!.map((end) => 10 ** Number(end));
    for (const value of points.slice(0, 4).flatMap(({ y }) => y as number[])) {
      expect(value).toBeGreaterThan(bottom!);
      expect(value).toBeLessThan(top!);
    }
  });

  it('a step that a law was not fitted at has no point; a narrow screen has one panel', () => {
    const [law, ...others] = COMPARED.laws;
    const gone = { ...law!, rollout: law!.rollout.map((at, k) => (k === 0 ? { ...at, error: { absolute: NaN, signed: NaN, largest: NaN } } : at)) };
    const first = traces(rolloutFigure({ ...COMPARED, laws: [gone, ...others] })).find(({ mode }) => mode === 'lines+markers');
    expect(first!.y).toEqual([100 * law!.rollout[1]!.error.absolute]);
    expect(traces(rolloutFigure(COMPARED, { compact: true }))).toHaveLength(8);
    expect(() => rolloutFigure({ ...COMPARED, steps: [], laws: COMPARED.laws.map((each) => ({ ...each, rollout: [] })) })).not.toThrow();
  });
});

describe('differences', () => {
  it.each(['objective', 'outOfBag', 'rollout'] as const)('%s: a panel for each other law, with all its resamples, 0 and the difference', (measure) => {
    const figure = differencesFigure(COMPARED, { measure });
    const { layout } = figure;
    const counts = traces(figure).map(({ y }) => (y as number[]).reduce((sum, count) => sum + count, 0));
    counts.forEach((count, k) => { expect(count).toBeGreaterThan(0.8 * COMPARED.pairs[k]![measure].samples.length); });
    expect(counts).toHaveLength(3);
    const scale = measure === 'objective' ? 1 : 100;
    const lines = layout.shapes!.filter(({ type }) => type === 'line').map(({ x0 }) => x0);
    expect(lines).toEqual(COMPARED.pairs.flatMap((pair) => [0, scale * pair[measure].value]));
    expect(layout.title).toMatchObject({ text: expect.stringContaining(`, ${measure === 'objective' ? 'nats²' : '% points'}, less that of ${COMPARED.best}`) });
  });

  it('a narrow chart has its title in lines that have room, and a margin for them', () => {
    const best = 'chinchilla-gamma';
    const { layout } = differencesFigure({ ...COMPARED, best }, { compact: true });
    const { text } = layout.title as { readonly text: string };
    const [key, ...above] = text.split('<br>').toReversed();
    expect(above.toReversed()).toEqual(['Out-of-bag error, % points, less that of', best]);
    expect(key).toContain('share above 0');
    expect(layout.margin!.t!).toBeGreaterThan(differencesFigure({ ...COMPARED, best: 'b' }, { compact: true }).layout.margin!.t!);
  });

  it('without samples there is nothing to count', () => {
    const empty = { value: NaN, interval: [NaN, NaN], wins: NaN, samples: new Float64Array() } as const;
    const figure = differencesFigure({ ...COMPARED, pairs: COMPARED.pairs.map((pair) => ({ ...pair, rollout: empty })) }, { measure: 'rollout' });
    expect(traces(figure).map(({ y }) => y)).toEqual([[], [], []]);
  });
});
