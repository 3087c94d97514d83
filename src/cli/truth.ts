/** The law that a command is given instead of fitting one. */
import { access } from 'node:fs/promises';
import { InputError, truthOfFit, type Truth } from '../node.ts';
import { fitIn } from '../simulate/truth.ts';
import { readBytes } from './source.ts';
import type { TruthRequest } from './truth-options.ts';

const A_FIT = 'a fit as isoloss fit --json writes it';

/** The law, and where a file holds it the fit that it is of. @throws InputError where the file cannot be used. */
export async function truthFor(asked: TruthRequest, signal: AbortSignal): Promise<{ readonly truth: Truth; readonly fit?: Readonly<Record<string, unknown>> }> {
  if (!('file' in asked)) return { truth: asked };
  const { file, group } = await placeOf(asked.file);
  const json = await readFitJson(file, signal);
  return { truth: truthOfFit(json, file, group), fit: fitIn(json, file, group) };
}

/** "fit.json" or "fit.json#web": the file, and which of its groups of runs. Both may have a # in their names: a file that is there is one. */
async function placeOf(path: string): Promise<{ readonly file: string; readonly group?: string }> {
  const marks = [...path.matchAll(/#/g)].map(({ index }) => index);
  if (marks.length === 0 || await isThere(path)) return { file: path };
  for (const mark of marks) {
    const file = path.slice(0, mark);
    if (await isThere(file)) return { file, group: path.slice(mark + 1) };
  }
  return { file: path };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}

/** What the JSON of a fit holds, whatever it is. @throws InputError where there is none. */
async function readFitJson(path: string, signal: AbortSignal): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(path, A_FIT, signal));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path}: expected ${A_FIT}, got no JSON. Write it with isoloss fit --json --out FILE.`, { cause: error });
  }
}
