/** Bit widths of a plan as tables, as JSON, and whose constants they are from. */
import type { PlanOptions } from '../stats/plan.ts';
import type { PrecisionPlans } from '../stats/plan-precision.ts';
import type { Column } from './layout.ts';
import { bestBits } from '../plan/precision.ts';
import { beyondColumn, formatLoss, formatPercent, inSize, shareColumns, shown, type Confidence } from './plan-tables.ts';
import { formatCount, formatNumber } from '../units.ts';

interface Section {
  readonly title: string;
  readonly columns: readonly Column[];
}

/** `budget`: "1e24 FLOPs". */
export function precisionSections({ widths, sizes, afterwards }: PrecisionPlans, budget: string, confidence: Confidence): Section[] {
  return [
    ...(widths.length > 0 ? [{ title: `Trained in fewer bits, at the cost of ${budget} in 16`, columns: widthColumns(widths, confidence) }] : []),
    ...(sizes.length > 0 ? [{ title: `Best bit width of a size, at the cost of ${budget} in 16`, columns: sizeColumns(sizes) }] : []),
    ...(afterwards.length > 0 ? [{ title: `The optimum for ${budget}, quantised afterwards`, columns: quantisedColumns(afterwards) }] : []),
  ];
}

/** As it was given. */
const formatGiven = (bits: number) => String(Number(bits.toPrecision(10)));
const formatBits = (bits: number) => formatNumber(bits, 3);
/** Of a loss that may be next to nothing. */
const formatAdded = (added: number) => (added >= 0.001 || added === 0 ? formatLoss(added) : formatNumber(added, 2));

function widthColumns(widths: PrecisionPlans['widths'], confidence: Confidence): Column[] {
  const answers = widths.map((width) => width.answers);
  return [
    ['l', 'bits', widths.map(({ bits, isBest }) => (isBest ? `${formatBits(bits)}, best` : formatGiven(bits)))],
    ['r', 'N that counts', widths.map(({ share }) => formatPercent(share))],
    ['r', 'N', answers.map(({ N }) => shown(N.value, formatCount))],
    ['r', 'D', answers.map(({ D }) => shown(D.value, formatCount))],
    ['r', 'loss', answers.map(({ loss }) => shown(loss.value, formatLoss))],
    ...shareColumns('against 16 bits', answers.map(({ excess }) => excess), confidence),
    ...beyondColumn(widths.map(({ beyond }) => inSize(beyond))),
  ];
}

function sizeColumns(sizes: PrecisionPlans['sizes']): Column[] {
  const answers = sizes.map((size) => size.answers);
  return [
    ['r', 'N', sizes.map(({ N }) => formatCount(N))],
    ['r', 'best bits', answers.map(({ bits }) => shown(bits.value, formatBits))],
    ['r', 'D', answers.map(({ D }) => shown(D.value, formatCount))],
    ['r', 'loss', answers.map(({ loss }) => shown(loss.value, formatLoss))],
    ...beyondColumn(sizes.map(({ beyond }) => inSize(beyond))),
  ];
}

function quantisedColumns(afterwards: PrecisionPlans['afterwards']): Column[] {
  const answers = afterwards.map((each) => each.answers);
  return [
    ['r', 'bits', afterwards.map(({ bits }) => formatGiven(bits))],
    ['r', 'added loss', answers.map(({ added }) => shown(added.value, formatAdded))],
    ['r', 'loss', answers.map(({ loss }) => shown(loss.value, formatLoss))],
    ['r', 'more D harms from', answers.map(({ tokensBeforeHarm }) => shown(tokensBeforeHarm.value, formatCount))],
  ];
}

/** A sentence for each set of constants. */
export function precisionSources({ precision }: PlanOptions): string[] {
  if (!precision) return [];
  const { scales, widths, afterwards } = precision;
  const [weights, activations, cache] = [scales.weights, scales.activations, scales.cache].map((gamma) => Number(gamma.toPrecision(5)));
  return [
    ...(widths.length > 0 ? [
      `In P bits so many parameters count: N times 1 - e^(-P/γ) for each of weights, activations, and keys and values, with γ of ${weights}, ${activations} and ${cache} bits: ${scales.source}.`,
      ...bestWidthText(scales),
    ] : []),
    ...(afterwards ? [`What quantising adds: ${afterwards.quantising.source}.`] : []),
  ];
}

/** What the best width hangs on, and how it is to what the paper is quoted to say. */
function bestWidthText(scales: NonNullable<PlanOptions['precision']>['scales']): string[] {
  const best = bestBits(scales);
  if (best === undefined) return [];
  const { claimed } = scales;
  const other = claimed && ` The paper is quoted with ${claimed.join(' to ')} bits as best where all three are chosen, which would take γ ` +
    `${claimed.map((bits) => formatNumber(bits / best, 2)).join(' to ')} times as large: what makes the difference is not known here.`;
  return [`The best width, ${formatBits(best)} bits, follows from γ alone, whatever the law and the budget, as a FLOP costs in proportion to its bits and N and D ` +
    `are chosen for each width. Where the size is held it takes more bits, the more the longer it is trained.${other ?? ''}`];
}

export function precisionJson({ widths, sizes, afterwards }: PrecisionPlans) {
  return {
    widths: widths.map(({ bits, isBest = false, share, beyond, answers }) => ({ bits, isBest, share, ...answers, beyond })),
    sizes: sizes.map(({ N, beyond, answers }) => ({ N, ...answers, beyond })),
    afterwards: afterwards.map(({ bits, answers }) => ({ bits, ...answers })),
  };
}
