/** Every law from a fit to its text, its JSON, its methods and its page with charts: each of its parameters is there, and no other. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { chartTexts, comparedTruths, namedEnds, pairChart, reportFigures, type ReportFigure } from '../../src/document/charts.ts';
import { htmlReport } from '../../src/document/report.ts';
import { symbolOf } from '../../src/figures/units.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { fittedNames } from '../../src/laws/law.ts';
import { lawById, lawIds, lawPairs, meaningOf } from '../../src/laws/registry.ts';
import { influenceOn } from '../../src/stats/influence.ts';
import { resampleOn, type Resampling } from '../../src/stats/bootstrap.ts';
import { landscapeOn, type Landscape } from '../../src/stats/landscape.ts';
import { reportFrontier } from '../../src/report/frontier.ts';
import { toJson } from '../../src/report/json.ts';
import { methodsText } from '../../src/report/methods.ts';
import { toText } from '../../src/report/text.ts';
import type { Fit, Influence } from '../../src/types.ts';
import { runsOfLaw, sweepOfLaw } from '../support/laws.ts';

const backend = cpuBackend(1);

/** What a number or a name that is not there turns into. */
const NOTHING = /\bundefined\b|\bNaN\b|\[object/;

describe.each(lawIds)('the law %s', (id) => {
  const law = lawById(id);
  const sweep = sweepOfLaw(id, 0.01);
  const PREDICT = [runsOfLaw(id)[44]!];
  let fit: Fit, ends: Float64Array, resampling: Resampling, landscape: Landscape, influence: Influence, figures: ReportFigure[];
  beforeAll(async () => {
    fit = await fitOn(backend, sweep, { law: id, starts: 8, onEnds: (natural) => { ends = natural; } });
    const budgets = reportFrontier(fit).map(({ C }) => C);
    resampling = await resampleOn(backend, sweep, fit, { replicates: 24, budgets, predict: PREDICT, extraStarts: 0 });
    landscape = await landscapeOn(backend, sweep, fit, { over: lawPairs(id)[0]!, cells: 5 });
    influence = await influenceOn(backend, sweep, fit);
    figures = reportFigures({ sweep, fit, ends, landscape, ...resampling, budget: 1e24 });
  });

  it('says in words what each of its parameters is', () => {
    expect(Object.keys(law.meanings)).toEqual(expect.arrayContaining([...law.params]));
    for (const name of fittedNames(law)) expect(meaningOf(id, name)).toMatch(/^[a-z]/);
  });

  it('has a text with all of its numbers', () => {
    const { bootstrap } = resampling;
    const text = toText(fit, reportFrontier(fit), { bootstrap, influence, predict: PREDICT });
    for (const name of law.params) expect(text).toMatch(new RegExp(`^  ${name} +-?\\d`, 'm'));
    const shown = /^ {2}L\(.*?\) = .*$/m.exec(text)![0];
    expect(law.params.filter((name) => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(shown.replace(/^.*?=/, '')))).toEqual([]);
    expect(text).not.toMatch(NOTHING);
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('has JSON with intervals of its parameters, and comes back from it', () => {
    const json = toJson(fit, { ...resampling, influence, predict: PREDICT });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(Object.keys(json.params)).toEqual(law.params);
    expect(json.bootstrap!.covarianceOf).toEqual(law.params);
    expect(Object.values(json.bootstrap!.intervals).flat().every(Number.isFinite)).toBe(true);
  });

  it('has a methods text that names it, with the grid of its own', () => {
    const text = methodsText({ sweep, fit: { ...fit, starts: 'paper' }, bootstrap: resampling.bootstrap, budget: 1e24 });
    expect(text).toContain(`The law is ${law.formula} (${law.reference}).`);
    expect(text).toContain(`starts of ${law.grid}`);
    for (const name of law.params) expect(text).toContain(`${name} = `);
    expect(text).not.toMatch(NOTHING);
  });

  it('has the charts of its pairs of parameters, each with a name of its own and words', () => {
    const pairs = figures.map(({ name }) => name).filter((name) => name.startsWith('pair-'));
    expect(pairs).toEqual(lawPairs(id).map(pairChart));
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
    for (const { title, caption } of [...figures, ...lawPairs(id).map((pair) => chartTexts[pairChart(pair)])]) {
      expect(title).toMatch(/^\w[\w ]*$/);
      expect(caption).toMatch(/\.$/);
    }
  });

  it.each([{ theme: 'light' }, { theme: 'dark', compact: true }] as const)('has charts that are plain JSON, %j', (look) => {
    for (const { name, figure } of figures) {
      const made = figure(look);
      expect(JSON.parse(JSON.stringify(made)), name).toEqual(made);
      expect(JSON.stringify(made), name).not.toMatch(NOTHING);
    }
  });

  it('has a page that says what each parameter is', async () => {
    const page = await htmlReport({ sweep, fit, figures, ...resampling, predict: PREDICT, plotly: '', budget: 1e24 });
    const body = page.replaceAll(/<script.*?<\/script>/gs, '');
    for (const name of law.params) expect(body).toMatch(new RegExp(`<i>${symbolOf(name).replace('+', '\\+')}</i>.*${meaningOf(id, name)}`));
    expect(body).not.toMatch(NOTHING);
  });

  it('has published laws beside it only where they have its parameters', () => {
    expect(comparedTruths(id).length > 0).toBe(id === 'chinchilla' || id === 'chinchilla-allocation');
    expect(namedEnds(fit, ends).map((params) => Object.keys(params))).toEqual(Array.from({ length: 8 }, () => [...law.params]));
  });
});
