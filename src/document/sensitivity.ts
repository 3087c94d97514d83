/** How much an answer hangs on the choices of a fit, as a page (page.ts): what moves it, the chart, every fit. */
import { sensitivityFigure } from '../figures/sensitivity.ts';
import { sensitivityJson, sensitivitySays, sensitivityTables, sensitivityWarnings } from '../report/sensitivity.ts';
import type { Sensitivity } from '../stats/sensitivity.ts';
import { formatInteger } from '../units.ts';
import { version } from '../version.ts';
import type { ReportFigure } from './charts.ts';
import { html } from './html.ts';
import { powerHtml } from './numbers.ts';
import { lastPart, pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { raisedFactsHtml, raisedHtml, titledTableHtml, warningsHtml } from './titled-table.ts';

export interface HtmlSensitivityOptions {
  readonly sensitivity: Sensitivity;
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlSensitivity({ sensitivity, plotly, made = new Date() }: HtmlSensitivityOptions): Promise<string> {
  const figures = sensitivityFigures(sensitivity);
  const { given: { fit }, variants, budget } = sensitivity;
  return pageText({
    title: `Sensitivity of ${lastPart(fit.sweep)}`,
    header: html`<p class="eyebrow">Sensitivity of the law ${fit.law} fitted to</p>
<h1>${lastPart(fit.sweep)}</h1>
<p class="note">And of its optimum for ${powerHtml(budget, 4)} FLOPs, to ${formatInteger(variants.length)} choices that the runs do not make.</p>
${warningsHtml(sensitivityWarnings(sensitivity))}`,
    main: [
      sectionHtml('What moves it', html`${sensitivitySays(sensitivity).map((text) => html`<p>${raisedHtml(text)}</p>\n`)}${UNDRAWN}\n${titledChartsHtml(figures)}`),
      ...sensitivityTables(sensitivity).map(titledTableHtml),
      sectionHtml('Provenance', raisedFactsHtml([
        ['Source', fit.sweep], ...fit.notes.map((note, k) => [k === 0 ? 'Notes' : '', note] as const), ['Version', `isoloss ${version}`],
      ], [['Made', timeHtml(made)]])),
    ],
    figures,
    plotly,
    result: { value: sensitivityJson(sensitivity), command: 'isoloss sensitivity --json', file: 'isoloss-sensitivity.json' },
  });
}

export function sensitivityFigures(sensitivity: Sensitivity): ReportFigure[] {
  return [{
    name: 'sensitivity',
    title: 'What each kind of choice moves',
    caption: 'From the least to the greatest that a kind of choice makes of a number, over the band that the runs leave open. The line is the fit as given.',
    figure: (look) => sensitivityFigure(sensitivity, look),
  }];
}
