import { expect } from 'vitest';
import { InputError, type Place } from '../../src/errors.ts';

/** The `InputError` that a promise must reject with. */
async function rejection(promise: Promise<unknown>): Promise<InputError> {
  const error: unknown = await promise.then(() => 'no error', (reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

/** Its message. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  return (await rejection(promise)).message;
}

/** Its place, which is none where the error is about the whole source. */
export async function refusalPlace(promise: Promise<unknown>): Promise<Place | undefined> {
  return (await rejection(promise)).place;
}
