/**
 * A report as one HTML file that opens without a network: what was found, charts, and the result itself as JSON in
 * `<script type="application/json" id="isoloss-result">`.
 *
 * All but the charts reads without scripts. Text of the data is never HTML (html.ts); the policy of the page (policy.ts)
 * lets nothing run but the scripts that are written here, and asks nothing of any server.
 */
import { version } from '../version.ts';
import type { ReportFigure } from './charts.ts';
import { CHARTS_ID, drawingScript, RESULT_ID, SAVE_ID, UNDRAWN_ID } from './drawing.ts';
import { codeInScript, html, jsonInScript, markup, type Content, type Html } from './html.ts';
import { packCharts } from './pack.ts';
import { policyFor } from './policy.ts';
import { STYLE } from './style.ts';

export interface Page {
  readonly title: string;
  readonly header: Content;
  readonly main: Content;
  /** Those whose places are in `main`. */
  readonly figures: readonly ReportFigure[];
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** What the file holds as JSON, the command that writes it, and the name that it is saved by. */
  readonly result: { readonly value: unknown; readonly command: string; readonly file: string };
}

/** The whole file. */
export async function pageText({ title, header, main, figures, plotly, result }: Page): Promise<string> {
  const scripts = figures.length > 0 ? [plotly, drawingScript(result.file)].map(codeInScript) : [];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${markup(await policyFor(scripts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="isoloss ${version}">
<title>${title}</title>
<style>${markup(STYLE)}</style>
</head>
<body>
<header>
${header}</header>
<main>
${main}
</main>
<footer>
<p>Made with isoloss ${version}. This file holds the result as JSON, as <code>${result.command}</code> writes it.</p>
<p><button type="button" id="${SAVE_ID}" hidden>Save the result as JSON</button></p>
</footer>
<script type="application/json" id="${RESULT_ID}">${markup(jsonInScript(result.value))}</script>
<script type="application/json" id="${CHARTS_ID}">${markup(jsonInScript(packCharts(figures)))}</script>
${scripts.map((script) => html`<script>${markup(script)}</script>\n`)}</body>
</html>
`.text;
}

export function sectionHtml(title: Content, content: Content): Html {
  return html`<section>
<h2>${title}</h2>
${content}
</section>
`;
}

/** Said once, before the first chart; gone when the charts are drawn. */
export const UNDRAWN: Html = html`<p id="${UNDRAWN_ID}">The charts need JavaScript; nothing else does.</p>`;

/** The places of charts, each below its title. */
export function chartsHtml(figures: readonly ReportFigure[]): Html {
  return html`${figures.map(({ name, title, caption }) => html`<figure aria-labelledby="title-${name}">
<h3 id="title-${name}">${title}</h3>
${placeHtml(name, caption)}</figure>
`)}`;
}

/** The places of charts that have their titles in them. */
export function titledChartsHtml(figures: readonly ReportFigure[]): Html {
  return html`${figures.map(({ name, title, caption }) => html`<figure aria-label="${title}">
${placeHtml(name, caption)}</figure>
`)}`;
}

function placeHtml(name: string, caption: string): Html {
  return html`<div class="chart" id="chart-${name}"></div>
<figcaption>${caption}</figcaption>
`;
}

/** Of a file, or an address, its last part. */
export function lastPart(name: string): string {
  return /[\\/]([^\\/]+\.\w+)$/.exec(name)?.[1] ?? name;
}

/** When a report was made. */
export function timeHtml(made: Date): Html {
  const time = made.toISOString();
  return html`<time datetime="${time}">${time.slice(0, 16).replace('T', ' ')} UTC</time>`;
}
