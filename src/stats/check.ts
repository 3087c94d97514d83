/** Choices checked at the door, before hours of work. */
import { optionError } from '../errors.ts';

/** @throws InputError where it is not above 0 and below 1. */
export function checkConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw optionError('confidence', `expected a number between 0 and 1 such as 0.95, got ${confidence}. Write 95 % as 0.95.`);
}

/** @throws InputError where it is no whole number from 0 on. */
export function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  throw optionError('seed', `expected a whole number from 0 on, got ${seed}.`);
}

/** @throws InputError where it is no whole number of that range. */
export function checkWhole(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} on`;
  throw optionError(name, `expected a whole number ${range}, got ${value}.`);
}
