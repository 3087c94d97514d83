/** What is estimated, over many fits: a column for each parameter of the law, and for a and b of its frontier. */
import { lawById } from '../laws/registry.ts';
import { columnsOf, finiteFits, parameters } from '../stats/quantities.ts';

/** Fits one after another: natural parameters [fits][P]. */
export interface Fits {
  readonly natural: Float64Array;
  /** Of each fit, nats²: one that is not finite has no parameters. Default: all have. */
  readonly objective?: Float64Array;
}

/** Those that are positive and can spread over decades. */
export const COEFFICIENTS: readonly string[] = ['A', 'B'];

/** By name, in the order of the law, then a and b: values of the fits that are finite. */
export function samplesOf(lawId: string, { natural, objective }: Fits): Record<string, Float64Array> {
  const law = lawById(lawId);
  const order = law.params.length;
  const known = objective ?? new Float64Array(natural.length / order);
  const columns = columnsOf(parameters(law), finiteFits({ natural, objective: known, termination: new Uint8Array() }), order);
  return Object.fromEntries([...law.params, 'a', 'b'].map((name, q) => [name, columns[q]]));
}
