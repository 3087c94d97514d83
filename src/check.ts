/** What options must be, checked at the door, before hours of work. Each returns the value, or throws an InputError that names the option. */
import { optionError } from './errors.ts';

/** A positive finite number; `what` continues "expected positive": "training FLOPs such as 1e21". */
export function positive(option: string, value: number, what: string): number {
  if (value > 0 && Number.isFinite(value)) return value;
  throw optionError(option, `expected positive ${what}, got ${value}.`);
}

/** A finite number that may be zero. */
export function atLeastZero(option: string, value: number, what: string): number {
  if (value >= 0 && Number.isFinite(value)) return value;
  throw optionError(option, `expected ${what}, 0 or more, got ${value}.`);
}

/** A whole number, one or more. */
export function whole(option: string, value: number, what: string): number {
  if (value >= 1 && Number.isSafeInteger(value)) return value;
  throw optionError(option, `expected a whole number of ${what}, 1 or more, got ${value}.`);
}

/** A whole number of a range. */
export function wholeFrom(option: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} on`;
  throw optionError(option, `expected a whole number ${range}, got ${value}.`);
}

/** Resamples or synthetic sweeps, at most: the fits of all of them are held, a few numbers each. */
export const MOST_REPLICATES = 1e7;

/** A whole number of resamples or sweeps that can be held, two or more where nothing else is said: a spread needs several. */
export function replicatesFrom(option: string, value: number, least = 2): number {
  return wholeFrom(option, value, least, MOST_REPLICATES);
}

/** Above 0 and below 1, such as the example. */
export function inside(option: string, value: number, example = 0.95): number {
  if (value > 0 && value < 1) return value;
  throw optionError(option, `expected a number between 0 and 1 such as ${example}, got ${value}. Write ${100 * example} % as ${example}.`);
}

/** Above 0 and at most 1; `what` continues "expected a share of". */
export function share(option: string, value: number, what: string): number {
  if (value > 0 && value <= 1) return value;
  throw optionError(option, `expected a share of ${what} above 0 and at most 1, got ${value}. Write 40 % as 0.4.`);
}

/** From 0 to 1; `what` continues "expected a share of". */
export function part(option: string, value: number, what: string): number {
  if (value >= 0 && value <= 1) return value;
  throw optionError(option, `expected a share of ${what} from 0 to 1, got ${value}. Write 40 % as 0.4.`);
}

/** N, parameters. */
export function positiveSize(N: number): number {
  return positive('N', N, 'parameters such as 7e9');
}

/** D, training tokens. */
export function positiveTokens(D: number): number {
  return positive('D', D, 'training tokens such as 1e12');
}

/** C, training FLOPs. */
export function positiveCompute(compute: number): number {
  return positive('compute', compute, 'training FLOPs such as 1e21');
}

/** L, nats per token. */
export function positiveLoss(loss: number): number {
  return positive('loss', loss, 'nats per token such as 2.1');
}
