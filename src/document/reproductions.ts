/** Reproductions as a page (page.ts): each published number beside ours, what it shows, and the charts. */
import { seriesFigure } from '../figures/series.ts';
import { reproductionsJson } from '../report/reproduction.ts';
import {
  countVerdicts, formatComparedRatio, formatOurs, formatPublished, formatVerdicts, groupsOf, reasonsOf, type VerdictCounts,
} from '../report/verdicts.ts';
import type { Comparison, Verdict } from '../reproduce/comparison.ts';
import { dataOption, dataSetById, type DataSetId } from '../reproduce/data.ts';
import type { Chart, Reproduction, Section } from '../reproduce/reproduction.ts';
import { formatSeconds } from '../units.ts';
import type { ReportFigure } from './charts.ts';
import { html, type Html } from './html.ts';
import { pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { factsHtml, tableHtml } from './tables.ts';

export interface HtmlReproductionsOptions {
  readonly reproductions: readonly Reproduction[];
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlReproductions({ reproductions, plotly, made = new Date() }: HtmlReproductionsOptions): Promise<string> {
  return pageText({
    title: 'Published scaling laws, reproduced',
    header: html`<h1>Published scaling laws, reproduced</h1>
<p class="totals">${formatVerdicts(countVerdicts(reproductions))}</p>
<p class="note">Each published number beside ours. Ours is computed, from the data that each table names; it counts as reproduced where it is \
within the rounding of what was published and a tolerance that is given in the JSON.</p>
`,
    main: [
      sectionHtml('Reproductions', summaryHtml(reproductions)),
      ...reproductions.map(reproductionHtml),
      sectionHtml('Provenance', provenanceHtml(reproductions, made)),
    ],
    figures: reproductions.flatMap(reproductionFigures),
    plotly,
    result: { value: reproductionsJson(reproductions), command: 'isoloss reproduce --json', file: 'isoloss-reproductions.json' },
  });
}

/** The charts of a reproduction; a name begins with its id. */
export function reproductionFigures(reproduction: Pick<Reproduction, 'id' | 'sections'>): ReportFigure[] {
  return figuresBySection(reproduction).flat();
}

function figuresBySection({ id, sections }: Pick<Reproduction, 'id' | 'sections'>): ReportFigure[][] {
  return sections.map(({ charts }) => charts.map((chart) => figureOf(`${id}-${chart.name}`, chart)));
}

function figureOf(name: string, chart: Chart): ReportFigure {
  return { name, title: chart.title, caption: chart.caption, figure: (look) => seriesFigure({ ...chart, name }, look) };
}

const COUNTS: readonly (readonly [title: string, of: keyof VerdictCounts])[] = [
  ['Reproduced', 'reproduced'], ['Differ', 'differs'], ['Not reproducible', 'notReproducible'], ['Unresolved', 'unresolved'],
  ['Sections not run', 'notRun'],
];

function summaryHtml(reproductions: readonly Reproduction[]): Html {
  const counts = reproductions.map((reproduction) => countVerdicts([reproduction]));
  return html`${tableHtml('Reproductions', [
    { title: 'What', words: true, cells: reproductions.map(({ id, title }) => html`<a href="#${id}">${title}</a>`) },
    ...COUNTS.map(([title, of]) => ({ title, cells: counts.map((count) => (count[of] === 0 ? '' : count[of])) })),
  ], { wraps: true })}
${reproductions.some(({ sections }) => sections.some(({ charts }) => charts.length > 0)) ? UNDRAWN : undefined}`;
}

function reproductionHtml(reproduction: Reproduction): Html {
  const { id, title, paper, sections } = reproduction;
  const figures = figuresBySection(reproduction);
  return html`<section id="${id}">
<h2>${title}</h2>
<p class="note">${paper}. ${formatVerdicts(countVerdicts([reproduction]))}.</p>
${sections.map((section, k) => partHtml(section, figures[k]))}</section>
`;
}

function partHtml(section: Section, figures: readonly ReportFigure[]): Html {
  const { title, data, findings, missing } = section;
  const reasons = reasonsOf(section);
  return html`<h3>${title}</h3>
<p class="note">Data: ${data}</p>
${missing === undefined ? undefined : notRunHtml(missing)}\
${section.comparisons.length > 0 ? comparisonsHtml(section, reasons) : undefined}\
${reasons.length > 0 ? html`<ol>${reasons.map((reason) => html`<li>${reason}</li>`)}</ol>\n` : undefined}\
${findings.length > 0 ? html`<ul>${findings.map((finding) => html`<li>${finding}</li>`)}</ul>\n` : undefined}\
${titledChartsHtml(figures)}`;
}

function notRunHtml(id: DataSetId): Html {
  const { title, source } = dataSetById(id);
  return html`<p class="verdict"><strong>Not run.</strong> It needs ${title}: ${source}. In a terminal: <code>isoloss reproduce ${dataOption(id)} FILE</code>.</p>\n`;
}

/** A row says where it was published where that is not the same as above it. */
function comparisonsHtml(section: Section, reasons: readonly string[]): Html {
  const groups = groupsOf(section);
  const rows = groups.flatMap((group) => group.rows);
  const starts = groups.map((_, g) => groups.slice(0, g).reduce((sum, group) => sum + group.rows.length, 0));
  const above = new Map(groups.map(({ from }, g) => [starts[g], `Ours: ${from}`]));
  const place = ({ where }: Comparison, k: number) => (above.has(k) || rows[k - 1].where !== where ? html`<span class="where">${where}</span>` : undefined);
  return html`${tableHtml(section.title, [
    { title: 'What', words: true, cells: rows.map((row, k) => html`${place(row, k)}${row.quantity}`) },
    { title: 'Published', cells: rows.map(formatPublished) },
    { title: 'Ours', cells: rows.map((row) => html`<b>${formatOurs(row)}</b>`) },
    { title: 'Ratio', cells: rows.map((row) => html`<span class="${CLASSES[row.verdict]}">${formatComparedRatio(row)}</span>`) },
    { title: 'Verdict', words: true, cells: rows.map((row) => verdictHtml(row, reasons)) },
  ], { wraps: true, above })}
`;
}

const CLASSES: Readonly<Record<Verdict, string>> = { reproduced: 'reproduced', differs: 'differs', 'not reproducible': '', unresolved: '' };

/** The number is that of the reason in the list below the tables. */
function verdictHtml({ verdict, because }: Comparison, reasons: readonly string[]): Html {
  const place = because === undefined ? undefined : html`\u00A0<sup>${reasons.indexOf(because) + 1}</sup>`;
  return html`<span class="${CLASSES[verdict]}">${verdict}</span>${place}`;
}

function provenanceHtml(reproductions: readonly Reproduction[], made: Date): Html {
  const devices = [...new Set(reproductions.map(({ backend: { name, adapter } }) => `${name.toUpperCase()}: ${adapter}`))];
  const seeds = [...new Set(reproductions.map(({ seed }) => String(seed)))];
  return factsHtml([
    ['Device', devices.join(', ')],
    ['Seed', seeds.join(', ')],
    ['Time', formatSeconds(reproductions.reduce((sum, { seconds }) => sum + seconds, 0))],
    ['Version', [...new Set(reproductions.map(({ version }) => `isoloss ${version}`))].join(', ')],
    ['Made', timeHtml(made)],
  ]);
}
