/**
 * A fit as one HTML file that opens without a network: what was fitted, the numbers and how far to trust them, the charts,
 * how it was done, and the result itself as JSON in `<script type="application/json" id="isoloss-result">`.
 *
 * All but the charts reads without scripts. Text of the data is never HTML (html.ts); the policy of the page (policy.ts)
 * lets nothing run but the scripts that are written here, and asks nothing of any server.
 */
import { influenceLines } from '../report/influence.ts';
import { toJson } from '../report/json.ts';
import { methodsText } from '../report/methods.ts';
import type { Beside } from '../report/predictions.ts';
import { formatInteger } from '../report/units.ts';
import type { Fit, Sweep } from '../types.ts';
import { computeHtml, evidenceHtml, leftOutHtml, provenanceHtml } from './background.ts';
import type { ReportFigure } from './charts.ts';
import { CHARTS_ID, drawingScript, RESULT_ID, SAVE_ID, UNDRAWN_ID } from './drawing.ts';
import { codeInScript, html, jsonInScript, markup, type Content, type Html } from './html.ts';
import { packCharts } from './pack.ts';
import { policyFor } from './policy.ts';
import { frontierHtml, lawHtml, parametersHtml, predictionsHtml, verdictHtml } from './results.ts';
import { STYLE } from './style.ts';

export interface HtmlReportOptions extends Beside {
  /** The runs that were fitted; those of weight 0 had no part. */
  readonly sweep: Sweep;
  readonly fit: Fit;
  /** Of `reportFigures`, or some of them. */
  readonly figures: readonly ReportFigure[];
  /** Source of plotly, the file plotly.min.js of the package plotly.js-dist-min. */
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
  const scripts = figures.length > 0 ? [plotly, drawingScript()].map(codeInScript) : [];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${markup(await policyFor(scripts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="isoloss ${fit.version}">
<title>Scaling law of ${nameOf(fit)}</title>
<style>${markup(STYLE)}</style>
</head>
<body>
${headHtml(fit)}
<main>
${sectionsOf(sweep, fit, beside, budget, figures, made)}
</main>
<footer>
<p>Made with isoloss ${fit.version}. This file holds the result as JSON, as <code>isoloss fit --json</code> writes it.</p>
<p><button type="button" id="${SAVE_ID}" hidden>Save the result as JSON</button></p>
</footer>
<script type="application/json" id="${RESULT_ID}">${markup(jsonInScript(toJson(fit, beside)))}</script>
<script type="application/json" id="${CHARTS_ID}">${markup(jsonInScript(packCharts(figures)))}</script>
${scripts.map((script) => html`<script>${markup(script)}</script>\n`)}</body>
</html>
`;
  return page.text;
}

function headHtml(fit: Fit): Html {
  return html`<header>
<p class="eyebrow">Scaling law of</p>
<h1>${nameOf(fit)}</h1>
${lawHtml(fit)}
<p class="note">Fitted to ${formatInteger(fit.points)} runs of ${computeHtml(fit)}. Losses in nats per token.</p>
${verdictHtml(fit)}
${fit.warnings.map((warning) => html`<p class="warning"><strong>Warning.</strong> ${warning}</p>\n`)}</header>`;
}

/** Of a file, or an address, its last part. */
function nameOf({ sweep }: Fit): string {
  return /[\\/]([^\\/]+\.\w+)$/.exec(sweep)?.[1] ?? sweep;
}

/** Those that have something to say. */
function sectionsOf(sweep: Sweep, fit: Fit, { bootstrap, influence, predict = [] }: Beside, budget: number | undefined,
                    figures: readonly ReportFigure[], made: Date): Html[] {
  const methods = methodsText({ sweep, fit, ...(bootstrap && { bootstrap }), ...(budget !== undefined && { budget }) });
  return [
    section('Parameters', parametersHtml(fit, bootstrap)),
    section('What to train', frontierHtml(fit, bootstrap, budget)),
    ...(predict.length > 0 ? [section('Predicted loss', predictionsHtml(fit, predict, bootstrap))] : []),
    ...(figures.length > 0 ? [section('Charts', chartsHtml(figures))] : []),
    section('Certificate', evidenceHtml(fit)),
    ...(influence ? [section('Influence', html`<pre class="scroll" tabindex="0">${influenceLines(influence).join('\n')}</pre>`)] : []),
    section('Runs left out', leftOutHtml(fit)),
    section('Methods', methods.trim().split('\n\n').map((paragraph) => html`<p>${paragraph}</p>\n`)),
    section('Provenance', provenanceHtml(sweep, fit, made)),
  ];
}

function section(title: string, content: Content): Html {
  return html`<section>
<h2>${title}</h2>
${content}
</section>
`;
}

function chartsHtml(figures: readonly ReportFigure[]): Html {
  return html`<p id="${UNDRAWN_ID}">The charts need JavaScript; nothing else does.</p>
${figures.map(({ name, title, caption }) => html`<figure aria-labelledby="title-${name}">
<h3 id="title-${name}">${title}</h3>
<div class="chart" id="chart-${name}"></div>
<figcaption>${caption}</figcaption>
</figure>
`)}`;
}
