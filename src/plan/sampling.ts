/**
 * A larger model or more samples: coverage at equal cost. A sample of T generated tokens costs 2·N·T FLOPs, a forward pass of N
 * parameters for each, so that a cost of F for a problem buys F/(2NT) samples. Where the coverages of two models follow
 * exp(a·k^b), with s = log(−a) and q = 2NT they are equal at
 *
 *   log F = (s₂ − s₁ + b₁·log q₁ − b₂·log q₂)/(b₁ − b₂)
 *
 * Prompts, attention over the context and training are not counted. The trade: Brown et al. 2024, arXiv:2407.21787; Snell et al.
 * 2024, arXiv:2408.03314.
 */
import { positive, positiveSize } from '../check.ts';
import { coverageAt, type CoverageLaw } from './coverage.ts';

/** A model that is sampled. */
export interface Sampler extends CoverageLaw {
  /** FLOPs of a sample. */
  readonly cost: number;
}

/** FLOPs of a sample of so many generated tokens. @throws InputError where one is not positive. */
export function sampleCost(N: number, tokens: number): number {
  return 2 * positiveSize(N) * positive('tokens', tokens, 'tokens of a sample such as 500');
}

/** Where two models cover as much at equal cost. */
export interface SamplingTrade {
  /** FLOPs a problem; NaN where it is nowhere from one sample of each on. */
  readonly flops: number;
  /** Samples of each there. */
  readonly samples: readonly [one: number, other: number];
  readonly coverage: number;
  /** Which covers more from one sample of each on, and which with ever more; the same where they do not cross. */
  readonly first: 'one' | 'other';
  readonly last: 'one' | 'other';
}

export function samplingTrade(one: Sampler, other: Sampler): SamplingTrade {
  const least = Math.max(one.cost, other.cost);
  const crossing = crossingOf(one, other);
  const first = better(one, other, least);
  if (!(crossing > least && crossing < Infinity)) return { flops: NaN, samples: [NaN, NaN], coverage: NaN, first, last: first };
  return {
    flops: crossing,
    samples: [crossing / one.cost, crossing / other.cost],
    coverage: coverageAt(one, crossing / one.cost),
    first,
    last: first === 'one' ? 'other' : 'one',
  };
}

function crossingOf(one: Sampler, other: Sampler): number {
  const rise = (model: Sampler) => Math.log(-model.a) - model.b * Math.log(model.cost);
  return Math.exp((rise(other) - rise(one)) / (one.b - other.b));
}

/** By log(−log c), which tells coverages near 1 apart. */
function better(one: Sampler, other: Sampler, flops: number): 'one' | 'other' {
  const shortfall = ({ a, b, cost }: Sampler) => Math.log(-a) + b * Math.log(flops / cost);
  return shortfall(one) <= shortfall(other) ? 'one' : 'other';
}
