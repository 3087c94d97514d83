import { expect } from 'vitest';
import { InputError } from '../../src/errors.ts';

/** The message of the `InputError` that a promise must reject with. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(() => 'no error', (reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message;
}
