/** Starts of a fit, in working coordinates: drawn from the data, or the law's published grid. */
import type { Batch, Starts } from '../backend/backend.ts';
import { optionError } from '../errors.ts';
import { STREAM, uniforms } from '../math/philox.ts';
import type { FitOptions } from '../types.ts';

/** How many "auto" draws. */
export const AUTO = 32;

/** @throws InputError where the choice is none of "auto", "paper", or a positive whole number. */
export function startsFor(batch: Batch, choice: FitOptions['starts'], seed: number): Starts {
  if (choice === 'paper') return flat(batch.law.paperStarts(batch.centre));
  const count = choice === undefined || choice === 'auto' ? AUTO : choice;
  if (!(Number.isInteger(count) && count > 0)) {
    throw optionError('starts', `expected "auto", "paper" or a positive whole number, got ${JSON.stringify(choice)}.`);
  }
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw optionError('seed', `expected a whole number from 0 on, got ${seed}.`);
  }
  const lowest = Math.exp(batch.logLoss.reduce((low, value, i) => (batch.weight[i] > 0 ? Math.min(low, value) : low), Infinity));
  return flat(Array.from({ length: count }, (_, k) => batch.law.drawStart(lowest, uniforms(seed, STREAM.starts, k))));
}

function flat(starts: readonly Float64Array[]): Starts {
  const order = starts[0].length;
  const all = new Float64Array(starts.length * order);
  starts.forEach((start, k) => all.set(start, k * order));
  return all;
}
