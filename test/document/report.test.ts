/** A report as a text: what it says, that it is the same as the JSON, and that no text of the data is markup. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evidenceHtml } from '../../src/document/background.ts';
import { reportFigures } from '../../src/document/charts.ts';
import { htmlReport } from '../../src/document/report.ts';
import { parametersHtml, verdictHtml } from '../../src/document/results.ts';
import { toJson, type FitJson } from '../../src/report/json.ts';
import type { Bootstrap } from '../../src/types.ts';
import { formatCount } from '../../src/units.ts';
import { BROKEN } from '../report/fixture.ts';
import { hostileSample, MADE, REPLICATES, sample, type Sample } from './sample.ts';

/** Stands for plotly's source: it holds what would end a script, or hide its end. */
const PLOTLY = 'globalThis.Plotly = { react() {}, odd: ["</script>", "<!--", "<SCRIPT>"] };';

/** Of a value, the ends of its interval and its standard error; rounding to d of them errs by 0.5·10^(1 − d), relative, at most. */
const DIGITS = [6, 4, 4, 3];

function report({ sweep, fit, bootstrap }: Sample): Promise<string> {
  const figures = reportFigures({ sweep, fit, bootstrap, replicates: REPLICATES, budget: 1e24 });
  return htmlReport({ sweep, fit, bootstrap, figures, plotly: PLOTLY, budget: 1e24, made: MADE });
}

/** Texts of the script elements, as a parser of HTML ends them: at the first `</script`, whatever is before it. */
function scripts(text: string): { readonly attributes: string; readonly content: string }[] {
  return [...text.matchAll(/<script\b([^>]*)>(.*?)<\/script/gis)].map(([, attributes, content]) => ({ attributes: attributes!, content: content! }));
}

function jsonOf(text: string, id: string): unknown {
  return JSON.parse(scripts(text).find(({ attributes }) => attributes.includes(`id="${id}"`))!.content);
}

const text = await report(sample());
const page = text.replaceAll(/<script.*?<\/script>/gs, '');

describe('what it says', () => {
  it('is the JSON of the fit, which can be read back', () => {
    const { fit, bootstrap } = sample();
    expect(jsonOf(text, 'isoloss-result')).toEqual(JSON.parse(JSON.stringify(toJson(fit, { bootstrap }))));
  });

  it('shows the same numbers: parameters, standard errors, intervals', () => {
    const { params, bootstrap } = jsonOf(text, 'isoloss-result') as FitJson;
    const rows = [...page.matchAll(/<tr><th scope="row" class="words"><i>(.*?)<\/i><\/th>(.*?)<\/tr>/g)].slice(0, 5);
    expect(rows.map(([, name]) => name)).toEqual(['E', 'A', 'B', 'α', 'β']);
    const shown = rows.map(([, , cells]) => cells!.match(/\d[\d.]*/g)!.slice(0, 4).map(Number));
    const want = Object.entries(params).map(([name, value]) => [value, ...bootstrap!.intervals[name]!, bootstrap!.standardErrors[name]] as number[]);
    for (const [p, row] of want.entries()) for (const [k, value] of row.entries()) {
      expect(Math.abs(shown[p]![k]! / value - 1), `${rows[p]![1]}, number ${k}`).toBeLessThanOrEqual(0.5 * 10 ** (1 - DIGITS[k]!));
    }
  });

  it('says how many further descents ended as near the best', () => {
    const { fit } = sample();
    const told = (certificate: Partial<typeof fit.certificate>) => evidenceHtml({ ...fit, certificate: { ...fit.certificate, ...certificate } }).text;
    expect(told({ startsAbout: 12, startsAboutAgreeing: 7 })).toContain('of the best objective; 7 of 12 begun about it</small>');
    expect(told({})).toContain('of the best objective</small>');
  });

  it('says so with the verdict', () => {
    const { fit } = sample();
    const told = (certificate: Partial<typeof fit.certificate>) => verdictHtml({ ...fit, certificate: { ...fit.certificate, starts: 60, startsAgreeing: 0, ...certificate } }).text;
    expect(told({ startsAbout: 12, startsAboutAgreeing: 7 })).toContain('0 of 60 starts (0 %) ended at this minimum; 7 of 12 begun about it did.</p>');
    expect(told({})).toContain('0 of 60 starts (0 %) ended at this minimum.</p>');
  });

  it('warns below them of what the intervals leave out', () => {
    const { fit, bootstrap } = sample();
    const warning = (spread: Bootstrap) => /Std\. error.*<p class="warning"><strong>Warning\.<\/strong> E &#60; 1 lies at a bound\.<\/p>/s.test(parametersHtml(fit, spread).text);
    expect([warning({ ...bootstrap, warnings: ['E < 1 lies at a bound.'] }), warning(bootstrap)]).toEqual([true, false]);
  });

  it('shows what to train, with intervals and how far beyond the runs', () => {
    const { frontier, bootstrap } = jsonOf(text, 'isoloss-result') as FitJson;
    const { N, D } = frontier.find(({ C }) => C === 1e23)!;
    const [low, high] = bootstrap!.frontier.find(({ C }) => C === 1e23)!.N as [number, number];
    const row = /<tr><th scope="row" class="words">10<sup>23<\/sup>.*?<\/tr>/.exec(page)![0];
    expect(row).toContain(`<td>${formatCount(N)}<span class="interval">${formatCount(low)} to ${formatCount(high)}</span></td><td>${formatCount(D)}`);
    expect(row).toContain('<td>33×</td>');
  });

  it('names the runs left out, the columns, the device, the time and the version', () => {
    for (const said of [
      '24 runs were fitted, 4 left out.', 'not loss&#60;6', '<span class="lines">2-4, 9</span>', 'N = Model Size', 'CPU: 1 thread',
      '<time datetime="2026-02-03T04:05:06.000Z">2026-02-03 04:05 UTC</time>', 'isoloss 0.0.0', 'We fitted 24 training runs',
    ]) expect(page).toContain(said);
    expect(page).not.toContain('>none</th>');
  });

  it.each([
    ['/home/someone/my runs.csv', 'my runs.csv'], ['https://example.org/a/runs.csv.gz', 'runs.csv.gz'], ['C:\\data\\runs.parquet', 'runs.parquet'],
    ['runs 1/2 of the sweep', 'runs 1/2 of the sweep'], ['standard input', 'standard input'],
  ])('%s is called %s', async (sweep, name) => {
    const { fit } = sample();
    const named = await htmlReport({ ...sample(), fit: { ...fit, sweep }, figures: [], plotly: PLOTLY, made: MADE });
    expect(named).toContain(`<title>Scaling law of ${name}</title>`);
    expect(named).toContain(`<h1>${name}</h1>`);
    expect(named).toContain("script-src 'none'");
  });

  it('draws each chart of the list in four looks, and says what it shows', () => {
    const { charts } = jsonOf(text, 'isoloss-charts') as { charts: { name: string; figures: object }[] };
    const names = ['isoloss', 'scaling', 'isoflop', 'ratio', 'residuals', 'predicted', 'distributions', 'pair-alpha-beta', 'pair-a-E'];
    expect(charts.map(({ name }) => name)).toEqual(names);
    for (const { name, figures } of charts) {
      expect(Object.keys(figures)).toEqual(['light', 'dark', 'light compact', 'dark compact']);
      expect(page).toMatch(new RegExp(`<h3 id="title-${name}">.+</h3>\n<div class="chart" id="chart-${name}"></div>\n<figcaption>.{20,}</figcaption>`));
    }
  });

  it('has no charts of a spread that was not computed', () => {
    const { sweep, fit } = sample();
    expect(reportFigures({ sweep, fit }).map(({ name }) => name)).toEqual(['isoloss', 'scaling', 'isoflop', 'ratio', 'residuals', 'predicted']);
  });

  it('is made of a fit that ran off, too', async () => {
    const { sweep } = sample();
    const broken = await htmlReport({ sweep, fit: BROKEN, figures: reportFigures({ sweep, fit: BROKEN }), plotly: PLOTLY, made: MADE });
    expect(broken).toContain('The certificate fails: do not rely on these numbers.');
    expect(broken).toContain('With these parameters no size is optimal.');
    expect(jsonOf(broken, 'isoloss-result')).toMatchObject({ params: { B: null } });
  });
});

describe('packed charts', () => {
  it('are the figures again once they are unpacked', () => {
    const { shared, charts } = jsonOf(text, 'isoloss-charts') as { shared: unknown[]; charts: { name: string; figures: Record<string, unknown> }[] };
    const unpack = (packed: unknown) => JSON.parse(JSON.stringify(packed), (_, value) => (value && typeof value === 'object' && '$' in value ? shared[value.$] : value)) as unknown;
    const { sweep, fit, bootstrap } = sample();
    for (const [k, { figure }] of reportFigures({ sweep, fit, bootstrap, replicates: REPLICATES, budget: 1e24 }).entries()) {
      expect(unpack(charts[k]!.figures['dark compact'])).toEqual(JSON.parse(JSON.stringify(figure({ theme: 'dark', compact: true }))));
    }
    expect(JSON.stringify(charts)).toContain('{"$":');
  });

  it('hold once what is the same in all looks', () => {
    const four = JSON.stringify(jsonOf(text, 'isoloss-charts')).length;
    const { sweep, fit, bootstrap } = sample();
    const one = JSON.stringify(reportFigures({ sweep, fit, bootstrap, replicates: REPLICATES, budget: 1e24 }).map(({ figure }) => figure({}))).length;
    expect(four).toBeLessThan(2 * one);
  });
});

describe('texts of the data', () => {
  it('are never markup', async () => {
    const hostile = await report(hostileSample());
    expect(hostile).not.toMatch(/<img/i);
    expect(scripts(hostile).map(({ attributes }) => attributes)).toEqual(scripts(text).map(({ attributes }) => attributes));
    expect(hostile.match(/<!--/g)).toBe(null);
    expect(hostile.match(/<title>(.*?)<\/title>/s)![1]).toMatch(/^Scaling law of &#60;\/script&#62;/);
    expect((jsonOf(hostile, 'isoloss-result') as FitJson).sweep).toBe(hostileSample().fit.sweep);
  });

  it('leave the tags of the page as they are', async () => {
    const tags = (of: string) => new Set(of.replaceAll(/<script.*?<\/script>/gs, '').match(/<\/?[a-z]+\d?/g));
    const others = [...tags(await report(hostileSample()))].filter((tag) => !tags(text).has(tag));
    expect(others).toEqual([]);
  });
});

describe('the policy of the page', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)![1]!;

  it('lets run what is written into it, by its hash, and asks no server', () => {
    const running = scripts(text).filter(({ attributes }) => !attributes.includes('application/json'));
    const hashes = running.map(({ content }) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`);
    expect(running).toHaveLength(2);
    expect(policy).toBe(`default-src 'none'; script-src ${hashes.join(' ')}; style-src 'unsafe-inline'; img-src data: blob:; `
      + "connect-src 'none'; base-uri 'none'; form-action 'none'");
  });

  it('comes before anything that could run', () => {
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.search(/<(script|style|title|link|body)/));
  });

  it('there is nothing to load', () => {
    expect(page).not.toMatch(/\b(src|href|srcset|action|data)=|url\(|@import|<(link|iframe|object|embed)/i);
    expect(page).not.toMatch(/https?:/);
  });

  it('the scripts are whole: what would end one is escaped', () => {
    expect(scripts(text)[2]!.content).toBe(String.raw`globalThis.Plotly = { react() {}, odd: ["\x3C/script>", "\x3C!--", "\x3CSCRIPT>"] };`);
  });
});
