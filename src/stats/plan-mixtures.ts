/**
 * What a plan says of mixtures of experts. Their laws are published ones, not those of the runs, and have no intervals; only the
 * size whose effective parameters are asked for is the plan's own.
 */
import { effectiveParameters, expertModels, routingCutoff, type ExpertModel, type GranularLaws, type RoutingLaw } from '../plan/experts.ts';
import type { Question } from '../plan/questions.ts';
import type { Demand } from '../plan/serving.ts';
import { bestSparsity, optimumAtSparsity, type SparseModel, type SparsityLaw } from '../plan/sparsity.ts';
import { optimumAt } from '../plan/terms.ts';
import type { Answers, Ask } from './answers.ts';
import type { Cited } from './plan-precision.ts';

export interface MixtureOptions {
  /** Mixtures of each granularity beside dense models. */
  readonly granularity?: { readonly laws: GranularLaws & Cited; readonly each: readonly number[] };
  /** The best model of each sparsity, and the best sparsity of each size, N in all parameters. */
  readonly sparsity?: { readonly law: SparsityLaw & Cited; readonly each: readonly number[]; readonly sizes?: readonly number[] };
  /** How many parameters the optimal model counts for with so many experts. */
  readonly experts?: { readonly law: RoutingLaw & Cited; readonly each: readonly number[] };
}

export interface MixturePlans {
  /** The dense model first. */
  readonly granularity: readonly ExpertModel[];
  readonly sparsity: readonly SparseModel[];
  /** Each size at its best sparsity. */
  readonly sizes: readonly SparseModel[];
  readonly experts: readonly { readonly experts: number; readonly answers: Answers<'effective' | 'times'> }[];
  /** Parameters from which on more experts do not help. */
  readonly cutoff?: number;
}

/** @throws InputError where a number cannot be used. */
export function mixturesFor(ask: Ask, compute: number, { granularity, sparsity, experts }: MixtureOptions, demand?: Demand): MixturePlans {
  const served = demand ? demand.inputTokens + demand.outputTokens : 0;
  const known = (models: readonly (SparseModel | undefined)[]) => models.filter((model) => model !== undefined);
  return {
    granularity: granularity ? expertModels(granularity.laws, compute, granularity.each, served) : [],
    sparsity: sparsity ? known(sparsity.each.map((share) => optimumAtSparsity(sparsity.law, compute, share))) : [],
    sizes: known((sparsity?.sizes ?? []).map((N) => bestSparsity(sparsity!.law, compute, N))),
    experts: (experts?.each ?? []).map((count) => ({ experts: count, answers: ask(effectiveFor(experts!.law, compute, count)) })),
    ...(experts && { cutoff: routingCutoff(experts.law) }),
  };
}

/** Effective parameters of the optimum with so many experts, and over its own. */
export function effectiveFor(law: RoutingLaw, compute: number, experts: number): Question<'effective' | 'times'> {
  return {
    names: ['effective', 'times'],
    write(terms, numbers) {
      const optimum = optimumAt(terms, compute);
      if (!optimum) return;
      numbers[0] = effectiveParameters(law, optimum.N, experts);
      numbers[1] = numbers[0] / optimum.N;
    },
  };
}
