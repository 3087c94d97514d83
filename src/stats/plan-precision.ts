/** What a plan says of precision: the best model at each bit width, the best width, and what quantising afterwards costs. */
import type { Columns, Ranges } from '../plan/extrapolation.ts';
import { bestBits, effectiveShare, type Quantising, type Tensors } from '../plan/precision.ts';
import { bestWidthOf, optimumAtWidth, quantisedTo, type WidthName } from '../plan/questions.ts';
import type { Size } from '../plan/terms.ts';
import type { Answers, Ask } from './answers.ts';

/** Where constants are from, and what the runs behind them cover, as far as it is known. */
export interface Cited {
  readonly source: string;
  readonly covers?: Ranges;
}

/** γ are those of the law that is asked, of those that were given, or the published ones; `source` says which. */
export interface PrecisionOptions {
  /** `claimed`: bits that the source names as best. */
  readonly scales: Tensors & Cited & { readonly claimed?: readonly [number, number] };
  /** Bit widths to train at. */
  readonly widths: readonly number[];
  /** Parameters whose best width is asked for. */
  readonly sizes?: readonly number[];
  /** Bit widths to quantise the compute-optimal model to. */
  readonly afterwards?: { readonly widths: readonly number[]; readonly quantising: Quantising & Cited };
}

export interface PrecisionPlans {
  /** The widths that were asked for, then the best where there is one. */
  readonly widths: readonly WidthPlan[];
  /** The best width of each size. */
  readonly sizes: readonly { readonly N: number; readonly beyond: Beyond; readonly answers: Answers<'bits' | 'D' | 'loss'> }[];
  readonly afterwards: readonly { readonly bits: number; readonly answers: Answers<'added' | 'loss' | 'tokensBeforeHarm'> }[];
}

export interface WidthPlan {
  readonly bits: number;
  /** It is the best one, whatever the budget and the law. */
  readonly isBest?: true;
  /** Effective parameters over parameters. */
  readonly share: number;
  readonly beyond: Beyond;
  readonly answers: Answers<WidthName>;
}

type Beyond = Partial<Columns<number>>;

/** `beyondOf`: how far a size is beyond the runs of the law. @throws InputError where a width is not positive, or a γ below 0. */
export function precisionFor(
  ask: Ask, compute: number, { scales, widths, sizes = [], afterwards }: PrecisionOptions, beyondOf: (size: Size) => Beyond = () => ({}),
): PrecisionPlans {
  const plan = (bits: number): WidthPlan => {
    const answers = ask(optimumAtWidth(compute, scales, bits));
    const { N, D } = answers;
    return { bits, share: effectiveShare(scales, { weights: bits, activations: bits, cache: bits }), beyond: beyondOf({ N: N.value, D: D.value }), answers };
  };
  const best = widths.length > 0 ? bestBits(scales) : undefined;
  return {
    widths: [...widths.map(plan), ...(best === undefined ? [] : [{ ...plan(best), isBest: true as const }])],
    sizes: sizes.map((N) => {
      const answers = ask(bestWidthOf(N, compute, scales));
      return { N, beyond: beyondOf({ N, D: answers.D.value }), answers };
    }),
    afterwards: (afterwards?.widths ?? []).map((bits) => ({ bits, answers: ask(quantisedTo(bits, compute, afterwards!.quantising)) })),
  };
}
