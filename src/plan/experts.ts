/**
 * Mixtures of experts against dense models: at equal training compute, at equal cost of serving, and by the number of experts.
 *
 *   Krajewski   L = E + (g/G^γ + A)/N^α + B/D^β     G granularity: experts G times as many, each a G-th as wide
 *   Clark       log L = a·log N + b·log Ê + c·log N·log Ê + d
 *               1/Ê = 1/(experts − 1 + 1/(1/E_start − 1/E_max)) + 1/E_max
 *
 * At one G the first is a law of two power terms. N counts all parameters; a token passes through N/κ of them, on which compute
 * and the cost of serving depend, with κ = (1 + 2x)/3 where a feed-forward layer, 8·d² of the 12·d² of a layer, is expanded x
 * times: 43 for 64 experts. In active parameters N_a the law is that of two terms with (g/G^γ + A)·κ^−α for A, and C = 6·N_a·D, so
 * that all of src/plan/terms.ts and multiplier.ts holds for it. The router is not counted, and a larger G is always better here.
 *
 * The second has the effective parameters: those that make a dense model, of one expert, as good as N with so many experts
 *
 *   log N̄ = (α(Ê)·log N + b·log(Ê/E_start))/α(E_start),   α(E) = a + c·log E
 *
 * which more experts raise up to N = 10^(−b/c). Its N counts the dense model; logs are of base 10.
 *
 * Krajewski et al. 2024, arXiv:2402.07871; Clark et al. 2022, arXiv:2202.01169.
 */
import { positive, positiveCompute, positiveSize } from '../check.ts';
import type { TwoTerms } from '../laws/law.ts';
import { optionError } from '../errors.ts';
import { computeMultiplierAt } from './multiplier.ts';
import { leastTotalCost, type LifetimeCost } from './serving.ts';
import { lossOf, optimumAt, type Size } from './terms.ts';

export interface GranularLaw {
  /** Nats per token. */
  readonly E: number;
  readonly A: number;
  readonly alpha: number;
  readonly B: number;
  readonly beta: number;
  readonly g: number;
  readonly gamma: number;
}

/** Mixtures of experts and dense models of the same recipe. */
export interface GranularLaws {
  readonly experts: GranularLaw;
  readonly dense: TwoTerms;
  /** How many times the feed-forward layers are expanded. */
  readonly expansion: number;
}

/** A model for a budget, and what it is worth. */
export interface ExpertModel extends Size {
  /** Absent of the dense model. */
  readonly granularity?: number;
  /** All parameters. */
  readonly N: number;
  /** Parameters that a token passes through. */
  readonly active: number;
  /** Nats per token. */
  readonly loss: number;
  /** Times the compute that the best dense model takes to this loss. */
  readonly denseCompute: number;
  /** Loss of a dense model that costs as much to train and to serve: of as many active parameters, on as many tokens. */
  readonly denseLoss: number;
  /** Training and serving to the loss of the best dense model, FLOPs, where it is served; N in active parameters. */
  readonly lifetime?: LifetimeCost;
}

/** κ, all parameters over those that are active. */
export function totalOverActive(expansion: number): number {
  return (1 + 2 * positive('expansion', expansion, 'times such as 64')) / 3;
}

/**
 * The law of active parameters at one granularity.
 * @throws InputError where the granularity is below 1.
 */
export function activeLaw({ experts: { E, A, alpha, B, beta, g, gamma }, expansion }: GranularLaws, granularity: number): TwoTerms {
  if (!(granularity >= 1 && granularity < Infinity)) throw optionError('granularity', `expected a number from 1 on such as 8, got ${granularity}.`);
  return { E, A: (g / granularity ** gamma + A) * totalOverActive(expansion) ** -alpha, alpha, B, beta };
}

/**
 * The best dense model for C training FLOPs, then the best of each granularity; `served` tokens give the lifetime costs.
 * @throws InputError where a number is not positive, or a granularity below 1.
 */
export function expertModels(laws: GranularLaws, compute: number, granularities: readonly number[], served = 0): ExpertModel[] {
  const target = optimumAt(laws.dense, positiveCompute(compute))?.loss ?? NaN;
  const kappa = totalOverActive(laws.expansion);
  const kinds = [{ law: laws.dense, kappa: 1 }, ...granularities.map((granularity) => ({ law: activeLaw(laws, granularity), kappa, granularity }))];
  return kinds.flatMap(({ law, kappa: times, ...kind }) => {
    const best = optimumAt(law, compute);
    if (!best) return [];
    const lifetime = served > 0 ? leastTotalCost(law, target, { train: 6, serve: 2 * served })?.best : undefined;
    return [{
      ...kind, N: best.N * times, active: best.N, D: best.D, loss: best.loss,
      denseCompute: computeMultiplierAt(law, laws.dense, compute)?.factor ?? NaN,
      denseLoss: lossOf(laws.dense, best),
      ...(lifetime && { lifetime }),
    }];
  });
}

/** a, b, c, d, E_start and E_max of Clark et al. */
export interface RoutingLaw {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly start: number;
  readonly most: number;
}

/**
 * Ê, experts as far as they count: E_start for one, E_max for as many as there can be.
 * @throws InputError where there is less than one.
 */
export function countedExperts({ start, most }: RoutingLaw, experts: number): number {
  if (!(experts >= 1)) throw optionError('experts', `expected experts, 1 or more, got ${experts}.`);
  return 1 / (1 / (experts - 1 + 1 / (1 / start - 1 / most)) + 1 / most);
}

/**
 * Loss of N parameters with so many experts, nats per token.
 * @throws InputError where N is not positive, or there is less than one expert.
 */
export function routedLoss(law: RoutingLaw, N: number, experts: number): number {
  const [logN, logE] = [Math.log10(positiveSize(N)), Math.log10(countedExperts(law, experts))];
  return 10 ** (law.a * logN + law.b * logE + law.c * logN * logE + law.d);
}

/**
 * N̄, parameters of the dense model that is as good.
 * @throws InputError as `routedLoss`.
 */
export function effectiveParameters(law: RoutingLaw, N: number, experts: number): number {
  const slope = (count: number) => law.a + law.c * Math.log10(count);
  const counted = countedExperts(law, experts);
  return 10 ** ((slope(counted) * Math.log10(positiveSize(N)) + law.b * Math.log10(counted / law.start)) / slope(law.start));
}

/** Parameters from which on more experts do not help. */
export function routingCutoff({ b, c }: RoutingLaw): number {
  return 10 ** (-b / c);
}
