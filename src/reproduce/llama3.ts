/**
 * The compute-optimal line of Llama 3: tokens over FLOPs as printed in the text and in the figure, what each makes of the
 * flagship's budget, and approach 2 on points of the IsoFLOP figure that the user brings.
 */
import { isoflopApproach, type IsoflopApproach } from '../approaches/isoflop.ts';
import { powerAt, type PowerLaw } from '../approaches/power.ts';
import { LLAMA3_FIGURE, LLAMA3_FLAGSHIP, LLAMA3_TEXT, tokenLaw, type PrintedLaw } from '../paper/llama3.ts';
import type { Sweep } from '../types.ts';
import { formatCount } from '../units.ts';
import { compare, type Comparison } from './comparison.ts';
import { missingSection, type Chart, type ChartSeries, type Recipe, type Section } from './reproduction.ts';
import { percent, powerInWords } from './words.ts';

const { C: BUDGET, N: SIZE, D: TOKENS } = LLAMA3_FLAGSHIP;
const WHERE = `${BUDGET.text} FLOPs`;
/** Training FLOPs: from the smallest budget of the figure to the flagship's. */
const RANGE = [6e18, BUDGET.value] as const;

const LINES = [
  { name: 'line of the text', law: LLAMA3_TEXT },
  { name: 'line of the figure', law: LLAMA3_FIGURE },
] as const;

export const llama3: Recipe = {
  id: 'llama3',
  title: 'Compute-optimal tokens of Llama 3',
  paper: 'Llama team 2024, arXiv:2407.21783, §3.2.1',
  needs: ['llama3'],
  run: ({ data }) => Promise.resolve([printedLines(), pointsOf(data.llama3)]),
};

function printedLines(): Section {
  const [text, figure] = LINES.map(({ law }) => powerAt(tokenLaw(law), BUDGET.value));
  return {
    title: `The printed lines at ${WHERE}`,
    data: 'the printed lines, D_opt = A·C^α (the paper writes N* for tokens)',
    comparisons: [...LINES.flatMap(({ name, law }) => flagship(tokenLaw(law), `${name}, ${powerInWords(tokenLaw(law))}`, law)), product()],
    findings: [
      `The text prints (${LLAMA3_TEXT.alpha.text}, ${LLAMA3_TEXT.A.text}), the figure (${LLAMA3_FIGURE.alpha.text}, ${LLAMA3_FIGURE.A.text}): the text cuts them off. ` +
        `At ${WHERE} that is ${formatCount(text)} tokens instead of ${formatCount(figure)}, ${percent(1 - text / figure)} fewer.`,
      `Only the figure's line leads to the ${TOKENS.text} tokens of the text, within what the rounding of its exponent leaves open, ` +
        `${formatCount(powerAt(tokenLaw(LLAMA3_FIGURE, -1), BUDGET.value))} to ${formatCount(powerAt(tokenLaw(LLAMA3_FIGURE, 1), BUDGET.value))}.`,
    ],
    charts: [tokenChart('tokens-over-compute', 'Compute-optimal tokens of Llama 3', [])],
  };
}

/**
 * Tokens and size at the flagship's budget, by a line. What the rounding of a printed line leaves open there is no
 * difference, and what is left open of N is that of D.
 */
function flagship(line: PowerLaw, from: string, law: PrintedLaw): Comparison[] {
  const D = powerAt(line, BUDGET.value);
  const open = powerAt(tokenLaw(law, 1), BUDGET.value) - powerAt(tokenLaw(law), BUDGET.value);
  return [
    compare({
      quantity: 'D_opt, tokens', where: WHERE, published: TOKENS.value, printed: TOKENS.text, ours: D, from,
      digits: TOKENS.digits, tolerance: open / TOKENS.value, because: 'more than the rounding of the printed line leaves open',
    }),
    compare({
      quantity: 'N_opt = C/(6·D_opt), parameters', where: WHERE, published: SIZE.value, printed: SIZE.text, ours: BUDGET.value / (6 * D), from,
      digits: SIZE.digits, tolerance: open / TOKENS.value, because: '6·N·D of the printed size and tokens is not the budget',
    }),
  ];
}

/** The two printed sizes against the budget. */
function product(): Comparison {
  return compare({
    quantity: '6·N·D, FLOPs', where: `${SIZE.text} on ${TOKENS.text}`, published: BUDGET.value, printed: BUDGET.text, ours: 6 * SIZE.value * TOKENS.value,
    from: 'the two printed sizes', digits: BUDGET.digits, otherwise: 'unresolved', because: 'what rule led from the tokens to the size is not known',
  });
}

function pointsOf(points: Sweep | undefined): Section {
  const title = 'Approach 2 on the IsoFLOP points';
  if (points === undefined) return missingSection(title, 'points read off figure 2', 'llama3');
  const found = isoflopApproach(points);
  const from = `Approach 2 on ${points.loss.length} points, ${found.optima.length} budgets`;
  const line = { where: 'figure of the fitted line', from, because: 'other points, or another fit, than the figure has' };
  return {
    title, data: `${points.loss.length} points of ${points.name}`,
    comparisons: [
      compare({ ...line, quantity: 'α', published: LLAMA3_FIGURE.alpha.value, ours: found.D.exponent, digits: LLAMA3_FIGURE.alpha.digits }),
      compare({ ...line, quantity: 'A', published: LLAMA3_FIGURE.A.value, ours: found.D.coefficient, digits: LLAMA3_FIGURE.A.digits }),
      ...flagship(found.D, from, LLAMA3_FIGURE),
    ],
    findings: [
      `Through the vertices of ${found.optima.length} parabolas D_opt = ${found.D.coefficient.toFixed(5)}·C^${found.D.exponent.toFixed(5)}: ` +
        `at ${WHERE} ${formatCount(powerAt(found.D, BUDGET.value))} tokens and ${formatCount(BUDGET.value / (6 * powerAt(found.D, BUDGET.value)))} parameters.`,
      ...found.warnings,
    ],
    charts: [tokenChart('tokens-over-compute-points', 'Compute-optimal tokens of Llama 3, and approach 2 on its points', seriesOf(found))],
  };
}

function seriesOf({ optima, D }: IsoflopApproach): ChartSeries[] {
  return [
    { name: 'vertices of the parabolas', mark: 'points', x: optima.map(({ C }) => C), y: optima.map((point) => point.D) },
    lineOf('power law through them', 'line', D),
  ];
}

function lineOf(name: string, mark: ChartSeries['mark'], law: PowerLaw): ChartSeries {
  return { name, mark, x: [...RANGE], y: RANGE.map((C) => powerAt(law, C)) };
}

function tokenChart(name: string, title: string, more: readonly ChartSeries[]): Chart {
  return {
    name, title,
    caption: `Text and figure print one line, with two and with three digits. Two do not carry it to ${WHERE}.`,
    x: { title: 'training FLOPs', log: true },
    y: { title: 'training tokens', log: true },
    series: [
      ...LINES.map(({ name: line, law }) => lineOf(line, more.length > 0 ? 'dashed' : 'line', tokenLaw(law))),
      { name: 'flagship', mark: 'points', x: [BUDGET.value], y: [TOKENS.value] },
      ...more,
    ],
  };
}
