/**
 * Bounds of natural parameters as a box of working coordinates. A side of the box is a bound where its coordinate, with the
 * parameter at the bound, moves with no free parameter: pins.ts centres the inputs so that it does not, or refuses.
 */
import { optionError } from '../errors.ts';
import { lawName, type Centre, type Law } from '../laws/law.ts';
import type { Box } from '../optim/box.ts';
import type { Interval } from '../types.ts';

/** Lowest and highest value by name; −Infinity or Infinity where there is none. */
export type Bounds = Readonly<Record<string, Interval>>;

/** The ends that are finite, each as a parameter held there. */
export function endsOf(bounds: Bounds): [name: string, value: number][] {
  return Object.entries(bounds).flatMap(([name, ends]) => ends.filter(Number.isFinite).map((end): [string, number] => [name, end]));
}

/** @throws InputError for names that the law has not or that are held, and for what is no interval. */
export function checkBounds(law: Law, bounds: Bounds, fix: Readonly<Record<string, number>>): void {
  for (const [name, [low, high]] of Object.entries(bounds)) {
    if (!law.params.includes(name)) throw optionError('bounds', `expected parameters of law ${lawName(law)} (${law.params.join(', ')}), got ${name}.`);
    if (name in fix) throw optionError('bounds', `expected free parameters, got ${name}, which is fixed at ${fix[name]}. Leave one of the two out.`);
    if (low < high) continue;
    throw optionError('bounds', `expected a lower and a higher value of ${name}, got ${low} and ${high}.${low === high ? ' Fix it to hold it there.' : ''}`);
  }
}

/**
 * The box of a law whose inputs are centred so that it has one. `natural`: any parameters of the law, with those that are held.
 * A lower end of which the coordinate would be the log of 0 is no side.
 * @throws InputError for ends that the law has not.
 */
export function boxOf(law: Law, centre: Centre, natural: Float64Array, bounds: Bounds): Box {
  const ends = law.params.map((name) => bounds[name] ?? [-Infinity, Infinity]);
  const at = (j: number, end: number) => (Number.isFinite(end) ? law.toWorking(natural.with(j, end), centre)[j] : end);
  const lower = ends.map(([low], j) => at(j, low));
  const upper = ends.map(([, high], j) => at(j, high));
  law.params.forEach((name, j) => {
    if (lower[j] < Infinity && upper[j] > -Infinity && lower[j] < upper[j]) return;
    const wrong = ends[j].filter((end) => Number.isFinite(end) && !(at(j, end) > -Infinity));
    throw optionError('bounds', `expected values that law ${lawName(law)} allows, got ${name} = ${(wrong.length > 0 ? wrong : ends[j]).join(' and ')}. It is ${law.formula}.`);
  });
  return { lower, upper, natural: { lower: ends.map(([low]) => low), upper: ends.map(([, high]) => high) } };
}

/** Natural parameters with those inside their bounds that rounding has put outside, and those at a side there to the last bit. */
export function boundedNatural(natural: Float64Array, x: Float64Array, box: Box | undefined): Float64Array {
  if (!box) return natural;
  const { lower, upper, natural: ends } = box;
  return natural.map((value, j) => {
    if (x[j] === lower[j]) return ends.lower[j];
    if (x[j] === upper[j]) return ends.upper[j];
    return Math.max(ends.lower[j], Math.min(ends.upper[j], value));
  });
}
