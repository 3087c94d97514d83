/**
 * What a plan asks of a law, as numbers with names: so that each resample of a bootstrap can be asked the same, into columns
 * and never objects. A question writes NaN for what a law does not have: a loss at its floor or below has no budget.
 */
import type { TwoTerms } from '../laws/law.ts';
import { penaltyOf, sizeReachingAtRatio, spanOfLoss } from './overtraining.ts';
import { bestBitsOfSize, optimumAtBits, quantisingLoss, tokensBeforeHarm, type Quantising, type Tensors } from './precision.ts';
import { bestConstrained, type Decay } from './repetition.ts';
import { breakEven, leastTotalCost, type LifetimeCost, type ParameterCost } from './serving.ts';
import { lossOf, optimumAt, optimumReaching, tokensReaching, type Size } from './terms.ts';

/** Some numbers of a law with a frontier, by name. */
export interface Question<Name extends string = string> {
  readonly names: readonly Name[];
  /** Writes them to `numbers`, in the order of `names`, which holds NaN before. */
  write(law: TwoTerms, numbers: Float64Array): void;
}

export type OptimumName = 'N' | 'D' | 'tokensPerParameter' | 'loss';

/** The compute-optimal model for C training FLOPs. */
export function optimumFor(compute: number): Question<OptimumName> {
  return {
    names: ['N', 'D', 'tokensPerParameter', 'loss'],
    write(law, numbers) {
      const optimum = optimumAt(law, compute);
      if (!optimum) return;
      numbers[0] = optimum.N;
      numbers[1] = optimum.D;
      numbers[2] = optimum.D / optimum.N;
      numbers[3] = optimum.loss;
    },
  };
}

/** Ends of the sizes whose loss at C training FLOPs is at most (1 + excess) times the best one. */
export function flatnessAt(compute: number, excess: number): Question<'smallest' | 'largest'> {
  return {
    names: ['smallest', 'largest'],
    write(law, numbers) {
      const span = spanOfLoss(law, compute, excess);
      if (!span) return;
      numbers[0] = span.smallest.N;
      numbers[1] = span.largest.N;
    },
  };
}

export type PenaltyName = 'loss' | 'excess' | 'overhead';

/** A model beside the frontier: its loss, and what it gives up in loss and in compute (src/plan/overtraining.ts). */
export function penaltyFor(size: Size): Question<PenaltyName> {
  return {
    names: ['loss', 'excess', 'overhead'],
    write(law, numbers) {
      const penalty = penaltyOf(law, size);
      numbers[0] = lossOf(law, size);
      if (!penalty) return;
      numbers[1] = penalty.excess;
      numbers[2] = penalty.overhead;
    },
  };
}

export type ReachingName = 'C' | 'N' | 'D' | 'tokensPerParameter';

/** The model that reaches a loss, nats per token, with the least compute. */
export function optimumWith(loss: number): Question<ReachingName> {
  return {
    names: ['C', 'N', 'D', 'tokensPerParameter'],
    write(law, numbers) {
      const optimum = optimumReaching(law, loss);
      if (optimum) writeModel(optimum, numbers);
    },
  };
}

/** A model off the frontier by its tokens a parameter, or by its size. */
export type Aside = { readonly ratio: number } | { readonly N: number };

/** The model beside the frontier that reaches a loss, and how much more compute than the least it takes. */
export function asideWith(loss: number, aside: Aside): Question<ReachingName | 'overhead'> {
  return {
    names: ['C', 'N', 'D', 'tokensPerParameter', 'overhead'],
    write(law, numbers) {
      const optimum = optimumReaching(law, loss);
      const size = 'ratio' in aside ? sizeReachingAtRatio(law, loss, aside.ratio) : { N: aside.N, D: tokensReaching(law, loss, aside.N) };
      if (!optimum || !size || !Number.isFinite(size.D)) return;
      writeModel(size, numbers);
      numbers[4] = Math.max(0, numbers[0] / optimum.C - 1); // below 0 by rounding only
    },
  };
}

function writeModel({ N, D }: Size, numbers: Float64Array): void {
  numbers[0] = 6 * N * D;
  numbers[1] = N;
  numbers[2] = D;
  numbers[3] = D / N;
}

export type ServingName =
  | 'N' | 'D' | 'tokensPerParameter' | 'training' | 'serving' | 'total'
  | 'optimalTraining' | 'optimalServing' | 'optimalTotal' | 'saving';

/** A loss to reach, nats per token: given, or that of the compute-optimal model for C training FLOPs. */
export type Goal = { readonly loss: number } | { readonly compute: number };

/** Undefined where the law has none. */
export function goalLoss(law: TwoTerms, goal: Goal): number | undefined {
  const loss = 'loss' in goal ? goal.loss : optimumAt(law, goal.compute)?.loss;
  return loss !== undefined && loss < Infinity ? loss : undefined;
}

/**
 * The model of least total cost, training and serving, that reaches the goal; costs in the unit of `cost`. Those that begin
 * with "optimal" are of the compute-optimal model of the same loss, of whose total `saving` is a share.
 */
export function servingFor(goal: Goal, cost: ParameterCost): Question<ServingName> {
  return {
    names: [
      'N', 'D', 'tokensPerParameter', 'training', 'serving', 'total', 'optimalTraining', 'optimalServing', 'optimalTotal', 'saving',
    ],
    write(law, numbers) {
      const loss = goalLoss(law, goal);
      const plan = loss === undefined ? undefined : leastTotalCost(law, loss, cost);
      if (!plan) return;
      numbers[0] = plan.best.N;
      numbers[1] = plan.best.D;
      numbers[2] = plan.best.D / plan.best.N;
      writeCost(plan.best, numbers, 3);
      writeCost(plan.computeOptimal, numbers, 6);
      numbers[9] = Math.max(0, plan.saving); // below 0 by rounding only
    },
  };
}

/**
 * Served tokens from which on a model that reaches the goal costs less in total than the compute-optimal one: that of least total
 * cost, or one off the frontier. `tokens` are those that `cost` serves, and the mix of input and output stays as it is.
 */
export function cheaperFrom(goal: Goal, model: Aside | 'cheapest', cost: ParameterCost, tokens: number): Question<'tokens'> {
  return {
    names: ['tokens'],
    write(law, numbers) {
      const loss = goalLoss(law, goal);
      const N = loss === undefined ? undefined : sizeOf(law, loss, model, cost);
      if (loss === undefined || N === undefined) return;
      numbers[0] = Math.max(0, tokens * (breakEven(law, loss, N, cost) ?? NaN)); // below 0 by rounding only
    },
  };
}

function sizeOf(law: TwoTerms, loss: number, model: Aside | 'cheapest', cost: ParameterCost): number | undefined {
  if (model === 'cheapest') return leastTotalCost(law, loss, cost)?.best.N;
  return 'N' in model ? model.N : sizeReachingAtRatio(law, loss, model.ratio)?.N;
}

function writeCost({ training, serving, total }: LifetimeCost, numbers: Float64Array, at: number): void {
  numbers[at] = training;
  numbers[at + 1] = serving;
  numbers[at + 2] = total;
}

export type RepetitionName = 'N' | 'D' | 'epochs' | 'loss' | 'excess';

/**
 * The best model for C training FLOPs when so many unique tokens exist; `excess`: of the loss without that limit, how much
 * more it has.
 */
export function repetitionAt(compute: number, unique: number, decay: Decay): Question<RepetitionName> {
  return {
    names: ['N', 'D', 'epochs', 'loss', 'excess'],
    write(law, numbers) {
      const [free, best] = [optimumAt(law, compute), bestConstrained(law, decay, compute, unique)];
      if (!free || !best) return;
      numbers[0] = best.N;
      numbers[1] = best.D;
      numbers[2] = best.epochs;
      numbers[3] = best.loss;
      numbers[4] = Math.max(0, best.loss / free.loss - 1);
    },
  };
}

/** Numbers that grow with the least compute of a loss, by what one FLOP takes of each: hours, money, energy. */
export function inProportion(loss: number, perFlop: Readonly<Record<string, number>>): Question {
  const each = Object.values(perFlop);
  return {
    names: Object.keys(perFlop),
    write(law, numbers) {
      const C = optimumReaching(law, loss)?.C ?? NaN;
      for (let k = 0; k < each.length; k++) numbers[k] = C * each[k];
    },
  };
}

export type WidthName = 'N' | 'D' | 'loss' | 'excess';

/** The best model for C training FLOPs of 16 bits, all done in so many bits; `excess`: of the loss at 16 bits, how much more it has. */
export function optimumAtWidth(compute: number, scales: Tensors, bits: number): Question<WidthName> {
  return {
    names: ['N', 'D', 'loss', 'excess'],
    write(law, numbers) {
      const [plan, usual] = [optimumAtBits(law, scales, compute, bits), optimumAtBits(law, scales, compute, 16)];
      if (!plan || !usual) return;
      numbers[0] = plan.N;
      numbers[1] = plan.D;
      numbers[2] = plan.loss;
      numbers[3] = plan.loss / usual.loss - 1;
    },
  };
}

/** The bit width of least loss for N parameters, the tokens being what is left of C training FLOPs of 16 bits. */
export function bestWidthOf(N: number, compute: number, scales: Tensors): Question<'bits' | 'D' | 'loss'> {
  return {
    names: ['bits', 'D', 'loss'],
    write(law, numbers) {
      const plan = bestBitsOfSize(law, scales, N, compute);
      if (!plan) return;
      numbers[0] = plan.bits;
      numbers[1] = plan.D;
      numbers[2] = plan.loss;
    },
  };
}

/** What quantising the compute-optimal model for C training FLOPs to so many bits adds, and the tokens after which more training harms it. */
export function quantisedTo(bits: number, compute: number, quantising: Quantising): Question<'added' | 'loss' | 'tokensBeforeHarm'> {
  return {
    names: ['added', 'loss', 'tokensBeforeHarm'],
    write(law, numbers) {
      const optimum = optimumAt(law, compute);
      if (!optimum) return;
      numbers[0] = quantisingLoss(quantising, optimum, bits);
      numbers[1] = optimum.loss + numbers[0];
      const { gamma = 1, ...rest } = law;
      if (gamma === 1) numbers[2] = tokensBeforeHarm(rest, quantising, optimum.N, bits);
    },
  };
}

export type ModelName = PenaltyName | 'optimalRatio' | 'surplus';

/**
 * A trained model against the frontier: `optimalRatio` are the tokens a parameter of the best one of its compute, `surplus` the
 * FLOPs that it took beyond the least for its loss.
 */
export function modelAgainst(size: Size): Question<ModelName> {
  return {
    names: ['loss', 'excess', 'overhead', 'optimalRatio', 'surplus'],
    write(law, numbers) {
      const penalty = penaltyOf(law, size);
      if (!penalty) return;
      const { loss, excess, overhead, sameCompute, sameLoss, C } = penalty;
      numbers[0] = loss;
      numbers[1] = excess;
      numbers[2] = overhead;
      numbers[3] = sameCompute.D / sameCompute.N;
      numbers[4] = Math.max(0, C - sameLoss.C);
    },
  };
}
