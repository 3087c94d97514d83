/** What is estimated, over many fits: a column for each parameter of the law, and for a and b of its frontier. */
import { fittedNames } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { STREAM, uniforms } from '../math/philox.ts';
import { byEveryName, type AxisName } from '../stats/axes.ts';
import type { Replicates } from '../stats/fits.ts';
import { columnsOf, finiteFits, parameters } from '../stats/quantities.ts';

/** Fits one after another: natural parameters [fits][P]. */
export interface Fits {
  readonly natural: Float64Array;
  /** Of each fit, nats²: one that is not finite has no parameters. Default: all have. */
  readonly objective?: Float64Array;
}

/** Those that are positive and can spread over decades. */
export const COEFFICIENTS: readonly string[] = ['A', 'B', 'N_c', 'D_c'];

/** By name, in the order of the law, then a and b: values of the fits that are finite. */
function samplesOf(lawId: string, { natural, objective }: Fits): Record<string, Float64Array> {
  const law = lawById(lawId);
  const order = law.params.length;
  const known = objective ?? new Float64Array(natural.length / order);
  const columns = columnsOf(parameters(law), finiteFits({ natural, objective: known, termination: new Uint8Array() }), order);
  return Object.fromEntries(fittedNames(law).map((name, q) => [name, columns[q]]));
}

/** The same without a and b where the law alone says what they are, as one with one exponent does. */
export function varyingSamples(lawId: string, fits: Fits): [name: string, values: Float64Array][] {
  const { params, inputs, frontier, toNatural, drawStart } = lawById(lawId);
  const [one, other] = [0, 1].map((k) => frontier?.exponents(toNatural(drawStart(1, uniforms(0, STREAM.starts, k)), inputs.map(() => 0))));
  const varies = (name: string) => one?.a !== other?.a || params.includes(name);
  return Object.entries(samplesOf(lawId, fits)).filter(([name]) => varies(name));
}

/** Two numbers of the fits that are finite and have both. */
export interface Pairs {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function pairsOf(lawId: string, replicates: Replicates, names: readonly [x: AxisName, y: AxisName]): Pairs {
  const law = lawById(lawId);
  const params: Record<string, number> = {};
  const [x, y] = columnsOf({
    count: 2,
    write(natural, numbers) {
      for (let p = 0; p < natural.length; p++) params[law.params[p]] = natural[p];
      const named = byEveryName(params);
      numbers[0] = named[names[0]];
      numbers[1] = named[names[1]];
      if (!Number.isFinite(numbers[0] + numbers[1])) numbers.fill(NaN); // or the columns would have different fits
    },
  }, finiteFits(replicates), law.params.length);
  return { x, y };
}
