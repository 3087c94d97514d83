/** The law that a command is given instead of fitting one. */
import { InputError, truthOfFit, type Truth } from '../node.ts';
import { readBytes } from './source.ts';
import type { TruthRequest } from './truth-options.ts';

const A_FIT = 'a fit as isoloss fit --json writes it';

/** @throws InputError where the file cannot be used. */
export async function truthFor(asked: TruthRequest, signal: AbortSignal): Promise<Truth> {
  return 'file' in asked ? truthOfFit(await readFitJson(asked.file, signal), asked.file) : asked;
}

/** What the JSON of a fit holds, whatever it is. @throws InputError where there is none. */
export async function readFitJson(path: string, signal: AbortSignal): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(path, A_FIT, signal));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path}: expected ${A_FIT}, got no JSON. Write it with isoloss fit --json --out FILE.`, { cause: error });
  }
}
