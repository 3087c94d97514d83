/** Emergence or mirage as a page (page.ts): the same models under each ruler. */
import { emergenceFigure } from '../figures/emergence.ts';
import { emergenceJson, emergenceNotes, emergenceText, emergenceWarnings, type EmergenceReport } from '../report/emergence.ts';
import { verdictText } from '../report/rulers.ts';
import type { ReportFigure } from './charts.ts';
import { html } from './html.ts';
import { pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';

export interface HtmlEmergenceOptions {
  readonly report: EmergenceReport;
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlEmergence({ report, plotly, made = new Date() }: HtmlEmergenceOptions): Promise<string> {
  const figures: ReportFigure[] = [{
    name: 'emergence',
    title: 'The same models under each ruler',
    caption: 'Each panel reads the same losses with another ruler. A jump is more than twice what steps as large as the median one would make.',
    figure: (look) => emergenceFigure(report.emergence, { ...look, ...(report.resampling && { confidence: report.resampling.bootstrap.confidence }) }),
  }];
  return pageText({
    title: `Emergence or mirage: ${report.source}`,
    header: html`<p class="eyebrow">Emergence or mirage, by the law ${report.law} of</p>
<h1>${report.source}</h1>
<p class="note">${verdictText(report.emergence)}</p>
${[...emergenceWarnings(report), ...report.fit?.warnings ?? []].map((text) => html`<p class="warning"><strong>Warning.</strong> ${text}</p>\n`)}`,
    main: [
      sectionHtml('Chart', html`${UNDRAWN}\n${titledChartsHtml(figures)}`),
      sectionHtml('Numbers', html`<pre class="scroll" tabindex="0">${emergenceText(report)}</pre>`),
      sectionHtml('Provenance', html`${emergenceNotes(report).map((note) => html`<p>${note}</p>\n`)}<p>Made ${timeHtml(made)}</p>`),
    ],
    figures,
    plotly,
    result: { value: emergenceJson(report), command: 'isoloss emergence --json', file: 'isoloss-emergence.json' },
  });
}
