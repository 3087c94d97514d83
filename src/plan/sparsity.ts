/**
 * How sparse a mixture of experts should be: S is the share of its parameters that a token does not pass through.
 *
 *   L = a/N^α + b/D^β + c/(1 − S)^λ + d/((1 − S)^δ·N^γ) + e,   C = 6·(1 − S)·N·D,   2·(1 − S)·N FLOPs a served token
 *
 * With u = 1 − S and D = C/(6·u·N) each condition below has one root, as its left side falls where its right side rises:
 *
 *   best N at one S     α·a·N^−α + γ·d·u^−δ·N^−γ = β·b·(6uN/C)^β                     in log N
 *   best S of one N     δ·d·N^−γ·u^−δ = β·b·(6uN/C)^β − λ·c·u^−λ,  λ < 0              in log u, from 0 up to u = 1
 *
 * With N free too there is no best S: γ is that near to δ that a larger, sparser model is always a little better.
 *
 * Abnar et al. 2025, arXiv:2501.12370.
 */
import { positiveCompute, positiveSize, positiveTokens } from '../check.ts';
import { root } from '../math/root.ts';
import { optionError } from '../errors.ts';
import type { Size } from './terms.ts';

export interface SparsityLaw {
  readonly a: number;
  readonly alpha: number;
  readonly b: number;
  readonly beta: number;
  readonly c: number;
  /** Below 0. */
  readonly lambda: number;
  readonly d: number;
  readonly delta: number;
  readonly gamma: number;
  /** Nats per token. */
  readonly e: number;
}

/** A model for a budget. */
export interface SparseModel extends Size {
  /** All parameters. */
  readonly N: number;
  /** Share of them that a token does not pass through. */
  readonly sparsity: number;
  /** Those that it does: what training and serving cost. */
  readonly active: number;
  /** Nats per token. */
  readonly loss: number;
}

/** Logs of sizes, and of 1 − S, between which a best one is looked for. */
const [SMALLEST, LARGEST, SPARSEST] = [Math.log(1), Math.log(1e30), Math.log(1e-12)];

/**
 * Nats per token.
 * @throws InputError where N or D is not positive, or the sparsity not from 0 to below 1.
 */
export function sparseLoss({ a, alpha, b, beta, c, lambda, d, delta, gamma, e }: SparsityLaw, { N, D }: Size, sparsity: number): number {
  positiveSize(N);
  positiveTokens(D);
  const u = 1 - sparsityOf(sparsity);
  return a / N ** alpha + b / D ** beta + c / u ** lambda + d / (u ** delta * N ** gamma) + e;
}

/**
 * The best model of one sparsity for C training FLOPs. Undefined where the law has none.
 * @throws InputError where the compute is not positive, or the sparsity not from 0 to below 1.
 */
export function optimumAtSparsity(law: SparsityLaw, compute: number, sparsity: number): SparseModel | undefined {
  const { a, alpha, b, beta, d, delta, gamma } = law;
  const u = 1 - sparsityOf(sparsity);
  const scale = b * beta * ((6 * u) / positiveCompute(compute)) ** beta;
  const logN = root((log) => {
    const N = Math.exp(log);
    return Math.log(alpha * a * N ** -alpha + gamma * d * u ** -delta * N ** -gamma) - Math.log(scale) - beta * log;
  }, SMALLEST, LARGEST);
  return Number.isNaN(logN) ? undefined : modelOf(law, Math.exp(logN), compute, sparsity);
}

/**
 * The best sparsity of N parameters for C training FLOPs; 0 where a dense model is best. Undefined where the law has none.
 * @throws InputError where one is not positive.
 */
export function bestSparsity(law: SparsityLaw, compute: number, N: number): SparseModel | undefined {
  const { b, beta, c, lambda, d, delta, gamma } = law;
  const scale = b * beta * ((6 * positiveSize(N)) / positiveCompute(compute)) ** beta;
  const excess = (logU: number) => Math.log(delta * d * N ** -gamma) - delta * logU - Math.log(scale * Math.exp(beta * logU) - lambda * c * Math.exp(-lambda * logU));
  if (excess(0) >= 0) return modelOf(law, N, compute, 0);
  const logU = root(excess, SPARSEST, 0);
  return Number.isNaN(logU) ? undefined : modelOf(law, N, compute, -Math.expm1(logU));
}

function modelOf(law: SparsityLaw, N: number, compute: number, sparsity: number): SparseModel {
  const active = (1 - sparsity) * N;
  const D = compute / (6 * active);
  return { N, D, sparsity, active, loss: sparseLoss(law, { N, D }, sparsity) };
}

function sparsityOf(sparsity: number): number {
  if (sparsity >= 0 && sparsity < 1) return sparsity;
  throw optionError('sparsity', `expected a share of the parameters from 0 to below 1, got ${sparsity}. Write 95 % as 0.95.`);
}
