/** A plan as a page (page.ts): the answers in tables, the charts of the questions that were asked, and what they are made of. */
import type { Column as TextColumn } from '../report/layout.ts';
import { planFacts, planJson, planNotes, planWarnings, type PlanReport } from '../report/plan.ts';
import { planSections } from '../report/plan-sections.ts';
import { html, type Html } from './html.ts';
import { powerHtml } from './numbers.ts';
import { lastPart, pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { planFigures } from './plan-charts.ts';
import { factsHtml, tableHtml, type Fact } from './tables.ts';
import { version } from '../version.ts';

export interface HtmlPlanOptions {
  readonly report: PlanReport;
  /** Source of plotly, the file plotly.min.js of the package plotly.js-dist-min. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlPlan({ report, plotly, made = new Date() }: HtmlPlanOptions): Promise<string> {
  const figures = planFigures(report);
  return pageText({
    title: `Plan by ${report.source}`,
    header: headHtml(report),
    main: [
      ...planSections(report).map(({ title, columns }) => sectionHtml(raisedHtml(title), columnsHtml(title, columns))),
      ...(figures.length > 0 ? [sectionHtml('Charts', html`${UNDRAWN}\n${titledChartsHtml(figures)}`)] : []),
      sectionHtml('Provenance', provenanceHtml(report, made)),
    ],
    figures,
    plotly,
    result: { value: planJson(report), command: 'isoloss plan --json', file: 'isoloss-plan.json' },
  });
}

function headHtml(report: PlanReport): Html {
  const { law, source, fit } = report;
  const warnings = [...planWarnings(report), ...fit?.warnings ?? []];
  const doubt = fit?.certificate.verdict === 'fail';
  return html`<p class="eyebrow">What to train, by the law ${law}${fit ? ' fitted to' : ' of'}</p>
<h1>${lastPart(source)}</h1>
${doubt ? html`<p class="verdict fail"><strong>The certificate of the fit fails: do not rely on these numbers.</strong> ${fit.certificate.reasons.join(' ')}</p>\n` : undefined}\
${warnings.map((warning) => html`<p class="warning"><strong>Warning.</strong> ${raisedHtml(warning)}</p>\n`)}`;
}

/** A table of texts, whose first column names the rows. */
function columnsHtml(label: string, columns: readonly TextColumn[]): Html {
  return tableHtml(label, columns.map(([alignment, title, cells], k) => ({
    title: title === '' ? (k === 0 ? 'What' : 'Value') : title,
    words: k === 0 || alignment === 'l',
    cells: cells.map(raisedHtml),
  })));
}

/** Text in which 1e24 is 10²⁴. */
function raisedHtml(text: string): Html {
  const parts = text.split(/(?<![\w.])(\d(?:\.\d+)?e-?\d+)(?!\w)/);
  return html`${parts.map((part, k) => (k % 2 === 1 ? powerHtml(Number(part), 4) : part))}`;
}

function provenanceHtml(report: PlanReport, made: Date): Html {
  const notes = [...planNotes(report), ...report.fit?.notes ?? []];
  return factsHtml([
    ['Source', report.source],
    ...planFacts(report).map(([name, text]): Fact => [name, raisedHtml(text)]),
    ...notes.map((note, k): Fact => [k === 0 ? 'Notes' : '', raisedHtml(note)]),
    ['Version', `isoloss ${version}`],
    ['Made', timeHtml(made)],
  ]);
}
