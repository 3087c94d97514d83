/** A plan as a page (page.ts): the answers in tables, the charts of the questions that were asked, and what they are made of. */
import { planFacts, planJson, planNotes, planWarnings, type PlanReport } from '../report/plan.ts';
import { planSections } from '../report/plan-sections.ts';
import { html, type Html } from './html.ts';
import { lastPart, pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { planFigures, undrawnText } from './plan-charts.ts';
import type { Fact } from './tables.ts';
import { columnsHtml, raisedFactsHtml, raisedHtml, warningsHtml } from './titled-table.ts';
import { version } from '../version.ts';

export interface HtmlPlanOptions {
  readonly report: PlanReport;
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlPlan({ report, plotly, made = new Date() }: HtmlPlanOptions): Promise<string> {
  const figures = planFigures(report);
  const undrawn = undrawnText(report);
  return pageText({
    title: `Plan by ${report.source}`,
    header: headHtml(report),
    main: [
      ...planSections(report).map(({ title, columns }) => sectionHtml(raisedHtml(title), columnsHtml(title, columns))),
      ...(figures.length > 0 ? [sectionHtml('Charts', html`${undrawn === '' ? undefined : html`<p class="note">${undrawn}</p>\n`}${UNDRAWN}\n${titledChartsHtml(figures)}`)] : []),
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
${warningsHtml(warnings)}`;
}

function provenanceHtml(report: PlanReport, at: Date): Html {
  const notes = [...planNotes(report), ...report.fit?.notes ?? []].map((note, k) => [k === 0 ? 'Notes' : '', note] as const);
  const made: Fact[] = [['Version', `isoloss ${version}`], ['Made', timeHtml(at)]];
  return raisedFactsHtml([['Source', report.source], ...planFacts(report), ...notes], made);
}
