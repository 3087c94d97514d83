/**
 * The likelihood whose maximum a loss finds, its scale profiled, and what is made of it. Of n runs with the residuals r:
 *
 *   huber-log, huber         exp(−ρ(r)/σ²)/(σ·Z(δ/σ)), ρ Huber's with threshold δ nats and Z of huber-likelihood.ts
 *   absolute-log             exp(−|r|/b)/(2b)                   Laplace
 *   squares-log, squares     exp(−r²/(2σ²))/(σ·√(2π))           Gauss
 *
 * δ stays where the fit has it, in nats: whatever σ is, the parameters of the highest likelihood are those of the least loss, so
 * that a law that holds another is never less likely, and σ follows from the least loss F alone. (huber-likelihood.ts has the
 * threshold in units of σ, as Besiroglu et al. 2024 do; what is most likely there is not what the loss finds.) Where δ is far
 * below the residuals the density is nearly Laplace's, with b = σ²/δ; where it is far above them, Gauss's. With
 *
 *   k  free parameters of the law, and 1 for the scale
 *   AIC = 2k − 2 log-likelihood     AICc = AIC + 2k(k + 1)/(n − k − 1)     BIC = k·log n − 2 log-likelihood
 *
 * Weights are scaled to a mean of 1: only their ratios count. Akaike 1974, IEEE Transactions on Automatic Control 19; Schwarz
 * 1978, Annals of Statistics 6; Burnham and Anderson 2002, "Model Selection and Multimodel Inference", §2.2, §2.4, §2.9.
 */
import { optionError } from '../errors.ts';
import type { Loss } from '../losses/loss.ts';
import { root } from '../math/root.ts';
import { huberMass } from './huber-likelihood.ts';

export type LikelihoodName = 'huber' | 'laplace' | 'gauss';

export interface Likelihood {
  /** Natural log, of log L where the residuals are of logs, else of L. */
  readonly logLikelihood: number;
  /** σ, or b of Laplace's: nats. */
  readonly scale: number;
}

export interface Criteria {
  readonly aic: number;
  /** Infinite where there are too few runs for so many parameters: n ≤ k + 1. */
  readonly aicc: number;
  readonly bic: number;
}

/** @throws InputError where the loss is none: of "lower-log". */
export function likelihoodName({ id, shape, delta }: Loss): LikelihoodName {
  if (shape === 'squares') return 'gauss';
  if (shape === 'huber') return delta === 0 ? 'laplace' : 'huber';
  throw optionError('loss', `expected a loss that is a likelihood of the runs, got ${id}, whose law is to lie below most of them: ` +
    'AIC, BIC and errors of prediction say nothing of it. Take huber-log.');
}

/** Of the least loss of `runs` runs, in the unit that the loss is told in, and their mean weight. @throws as `likelihoodName` does. */
export function likelihoodOf(loss: Loss, least: number, runs: number, meanWeight = 1): Likelihood {
  const name = likelihoodName(loss);
  const mean = least / (meanWeight * runs);
  if (name === 'laplace') return { scale: mean, logLikelihood: -runs * (Math.log(2 * mean) + 1) };
  if (name === 'gauss') return { scale: Math.sqrt(mean), logLikelihood: -0.5 * runs * (Math.log(2 * Math.PI * mean) + 1) };
  const scale = huberScale(mean, loss.delta);
  return { scale, logLikelihood: -runs * (mean / scale ** 2 + Math.log(scale * huberMass(loss.delta / scale))) };
}

/**
 * σ where the derivative of the log-likelihood by log σ is 0: 2·mean/σ² = 1 + (2/d)·exp(−d²/2)/Z(d), d = δ/σ. The right side
 * rises from 1 to 2 as σ does, which brackets the one root.
 */
function huberScale(mean: number, delta: number): number {
  const excess = (scale: number) => {
    const d = delta / scale;
    return 2 * mean / scale ** 2 - 1 - (2 / d) * Math.exp(-0.5 * d * d) / huberMass(d);
  };
  return root(excess, Math.sqrt(mean), Math.sqrt(2 * mean));
}

/** `parameters`: the free ones of the law. */
export function criteriaOf({ logLikelihood }: Likelihood, parameters: number, runs: number): Criteria {
  const k = parameters + 1;
  const aic = 2 * k - 2 * logLikelihood;
  return {
    aic,
    aicc: runs > k + 1 ? aic + (2 * k * (k + 1)) / (runs - k - 1) : Infinity,
    bic: k * Math.log(runs) - 2 * logLikelihood,
  };
}

/** exp(−Δ/2) over its sum: how the evidence falls on the laws, where the likelihood is right. NaN where none is finite. */
export function akaikeWeights(criteria: readonly number[]): number[] {
  const best = Math.min(...criteria);
  const weights = criteria.map((value) => Math.exp(-0.5 * (value - best)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
