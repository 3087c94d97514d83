/** What a plan says of precision: the best model at each bit width, the best width, and what quantising afterwards costs. */
import { bestBits, effectiveShare, type Quantising, type Tensors } from '../plan/precision.ts';
import { bestWidthOf, optimumAtWidth, quantisedTo, type WidthName } from '../plan/questions.ts';
import type { Answers, Ask } from './answers.ts';

/** γ are those that were given, or the published ones; `source` says which. */
export interface PrecisionOptions {
  readonly scales: Tensors & { readonly source: string };
  /** Bit widths to train at. */
  readonly widths: readonly number[];
  /** Parameters whose best width is asked for. */
  readonly sizes?: readonly number[];
  /** Bit widths to quantise the compute-optimal model to. */
  readonly afterwards?: { readonly widths: readonly number[]; readonly quantising: Quantising & { readonly source: string } };
}

export interface PrecisionPlans {
  /** The widths that were asked for, then the best where there is one. */
  readonly widths: readonly WidthPlan[];
  /** The best width of each size. */
  readonly sizes: readonly { readonly N: number; readonly answers: Answers<'bits' | 'D' | 'loss'> }[];
  readonly afterwards: readonly { readonly bits: number; readonly answers: Answers<'added' | 'loss' | 'tokensBeforeHarm'> }[];
}

export interface WidthPlan {
  readonly bits: number;
  /** It is the best one, whatever the budget and the law. */
  readonly isBest?: true;
  /** Effective parameters over parameters. */
  readonly share: number;
  readonly answers: Answers<WidthName>;
}

/** @throws InputError where a width is not positive, or a γ below 0. */
export function precisionFor(ask: Ask, compute: number, { scales, widths, sizes = [], afterwards }: PrecisionOptions): PrecisionPlans {
  const plan = (bits: number): WidthPlan => ({
    bits, share: effectiveShare(scales, { weights: bits, activations: bits, cache: bits }), answers: ask(optimumAtWidth(compute, scales, bits)),
  });
  const best = widths.length > 0 ? bestBits(scales) : undefined;
  return {
    widths: [...widths.map(plan), ...(best === undefined ? [] : [{ ...plan(best), isBest: true as const }])],
    sizes: sizes.map((N) => ({ N, answers: ask(bestWidthOf(N, compute, scales)) })),
    afterwards: (afterwards?.widths ?? []).map((bits) => ({ bits, answers: ask(quantisedTo(bits, compute, afterwards!.quantising)) })),
  };
}
