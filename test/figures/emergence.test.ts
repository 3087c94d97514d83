/** A panel a ruler, all over the same compute; what looks like a jump has the colour to look at. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { emergenceFigure, type EmergenceFigureOptions } from '../../src/figures/emergence.ts';
import { THEMES } from '../../src/figures/figure.ts';
import type { Ruler } from '../../src/plan/rulers.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { emergenceOf, type Emergence } from '../../src/stats/emergence.ts';

const budgets = Array.from({ length: 9 }, (_, k) => 10 ** (18 + k));
const RULERS: readonly Ruler[] = [
  { kind: 'loss' }, { kind: 'token-accuracy' }, { kind: 'edit-distance', tokens: 30 }, { kind: 'exact-match', tokens: 30 },
  { kind: 'brier', options: 4 }, { kind: 'multiple-choice', options: 4 },
];
const emergence = emergenceOf({ law: 'chinchilla', params: { ...EQ10 } }, { scale: { budgets }, rulers: RULERS, floor: 0, items: 1000 });
const banded: Emergence = {
  ...emergence,
  readings: emergence.readings.map((reading) => ({ ...reading, values: reading.values.map(({ value }) => ({ value, interval: [0.9 * value, 1.1 * value] as const })) })),
};

const drawn = (options: EmergenceFigureOptions = {}, of = emergence) => emergenceFigure(of, options);
const trace = (name: string, of = drawn()) => of.data.find((data) => data.name === name) as ScatterData;

describe('the panels', () => {
  it('show the readings of each ruler against the same compute', () => {
    for (const { ruler, values } of emergence.readings) {
      const name = drawn().data[emergence.readings.findIndex((reading) => reading.ruler === ruler)]!.name!;
      expect(trace(name).x).toEqual(emergence.points.map(({ C }) => C));
      expect(trace(name).y).toEqual(values.map(({ value }) => value));
    }
    expect(drawn().layout.xaxis?.range).toEqual((drawn().layout as { xaxis6?: { range?: unknown } }).xaxis6?.range);
  });

  it.each(['light', 'dark'] as const)('set jumps apart, %s', (theme) => {
    const colour = (name: string) => trace(name, drawn({ theme })).line!.color;
    expect([colour('exact match of 30 tokens'), colour('multiple choice of 4 options')]).toEqual([THEMES[theme].accent, THEMES[theme].accent]);
    expect([colour('loss'), colour('per-token accuracy')]).toEqual([THEMES[theme].mark, THEMES[theme].mark]);
    expect((drawn({ theme }).layout.annotations ?? []).map(({ text }) => text!.includes('<b>a jump</b>'))).toEqual([false, false, false, true, false, true]);
  });

  it('have the noise of the test where it is known, within 0 and 1', () => {
    const { error_y: bars, y } = trace('exact match of 30 tokens') as ScatterData & { error_y: { array: number[]; arrayminus: number[] } };
    expect(bars.array).toEqual(emergence.readings[3]!.resolution!.map(({ deviation }) => deviation));
    expect(bars.arrayminus.every((down, k) => down <= (y as number[])[k]!)).toBe(true);
    expect(trace('loss').error_y).toBeUndefined();
  });

  it('show the readings where the noise is far larger', () => {
    const rare = emergenceOf({ law: 'chinchilla', params: { ...EQ10 } }, { scale: { budgets }, rulers: [{ kind: 'exact-match', tokens: 30 }], items: 1000 });
    const axis = drawn({}, rare).layout.yaxis as { readonly range: readonly number[] };
    const [{ values, resolution }] = rare.readings as unknown as [(typeof rare.readings)[number]];
    const highest = Math.max(...values.map(({ value }) => value));
    expect(Math.max(...resolution!.map(({ deviation }) => deviation))).toBeGreaterThan(100 * highest);
    expect(axis.range[1]! / highest).toBeGreaterThan(1.9);
    expect(axis.range[1]! / highest).toBeLessThan(2.2);
  });

  it('have bands of the resamples', () => {
    const band = trace('loss, interval', drawn({ confidence: 0.9 }, banded));
    expect((band.y as number[]).slice(0, 2)).toEqual(emergence.points.slice(0, 2).map(({ loss }) => 0.9 * loss));
    expect(drawn({ confidence: 0.9 }, banded).layout.title).toMatchObject({ text: 'The same models under each ruler, 90 % intervals' });
    expect(drawn({ confidence: 0.975 }, banded).layout.title).toMatchObject({ text: 'The same models under each ruler, 97.5 % intervals' });
    expect(trace('loss, interval')).toBeUndefined();
  });
});

it('a narrow chart has four of them, smooth beside jump, and says so', () => {
  const compact = drawn({ compact: true });
  expect(compact.data.map(({ name }) => name)).toEqual(['per-token accuracy', 'exact match of 30 tokens', 'Brier score of 4 options', 'multiple choice of 4 options']);
  expect(compact.layout.title).toMatchObject({ text: 'The same models under each ruler, 4 of 6 shown' });
});

it('is plain JSON, also of a law without an optimum', () => {
  const none = emergenceOf({ law: 'chinchilla', params: { ...EQ10, beta: -1 } }, { scale: { budgets }, rulers: RULERS });
  for (const of of [emergence, banded, none]) for (const compact of [false, true]) {
    const figure = drawn({ compact }, of);
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  }
  expect(trace('loss', drawn({}, none)).x).toEqual([]);
});
