/**
 * Noise of synthetic sweeps: what its numbers can be, and how a report names it.
 *
 *   log L = log L̂(N, D) + noise of the run + noise of its model size + noise of its training seed      (nats)
 *
 * The noise of a run is normal or Student's t; in a share of the runs it is made larger and turned upward.
 */
import { optionError } from '../errors.ts';
import type { Noise } from '../types.ts';
import { formatLevel } from '../units.ts';

/** What a number can be: `expected` completes "expected …". */
export interface Range {
  readonly expected: string;
  readonly accepts: (value: number) => boolean;
  readonly remedy: string;
}

/** Standard deviation, or scale of Student's t, nats. One nat already means losses wrong by a factor e. */
export const DEVIATION: Range = {
  expected: 'a deviation of log loss from 0 to 1 such as 0.01',
  accepts: (value) => value >= 0 && value <= 1,
  remedy: 'Write 1 % as 0.01.',
};

export const DEGREES: Range = {
  expected: 'degrees of freedom above 0 such as 4',
  accepts: (value) => value > 0 && value < Infinity,
  remedy: 'Fewer mean heavier tails.',
};

export const FRACTION: Range = {
  expected: 'a share of the runs from 0 to 1 such as 0.05',
  accepts: (value) => value >= 0 && value <= 1,
  remedy: 'Write 5 % as 0.05.',
};

export const FACTOR: Range = {
  expected: 'a factor above 0 such as 10',
  accepts: (value) => value > 0 && value < Infinity,
  remedy: 'It multiplies the noise of the run.',
};

/**
 * The same noise, checked.
 * @throws InputError `noise.sigma: expected a deviation of log loss from 0 to 1 such as 0.01, got -1. …`
 */
export function checkNoise(noise: Noise): Noise {
  const { sigma, degrees, outliers, bySize, bySeed } = noise;
  check('sigma', sigma, DEVIATION);
  if (degrees !== undefined) check('degrees', degrees, DEGREES);
  if (bySize !== undefined) check('bySize', bySize, DEVIATION);
  if (bySeed !== undefined) check('bySeed', bySeed, DEVIATION);
  if (outliers === undefined) return noise;
  check('outliers.fraction', outliers.fraction, FRACTION);
  check('outliers.factor', outliers.factor, FACTOR);
  if (sigma > 0 || outliers.fraction === 0) return noise;
  throw optionError('noise.outliers', 'expected a sigma above 0 beside them, got 0. An outlier is a multiple of it.');
}

/** One line: "normal, 0.01; 5 % outliers, upward, 10 times as far; 0.005 shared by runs of one size". */
export function describeNoise({ sigma, degrees, outliers, bySize = 0, bySeed = 0 }: Noise): string {
  const parts: string[] = [];
  if (sigma > 0) parts.push(degrees === undefined ? `normal, ${sigma}` : `${describeStudent(degrees)}, scale ${sigma}`);
  if (sigma > 0 && outliers && outliers.fraction > 0) {
    parts.push(`${formatLevel(outliers.fraction)} outliers, upward, ${outliers.factor} times as far`);
  }
  if (bySize > 0) parts.push(`${bySize} shared by runs of one size`);
  if (bySeed > 0) parts.push(`${bySeed} shared by runs of one training seed`);
  return parts.length > 0 ? parts.join('; ') : 'none';
}

function describeStudent(degrees: number): string {
  return `Student's t with ${degrees} ${degrees === 1 ? 'degree' : 'degrees'} of freedom`;
}

function check(name: string, value: number, { expected, accepts, remedy }: Range): void {
  if (!accepts(value)) throw optionError(`noise.${name}`, `expected ${expected}, got ${value}. ${remedy}`);
}
