/** The curve of a profile is the excess in per cent at each value, with gaps and the fit; the result is plain JSON. */
import type { ScatterData } from 'plotly.js-dist-min';
import { expect, it } from 'vitest';
import { profileFigure } from '../../src/figures/profile.ts';
import type { Profile } from '../../src/stats/landscape.ts';

const PROFILE: Profile = {
  law: 'chinchilla', params: ['E', 'A', 'B', 'alpha', 'beta'], loss: 'huber-log', delta: 1e-3, sweep: '<b>sample</b>', seconds: 1, outcomes: { converged: 3, nonfinite: 1 },
  axes: [{ name: 'E', values: Float64Array.of(1.6, 1.7, 1.8, 1.9) }],
  objective: Float64Array.of(2.5e-3, 2e-3, 3e-3, Infinity),
  natural: Float64Array.from([[1.6, 300, 400, 0.3, 0.2], [1.7, 310, 410, 0.31, 0.21], [1.8, 320, 420, 0.32, 0.22], [1.9, NaN, NaN, NaN, NaN]].flat()),
  minimum: { params: { E: 1.72, A: 311, B: 411, alpha: 0.311, beta: 0.211 }, objective: 2e-3 },
};
const [curve, fit] = profileFigure(PROFILE).data as ScatterData[];

it('is the excess over the fit, with a gap where no fit is finite', () => {
  expect(curve!.x).toEqual([1.6, 1.7, 1.8, 1.9]);
  expect((curve!.y as (number | null)[]).map((value) => (value === null ? null : Number(value.toFixed(9))))).toEqual([25, 0, 50, null]);
});

it('marks the fit at its own value, between those of the axis', () => {
  expect([fit!.x, fit!.y]).toEqual([[1.72], [0]]);
});

it('its hover tells what the others were solved to, and not the parameter itself twice', () => {
  expect((curve!.text as string[])[1]).toBe('<br>A 310<br>B 410<br>α 0.31<br>β 0.21');
});

it('says what is solved, names its axis, and is plain JSON', () => {
  const figure = profileFigure(PROFILE, { theme: 'dark', compact: true });
  expect(figure.layout).toMatchObject({
    title: { text: 'Objective above the fit’s, with A, B, α and β solved' }, xaxis: { title: { text: 'E, nats/token' }, range: [1.6, 1.9] }, yaxis: { title: { text: 'above the fit, %' } },
  });
  expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  expect(figure.layout.paper_bgcolor).not.toBe(profileFigure(PROFILE).layout.paper_bgcolor);
});

it.each<[title: string, hover: string, fixed: Record<string, number>]>([
  ['Objective above the fit’s, with A and β solved', '<br>A 300<br>β 0.2', { B: 410, alpha: 0.3 }],
  ['Objective above the fit’s, with β solved', '<br>β 0.2', { A: 400, B: 410, alpha: 0.3 }],
  ['Objective above the fit’s', '', { A: 400, B: 410, alpha: 0.3, beta: 0.2 }],
])('says "%s" where others are held', (text, hover, fixed) => {
  const { layout, data } = profileFigure({ ...PROFILE, fixed });
  expect(layout.title).toMatchObject({ text });
  expect(((data[0] as ScatterData).text as string[])[0]).toBe(hover);
});

it('breaks a title for which there is no room in a line', () => {
  const params = ['E', ...Array.from({ length: 12 }, (_, k) => `p${k}`)];
  const long = { ...PROFILE, params, natural: new Float64Array(4 * 13) };
  const { layout } = profileFigure(long, { compact: true });
  expect((layout.title as { text: string }).text.split('<br>').every((line) => line.length <= 52)).toBe(true);
  expect(layout.margin!.t).toBeGreaterThan(profileFigure(PROFILE, { compact: true }).layout.margin!.t!);
});
