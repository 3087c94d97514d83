/** A landscape, or a profile, as a page (page.ts): its chart, the fit that it is about, how it was solved. */
import { TERMINATION, type Termination } from '../optim/termination.ts';
import { landscapeJson } from '../report/landscape.ts';
import type { Axis, Landscape, Profile } from '../stats/landscape.ts';
import type { Fit, Sweep } from '../types.ts';
import { formatInteger, formatNumber, formatSeconds } from '../units.ts';
import { evidenceHtml, leftOutHtml, provenanceHtml } from './background.ts';
import { landscapeChart } from './charts.ts';
import { html } from './html.ts';
import { lastPart, pageText, sectionHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { lawHtml, parametersHtml, verdictHtml } from './results.ts';
import { raisedFactsHtml, warningsHtml } from './titled-table.ts';

export interface HtmlLandscapeOptions {
  readonly landscape: Landscape | Profile;
  /** The runs that were fitted. */
  readonly sweep: Sweep;
  /** What it is about. */
  readonly fit: Fit;
  /** Natural parameters that its starts ended at, [starts][P]. Default: none. */
  readonly ends?: Float64Array;
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlLandscape({ landscape, sweep, fit, ends, plotly, made = new Date() }: HtmlLandscapeOptions): Promise<string> {
  const chart = landscapeChart(fit, landscape, ends);
  const over = landscape.axes.map(({ name }) => name).join(' and ');
  return pageText({
    title: `${chart.title} of ${lastPart(fit.sweep)}`,
    header: html`<p class="eyebrow">${chart.title} over ${over} of the law ${fit.law} fitted to</p>
<h1>${lastPart(fit.sweep)}</h1>
${verdictHtml(fit)}
${warningsHtml(fit.warnings)}`,
    main: [
      sectionHtml(chart.title, html`${UNDRAWN}\n${titledChartsHtml([chart])}\n${raisedFactsHtml(cellsOf(landscape))}`),
      sectionHtml('Parameters', html`${lawHtml(fit)}\n${parametersHtml(fit, undefined)}`),
      sectionHtml('Certificate', evidenceHtml(fit)),
      sectionHtml('Runs left out', leftOutHtml(fit)),
      sectionHtml('Provenance', provenanceHtml(sweep, fit, made)),
    ],
    figures: [chart],
    plotly,
    result: { value: landscapeJson(landscape), command: 'isoloss landscape --json', file: 'isoloss-landscape.json' },
  });
}

/** Of the axes and the cells, by name. */
function cellsOf({ axes, objective, outcomes, seconds }: Landscape | Profile): (readonly [name: string, text: string])[] {
  return [
    ...axes.map((axis) => [axis.name, rangeText(axis)] as const),
    ['Cells', `${formatInteger(objective.length)} in ${formatSeconds(seconds)}`],
    ...Object.entries(outcomes).map(([end, count]) => ['', `${formatInteger(count)} ${end}: ${TERMINATION[end as Termination]}`] as const),
  ];
}

function rangeText({ values }: Axis): string {
  return `${formatInteger(values.length)} values from ${formatNumber(values[0], 4)} to ${formatNumber(values[values.length - 1], 4)}`;
}
