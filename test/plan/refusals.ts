/** What is refused, word for word, and about which option. */
import { expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';

/** The option, what is tried, and the message after "option: ". */
export type Refusal = readonly [option: string, tried: () => unknown, rest: string];

export function refused(refusals: readonly Refusal[]): void {
  it.each(refusals)('is refused: %s, %s', (option, tried, rest) => {
    const error = refusalOf(tried);
    expect(error).toEqual(new InputError(`${option}: ${rest}`));
    expect(error.place).toEqual({ option });
  });
}

function refusalOf(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error;
  }
  throw new Error('expected an InputError, got none');
}
