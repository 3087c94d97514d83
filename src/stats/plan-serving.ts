/** Least total cost of training and serving, in FLOPs and in money, and from how much serving on a smaller model pays. */
import type { Columns } from '../plan/extrapolation.ts';
import type { Goodput } from '../plan/failures.ts';
import { cheaperFrom, servingFor as cheapestFor, type Aside, type Goal, type ServingName } from '../plan/questions.ts';
import { flopsPerParameter, moneyPerParameter, type Demand, type ParameterCost, type Priced } from '../plan/serving.ts';
import type { Size } from '../plan/terms.ts';
import type { Answer, Answers, Ask } from './answers.ts';

export interface ServingOptions {
  /** Tokens over the life of the model. */
  readonly demand: Demand;
  /**
   * What trains and what serves, for the cost in money; with failures training is paid for while it does not get on too. FLOPs are those
   * of the model, whatever is recomputed in training.
   */
  readonly hardware?: ServingHardware;
}

export type ServingHardware = Readonly<Record<'train' | 'input' | 'output', Priced>>;

/** What trains does so in a share of its hours, and all of them are paid for. */
export function withGoodput(hardware: ServingHardware, found: Goodput | undefined): ServingHardware {
  const { train } = hardware;
  return found ? { ...hardware, train: { ...train, utilisation: train.utilisation * found.goodput } } : hardware;
}

/** In each unit. */
export interface ServingPlans {
  readonly flops: ServingPlan;
  readonly money?: ServingPlan;
}

/** The model of least total cost, beside the compute-optimal one of the same loss. */
export interface ServingPlan {
  readonly answers: Answers<ServingName>;
  /** By what factor it is beyond the runs, of each range that is known. */
  readonly beyond: Partial<Columns<number>>;
  /** Served tokens from which on it is the cheaper of the two. */
  readonly cheaperFrom: Answer;
  /** The same of models off the frontier, where they are below the compute-optimal size; NaN where they are not. */
  readonly beside: readonly { readonly what: Aside; readonly cheaperFrom: Answer }[];
}

/** @throws InputError where a number of the demand or the hardware cannot be used. */
export function servingFor(
  ask: Ask, goal: Goal, { demand, hardware }: ServingOptions, asides: readonly Aside[] = [], beyondOf: (size: Size) => ServingPlan['beyond'],
): ServingPlans {
  const tokens = demand.inputTokens + demand.outputTokens;
  const planFor = (cost: ParameterCost): ServingPlan => {
    const answers = ask(cheapestFor(goal, cost));
    const from = (model: Aside | 'cheapest') => ask(cheaperFrom(goal, model, cost, tokens)).tokens;
    return {
      answers, beyond: beyondOf({ N: answers.N.value, D: answers.D.value }), cheaperFrom: from('cheapest'),
      beside: asides.map((what) => ({ what, cheaperFrom: from(what) })),
    };
  };
  return { flops: planFor(flopsPerParameter(demand)), ...(hardware && { money: planFor(moneyPerParameter(demand, hardware)) }) };
}
