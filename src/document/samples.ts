/** Test-time compute as a page (page.ts): coverage against samples, and against cost. */
import { coverageFigure } from '../figures/coverage.ts';
import { samplesJson, samplesNotes, samplesText, samplesWarnings, tradeText, type SamplesReport } from '../report/samples.ts';
import type { ReportFigure } from './charts.ts';
import { html } from './html.ts';
import { pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';

export interface HtmlSamplesOptions {
  readonly report: SamplesReport;
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlSamples({ report, plotly, made = new Date() }: HtmlSamplesOptions): Promise<string> {
  const figures: ReportFigure[] = [{
    name: 'coverage',
    title: 'Coverage against samples',
    caption: 'Points: the unbiased estimate and its band. Lines: exp(a k^b), dashed beyond the samples that were drawn.',
    figure: (look) => coverageFigure(report.coverage, look),
  }];
  const { trades } = report.coverage;
  return pageText({
    title: `Samples of ${report.table.name}`,
    header: html`<p class="eyebrow">Test-time compute, samples of</p>
<h1>${report.table.name}</h1>
${trades.map((trade) => html`<p class="note">${tradeText(trade, report)}</p>\n`)}\
${samplesWarnings(report).map((text) => html`<p class="warning"><strong>Warning.</strong> ${text}</p>\n`)}`,
    main: [
      sectionHtml('Chart', html`${UNDRAWN}\n${titledChartsHtml(figures)}`),
      sectionHtml('Numbers', html`<pre class="scroll" tabindex="0">${samplesText(report)}</pre>`),
      sectionHtml('Provenance', html`${samplesNotes(report).map((note) => html`<p>${note}</p>\n`)}<p>Made ${timeHtml(made)}</p>`),
    ],
    figures,
    plotly,
    result: { value: samplesJson(report), command: 'isoloss samples --json', file: 'isoloss-samples.json' },
  });
}
