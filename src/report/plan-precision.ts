/** Bit widths of a plan as tables, as JSON, and whose constants they are from. */
import type { PlanOptions } from '../stats/plan.ts';
import type { PrecisionPlans } from '../stats/plan-precision.ts';
import type { Column } from './layout.ts';
import { formatLoss, formatPercent, shareColumns, shown, type Confidence } from './plan-tables.ts';
import { formatCount, formatNumber } from '../units.ts';

interface Section {
  readonly title: string;
  readonly columns: readonly Column[];
}

/** `budget`: "1e24 FLOPs". */
export function precisionSections({ widths, sizes, afterwards }: PrecisionPlans, budget: string, confidence: Confidence): Section[] {
  return [
    ...(widths.length > 0 ? [{ title: `Trained in fewer bits, ${budget} of 16`, columns: widthColumns(widths, confidence) }] : []),
    ...(sizes.length > 0 ? [{ title: `Best bit width of a size, ${budget} of 16`, columns: sizeColumns(sizes) }] : []),
    ...(afterwards.length > 0 ? [{ title: `The optimum for ${budget}, quantised afterwards`, columns: quantisedColumns(afterwards) }] : []),
  ];
}

const formatBits = (bits: number) => formatNumber(bits, 3);

function widthColumns(widths: PrecisionPlans['widths'], confidence: Confidence): Column[] {
  const answers = widths.map((width) => width.answers);
  return [
    ['l', 'bits', widths.map(({ bits, isBest }) => `${formatBits(bits)}${isBest ? ', best' : ''}`)],
    ['r', 'N left', widths.map(({ share }) => formatPercent(share))],
    ['r', 'N', answers.map(({ N }) => shown(N.value, formatCount))],
    ['r', 'D', answers.map(({ D }) => shown(D.value, formatCount))],
    ['r', 'loss', answers.map(({ loss }) => shown(loss.value, formatLoss))],
    ...shareColumns('over 16 bits', answers.map(({ excess }) => excess), confidence),
  ];
}

function sizeColumns(sizes: PrecisionPlans['sizes']): Column[] {
  const answers = sizes.map((size) => size.answers);
  return [
    ['r', 'N', sizes.map(({ N }) => formatCount(N))],
    ['r', 'bits', answers.map(({ bits }) => shown(bits.value, formatBits))],
    ['r', 'D', answers.map(({ D }) => shown(D.value, formatCount))],
    ['r', 'loss', answers.map(({ loss }) => shown(loss.value, formatLoss))],
  ];
}

function quantisedColumns(afterwards: PrecisionPlans['afterwards']): Column[] {
  const answers = afterwards.map((each) => each.answers);
  return [
    ['r', 'bits', afterwards.map(({ bits }) => formatBits(bits))],
    ['r', 'added loss', answers.map(({ added }) => shown(added.value, formatLoss))],
    ['r', 'loss', answers.map(({ loss }) => shown(loss.value, formatLoss))],
    ['r', 'more training harms from', answers.map(({ tokensBeforeHarm }) => shown(tokensBeforeHarm.value, formatCount))],
  ];
}

/** A sentence for each set of constants. */
export function precisionSources({ precision }: PlanOptions): string[] {
  if (!precision) return [];
  const { scales: { weights, activations, cache, source }, widths, afterwards } = precision;
  return [
    ...(widths.length > 0 ? [`Of the parameters at a bit width is left what γ of ${weights}, ${activations} and ${cache} bits say, for weights, activations, and keys and values: ${source}.`] : []),
    ...(afterwards ? [`What quantising adds: ${afterwards.quantising.source}.`] : []),
  ];
}

export function precisionJson({ widths, sizes, afterwards }: PrecisionPlans) {
  return {
    widths: widths.map(({ bits, isBest = false, share, answers }) => ({ bits, isBest, share, ...answers })),
    sizes: sizes.map(({ N, answers }) => ({ N, ...answers })),
    afterwards: afterwards.map(({ bits, answers }) => ({ bits, ...answers })),
  };
}
