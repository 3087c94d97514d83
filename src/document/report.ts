/** A fit as a page (page.ts): what was fitted, the numbers and how far to trust them, the charts, and how it was done. */
import { influenceLines } from '../report/influence.ts';
import { toJson } from '../report/json.ts';
import { methodsText } from '../report/methods.ts';
import type { Beside } from '../report/predictions.ts';
import type { Fit, Sweep } from '../types.ts';
import { formatInteger } from '../units.ts';
import { computeHtml, evidenceHtml, leftOutHtml, provenanceHtml } from './background.ts';
import type { ReportFigure } from './charts.ts';
import { html, type Html } from './html.ts';
import { chartsHtml, lastPart, pageText, sectionHtml, UNDRAWN } from './page.ts';
import { frontierHtml, lawHtml, parametersHtml, perGroup, predictionsHtml, verdictHtml } from './results.ts';

export interface HtmlReportOptions extends Beside {
  /** The runs that were fitted; those of weight 0 had no part. */
  readonly sweep: Sweep;
  readonly fit: Fit;
  /** Of `reportFigures`, or some of them. */
  readonly figures: readonly ReportFigure[];
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** Training FLOPs to say the optimum for, beside whole decades. */
  readonly budget?: number;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/**
 * The whole file. Intervals at a budget are there where `bootstrap` was asked for it.
 * @throws InputError where the budget is not positive.
 */
export async function htmlReport({ sweep, fit, figures, plotly, budget, made = new Date(), ...beside }: HtmlReportOptions): Promise<string> {
  return pageText({
    title: `Scaling law of ${lastPart(fit.sweep)}`,
    header: headHtml(fit),
    main: sectionsOf(sweep, fit, beside, budget, figures, made),
    figures,
    plotly,
    result: { value: toJson(fit, beside), command: 'isoloss fit --json', file: 'isoloss-fit.json' },
  });
}

function headHtml(fit: Fit): Html {
  return html`<p class="eyebrow">Scaling law of</p>
<h1>${lastPart(fit.sweep)}</h1>
${lawHtml(fit)}
<p class="note">Fitted to ${formatInteger(fit.points)} runs${computeHtml(fit)}. Losses in nats per token.</p>
${verdictHtml(fit)}
${fit.warnings.map((warning) => html`<p class="warning"><strong>Warning.</strong> ${warning}</p>\n`)}`;
}

/** Those that have something to say. */
function sectionsOf(sweep: Sweep, fit: Fit, { bootstrap, influence, predict = [] }: Beside, budget: number | undefined,
                    figures: readonly ReportFigure[], made: Date): Html[] {
  const methods = methodsText({ sweep, fit, ...(bootstrap && { bootstrap }), ...(budget !== undefined && { budget }) });
  return [
    sectionHtml('Parameters', parametersHtml(fit, bootstrap)),
    ...perGroup(fit, bootstrap, (own, spread, of) => (own.exponents.a === undefined ? [] : [sectionHtml(`What to train${of}`, frontierHtml(own, spread, budget))])),
    ...perGroup(fit, bootstrap, (own, spread, of) => (predict.length > 0 ? [sectionHtml(`Predicted loss${of}`, predictionsHtml(own, predict, spread))] : [])),
    ...(figures.length > 0 ? [sectionHtml('Charts', html`${UNDRAWN}
${chartsHtml(figures)}`)] : []),
    sectionHtml('Certificate', evidenceHtml(fit)),
    ...(influence ? [sectionHtml('Influence', html`<pre class="scroll" tabindex="0">${influenceLines(influence).join('\n')}</pre>`)] : []),
    sectionHtml('Runs left out', leftOutHtml(fit)),
    sectionHtml('Methods', methods.trim().split('\n\n').map((paragraph) => html`<p>${paragraph}</p>\n`)),
    sectionHtml('Provenance', provenanceHtml(sweep, fit, made)),
  ];
}
