/** Reproductions, and the approaches, as pages: what they say, that it is the JSON's, and that no text of the data is markup. */
import { describe, expect, it } from 'vitest';
import { approachFigures, htmlApproaches } from '../../src/document/approaches.ts';
import { htmlReproductions, reproductionFigures } from '../../src/document/reproductions.ts';
import { approachesJson } from '../../src/report/approaches.ts';
import { reproductionsJson } from '../../src/report/reproduction.ts';
import type { Reproduction } from '../../src/reproduce/reproduction.ts';
import { APPROACHES, CURVES, INPUT } from '../report/approached.ts';
import { EPOCH, REPRODUCTIONS, TABLE3 } from '../report/reproduced.ts';
import { jsonOf, pageOf } from './page.ts';
import { HOSTILE, MADE } from './sample.ts';

const PLOTLY = 'globalThis.Plotly = { react() {} };';
const text = await htmlReproductions({ reproductions: REPRODUCTIONS, plotly: PLOTLY, made: MADE });
const page = pageOf(text);

/** Cells of the rows of all tables of comparisons. */
function rowsOf(all: string): string[][] {
  return [...all.matchAll(/<tr>(<th scope="row".*?)<\/tr>/g)].map(([, row]) => row!.split(/<\/t[hd]>/).slice(0, -1)
    .map((cell) => cell.replace(/<span class="where">(.*?)<\/span>/, '[$1] ').replaceAll(/<[^>]*>/g, '').replaceAll('&#39;', "'")));
}

describe('reproductions', () => {
  it('hold what --json prints', () => {
    expect(jsonOf(text, 'isoloss-result')).toEqual(JSON.parse(JSON.stringify(reproductionsJson(REPRODUCTIONS))));
    expect(page).toContain('<code>isoloss reproduce --json</code>');
  });

  it('say how they came out, of all and of each, with a link to it', () => {
    expect(page).toContain('<p class="totals">3 reproduced, 2 differ, 2 not reproducible, 1 unresolved, 1 section not run</p>');
    expect(rowsOf(page).slice(0, 2)).toEqual([['Optimal sizes and tokens for nine budgets', '2', '1', '2', '', '1'], ["A refit of Chinchilla's runs", '1', '1', '', '1', '']]);
    for (const { id } of REPRODUCTIONS) expect(page).toMatch(new RegExp(`<a href="#${id}">[^]*<section id="${id}">`));
  });

  it('show every comparison, and why, where it is not reproduced', () => {
    expect(rowsOf(page).slice(2, 5)).toEqual([
      ['[Table 3, 400M] D_opt, tokens', '8e9', '8.012e9', '1.002', 'reproduced'],
      ['[Table 3, 400M] D_opt, tokens', '8e9', '9.79e9', '1.224', 'not reproducible\u00A01'],
      ['training FLOPs', '1.92e19', '1.923e19', '1.002', 'reproduced'],
    ]);
    expect(rowsOf(page)).toHaveLength(2 + 5 + 3);
    expect(page.match(/<span class="differs">differs/g)).toHaveLength(2);
    expect(page).toContain('<ol><li>the column follows from no constants');
    expect(page).toContain('<th class="words heading" colspan="5">Ours: closed form, unrounded constants</th>');
    for (const finding of TABLE3.sections[0]!.findings) expect(page).toContain(`<li>${finding}</li>`);
  });

  it('say which data is missing, and how to give it', () => {
    expect(page).toContain('<strong>Not run.</strong> It needs the 245 runs');
    expect(page).toContain('<code>isoloss reproduce --epoch-data FILE</code>');
  });

  it('have their charts, each with a name of its own', () => {
    const { charts } = jsonOf(text, 'isoloss-charts') as { charts: { name: string; figures: object }[] };
    expect(charts.map(({ name }) => name)).toEqual(['table3-sizes', 'epoch-ratios', 'epoch-residuals']);
    for (const { name } of charts) expect(page).toMatch(new RegExp(`<figure aria-label="[^"]+">\n<div class="chart" id="chart-${name}"></div>\n<figcaption>.{20,}</figcaption>`));
    expect(reproductionFigures(EPOCH).map(({ name }) => name)).toEqual(['epoch-ratios', 'epoch-residuals']);
  });

  it('without charts have no script', async () => {
    const bare = { ...TABLE3, sections: [{ ...TABLE3.sections[0]!, charts: [] }] };
    const all = await htmlReproductions({ reproductions: [bare], plotly: PLOTLY, made: MADE });
    expect(all).toContain("script-src 'none'");
    expect(all).not.toContain('The charts need JavaScript');
  });

  it('no text of theirs is markup', async () => {
    const [section] = TABLE3.sections;
    const [comparison] = section!.comparisons;
    const hostile: Reproduction = {
      ...TABLE3, title: HOSTILE, paper: HOSTILE, backend: { name: 'gpu', adapter: HOSTILE },
      sections: [{
        ...section!, title: HOSTILE, data: HOSTILE, findings: [HOSTILE],
        comparisons: [{ ...comparison!, quantity: HOSTILE, where: HOSTILE, printed: HOSTILE, from: HOSTILE, verdict: 'differs', because: HOSTILE }],
        charts: section!.charts.map((chart) => ({ ...chart, title: HOSTILE, caption: HOSTILE, series: chart.series.map((each) => ({ ...each, name: HOSTILE })) })),
      }],
    };
    const all = await htmlReproductions({ reproductions: [hostile], plotly: PLOTLY, made: MADE });
    expect(all).not.toMatch(/<img/i);
    expect(all.match(/<script\b/g)).toEqual(text.match(/<script\b/g));
    expect((jsonOf(all, 'isoloss-result') as { reproductions: Reproduction[] }).reproductions[0]!.title).toBe(HOSTILE);
  });
});

describe('approaches', () => {
  it('hold what --json prints, the charts, and the numbers', async () => {
    const all = await htmlApproaches({ approaches: APPROACHES, input: INPUT, plotly: PLOTLY, made: MADE });
    expect(jsonOf(all, 'isoloss-result')).toEqual(JSON.parse(JSON.stringify(approachesJson(APPROACHES, INPUT))));
    expect((jsonOf(all, 'isoloss-charts') as { charts: { name: string }[] }).charts.map(({ name }) => name)).toEqual(['approaches', 'profiles', 'envelope']);
    expect(pageOf(all).match(/<div class="chart"/g)).toHaveLength(3);
    for (const { N } of APPROACHES.results) expect(pageOf(all)).toContain(`<b>${N.exponent.toFixed(4)}</b>`);
    for (const title of ['Exponents', 'What to train', 'Charts', 'IsoFLOP profiles', 'Provenance']) expect(all).toContain(`<h2>${title}</h2>`);
    expect(pageOf(all)).toContain('<td>5.16B<span class="interval">5.16B to 5.16B</span></td><td>323B');
    expect(pageOf(all)).not.toMatch(/<b>runs<|<i>curves</);
  });

  it('the share that is drawn has all its digits', async () => {
    const all = await htmlApproaches({ approaches: { ...APPROACHES, share: 0.825 }, input: INPUT, plotly: PLOTLY, made: MADE });
    expect(pageOf(all)).toContain('82.5 % of them, without replacement');
  });

  it('say what could not run', async () => {
    const missing = [{ approach: 1 as const, why: 'It needs <curves>.' }];
    const all = await htmlApproaches({ approaches: { ...APPROACHES, results: [], missing }, input: INPUT, plotly: PLOTLY, made: MADE });
    expect(all).toContain('<strong>Not run.</strong> Approach 1, envelope: It needs &#60;curves&#62;.');
    expect(all).not.toContain('<h2>Exponents</h2>');
  });

  it('of curves alone the profiles are of their ends', () => {
    const [, profiles] = approachFigures(APPROACHES, { curves: CURVES });
    expect(profiles!.name).toBe('profiles');
    expect(JSON.stringify(profiles!.figure({}))).toContain('"runs"');
    expect(approachFigures({ ...APPROACHES, isoflop: { ...APPROACHES.isoflop!, profiles: [] } }, { sweep: INPUT.sweep }).map(({ name }) => name)).toEqual(['approaches']);
  });
});
