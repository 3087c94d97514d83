/** One sweep against others as a page (page.ts): what each needs for the same loss, the frontiers, and the laws behind it. */
import { multiplierFigure } from '../figures/multiplier.ts';
import { multiplierNotes, multiplierSays, multiplierWarnings } from '../report/multiplier-words.ts';
import { intervalsText, multiplierJson, multiplierTables, sharedFacts, sideText } from '../report/multiplier.ts';
import type { Multiplier } from '../stats/multiplier.ts';
import { version } from '../version.ts';
import type { ReportFigure } from './charts.ts';
import { html, type Html } from './html.ts';
import { pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { raisedFactsHtml, raisedHtml, titledTableHtml, warningsHtml } from './titled-table.ts';

export interface HtmlMultipliersOptions {
  /** Of the same base: one or more. */
  readonly found: readonly Multiplier[];
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlMultipliers({ found, plotly, made = new Date() }: HtmlMultipliersOptions): Promise<string> {
  const figures = multiplierFigures(found);
  const [{ base, law }] = found;
  const names = found.map(({ other }) => other.name).join(', ');
  const sources = new Set([base, ...found.map(({ other }) => other)].map(({ fit: { sweep } }) => sweep));
  const notes = new Set(found.flatMap(multiplierNotes));
  return pageText({
    title: `${names} against ${base.name}`,
    header: html`<p class="eyebrow">By the law ${law}</p>
<h1>${names} against ${base.name}</h1>
${warningsHtml([...new Set(found.flatMap(multiplierWarnings))])}`,
    main: [
      ...found.map((multiplier, k) => pairHtml(multiplier, figures[k], k === 0)),
      sectionHtml('Provenance', raisedFactsHtml([
        ...[...sources].map((source, k) => [k === 0 ? 'Source' : '', source] as const),
        ['Intervals', intervalsText(found[0])],
        ...[...notes].map((note, k) => [k === 0 ? 'Notes' : '', note] as const),
        ['Version', `isoloss ${version}`],
      ], [['Made', timeHtml(made)]])),
    ],
    figures,
    plotly,
    result: { value: multiplierJson(found), command: 'isoloss multiplier --json', file: 'isoloss-multiplier.json' },
  });
}

function pairHtml(multiplier: Multiplier, figure: ReportFigure, isFirst: boolean): Html {
  const { base, other } = multiplier;
  return html`${sectionHtml(`${other.name} against ${base.name}`, html`${multiplierSays(multiplier).map((text) => html`<p>${raisedHtml(text)}</p>\n`)}\
${isFirst ? UNDRAWN : undefined}
${titledChartsHtml([figure])}`)}
${multiplierTables(multiplier).map(titledTableHtml)}
${sectionHtml('One law with q times the tokens', raisedFactsHtml(sharedFacts(multiplier)))}
${sectionHtml('Fits', html`${[base, other].map((side) => html`<p>${raisedHtml(sideText(side))}</p>\n`)}`)}`;
}

/** One for each sweep that is compared with the base. */
export function multiplierFigures(found: readonly Multiplier[]): ReportFigure[] {
  return found.map((multiplier, k) => ({
    name: k === 0 ? 'multiplier' : `multiplier-${k + 1}`,
    title: `Compute for the same loss, ${multiplier.other.name} against ${multiplier.base.name}`,
    caption: 'Loss on the two frontiers, dashed beyond the runs. A bar spans the compute that either needs for one loss.',
    figure: (look) => multiplierFigure(multiplier, look),
  }));
}
