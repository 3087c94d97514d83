/**
 * Training when unique tokens run out: what repeated tokens are worth, the best size and epochs for a compute.
 *
 *   L(N, D, U) = E + A/N'^α + B/D'^β
 *   D' = U_D + U_D·R_D*·(1 − e^(−R_D/R_D*)),   U_D = min(D, U),        R_D = D/U_D − 1, repetitions: epochs less one
 *   N' = U_N + U_N·R_N*·(1 − e^(−R_N/R_N*)),   U_N = min(N, N_opt(U_D)), R_N = N/U_N − 1
 *
 * U are the unique tokens there are, N_opt(U_D) the size for which U_D tokens are compute-optimal without repetition. As long
 * as the tokens of the unconstrained optimum are there, it is the best; else the best N is between N_opt(U) and C/(6U), where
 *
 *   αA/N'^α·ε_N = βB/D'^β·ε_D,   ε = ∂log n'/∂log n = n·e^(−R/R*)/n'
 *
 * has one root: the left side falls with N at fixed C, the right side rises. R_D* and R_N* belong to the data and recipe they
 * were fitted on.
 *
 * Muennighoff et al. 2023, "Scaling data-constrained language models", arXiv:2305.16264, §3 and appendix A.
 */
import { positive, positiveCompute, positiveSize, positiveTokens } from '../check.ts';
import type { TwoTerms } from '../laws/law.ts';
import { saturatingSlope, saturatingWorth } from '../math/decay.ts';
import { root } from '../math/root.ts';
import { hasFrontier, lossOf, optimumAt, type Size } from './terms.ts';

/** How many repetitions are worth something: R_D* and R_N*. */
export interface Decay {
  /** Repetitions of the data after which a further one adds 1/e of a fresh epoch. */
  readonly tokens: number;
  /** The same of parameters beyond those that the unique tokens call for. */
  readonly parameters: number;
}

/** What so many epochs of the same tokens are worth. */
export interface EpochValue {
  /** Epochs of fresh tokens with the same loss: D'/U. */
  readonly fresh: number;
  /** Those over the epochs: 0.931 where 93.1 % of the value is left. */
  readonly share: number;
  /** What the next epoch begins with, over what a fresh one does: ∂D'/∂D. */
  readonly marginal: number;
}

export interface ConstrainedModel extends Size {
  /** 6·N·D, training FLOPs. */
  readonly C: number;
  /** D over the unique tokens; below 1 where not all of them are used. */
  readonly epochs: number;
  /** N' and D', as many as fresh tokens would take. */
  readonly effective: Size;
  /** Nats per token. */
  readonly loss: number;
}

/**
 * The value of repeating: 4 epochs are worth 3.73 fresh ones with the published R_D*.
 * @throws InputError where a number is not positive.
 */
export function valueOfEpochs(epochs: number, decay: number): EpochValue {
  const constant = positive('decay', decay, 'repetitions such as 15');
  const fresh = effectiveCount(positive('epochs', epochs, 'epochs such as 4'), 1, constant);
  return { fresh, share: fresh / epochs, marginal: saturatingSlope(Math.max(0, epochs - 1), constant) };
}

/**
 * A model of N parameters on D tokens, of which so many are unique. Undefined where the law has no frontier.
 * @throws InputError where a number is not positive.
 */
export function constrainedModel(law: TwoTerms, decay: Decay, size: Size, unique: number): ConstrainedModel | undefined {
  const N = positiveSize(size.N);
  const D = positiveTokens(size.D);
  return hasFrontier(law) ? modelOf(law, checked(decay), { N, D }, uniqueOf(unique)) : undefined;
}

/**
 * The best model for C training FLOPs when so many unique tokens exist. Undefined where the law has no optimum.
 * @throws InputError where a number is not positive.
 */
export function bestConstrained(law: TwoTerms, decay: Decay, compute: number, unique: number): ConstrainedModel | undefined {
  const optimum = optimumAt(law, positiveCompute(compute));
  const [U, constants] = [uniqueOf(unique), checked(decay)];
  if (!optimum || optimum.D <= U) return optimum && modelOf(law, constants, optimum, U);
  const sizeAt = (logN: number) => ({ N: Math.exp(logN), D: compute / (6 * Math.exp(logN)) });
  const logN = root((u) => imbalance(law, constants, sizeAt(u), U), Math.log(sizeForTokens(law, U)), Math.log(compute / (6 * U)));
  return Number.isNaN(logN) ? undefined : modelOf(law, constants, sizeAt(logN), U);
}

/** log of the left side over the right side, where the tokens are at least the unique ones. */
function imbalance(law: TwoTerms, { tokens, parameters }: Decay, { N, D }: Size, unique: number): number {
  const { A, B, alpha, beta } = law;
  const enough = Math.min(N, sizeForTokens(law, unique));
  const [logN, logD] = [Math.log(effectiveCount(N, enough, parameters)), Math.log(effectiveCount(D, unique, tokens))];
  const left = Math.log(alpha * A) - (1 + alpha) * logN + Math.log(N) - (N / enough - 1) / parameters;
  const right = Math.log(beta * B) - (1 + beta) * logD + Math.log(D) - (D / unique - 1) / tokens;
  return left - right;
}

function modelOf(law: TwoTerms, { tokens, parameters }: Decay, { N, D }: Size, unique: number): ConstrainedModel {
  const used = Math.min(D, unique);
  const worth = {
    N: effectiveCount(N, Math.min(N, sizeForTokens(law, used)), parameters),
    D: effectiveCount(D, used, tokens),
  };
  return { N, D, C: 6 * N * D, epochs: D / unique, effective: worth, loss: lossOf(law, worth) };
}

function checked(decay: Decay): Decay {
  positive('tokens', decay.tokens, 'repetitions such as 15');
  positive('parameters', decay.parameters, 'repetitions such as 5');
  return decay;
}

function uniqueOf(unique: number): number {
  return positive('unique', unique, 'tokens such as 1e11');
}

/** Of n of something, of which so many are unique, as many as are worth the same. */
function effectiveCount(n: number, unique: number, constant: number): number {
  return n > unique ? unique * saturatingWorth(n / unique - 1, constant) : n;
}

/** N_opt(U) = (αA/(βB))^(1/α)·U^(β/α), of L(N, D) = E + A/N^α + B/D^β: (U·G)^(β/α)·G in the paper. */
export function sizeForTokens({ A, B, alpha, beta }: Pick<TwoTerms, 'A' | 'B' | 'alpha' | 'beta'>, D: number): number {
  return ((alpha * A) / (beta * B)) ** (1 / alpha) * D ** (beta / alpha);
}
