import { describe, expect, it } from 'vitest';
import type { ScatterData } from 'plotly.js-dist-min';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { curveFigure } from '../../src/figures/curve.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import type { Fit, Sweep } from '../../src/types.ts';
import { sweepOfLaw } from '../support/laws.ts';

const backend = cpuBackend(1);
const [power, broken] = ['power', 'broken'].map((id) => sweepOfLaw(id)) as [Sweep, Sweep];
const fits = Promise.all([fitOn(backend, power, { law: 'power' }), fitOn(backend, broken, { law: 'broken' })]);

function traces(sweep: Sweep, fit: Fit, options = {}): Map<string, Partial<ScatterData>> {
  const { data } = curveFigure(sweep, fit, options);
  return new Map((data as Partial<ScatterData>[]).map((trace) => [trace.name!, trace]));
}

it('has all runs, and the law to the last and ten times as far', async () => {
  const [fit] = await fits;
  const drawn = traces(power, fit);
  expect([...drawn.keys()]).toEqual(['runs', 'law', 'extrapolated']);
  expect(drawn.get('runs')!.x).toEqual([...power.columns.x!]);
  const most = Math.max(...power.columns.x!);
  const [solid, dashed] = ['law', 'extrapolated'].map((name) => drawn.get(name)!) as [Partial<ScatterData>, Partial<ScatterData>];
  expect([solid.x!.at(0), solid.x!.at(-1), dashed.x!.at(0), dashed.x!.at(-1)]).toEqual([Math.min(...power.columns.x!), most, most, 10 * most]);
  expect(solid.y).toEqual((solid.x as number[]).map((x) => predictLoss('power', fit.params, { x })));
});

it('is solid to the last run of the fit only', async () => {
  const [fit] = await fits;
  const limit = 1e9;
  const used = { ...power, weight: power.weight.map((_, i) => Number(power.columns.x![i]! < limit)) };
  const last = Math.max(...power.columns.x!.filter((x) => x < limit));
  expect(traces(used, fit).get('law')!.x!.at(-1)).toBe(last);
  expect(traces(used, fit).get('extrapolated')!.x!.at(-1)).toBe(10 * Math.max(...power.columns.x!));
});

it('is dashed before the first run of the fit', async () => {
  const [fit] = await fits;
  const [x, limit] = [power.columns.x!, 1e8];
  const [low, first] = [Math.min(...x), Math.min(...x.filter((value) => value > limit))];
  expect(low).toBeLessThan(limit);
  const { law, extrapolated } = Object.fromEntries(traces({ ...power, weight: x.map((value) => Number(value > limit)) }, fit));
  expect([law!.x!.at(0), extrapolated!.x!.at(0)]).toEqual([first, low]);
  const gap = (extrapolated!.y as (number | null)[]).indexOf(null);
  expect([extrapolated!.x![gap], extrapolated!.x![gap + 1]]).toEqual([first, Math.max(...x)]);
});

describe('the break', () => {
  it('is a line across the chart, named beside it', async () => {
    const [, fit] = await fits;
    const { x, y, text } = traces(broken, fit).get('break')!;
    const d = fit.params['d_1']!;
    expect(x).toEqual([d, d, d]);
    const { range } = curveFigure(broken, fit).layout.yaxis!;
    expect([y!.at(0), y!.at(-1)].map((loss) => Math.log10(loss as number))).toEqual(range);
    expect((text as string[]).join('').trim()).toMatch(/^break at x = \d/);
    expect((traces(broken, fit, { compact: true }).get('break')!.text as string[]).join('').trim()).toBe('break');
  });

  it('is not where the chart does not reach', async () => {
    const [, fit] = await fits;
    const far = { ...fit, params: { ...fit.params, d_1: 1e15 } };
    expect(traces(broken, far).has('break')).toBe(false);
  });
});

it('names more ticks on a short axis, and leaves a long one to plotly', async () => {
  const [fit] = await fits;
  const ticksOf = (sweep: Sweep) => curveFigure(sweep, fit).layout.xaxis!.tickvals;
  const short = { ...power, columns: { ...power.columns, x: power.columns.x!.map((_, i) => 100 + i) } };
  expect(ticksOf(short)!.length).toBeGreaterThan(2);
  expect(ticksOf(power)).toBeUndefined();
});
