/** A plan as a page: what it says, that it is the JSON's, its charts, and that no text of the data is markup. */
import { describe, expect, it } from 'vitest';
import { htmlPlan } from '../../src/document/plan.ts';
import { planFigures } from '../../src/document/plan-charts.ts';
import { planJson } from '../../src/report/plan.ts';
import { jsonOf, pageOf } from './page.ts';
import { EMPTY, HOSTILE_PLAN, MANY_BUDGETS, MANY_PLANS, PLAN } from './planned.ts';
import { HOSTILE, MADE } from './sample.ts';

const PLOTLY = 'globalThis.Plotly = { react() {} };';
const made = (report: typeof PLAN) => htmlPlan({ report, plotly: PLOTLY, made: MADE });
const text = await made(PLAN);

describe('the page of a plan', () => {
  it('holds what --json prints', () => {
    expect(jsonOf(text, 'isoloss-result')).toEqual(JSON.parse(JSON.stringify(planJson(PLAN))));
    expect(pageOf(text)).toContain('<code>isoloss plan --json</code>');
  });

  it('has the sections and rows of the text, with powers raised', () => {
    expect(pageOf(text)).toContain('<h2>Compute-optimal for 10<sup>24</sup> FLOPs, 330× beyond the runs</h2>');
    expect(pageOf(text)).toMatch(/<tr><th scope="row" class="words">N_opt<\/th><td>\d+\.\dB<\/td><td class="words">\S+ to \S+<\/td>/);
    expect(pageOf(text)).toContain('<h2>Well-known models against the frontier of this law</h2>');
    expect(pageOf(text).replaceAll(/<[^>]*>/g, '')).not.toMatch(/\de\d\d FLOPs/);
  });

  it('warns of what is beyond the runs, and names the sources of constants', () => {
    expect(pageOf(text)).toMatch(/<p class="warning"><strong>Warning\.<\/strong> The optimum for 10<sup>24<\/sup> FLOPs is beyond the runs/);
    expect(pageOf(text)).toContain('not for reuse without a refit');
  });

  it('has a chart of each question, each with a name of its own', () => {
    const names = planFigures(PLAN).map(({ name }) => name);
    expect(names).toEqual(['flatness', 'penalty', 'devices', 'devices-2', 'serving', 'serving-2', 'serving-3', 'serving-4', 'epoch-value', 'epochs', 'bits', 'context', 'models']);
    const { charts } = jsonOf(text, 'isoloss-charts') as { charts: { name: string }[] };
    expect(charts.map(({ name }) => name)).toEqual(names);
    for (const name of names) expect(pageOf(text)).toMatch(new RegExp(`<figure aria-label="[^"]+">\n<div class="chart" id="chart-${name}"></div>\n<figcaption>.{20,}</figcaption>`));
  });

  it('a chart of the cost in money has its lowest point where the table has it, failures counted', () => {
    const { data } = planFigures(PLAN).find(({ name }) => name === 'serving-2')!.figure({});
    const [best] = (data as { name: string; x: number[]; error_x?: object }[]).filter(({ name, error_x: bar }) => name === 'mark' && bar).map(({ x }) => x[0]!);
    expect(best).toBe(PLAN.plan.budgets[0]!.serving!.money!.answers.N.value);
    expect(PLAN.plan.goodput!.goodput).toBeLessThan(0.99);
  });

  it('says how many budgets and losses have charts, where not all have', async () => {
    const drawn = (report: typeof PLAN, name: string) => planFigures(report).filter((figure) => figure.name.startsWith(name)).length;
    expect([drawn(MANY_PLANS, 'flatness'), drawn(MANY_PLANS, 'devices')]).toEqual([6, 12]);
    expect(pageOf(await made(MANY_PLANS))).toContain('<p class="note">Charts of the first 6 of 7 budgets and of the first 6 of 8 losses; the others are in the tables.</p>');
    expect(pageOf(await made(MANY_BUDGETS))).toContain('<p class="note">Charts of the first 6 of 7 budgets; the others are in the tables.</p>');
    expect(pageOf(text)).not.toContain('Charts of the first');
  });

  it('of what has no answer has no charts', async () => {
    expect(planFigures(EMPTY)).toEqual([]);
    const empty = await made(EMPTY);
    expect(pageOf(empty)).toContain('The law has no optimum for a loss of 1.5');
    expect(pageOf(empty)).not.toContain('class="chart"');
  });

  it('takes no text of the data for markup', async () => {
    const hostile = await made(HOSTILE_PLAN);
    expect(hostile).not.toMatch(/<img/i);
    expect(hostile.match(/<!--/g)).toBe(null);
    expect((jsonOf(hostile, 'isoloss-result') as { source: string }).source).toBe(HOSTILE);
    expect(pageOf(hostile)).toContain('The certificate of the fit fails');
  });
});
