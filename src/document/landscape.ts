/** A landscape, or a profile, as a page (page.ts): its chart, where its minimum is, how it was solved. */
import { landscapeFigure } from '../figures/landscape.ts';
import { profileFigure } from '../figures/profile.ts';
import { TERMINATION, type Termination } from '../optim/termination.ts';
import { landscapeJson } from '../report/landscape.ts';
import type { Axis, Landscape, Profile } from '../stats/landscape.ts';
import type { Fit } from '../types.ts';
import { formatInteger, formatNumber, formatSeconds } from '../units.ts';
import { chartTexts, comparedTruths, namedEnds, type ReportFigure } from './charts.ts';
import { html } from './html.ts';
import { lastPart, pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { lawHtml, parametersHtml, verdictHtml } from './results.ts';
import { raisedFactsHtml } from './titled-table.ts';

export interface HtmlLandscapeOptions {
  readonly landscape: Landscape | Profile;
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
export async function htmlLandscape({ landscape, fit, ends, plotly, made = new Date() }: HtmlLandscapeOptions): Promise<string> {
  const { axes, outcomes, sweep, seconds } = landscape;
  const figures = [chartOf(landscape, fit, ends)];
  const over = axes.map(({ name }) => name).join(' and ');
  return pageText({
    title: `${isProfile(landscape) ? 'Profile' : 'Landscape'} of ${lastPart(sweep)}`,
    header: html`<p class="eyebrow">${isProfile(landscape) ? 'Profile' : 'Landscape'} over ${over} of the law ${fit.law} fitted to</p>
<h1>${lastPart(sweep)}</h1>
${verdictHtml(fit)}`,
    main: [
      sectionHtml(figures[0].title, html`${UNDRAWN}\n${titledChartsHtml(figures)}`),
      sectionHtml('The fit', html`${lawHtml(fit)}\n${parametersHtml(fit, undefined)}`),
      sectionHtml('Provenance', raisedFactsHtml([
        ['Source', sweep],
        ...axes.map((axis) => [axis.name, rangeText(axis)] as const),
        ['Cells', `${formatInteger(landscape.objective.length)} in ${formatSeconds(seconds)}`],
        ...Object.entries(outcomes).map(([end, count]) => [end, `${formatInteger(count)}: ${TERMINATION[end as Termination]}`] as const),
        ...fit.notes.map((note, k) => [k === 0 ? 'Notes' : '', note] as const),
      ], [['Made', timeHtml(made)]])),
    ],
    figures,
    plotly,
    result: { value: landscapeJson(landscape), command: 'isoloss landscape --json', file: 'isoloss-landscape.json' },
  });
}

function isProfile(landscape: Landscape | Profile): landscape is Profile {
  return landscape.axes.length === 1;
}

function chartOf(landscape: Landscape | Profile, fit: Fit, ends: Float64Array | undefined): ReportFigure {
  if (!isProfile(landscape)) {
    return { name: 'landscape', ...chartTexts.landscape, figure: (look) => landscapeFigure(landscape, { ...look, ends: namedEnds(fit, ends), marks: comparedTruths(fit.law) }) };
  }
  return {
    name: 'profile', title: 'Profile', figure: (look) => profileFigure(landscape, look),
    caption: 'How far the objective is above its minimum along one parameter, the others solved at every value. A flat curve is a parameter that the runs do not tell.',
  };
}

function rangeText({ values }: Axis): string {
  return `${formatInteger(values.length)} values from ${formatNumber(values[0], 4)} to ${formatNumber(values[values.length - 1], 4)}`;
}
