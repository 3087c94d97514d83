/** Errors of the library name its options: dropHighest is --drop-highest here. */
import { BackendError, InputError } from '../errors.ts';

/** `work`, whose errors begin with the option of the command line. `names`: those of the library. */
export async function withOptionNames<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError || error instanceof BackendError)) throw error;
    const name = /^\w+(?=[: ])/.exec(error.message)?.[0] ?? '';
    if (names.includes(name)) error.message = `--${withDashes(name)}${error.message.slice(name.length)}`;
    throw error;
  }
}

/** Options that are repeated are written in the singular. */
const SINGULAR: Readonly<Record<string, string>> = { bounds: 'bound' };

function withDashes(name: string): string {
  return (SINGULAR[name] ?? name).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
