/**
 * What better data, or a better recipe, is worth: two fits of the same form, each of its own group of runs, and by how much the
 * tokens, or the compute, of one have to be multiplied to do what the other does.
 *
 *   tokens    m_D = D_base/D,  L_base(N, D_base) = L(N, D)          at the same size N
 *   compute   m_C = C_base/C,  L_base on its frontier at C_base = L on its frontier at C
 *
 * Both depend on where they are asked: a multiplier is one number only where exponents and irreducible losses are equal. Where
 * N counts the parameters that are active, mixtures of experts and dense models compare the same way at equal training cost.
 */
import { positiveCompute, positiveLoss, positiveSize, positiveTokens } from '../check.ts';
import type { TwoTerms } from '../laws/law.ts';
import type { FrontierPoint } from '../types.ts';
import { lossOf, optimumAt, optimumReaching, tokensReaching, type Size } from './terms.ts';

/** Two compute-optimal models of the same loss. */
export interface ComputeMultiplier {
  /** C of the base over C of the other: above 1 where the base needs more. */
  readonly factor: number;
  readonly base: FrontierPoint;
  readonly other: FrontierPoint;
}

/**
 * Tokens of the base that one token is worth, for N parameters on D tokens. Infinity where no number of base tokens has that loss.
 * @throws InputError where N or D is not positive.
 */
export function tokenMultiplier(law: TwoTerms, base: TwoTerms, { N, D }: Size): number {
  positiveSize(N);
  positiveTokens(D);
  return tokensReaching(base, lossOf(law, { N, D }), N) / D;
}

/**
 * The compute of the base that one FLOP is worth at a loss, nats per token. Undefined where either law does not reach it.
 * @throws InputError where the loss is not positive.
 */
export function computeMultiplierAtLoss(law: TwoTerms, base: TwoTerms, loss: number): ComputeMultiplier | undefined {
  positiveLoss(loss);
  return multiplier(optimumReaching(law, loss), optimumReaching(base, loss));
}

/**
 * The same at a compute, training FLOPs.
 * @throws InputError where the compute is not positive.
 */
export function computeMultiplierAt(law: TwoTerms, base: TwoTerms, compute: number): ComputeMultiplier | undefined {
  const optimum = optimumAt(law, positiveCompute(compute));
  return optimum && multiplier(optimum, optimumReaching(base, optimum.loss));
}

function multiplier(other: FrontierPoint | undefined, base: FrontierPoint | undefined): ComputeMultiplier | undefined {
  return other && base && { factor: base.C / other.C, base, other };
}
