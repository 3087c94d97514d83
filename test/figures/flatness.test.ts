import { describe, expect, it } from 'vitest';
import { flatnessFigure } from '../../src/figures/flatness.ts';
import { frontier } from '../../src/plan/frontier.ts';
import { lossOf, PARAMS, sampleFit } from './sample.ts';

const C = 1e24;
const fit = sampleFit();
const named = (figure: ReturnType<typeof flatnessFigure>, name: string) =>
  figure.data.find((trace) => trace.name === name) as unknown as { readonly x: number[]; readonly y: number[] };

describe('the flatness of an optimum', () => {
  it('is the law at fixed compute, lowest at the optimum', () => {
    const figure = flatnessFigure(fit, C);
    const { x, y } = named(figure, 'law');
    x.forEach((N, k) => expect(Math.abs(y[k] / lossOf(N, C / (6 * N)) - 1)).toBeLessThan(1e-12));
    const [{ N, loss }] = frontier('chinchilla', PARAMS, [C]);
    expect(named(figure, 'optimum')).toMatchObject({ x: [N], y: [loss] });
    expect(Math.min(...y)).toBeGreaterThanOrEqual(loss);
  });

  it.each([0.001, 0.01])('has a band whose ends lose just %f of the loss', (excess) => {
    const [{ loss }] = frontier('chinchilla', PARAMS, [C]);
    const { x: [low, high] } = named(flatnessFigure(fit, C), `within ${100 * excess} %`);
    for (const N of [low, high]) expect(Math.abs(lossOf(N, C / (6 * N)) / loss - 1 - excess)).toBeLessThan(1e-9);
    expect(low).toBeLessThan(high);
  });

  it('takes other shares, the widest band below', () => {
    const names = flatnessFigure(fit, C, { excesses: [0.002, 0.05] }).data.map(({ name }) => name);
    expect(names).toEqual(['within 5 %', 'within 0.2 %', 'law', 'optimum']);
  });

  it('has bands that the legend tells apart', () => {
    const colours = flatnessFigure(fit, C).data.slice(0, 2).map((trace) => (trace as { readonly fillcolor: string }).fillcolor);
    expect(new Set(colours).size).toBe(2);
  });

  it('says so where no size is optimal', () => {
    const { data, layout } = flatnessFigure(sampleFit({ ...PARAMS, beta: 0 }), C, { theme: 'dark', compact: true });
    expect(data).toEqual([]);
    expect((layout.title as { text: string }).text).toBe('No size is optimal with these parameters');
  });
});
