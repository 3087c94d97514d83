/**
 * Table 3 of Hoffmann et al. 2022: compute-optimal FLOPs and tokens of nine sizes, by approach 1. From the rows themselves,
 * from the closed form of Eq. 10, and from our own fits, all of which are approach 3.
 */
import type { Laws } from '../approaches/laws.ts';
import { powerAt } from '../approaches/power.ts';
import { EQ10, EQ10_ROUNDED } from '../paper/hoffmann.ts';
import { TABLE2 } from '../paper/hoffmann-table2.ts';
import { TABLE_3, type OptimalRow } from '../paper/hoffmann-tables.ts';
import { printed } from '../paper/printed.ts';
import { paperReplica } from '../paper/replica.ts';
import { formatCount } from '../units.ts';
import { compare, type Comparison } from './comparison.ts';
import {
  closedForm, compareProducts, compareRows, flopsOf, frontierSeries, impliedInWords, leftOut, needsOf, otherLaws, printedSeries,
  ratioChart, throughRows, TOLERANCE,
} from './optimal-rows.ts';
import { approach3, withoutOutliers } from './refits.ts';
import { missingSection, type Context, type Recipe, type Section } from './reproduction.ts';
import { inWords, percent, powerInWords } from './words.ts';

const TABLE = 'Table 3';
const ROWS = throughRows(TABLE_3);
/** Its FLOPs are given, those of Gopher, and its size is found; of the others it is the reverse. */
const GOPHER_ROW = TABLE_3.find((row) => flopsOf(row) === TABLE2.gopherBudget)!;
const CLOSED_FORMS = [
  { name: 'closed form with the rounded constants', of: closedForm(EQ10_ROUNDED) },
  { name: 'closed form with the unrounded constants', of: closedForm(EQ10) },
];

export const table3: Recipe = {
  id: 'table3',
  title: 'Table 3: compute-optimal FLOPs and tokens, approach 1',
  paper: `Hoffmann et al. 2022, arXiv:2203.15556, ${TABLE}`,
  needs: ['epoch'],
  run: async (context) => [itself(), powerLaws(), closedForms(), await replica(context), await epoch(context)],
};

function itself(): Section {
  const products = compareProducts(TABLE, TABLE_3);
  const ratios = products.map(({ ratio }) => ratio);
  return {
    title: `${TABLE} with itself`,
    data: 'the printed rows',
    comparisons: [...products, ...TABLE_3.flatMap(inGophers)],
    findings: [`6·N·D of a printed row is ${inWords(Math.min(...ratios))} to ${inWords(Math.max(...ratios))} of its FLOPs.`],
    charts: [],
  };
}

/** The third column: FLOPs over those of Gopher, or, below one, "1/29,968". */
function inGophers({ model, C, gophers }: OptimalRow): Comparison[] {
  if (gophers === undefined) return [];
  const below = gophers.startsWith('1/');
  const unit = printed(below ? gophers.slice(2) : gophers);
  const ours = C.value / TABLE2.gopherBudget;
  return [compare({
    quantity: below ? 'FLOPs of Gopher over those of the model' : 'FLOPs over those of Gopher', where: `${TABLE}, ${model}`,
    published: unit.value, printed: gophers, ours: below ? 1 / ours : ours, from: 'FLOPs of the printed row', digits: unit.digits,
    tolerance: C.rounding, because: 'the quotient is cut off there, not rounded',
  })];
}

function powerLaws(): Section {
  const comparisons = compareRows(TABLE, TABLE_3, (row) => leftOut(TABLE_3, row), {
    from: 'power laws through the other eight rows', tolerance: TOLERANCE, because: 'the row lies off the line of the other eight',
  });
  return {
    title: `${TABLE} from its own power laws`,
    data: 'the printed rows, each compared with the line through the other eight',
    comparisons,
    findings: [
      `The rows lie on N_opt = ${powerInWords(ROWS.N)} and D_opt = ${powerInWords(ROWS.D)}.`,
      impliedInWords(TABLE, TABLE_3, GOPHER_ROW),
    ],
    charts: [],
  };
}

const CAPTION = 'Table 3 stays near 20 tokens per parameter at every size. The closed form of Eq. 10 asks for more and more of them.';

function closedForms(): Section {
  return {
    title: `${TABLE} from the closed form of Eq. 10`,
    data: 'published constants, as printed and unrounded',
    comparisons: CLOSED_FORMS.flatMap(({ name, of }) => against(name, of)),
    findings: [
      'Table 3 does not follow from Eq. 10, and need not: it is Approach 1, and Eq. 10 is Approach 3.',
      ...CLOSED_FORMS.map(({ name, of }) => largest(name, of)),
    ],
    charts: [ratioChart('tokens-per-parameter', 'Tokens per parameter: Table 3 and Eq. 10', CAPTION, [
      printedSeries(TABLE, TABLE_3),
      frontierSeries('power laws through its rows', 'line', ROWS, TABLE_3),
      ...CLOSED_FORMS.map(({ name, of }) => frontierSeries(name, 'dashed', of, TABLE_3)),
    ])],
  };
}

/** Each row beside a frontier that is not Approach 1's. */
function against(from: string, of: Laws): Comparison[] {
  return compareRows(TABLE, TABLE_3, ({ N }) => needsOf(of, N), { from, tolerance: TOLERANCE, because: otherLaws(of, TABLE_3) });
}

function largest(name: string, of: Laws): string {
  const { model, N, D } = TABLE_3.at(-1)!;
  return `At ${model} the ${name} asks for ${formatCount(needsOf(of, N).D)} tokens, ${inWords(needsOf(of, N).D / D.value)} times the ${D.text} of the table.`;
}

async function replica(context: Context): Promise<Section> {
  const sweep = paperReplica();
  const of = await approach3(context, sweep);
  return refit('a synthetic replica of the sweep', `${sweep.name}, drawn from Eq. 10`, 'Approach 3 on the replica', of, 'replica-tokens-per-parameter');
}

async function epoch(context: Context): Promise<Section> {
  const runs = context.data.epoch;
  if (runs === undefined) return missingSection(`${TABLE} from a refit of Epoch's runs`, "Epoch's runs", 'epoch');
  const sweep = withoutOutliers(runs);
  const of = await approach3(context, sweep);
  return refit("Epoch's runs", `Epoch's ${sweep.loss.length} runs`, "Approach 3 on Epoch's runs", of, 'epoch-tokens-per-parameter');
}

function refit(what: string, data: string, from: string, of: Laws, chart: string): Section {
  const comparisons = against(from, of);
  const within = comparisons.filter(({ verdict }) => verdict === 'reproduced').length;
  const apart = Math.max(...comparisons.map(({ ratio }) => Math.abs(ratio - 1)));
  return {
    title: `${TABLE} from a refit of ${what}`,
    data,
    comparisons,
    findings: [
      `The refit puts N_opt at ${powerInWords(of.N)}: ${within} of the ${comparisons.length} numbers of the table are within ` +
        `${percent(TOLERANCE)} and their rounding, the furthest ${percent(apart)} off.`,
      `At the ${inWords(TABLE2.gopherBudget)} FLOPs of Gopher it trains ${formatCount(powerAt(of.N, TABLE2.gopherBudget))} parameters, ` +
        `the table ${GOPHER_ROW.model}.`,
    ],
    charts: [ratioChart(chart, `Tokens per parameter: Table 3 and ${what}`, `Table 3 is Approach 1. The line is ${from}, beyond the runs by extrapolation.`, [
      printedSeries(TABLE, TABLE_3), frontierSeries(from, 'line', of, TABLE_3),
    ])],
  };
}
