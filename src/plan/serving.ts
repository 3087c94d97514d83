/**
 * The model of least total cost, training and serving, for a target loss.
 *
 *   min over N, D of   t·N·D + s·N    subject to   L(N, D) = target
 *
 * t is what one parameter costs for each training token, s what it costs over all that is served: in FLOPs t = 6 and
 * s = 2·tokens; in money the same, times the price of a FLOP in training, for input and for output tokens, which run at
 * utilisations of their own. With x the sum of the two terms at the target (src/plan/terms.ts), D is the one root of
 *
 *   α·A/N^α = (1 + s/(t·D))·β·B/D^β,   so that   B/D^β·(α + β + β·s/(t·D)) = α·x
 *
 * in FLOPs s/(t·D) is tokens/(3·D). The log of the left side is convex and falling in log D: Newton's method from the
 * compute-optimal D, where it is above α·x, converges from one side (src/math/root.ts).
 *
 * Sardana, Portes, Doubov and Frankle 2024, "Beyond Chinchilla-optimal: accounting for inference in language model scaling
 * laws", arXiv:2401.00448. A forward pass is taken as 2·N a token, whatever the context.
 */
import { atLeastZero, positive, positiveLoss, positiveSize } from '../check.ts';
import type { TwoTerms } from '../laws/law.ts';
import { convexRoot } from '../math/root.ts';
import { costOf, type TrainingHardware } from './budget.ts';
import { optimumReaching, sizeReaching, sumAt, tokensReaching, type Size } from './terms.ts';

/** What one parameter costs, in FLOPs or money. */
export interface ParameterCost {
  /** For each training token. */
  readonly train: number;
  /** For all that is served. */
  readonly serve: number;
}

/** Devices that train or serve, and their price. */
export type Priced = TrainingHardware & { readonly pricePerDeviceHour: number };

/** Tokens over the life of a model. */
export interface Demand {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** A model, and what it costs, in the unit of the parameter's cost. */
export interface LifetimeCost extends Size {
  readonly training: number;
  readonly serving: number;
  readonly total: number;
}

export interface ServingPlan {
  /** The model of least total cost. */
  readonly best: LifetimeCost;
  /** The one that reaches the same loss with the least training compute. */
  readonly computeOptimal: LifetimeCost;
  /** Of the total of the compute-optimal model, what the best one saves: 0.17 for 17 %. */
  readonly saving: number;
}

/**
 * In FLOPs: 6 a training token, 2 a served one.
 * @throws InputError where the tokens are below 0.
 */
export function flopsPerParameter({ inputTokens, outputTokens }: Demand): ParameterCost {
  return { train: 6, serve: 2 * (tokensOf('inputTokens', inputTokens) + tokensOf('outputTokens', outputTokens)) };
}

/**
 * In money, with hardware of their own for training, for input and for output tokens; only training can recompute.
 * @throws InputError where a number is not positive, a utilisation above 1, or a device unknown.
 */
export function moneyPerParameter(demand: Demand, { train, input, output }: Readonly<Record<'train' | 'input' | 'output', Priced>>): ParameterCost {
  const { inputTokens, outputTokens } = demand;
  const flop = (hardware: Priced) => flopPrice({ ...hardware, recompute: false });
  const serve = 2 * (tokensOf('inputTokens', inputTokens) * flop(input) + tokensOf('outputTokens', outputTokens) * flop(output));
  return { train: 6 * flopPrice(train), serve };
}

function tokensOf(name: string, tokens: number): number {
  return atLeastZero(name, tokens, 'tokens');
}

function flopPrice(hardware: Priced): number {
  const { deviceHours } = costOf(1, hardware);
  return deviceHours * positive('pricePerDeviceHour', hardware.pricePerDeviceHour, 'money such as 2.5');
}

/**
 * The model of least total cost with a loss, nats per token. Undefined where the law does not reach it.
 * @throws InputError where the loss or the cost of training is not positive.
 */
export function leastTotalCost(law: TwoTerms, loss: number, cost: ParameterCost): ServingPlan | undefined {
  const optimum = optimumReaching(law, positiveLoss(loss));
  if (!optimum) return undefined;
  const ratio = atLeastZero('serve', cost.serve, 'cost a parameter') / positive('train', cost.train, 'cost a parameter and token');
  const D = Math.exp(longest(law, Math.log(sumAt(law, loss)), ratio, Math.log(optimum.D)));
  const best = lifetimeCost({ N: sizeReaching(law, loss, D), D }, cost);
  const computeOptimal = lifetimeCost(optimum, cost);
  return { best, computeOptimal, saving: 1 - best.total / computeOptimal.total };
}

/** log D of the root, from the compute-optimal one; `ratio` is s/t. */
function longest({ B, alpha, beta }: TwoTerms, logSum: number, ratio: number, start: number): number {
  const level = Math.log(alpha / B) + logSum;
  return convexRoot((logD) => {
    const served = beta * ratio * Math.exp(-logD);
    const factor = alpha + beta + served;
    return { value: Math.log(factor) - beta * logD - level, slope: -beta - served / factor };
  }, start);
}

/**
 * What N parameters cost that are trained until they have a loss: the curve that `leastTotalCost` is the lowest point of.
 * Undefined where so small a model never has it.
 * @throws InputError where N or the loss is not positive.
 */
export function costOfSize(law: TwoTerms, loss: number, N: number, cost: ParameterCost): LifetimeCost | undefined {
  const D = tokensReaching(law, positiveLoss(loss), positiveSize(N));
  return Number.isFinite(D) ? lifetimeCost({ N, D }, cost) : undefined;
}

/** What a model costs. */
export function lifetimeCost({ N, D }: Size, { train, serve }: ParameterCost): LifetimeCost {
  const [training, serving] = [train * N * D, serve * N];
  return { N, D, training, serving, total: training + serving };
}

/**
 * From how much serving on a smaller model, trained for longer to the same loss, is the cheaper one: a multiple of what `cost.serve`
 * pays for. Undefined where the size does not reach the loss, or is not below the compute-optimal one.
 * @throws InputError as `costOfSize`.
 */
export function breakEven(law: TwoTerms, loss: number, N: number, cost: ParameterCost): number | undefined {
  const smaller = costOfSize(law, loss, N, cost);
  const optimum = optimumReaching(law, loss);
  if (!optimum || !smaller || !(N < optimum.N)) return undefined;
  const optimal = lifetimeCost(optimum, cost);
  return (smaller.training - optimal.training) / (optimal.serving - smaller.serving);
}
