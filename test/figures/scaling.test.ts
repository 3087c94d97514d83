/** The line is the lowest loss that the law has for each compute, found again by search; the band is the bootstrap's. */
import type { ScatterData } from 'plotly.js-dist-min';
import { describe, expect, it } from 'vitest';
import { RUNS } from '../../src/figures/runs.ts';
import { scalingFigure, type ScalingFigureOptions } from '../../src/figures/scaling.ts';
import { worst } from '../support/close.ts';
import { sampleBootstrap } from './intervals.ts';
import { firstRuns, lossOf, PARAMS, sampleFit, sampleSweep } from './sample.ts';

/** A prediction takes an exp and a log of about 20: each nat of it costs an ulp; searched and given optimum have one each. */
const ROUNDING = 128 * Number.EPSILON;
const BUDGET = 1e24;

const drawn = (options: ScalingFigureOptions = {}, fit = sampleFit()) => scalingFigure(sampleSweep(), fit, options);
const trace = (name: string, of = drawn()) => of.data.find((data) => data.name === name) as ScatterData;
const numbers = (values: unknown) => values as number[];

/** min over N of L(N, C/(6N)), by thirds of an interval of log N in which it has one minimum. */
function lowestLoss(C: number, params = PARAMS): number {
  let [low, high] = [Math.log(1e6), Math.log(1e14)];
  const loss = (logN: number) => lossOf(Math.exp(logN), C / (6 * Math.exp(logN)), params);
  for (let step = 0; step < 120; step++) {
    const [left, right] = [(2 * low + high) / 3, (low + 2 * high) / 3];
    if (loss(left) < loss(right)) high = right;
    else low = left;
  }
  return loss((low + high) / 2);
}

const off = (of: ScatterData, params = PARAMS) => {
  const points = numbers(of.x).map((C, k) => [C, numbers(of.y)[k]!] as const).filter(([C]) => C !== null);
  const want = points.map(([C]) => lowestLoss(C, params));
  return worst(points.map(([, loss]) => loss), want, want.map((loss) => loss * ROUNDING)).ratio;
};

describe('the law', () => {
  const made = drawn({ budget: BUDGET });
  const [within, beyond] = ['compute-optimal', 'extrapolated'].map((name) => trace(name, made)) as [ScatterData, ScatterData];
  const computes = ({ x }: ScatterData) => numbers(x).filter((C) => C !== null);

  it('is its lowest loss for each compute', () => {
    expect(off(within)).toBeLessThan(1);
    expect(off(beyond)).toBeLessThan(1);
    expect(off(within, { ...PARAMS, E: PARAMS.E + 1e-9 })).toBeGreaterThan(1);
    expect(off(beyond, { ...PARAMS, alpha: PARAMS.alpha + 1e-6 })).toBeGreaterThan(1);
  });

  it('is solid over the runs, and dashed from there to the budget', () => {
    expect([within.line?.dash, beyond.line?.dash]).toEqual(['solid', 'dash']);
    expect([computes(within)[0], computes(within).at(-1)]).toEqual([6e18, 3e21]);
    expect([computes(beyond)[0], computes(beyond).at(-1)]).toEqual([3e21, BUDGET]);
  });

  it('is dashed over runs that are left out of the fit', () => {
    const weight = sampleSweep().columns.C.map((C) => Number(C > 6e18 && C < 3e21));
    const held = scalingFigure(sampleSweep({ weight }), sampleFit(), { budget: BUDGET });
    const [solid, dashed] = ['compute-optimal', 'extrapolated'].map((name) => computes(trace(name, held))) as [number[], number[]];
    expect([solid[0], solid.at(-1), dashed[0], dashed.at(-1)]).toEqual([6e19, 6e20, 6e18, BUDGET]);
    const none = scalingFigure(sampleSweep({ weight: weight.map(() => 0) }), sampleFit(), { budget: BUDGET });
    expect(computes(trace('compute-optimal', none))).toEqual(computes(within));
  });

  it('goes three decades beyond the runs where no budget is chosen', () => {
    expect(computes(trace('extrapolated')).at(-1)).toBe(3e24);
  });

  it('is dashed before the runs for a smaller budget, and has nothing to extrapolate for one among them', () => {
    const small = computes(trace('extrapolated', drawn({ budget: 1e17 })));
    expect([small[0], small.at(-1)]).toEqual([1e17, 6e18]);
    expect(trace('extrapolated', drawn({ budget: 1e20 }))).toBeUndefined();
  });
});

describe('the band', () => {
  it('is named with all digits of its confidence', () => {
    expect(trace('97.5 % interval', drawn({ bootstrap: { ...sampleBootstrap([1e20, 1e22]), confidence: 0.975 } }))).toBeDefined();
  });

  const budgets = [1e22, 1e18, 1e26, 1e20, 1e24];
  const band = trace('90 % interval', drawn({ bootstrap: sampleBootstrap(budgets) }));

  it('goes up the lower ends and back down the upper ones, at the budgets of the bootstrap', () => {
    const rising = budgets.toSorted((a, b) => a - b);
    expect(band.x).toEqual([...rising, ...rising.toReversed()]);
    numbers(band.y).forEach((end, k) => {
      expect(end / lowestLoss(numbers(band.x)[k]!)).toBeCloseTo(k < 5 ? 0.9 : 1.1, 12);
    });
    expect(band.fill).toBe('toself');
  });

  it('leaves out budgets without an interval, and is none of one budget or none', () => {
    const { frontier, ...rest } = sampleBootstrap(budgets);
    const some = { ...rest, frontier: frontier.map((at) => (at.C === 1e20 ? { ...at, loss: [NaN, NaN] as const } : at)) };
    expect(trace('90 % interval', drawn({ bootstrap: some })).x).toEqual([1e18, 1e22, 1e24, 1e26, 1e26, 1e24, 1e22, 1e18]);
    for (const few of [[1e24], []]) expect(trace('90 % interval', drawn({ bootstrap: sampleBootstrap(few) }))).toBeUndefined();
    expect(trace('90 % interval')).toBeUndefined();
  });

  it('does not stretch the axis by what is beyond it', () => {
    const far = sampleBootstrap([1e18, 1e30], 0.5);
    expect(drawn({ bootstrap: far, budget: BUDGET }).layout.yaxis).toEqual(drawn({ budget: BUDGET }).layout.yaxis);
  });
});

describe('the chosen budget', () => {
  const made = drawn({ budget: BUDGET, bootstrap: sampleBootstrap([1e22, BUDGET]) });
  const mark = trace('chosen budget', made);
  const loss = lowestLoss(BUDGET);
  const [low, high] = [0.9 * loss, 1.1 * loss].map((end) => end.toFixed(3));

  it('stands at its loss, with its interval', () => {
    expect(mark.x).toEqual([BUDGET]);
    expect(numbers(mark.y)[0]).toBeCloseTo(loss, 12);
    const { array, arrayminus } = mark.error_y as unknown as { array: number[]; arrayminus: number[] };
    expect([array[0], arrayminus[0]]).toEqual([expect.closeTo(0.1 * loss, 12), expect.closeTo(0.1 * loss, 12)]);
  });

  it('says so in label, hover and title', () => {
    expect(mark.text).toEqual([`\u00A0<b>${loss.toFixed(3)}</b>\u00A0<br>\u00A0${low} to ${high}\u00A0`]);
    expect(mark.hovertext).toEqual([expect.stringContaining(`<br>loss ${loss.toFixed(3)}<br>loss ${low} to ${high}`)]);
    expect(made.layout.title).toMatchObject({ text: `Lowest loss for 10<sup>24</sup> FLOPs: ${loss.toFixed(3)} (${low} to ${high})` });
  });

  it('has no interval where the bootstrap has none at that budget', () => {
    const without = drawn({ budget: BUDGET, bootstrap: sampleBootstrap([1e22, 1.001e24]) });
    expect(trace('chosen budget', without).error_y).toBeUndefined();
    expect(without.layout.title).toMatchObject({ text: `Lowest loss for 10<sup>24</sup> FLOPs: ${loss.toFixed(3)}` });
  });

  it('is none where none was chosen', () => {
    expect(trace('chosen budget')).toBeUndefined();
    expect(drawn().layout.title).toMatchObject({ text: 'Loss against compute, up to 3·10<sup>24</sup> FLOPs' });
  });

  it.each([0, -1, NaN, Infinity])('must be positive: %d', (budget) => {
    for (const fit of [sampleFit(), sampleFit({ ...PARAMS, beta: -1 })]) {
      expect(() => drawn({ budget }, fit)).toThrow(
        expect.objectContaining({ name: 'InputError', message: `budget: expected positive training FLOPs such as 1e21, got ${budget}.` }));
    }
  });
});

it('E is drawn where it is near, across the chart', () => {
  const floor = trace('E, irreducible');
  expect([floor.y, floor.line?.dash]).toEqual([[PARAMS.E, PARAMS.E], 'dot']);
  const { xaxis, yaxis } = drawn().layout;
  expect(numbers(floor.x).map(Math.log10)).toEqual(xaxis?.range);
  expect(10 ** (yaxis!.range![0] as number)).toBeLessThan(PARAMS.E);
  expect(trace('E, irreducible', drawn({}, sampleFit({ ...PARAMS, E: 0.3 })))).toBeUndefined();
});

it('runs stand at their compute and loss', () => {
  const { columns, loss, lines } = sampleSweep();
  const { x, y, customdata, meta } = trace('runs') as ScatterData & { meta: string };
  expect([x, y, customdata, meta]).toEqual([[...columns.C], [...loss], [...lines], RUNS]);
});

it('the axes are logarithmic, the loss in plain numbers, and hold every run', () => {
  const { layout: { xaxis, yaxis } } = drawn();
  expect([xaxis?.type, yaxis?.type, yaxis?.exponentformat]).toEqual(['log', 'log', 'none']);
  const { loss } = sampleSweep();
  expect(10 ** (yaxis!.range![1] as number)).toBeGreaterThan(Math.max(...loss));
});

it('no text of the data reaches plotly, and none of it leaves', () => {
  expect(JSON.stringify(drawn({ budget: BUDGET }))).not.toContain('sample');
  expect(drawn().config.showSendToCloud).toBe(false);
});

describe.each([
  ['a sound fit', PARAMS, true],
  ['no data term', { ...PARAMS, beta: -0.001 }, false],
  ['neither term', { ...PARAMS, alpha: -0.1, beta: -0.1 }, false],
  ['a loss that overflows', { ...PARAMS, alpha: -80 }, false],
  ['a fit that ran off', { ...PARAMS, B: Infinity, E: NaN, beta: NaN }, false],
] as const)('%s', (_, params, sound) => {
  it.each([1, 24])('is plain JSON, %d runs', (count) => {
    const sweep = firstRuns(count);
    for (const theme of ['light', 'dark'] as const) {
      const made = scalingFigure(sweep, sampleFit(params), { theme, compact: theme === 'dark', budget: BUDGET });
      expect(JSON.parse(JSON.stringify(made))).toEqual(made);
      expect(trace('runs', made).x).toHaveLength(count);
      expect(trace('extrapolated', made) !== undefined).toBe(sound);
    }
  });
});
