/** Charts of two sweeps against each other, and of the choices of a fit. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { htmlMultipliers } from '../../src/document/multiplier.ts';
import { multiplierFigure } from '../../src/figures/multiplier.ts';
import { sensitivityFigure } from '../../src/figures/sensitivity.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { syntheticSweep } from '../../src/simulate/recipe.ts';
import { multipliersOn } from '../../src/stats/multiplier.ts';
import { sensitivityOn } from '../../src/stats/sensitivity.ts';

const DESIGN = gridDesign({ sizes: [1e8, 4e8, 1.6e9], tokens: [2e9, 8e9, 3.2e10, 1.28e11] });
const sweepOf = (B: number, seed: number) =>
  syntheticSweep({ truth: { name: 'test', law: 'chinchilla', params: { ...EQ10, B } }, design: DESIGN, noise: { sigma: 0.002 }, seed }, 0);
const backend = cpuBackend(1);

interface Trace { readonly name?: string; readonly mode?: string; readonly x: (number | null)[]; readonly y: (number | null)[]; readonly text?: string[]; readonly line?: { dash?: string }; readonly marker?: { symbol?: string[] } }
const tracesOf = (figure: { data: unknown[] }) => figure.data as Trace[];

describe('multiplier', () => {
  const found = multipliersOn(backend, [{ name: 'a<b', sweep: sweepOf(EQ10.B, 1) }, { name: 'new', sweep: sweepOf(EQ10.B / 2, 2) }],
    { replicates: 20, tests: 0, budgets: [1e20, 1e23] }).then(([one]) => one!);

  it('draws the gap of each place between the two frontiers', async () => {
    const multiplier = await found;
    const gaps = tracesOf(multiplierFigure(multiplier)).filter(({ mode }) => mode === 'lines+markers');
    expect(gaps.map(({ x, y }) => [...x, ...y])).toEqual(multiplier.at.map(({ answers: { baseC, otherC, loss } }) => [baseC.value, otherC.value, loss.value, loss.value]));
    expect(gaps[0]!.text![0]).toMatch(/^<b>new needs, against a&lt;b<\/b><br>compute: \S+× less \(/);
  });

  it('says of a gap what the other needs, and where the interval holds 1 only from where to where', async () => {
    const multiplier = await found;
    const labels = (compute: { value: number; interval: readonly [number, number] }, compact = false) => {
      const at = multiplier.at.slice(0, 1).map((each) => ({ ...each, answers: { ...each.answers, compute } }));
      return tracesOf(multiplierFigure({ ...multiplier, at }, { compact })).filter(({ mode }) => mode === 'text').flatMap(({ text }) => text ?? []).map((text) => text.trim());
    };
    expect(labels({ value: 0.5, interval: [0.4, 0.8] })).toEqual([expect.stringContaining('<b>2.00× more</b> (1.25× to 2.50× more)')]);
    expect(labels({ value: 0.5, interval: [0.4, 0.8] }, true)).toEqual([expect.stringContaining('2.00× more')]);
    expect(labels({ value: 0.8, interval: [0.5, 1.25] }, true)).toEqual([expect.stringContaining('undecided')]);
    expect(labels({ value: 0.8, interval: [0.5, 1.25] })).toEqual([expect.stringContaining('1.25× less to 2.00× more')]);
  });

  it('lines are solid where the sweep has runs', async () => {
    const multiplier = await found;
    const lines = tracesOf(multiplierFigure(multiplier)).filter(({ name }) => name === 'new');
    const [within, beyond] = ['solid', 'dash'].map((dash) => lines.find(({ line }) => line?.dash === dash)!);
    const [low, high] = multiplier.other.ranges.C;
    const drawn = within!.x.filter((C) => C !== null);
    expect(drawn.length).toBeGreaterThan(10);
    expect(drawn.every((C) => C >= low && C <= high)).toBe(true);
    expect(beyond!.x.some((C) => C !== null && C > 3 * high)).toBe(true);
    expect(lines.every(({ name }) => name !== 'a<b')).toBe(true);
  });

  it('has no markup of names, and is plain JSON', async () => {
    const figure = multiplierFigure(await found, { theme: 'dark', compact: true });
    expect(JSON.stringify(figure)).not.toMatch(/a<b(?!",)/); // but as the name of a group, which is not shown
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });
});

it('multiplier: the title is broken where a line has no room for it: some 95 letters, 48 on a narrow screen', async () => {
  const [multiplier] = await multipliersOn(backend, [{ name: 'a corpus <of long name>', sweep: sweepOf(EQ10.B, 1) }, { name: 'another corpus with a name', sweep: sweepOf(EQ10.B / 2, 2) }],
    { replicates: 2, tests: 0, budgets: [1e20] });
  const titles = [{}, { compact: true }].map((look) => (multiplierFigure(multiplier!, look).layout.title as { text: string }).text.split('<br>'));
  expect(titles.map(({ length }) => length)).toEqual([2, 2]);
  titles.forEach((lines, k) => { for (const line of lines) expect(line.length).toBeLessThan(k === 0 ? 96 : 48); });
  expect(titles[0]!.join(' ')).toContain('a corpus &lt;of');
});

it('multiplier: the page names the tables of all sweeps, and what is to be known of each', async () => {
  const [web, books] = [1, 2].map((k) => ({ ...sweepOf(EQ10.B / k, k), name: `${k}.csv`, notes: [`note of ${k}`] }));
  const found = await multipliersOn(backend, [{ name: 'web', sweep: web! }, { name: 'books', sweep: books! }], { replicates: 2, tests: 0, budgets: [1e20] });
  const text = await htmlMultipliers({ found, plotly: '' });
  for (const said of ['1.csv', '2.csv', 'web: note of 1', 'books: note of 2']) expect(text).toContain(`>${said}</dd>`);
});

describe('sensitivity', () => {
  const found = sensitivityOn(backend, sweepOf(EQ10.B, 3), { fit: { starts: 8 }, drops: [1], losses: ['squares'], keepAbove: [] });

  it('has a bar for each kind in each panel, from the least to the greatest, and a point for each fit', async () => {
    const sensitivity = await found;
    const bars = tracesOf(sensitivityFigure(sensitivity)).filter(({ mode, x }) => mode === 'lines' && x.length === 2);
    const kinds = sensitivity.moves.N.map(({ kind }) => kind);
    expect(bars).toHaveLength(4 * (kinds.length + 1)); // and the fit as given
    const [lowest] = bars;
    expect(lowest!.x).toEqual([...sensitivity.moves.alpha.find(({ kind }) => kind === kinds.at(-1))!.range]);
    const points = tracesOf(sensitivityFigure(sensitivity)).filter(({ mode }) => mode === 'markers');
    expect(points.reduce((sum, { x }) => sum + x.length, 0)).toBe(4 * sensitivity.variants.length);
  });

  it('fits whose certificate fails are open', async () => {
    const sensitivity = await found;
    const variants = sensitivity.variants.map((variant, k) => (k === 0 ? { ...variant, certificate: { ...variant.certificate, verdict: 'fail' as const } } : variant));
    const symbols = tracesOf(sensitivityFigure({ ...sensitivity, variants })).flatMap(({ marker }) => marker?.symbol ?? []);
    expect(symbols.filter((symbol) => symbol === 'circle-open')).toHaveLength(4);
  });

  it('has ticks however little the size is moved', async () => {
    const sensitivity = await found;
    const { given, moves } = sensitivity;
    const within = (low: number, high: number) => sensitivityFigure({
      ...sensitivity,
      given: { ...given, numbers: { ...given.numbers, N: low }, intervals: { ...given.intervals, N: [low, high] } },
      moves: { ...moves, N: moves.N.map((move) => ({ ...move, range: [low, high] as const })) },
    }).layout as unknown as { readonly xaxis3: { readonly tickvals: readonly number[]; readonly ticktext: readonly string[] } };
    expect(within(8.4e9, 9.6e9).xaxis3).toMatchObject({ tickvals: [8.5e9, 9e9, 9.5e9], ticktext: ['8.5B', '9B', '9.5B'] });
    expect(within(3e8, 6e10).xaxis3.ticktext).toEqual(['1B', '10B']);
    expect(within(3e8, 6e9).xaxis3.ticktext).toEqual(['500M', '1B', '2B', '5B']);
  });

  it('is narrower on a narrow screen', async () => {
    const figure = sensitivityFigure(await found, { compact: true });
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    expect(new Set((figure.data as { xaxis?: string }[]).map(({ xaxis }) => xaxis))).toEqual(new Set(['x', 'x2', 'x3']));
  });
});
