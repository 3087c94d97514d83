/** Reproductions as text for a terminal, and as JSON: published | ours | ratio | verdict, and what it shows. */
import type { Comparison } from '../reproduce/comparison.ts';
import { dataOption, dataSetById, type DataSetId } from '../reproduce/data.ts';
import type { Reproduction, Section } from '../reproduce/reproduction.ts';
import { formatSeconds } from '../units.ts';
import { version } from '../version.ts';
import { jsonable, type Jsonable } from './jsonable.ts';
import { hang, indent, pad, table, WIDTH, wrap } from './layout.ts';
import {
  countVerdicts, formatComparedRatio, formatOurs, formatPublished, formatVerdicts, groupsOf, reasonsOf, type VerdictCounts,
} from './verdicts.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function reproductionsText(reproductions: readonly Reproduction[]): string {
  const parts = [...reproductions.map(reproductionLines), summaryLines(reproductions)];
  return `${parts.map((lines) => lines.join('\n')).join(`\n\n${'─'.repeat(WIDTH)}\n`)}\n`;
}

function reproductionLines(reproduction: Reproduction): string[] {
  const { title, paper, sections, backend, seed, seconds, version } = reproduction;
  const how = `${backend.name}, ${backend.adapter}; seed ${seed}; ${formatSeconds(seconds)}  (isoloss ${version})`;
  return [
    ...hang('', title),
    ...hang('', paper),
    ...sections.flatMap((section) => ['', ...sectionLines(section)]),
    '',
    ...hang('', formatVerdicts(countVerdicts([reproduction]))),
    ...hang('', how),
  ];
}

function sectionLines(section: Section): string[] {
  const { title, data, findings, missing } = section;
  const reasons = reasonsOf(section);
  return [
    ...hang('  ', title),
    ...hang('  ', `Data: ${data}`),
    ...(missing === undefined ? [] : notRun('  Not run: ', missing)),
    ...(section.comparisons.length > 0 ? ['', ...comparisonLines(section, reasons)] : []),
    ...(reasons.length > 0 ? [''] : []),
    ...reasons.flatMap((reason, k) => hang(`    [${k + 1}] `, reason)),
    ...(findings.length > 0 ? [''] : []),
    ...findings.flatMap((finding) => hang('    * ', finding)),
  ];
}

/** What to give, and where to get it. */
function notRun(label: string, id: DataSetId): string[] {
  const { title, source } = dataSetById(id);
  return hang(label, `give ${dataOption(id)} FILE, ${title}: ${source}`);
}

/** Columns from the left edge to the table, and between columns. */
const [EDGE, GAP] = [6, 2];
/** Of the room that the numbers leave, the share that where a number stands may take. */
const WHERE = 0.45;

/**
 * One table, in which a line says how ours was made wherever that changes. Numbers and verdicts take what they need; where
 * they were published, and what they are, is wrapped into the rest.
 */
function comparisonLines(section: Section, reasons: readonly string[]): string[] {
  const groups = groupsOf(section);
  const rows = groups.flatMap((group) => group.rows);
  const [titles, ...numbers] = table([
    ['l', 'published', pad(rows.map(formatPublished), '.')],
    ['l', 'ours', pad(rows.map(formatOurs), '.')],
    ['l', 'ratio', pad(rows.map(formatComparedRatio), '.')],
    ['l', 'verdict', rows.map((row) => verdictText(row, reasons))],
  ]);
  const room = WIDTH - EDGE - 2 * GAP - Math.max(...[titles, ...numbers].map((line) => line.length));
  const places = groups.flatMap((group) => group.rows.map(({ where }, k) => (k > 0 && group.rows[k - 1].where === where ? '' : where)));
  const left = Math.min(Math.max(...places.map((place) => place.length)), Math.floor(WHERE * room));
  const right = Math.min(Math.max(...rows.map(({ quantity }) => quantity.length)), room - left);
  const lines = rows.map((row, k) => alignedRow([places[k], row.quantity, numbers[k]], [left, right]));
  const [head] = alignedRow(['', '', titles], [left, right]);
  let next = 0;
  return [head, ...groups.flatMap((group) => [...hang('    ', `Ours: ${group.from}`), ...lines.slice(next, next += group.rows.length).flat()])];
}

function verdictText({ verdict, because }: Comparison, reasons: readonly string[]): string {
  return because === undefined ? verdict : `${verdict} [${reasons.indexOf(because) + 1}]`;
}

/** A row of two texts, each wrapped to its width, and the numbers, which are on its first line. */
function alignedRow([place, quantity, numbers]: readonly [string, string, string], [left, right]: readonly [number, number]): string[] {
  const [first, second] = [wrap(place, left), wrap(quantity, right)];
  return Array.from({ length: Math.max(first.length, second.length) }, (_, k) => {
    const cells = [(first[k] ?? '').padEnd(left), (second[k] ?? '').padEnd(right), k === 0 ? numbers : ''];
    return (' '.repeat(EDGE) + cells.join(' '.repeat(GAP))).trimEnd();
  });
}

/** Of several: how each came out; then of all, and the data that would bring more. */
function summaryLines(reproductions: readonly Reproduction[]): string[] {
  const missing = [...new Set(reproductions.flatMap(({ sections }) => sections.flatMap((section) => section.missing ?? [])))];
  return [
    ...(reproductions.length > 1 ? [...indent(summaryTable(reproductions)), ''] : []),
    ...hang('', formatVerdicts(countVerdicts(reproductions))),
    ...missing.flatMap((id) => notRun('For what was not run: ', id)),
  ];
}

const COUNTS: readonly (readonly [title: string, of: keyof VerdictCounts])[] = [
  ['reproduced', 'reproduced'], ['differ', 'differs'], ['not reproducible', 'notReproducible'], ['unresolved', 'unresolved'],
  ['sections not run', 'notRun'],
];

function summaryTable(reproductions: readonly Reproduction[]): string[] {
  const counts = reproductions.map((reproduction) => countVerdicts([reproduction]));
  return table([
    ['l', '', reproductions.map(({ id }) => id)],
    ...COUNTS.map(([title, of]) => ['r', title, counts.map((count) => (count[of] === 0 ? '' : String(count[of])))] as const),
    ['r', 'time', reproductions.map(({ seconds }) => formatSeconds(seconds))],
  ]);
}

/** What `isoloss reproduce --json` prints. The fields mean what they mean in `Reproduction`; what is not finite is null. */
export interface ReproductionsJson {
  readonly totals: VerdictCounts;
  readonly reproductions: readonly Jsonable<Reproduction>[];
  readonly version: string;
}

/** The names are stable; `version` says which isoloss wrote it. */
export function reproductionsJson(reproductions: readonly Reproduction[]): ReproductionsJson {
  return { totals: countVerdicts(reproductions), reproductions: reproductions.map((each) => jsonable(each)), version };
}
