/** The three approaches as a page (page.ts): what each finds, the charts, and what each says to train. */
import type { Approaches, ApproachesInput, ApproachResult } from '../approaches/approaches.ts';
import { finalRuns } from '../data/curves.ts';
import { envelopeFigure } from '../figures/approaches-envelope.ts';
import { approachesFigure } from '../figures/approaches-laws.ts';
import { isoflopProfilesFigure } from '../figures/approaches-profiles.ts';
import { APPROACHES, approachesJson, biasText, missingText, notesOf, sourcesOf, warningsOf } from '../report/approaches.ts';
import { intervalTitle } from '../report/bootstrap.ts';
import { formatCount, formatInteger, formatLevel, formatNumber, formatSeconds } from '../units.ts';
import type { ReportFigure } from './charts.ts';
import { html, type Html } from './html.ts';
import { numberHtml, powerHtml, spanHtml } from './numbers.ts';
import { lastPart, pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { factsHtml, tableHtml, withInterval, type Fact } from './tables.ts';

export interface HtmlApproachesOptions {
  readonly approaches: Approaches;
  /** What they were given. */
  readonly input: ApproachesInput;
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlApproaches({ approaches, input, plotly, made = new Date() }: HtmlApproachesOptions): Promise<string> {
  const figures = approachFigures(approaches, input);
  const { isoflop, results } = approaches;
  return pageText({
    title: `Compute-optimal training from ${sourcesOf(input).join(' and ')}`,
    header: headHtml(approaches, input),
    main: [
      ...(results.length > 0 ? [sectionHtml('Exponents', exponentsHtml(approaches)), sectionHtml('What to train', optimaHtml(approaches))] : []),
      ...(figures.length > 0 ? [sectionHtml('Charts', html`${UNDRAWN}\n${titledChartsHtml(figures)}`)] : []),
      ...(isoflop && isoflop.profiles.length > 0 ? [sectionHtml('IsoFLOP profiles', profilesHtml(approaches))] : []),
      sectionHtml('Provenance', provenanceHtml(approaches, input, made)),
    ],
    figures,
    plotly,
    result: { value: approachesJson(approaches, input), command: 'isoloss approaches --json', file: 'isoloss-approaches.json' },
  });
}

/** What the charts are called and what they say. */
const TEXTS = {
  approaches: {
    title: 'Compute-optimal training by each approach',
    caption: 'The power law of each approach, dashed beyond its optima, with the band of its resamples and the optima that it goes through.',
  },
  profiles: {
    title: 'IsoFLOP profiles',
    caption: 'Runs of equal compute against model size, the parabola through them, and its vertex; open where no power law goes through it.',
  },
  envelope: {
    title: 'The envelope of training curves',
    caption: 'Loss along each training against the compute spent so far. At the lower envelope a model is the best that this compute can train.',
  },
} as const;

/** Those for which there is something to draw, in the order in which they are read. */
export function approachFigures(approaches: Approaches, { sweep, curves }: ApproachesInput): ReportFigure[] {
  const { results, isoflop, envelope } = approaches;
  const runs = sweep ?? (curves && finalRuns(curves));
  const chart = (name: keyof typeof TEXTS, figure: ReportFigure['figure']): ReportFigure => ({ name, ...TEXTS[name], figure });
  return [
    ...(results.length > 0 ? [chart('approaches', (look) => approachesFigure(approaches, look))] : []),
    ...(runs && isoflop && isoflop.profiles.length > 0 ? [chart('profiles', (look) => isoflopProfilesFigure(runs, isoflop, look))] : []),
    ...(curves && envelope && envelope.points.length > 0 ? [chart('envelope', (look) => envelopeFigure(curves, envelope, look))] : []),
  ];
}

function headHtml(approaches: Approaches, input: ApproachesInput): Html {
  return html`<p class="eyebrow">Compute-optimal training from</p>
<h1>${sourcesOf(input).map(lastPart).join(' and ')}</h1>
<p class="note">By the approaches of Hoffmann et al. 2022, arXiv:2203.15556: the envelope of training curves, IsoFLOP profiles, and a parametric law.</p>
${approaches.missing.map((each) => html`<p class="verdict"><strong>Not run.</strong> ${missingText(each, input)}</p>\n`)}\
${warningsOf(approaches, input).map((warning) => html`<p class="warning"><strong>Warning.</strong> ${warning}</p>\n`)}`;
}

function nameOf({ approach }: ApproachResult): string {
  return `${approach}, ${APPROACHES[approach]}`;
}

function exponentsHtml({ results, confidence, bias }: Approaches): Html {
  const title = intervalTitle({ confidence });
  return html`${tableHtml('Exponents', [
    { title: 'Approach', words: true, cells: results.map(nameOf) },
    { title: html`<i>a</i> of <i>N</i><sub>opt</sub> ∝ <i>C</i><sup>a</sup>`, cells: results.map(({ N }) => html`<b>${numberHtml(N.exponent)}</b>`) },
    { title, cells: results.map(({ intervals }) => spanHtml(intervals.a, numberHtml)) },
    { title: html`<i>b</i> of <i>D</i><sub>opt</sub> ∝ <i>C</i><sup>b</sup>`, cells: results.map(({ D }) => html`<b>${numberHtml(D.exponent)}</b>`) },
    { title, cells: results.map(({ intervals }) => spanHtml(intervals.b, numberHtml)) },
  ])}
${bias && html`<p class="note">Known bias of Approach 2, which takes each profile for a parabola: ${biasText(bias)}.</p>`}`;
}

/** A row for each budget and approach. */
function optimaHtml({ results, confidence }: Approaches): Html {
  const rows = results[0].at.flatMap(({ C }, k) => results.map(({ approach, at }) => ({ C, approach, at: at[k] })));
  return html`${tableHtml('What to train', [
    { title: 'Compute, FLOPs', words: true, cells: rows.map(({ C }) => powerHtml(C)) },
    { title: 'Approach', cells: rows.map(({ approach }) => approach) },
    { title: 'Parameters N', cells: rows.map(({ at }) => withInterval(formatCount(at.N), spanHtml(at.intervals.N, formatCount))) },
    { title: 'Tokens D', cells: rows.map(({ at }) => withInterval(formatCount(at.D), spanHtml(at.intervals.D, formatCount))) },
    { title: 'D/N', cells: rows.map(({ at }) => formatNumber(at.D / at.N, 3)) },
  ])}
<p class="note">By the power law of each approach, with C = 6ND, and ${intervalTitle({ confidence })}s below.</p>`;
}

function profilesHtml({ isoflop }: Approaches): Html {
  const { profiles } = isoflop!;
  return tableHtml('IsoFLOP profiles', [
    { title: 'Compute, FLOPs', words: true, cells: profiles.map(({ C }) => powerHtml(C)) },
    { title: 'Runs', cells: profiles.map(({ runs }) => formatInteger(runs.length)) },
    { title: 'N of the vertex', cells: profiles.map(({ vertex }) => (vertex ? formatCount(vertex.N) : 'none')) },
    { title: 'D', cells: profiles.map(({ vertex }) => (vertex ? formatCount(vertex.D) : '')) },
    { title: 'Loss', cells: profiles.map(({ vertex }) => vertex?.loss.toFixed(3)) },
    { title: 'Used', words: true, cells: profiles.map(({ used }) => (used ? 'yes' : 'no')) },
  ]);
}

function provenanceHtml(approaches: Approaches, input: ApproachesInput, made: Date): Html {
  const { results, share, seed, seconds, version, fit } = approaches;
  const [first] = results;
  const drawn = share === undefined ? 'with replacement' : `${formatLevel(share)} of them, without replacement`;
  return factsHtml([
    ...sourcesOf(input).map((source, k): Fact => [k === 0 ? 'Tables' : '', source]),
    ...notesOf(input).map((note, k): Fact => [k === 0 ? 'Notes' : '', note]),
    ...(first ? [['Resamples', `${formatInteger(first.replicates)} of each approach, ${drawn}`, `seed ${seed}`] as const] : []),
    ...(fit ? [['Device', `${fit.backend.name.toUpperCase()}: ${fit.backend.adapter}`] as const] : []),
    ['Time', formatSeconds(seconds)],
    ['Version', `isoloss ${version}`],
    ['Made', timeHtml(made)],
  ]);
}
