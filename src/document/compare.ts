/** Laws that were compared as a page (page.ts): the verdicts, the charts, the numbers. */
import { differencesFigure } from '../figures/compare-differences.ts';
import { rolloutFigure } from '../figures/compare-rollout.ts';
import { comparisonJson } from '../report/compare-json.ts';
import { conclusion, pairVerdict } from '../report/compare-verdicts.ts';
import { comparisonTables } from '../report/compare-tables.ts';
import { comparisonFacts } from '../report/compare.ts';
import type { LawComparison } from '../stats/compare-result.ts';
import type { ReportFigure } from './charts.ts';
import { html } from './html.ts';
import { lastPart, pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { raisedFactsHtml, raisedHtml, titledTableHtml, warningsHtml } from './titled-table.ts';

export interface HtmlComparisonOptions {
  readonly comparison: LawComparison;
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlComparison({ comparison, plotly, made = new Date() }: HtmlComparisonOptions): Promise<string> {
  const figures = comparisonFigures(comparison);
  const { sweep, laws, pairs, missing, warnings, notes } = comparison;
  return pageText({
    title: `${laws.length} laws compared on ${sweep}`,
    header: html`<p class="eyebrow">${laws.length} laws compared on</p>
<h1>${lastPart(sweep)}</h1>
<p class="note">${raisedHtml(conclusion(comparison))}</p>
${warningsHtml([...missing.map(({ law, why }) => `${law} is not fitted: ${why}`), ...warnings])}`,
    main: [
      sectionHtml('Verdicts', html`${pairs.map((pair) => html`<p>${pairVerdict(pair)}</p>\n`)}`),
      sectionHtml('Charts', html`${UNDRAWN}\n${titledChartsHtml(figures)}`),
      ...comparisonTables(comparison).map(titledTableHtml),
      sectionHtml('Provenance', raisedFactsHtml([
        ['Source', sweep], ...comparisonFacts(comparison), ...notes.map((note, k) => [k === 0 ? 'Notes' : '', note] as const),
      ], [['Made', timeHtml(made)]])),
    ],
    figures,
    plotly,
    result: { value: comparisonJson(comparison), command: 'isoloss compare --json', file: 'isoloss-compare.json' },
  });
}

/** Those for which there is something to draw, in the order in which they are read. */
export function comparisonFigures(comparison: LawComparison): ReportFigure[] {
  const { steps, best } = comparison;
  const right = `To the right of 0 ${best} is better.`;
  return [
    ...(steps.length > 0 ? [{
      name: 'rollout',
      title: 'Dearer runs predicted from cheaper ones',
      caption: 'Each law is fitted to the runs up to a compute and predicts all that are dearer. Bars are intervals over resamples that all laws share.',
      figure: (look) => rolloutFigure(comparison, look),
    } satisfies ReportFigure] : []),
    {
      name: 'out-of-bag',
      title: 'Runs that a resample has not drawn',
      caption: `The mean relative error of these runs by each other law, less that by ${best}, in every resample. ${right}`,
      figure: (look) => differencesFigure(comparison, look),
    },
    {
      name: 'objective',
      title: 'Runs that were fitted',
      caption: `The objective of each other law, less that of ${best}, in every resample. ${right} A law of more parameters is ahead even if they describe nothing.`,
      figure: (look) => differencesFigure(comparison, { ...look, measure: 'objective' }),
    },
  ];
}
