/**
 * Table A3 of Hoffmann et al. 2022: compute-optimal FLOPs and tokens of nine sizes, by approaches 2 and 3. The column of
 * approach 3 follows from no published constants of Eq. 10, and one of its FLOPs is a misprint.
 */
import { isoflopApproach } from '../approaches/isoflop.ts';
import type { Laws } from '../approaches/laws.ts';
import { fitPowerLaw, powerAt } from '../approaches/power.ts';
import { BESIROGLU } from '../paper/besiroglu.ts';
import { EQ10, EQ10_ROUNDED } from '../paper/hoffmann.ts';
import { TABLE_A3_APPROACH_2, TABLE_A3_APPROACH_3, type OptimalRow } from '../paper/hoffmann-tables.ts';
import { paperReplica } from '../paper/replica.ts';
import type { Params } from '../plan/frontier.ts';
import type { Sweep } from '../types.ts';
import { formatCount } from '../units.ts';
import type { Comparison } from './comparison.ts';
import {
  closedForm, compareProducts, compareRows, flopsOf, frontierSeries, impliedInWords, leftOut, needsOf, otherLaws, printedSeries, ratioChart, throughRows, TOLERANCE,
} from './optimal-rows.ts';
import { approach3, withoutOutliers } from './refits.ts';
import { missingSection, type Context, type Recipe, type Section } from './reproduction.ts';
import { inWords, percent, powerInWords } from './words.ts';

const COLUMNS = [
  { name: 'Table A3, Approach 2', rows: TABLE_A3_APPROACH_2 },
  { name: 'Table A3, Approach 3', rows: TABLE_A3_APPROACH_3 },
] as const;
const [, THIRD] = COLUMNS;

const CONSTANTS: readonly { readonly name: string; readonly params: Params }[] = [
  { name: 'Eq. 10 as printed', params: EQ10_ROUNDED },
  { name: 'Eq. 10 unrounded', params: EQ10 },
  { name: 'Besiroglu et al. 2024', params: BESIROGLU },
];

export const tableA3: Recipe = {
  id: 'tableA3',
  title: 'Table A3: compute-optimal FLOPs and tokens, approaches 2 and 3',
  paper: 'Hoffmann et al. 2022, arXiv:2203.15556, Table A3',
  needs: ['epoch'],
  run: async (context) => [itself(), powerLaws(), closedForms(), await replica(context), await epoch(context)],
};

function itself(): Section {
  const comparisons = COLUMNS.flatMap(({ name, rows }) => compareProducts(name, rows));
  const misprint = comparisons.find(({ printed }) => printed?.includes('[sic]'))!;
  const rest = comparisons.filter((other) => other !== misprint).map(({ ratio }) => ratio);
  const odd = comparisons.filter((other) => other !== misprint && other.verdict === 'differs');
  return {
    title: 'Table A3 with itself',
    data: 'the printed rows',
    comparisons,
    findings: [
      `${misprint.where}: ${inWords(misprint.published)} FLOPs are printed, 6·N·D of the row is ${inWords(misprint.ours)}: ` +
        'the exponent is misprinted. All that follows takes the FLOPs that were meant.',
      `In the other rows 6·N·D is ${inWords(Math.min(...rest))} to ${inWords(Math.max(...rest))} of the FLOPs; ` +
        `only ${odd.map(({ where, ratio }) => `${where} (${inWords(ratio)})`).join(' and ')} cannot be rounding.`,
    ],
    charts: [],
  };
}

function powerLaws(): Section {
  const because = 'the row lies off the line of the other eight';
  return {
    title: 'Table A3 from its own power laws',
    data: 'the printed rows, each compared with the line through the other eight',
    comparisons: COLUMNS.flatMap(({ name, rows }) => compareRows(name, rows, (row) => leftOut(rows, row), {
      from: 'power laws through the other eight rows', tolerance: TOLERANCE, because,
    })),
    findings: [
      ...COLUMNS.map(({ name, rows }) => `${name}: the rows lie on N_opt = ${powerInWords(throughRows(rows).N)} and D_opt = ${powerInWords(throughRows(rows).D)}.`),
      ...COLUMNS.flatMap(({ name, rows }) => rows.filter(({ model }) => model === '67B').map((row) => impliedInWords(name, rows, row))),
    ],
    charts: [],
  };
}

const CAPTION = 'The Approach 3 column lies on none of the closed forms of published constants.';

/** A closed form has no error of its own: only the rounding of the printed numbers is allowed. */
function closedForms(): Section {
  const forms = CONSTANTS.map(({ name, params }) => ({ name, params, of: closedForm(params) }));
  return {
    title: 'The Approach 3 column from the closed form',
    data: 'published constants: Eq. 10 as printed, Eq. 10 unrounded, Besiroglu et al. 2024',
    comparisons: forms.flatMap(({ name, of }) => compareRows(THIRD.name, THIRD.rows, ({ N }) => needsOf(of, N), {
      from: `closed form, ${name}`, otherwise: 'not reproducible', because: otherLaws(of, THIRD.rows),
    })),
    findings: [
      'The Approach 3 column follows from no published constants. Tokens of its rows, printed and by the closed form: ' +
        `${THIRD.rows.map((row) => tokensOf(row, forms.map(({ of }) => of))).join('; ')} (${forms.map(({ name }) => name).join(', ')}).`,
      ownLaw(forms),
    ],
    charts: [ratioChart('tokens-per-parameter', 'Tokens per parameter: Table A3 and closed forms', CAPTION, [
      ...COLUMNS.map(({ name, rows }) => printedSeries(name, rows)),
      ...forms.map(({ name, of }) => frontierSeries(`closed form, ${name}`, 'line', of, THIRD.rows)),
    ])],
  };
}

/** The law that the rows follow which spend their FLOPs as 6·N·D: all but those that cannot be rounding. */
function ownLaw(forms: readonly { readonly name: string; readonly params: Params }[]): string {
  const rows = THIRD.rows.filter((row) => Math.abs((6 * row.N * row.D.value) / flopsOf(row) - 1) < TOLERANCE / 2);
  const law = fitPowerLaw(rows.map(({ N }) => N), rows.map(({ D }) => D.value));
  const apart = Math.max(...rows.map(({ N, D }) => Math.abs(powerAt(law, N) / D.value - 1)));
  const ratios = forms.map(({ name, params }) => `${(params.alpha / params.beta).toFixed(3)} by ${name}`);
  return `${rows.length} of its rows lie on one line, D_opt ∝ N_opt^${law.exponent.toFixed(3)}, to ${percent(apart)}: they do come from a law, with ` +
    `alpha/beta = ${law.exponent.toFixed(3)}, where it is ${ratios.join(', ')}. Which law is unknown.`;
}

/** "400M 9.2B: 14.5B, 9.79B, 9.50B" */
function tokensOf({ model, N, D }: OptimalRow, frontiers: readonly Laws[]): string {
  return `${model} ${D.text}: ${frontiers.map((of) => formatCount(needsOf(of, N).D)).join(', ')}`;
}

async function replica(context: Context): Promise<Section> {
  const sweep = paperReplica();
  return refits(context, sweep, 'a synthetic replica of the sweep', `${sweep.name}, drawn from Eq. 10`, 'the replica');
}

async function epoch(context: Context): Promise<Section> {
  const runs = context.data.epoch;
  if (runs === undefined) return missingSection("Table A3 from refits of Epoch's runs", "Epoch's runs", 'epoch');
  const sweep = withoutOutliers(runs);
  return refits(context, sweep, "Epoch's runs", `Epoch's ${sweep.loss.length} runs`, "Epoch's runs");
}

/** Each column by its own approach. */
async function refits(context: Context, sweep: Sweep, what: string, data: string, on: string): Promise<Section> {
  const found = [isoflopApproach(sweep), await approach3(context, sweep)];
  const against = COLUMNS.map(({ name, rows }, k) => refitted(name, rows, found[k], `Approach ${k + 2} on ${on}`));
  return {
    title: `Table A3 from refits of ${what}`,
    data,
    comparisons: against.flat(),
    findings: against.map((comparisons, k) => {
      const apart = comparisons.map(({ ratio }) => Math.abs(ratio - 1));
      return `Approach ${k + 2} on ${on}: N_opt = ${powerInWords(found[k].N)}; its column is ${percent(Math.min(...apart))} to ${percent(Math.max(...apart))} away.`;
    }),
    charts: [ratioChart(
      on === 'the replica' ? 'replica-tokens-per-parameter' : 'epoch-tokens-per-parameter', `Tokens per parameter: Table A3 and ${what}`,
      'Each column beside the same approach on other runs, beyond them by extrapolation.',
      COLUMNS.flatMap(({ name, rows }, k) => [printedSeries(name, rows), frontierSeries(`Approach ${k + 2} on ${on}`, 'line', found[k], rows)]),
    )],
  };
}

function refitted(name: string, rows: readonly OptimalRow[], of: Laws, from: string): Comparison[] {
  return compareRows(name, rows, ({ N }) => needsOf(of, N), { from, tolerance: TOLERANCE, because: `other runs: ${otherLaws(of, rows)}` });
}
