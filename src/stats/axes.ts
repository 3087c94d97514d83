/** Axes of a landscape: parameters of a law, the coordinates that hold them, and the values that its cells have. */
import type { Batch } from '../backend/backend.ts';
import { InputError, optionError } from '../errors.ts';
import { batchOf, choiceOf, problemOf, workingOf, type Made } from '../fit/batch.ts';
import { placePins } from '../fit/pins.ts';
import { chinchillaAllocation } from '../laws/chinchilla-allocation.ts';
import { chinchilla } from '../laws/chinchilla.ts';
import type { Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { packedIndex } from '../math/packed.ts';
import type { Problem } from '../optim/objective.ts';
import type { Params } from '../plan/frontier.ts';
import type { Fit, Interval, Sweep } from '../types.ts';
import { sandwichCovariance } from './sandwich.ts';

/** A parameter that an axis can be of, one of Law.axes: "alpha", or "a" of N_opt ∝ C^a. */
export type AxisName = string;

export interface Axis {
  readonly name: AxisName;
  /** Natural, evenly spaced, ascending. */
  readonly values: Float64Array;
}

/** An axis, and which of the law's working coordinates holds it, with the values there. */
export interface PinnedAxis extends Axis {
  readonly coordinate: number;
  readonly working: Float64Array;
}

/** A fit of a sweep, in the law that has the parameters of the axes. */
export interface Fitted {
  readonly batch: Batch;
  readonly problem: Problem;
  /** Parameters in the order of the law, natural and working. */
  readonly natural: readonly number[];
  readonly optimum: Float64Array;
}

/** Two laws of one surface: a fit of either is one of the other, by natural parameters. */
const SAME_SURFACE: readonly Law[] = [chinchilla, chinchillaAllocation];

/** Do two laws say the same of every model, so that their parameters can be compared? */
export function isSameSurface(id: string, other: string): boolean {
  return id === other || [id, other].every((either) => SAME_SURFACE.some((law) => law.id === either));
}

const MOST_CELLS = 501;
/** Half of a default range, in standard errors. */
const REACH = 6;
/** Half of a default range, of the value itself: at the least, as where runs have no noise, and where no error is known. */
const SHARE_LEAST = 0.01;
const SHARE_UNKNOWN = 0.5;
/** One side of a default range over the other, at most. */
const LOPSIDED = 3;
/** Of the numerical derivative of a parameter by its working coordinate, which is of order one. */
const STEP = 1e-5;

/**
 * The fit in its own law where that has all of `names`, else in the other one of the same surface.
 * @throws InputError where no law has them, where one is fixed or not finite, and as `batchOf` does.
 */
export function fittedOver(sweep: Sweep, fit: Made & Pick<Fit, 'params'>, names: readonly AxisName[]): Fitted {
  const law = lawOver(fit, names);
  const batch = batchOf(sweep, law, choiceOf(fit));
  const known = byEveryName(fit.params);
  const natural = law.params.map((name) => known[name]);
  const optimum = workingOf(batch, known);
  for (const values of [natural, optimum]) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new InputError(`fit: expected finite parameters within the bounds of law ${law.id}, got ${law.params[at]} = ${natural[at]}. ` +
      'Look at its certificate.');
  }
  return { batch, problem: problemOf(batch), natural, optimum };
}

function lawOver({ law: id, fixed = {}, bounds = {} }: Pick<Fit, 'law' | 'fixed' | 'bounds'>, names: readonly AxisName[]): Law {
  const held = names.find((name) => name in fixed);
  if (held) throw optionError('over', `expected free parameters, got ${held}, which is fixed at ${fixed[held]}. Take another one.`);
  const own = lawById(id);
  const asked = [...Object.keys(fixed), ...Object.keys(bounds)];
  const all = [...names, ...asked];
  const law = [own, ...(SAME_SURFACE.includes(own) ? SAME_SURFACE : [])].find(({ params }) => all.every((name) => params.includes(name)));
  if (law) return law;
  const among = asked.length === 0 ? '' : `, in which ${asked.join(' and ')} can be ${Object.keys(bounds).length === 0 ? 'fixed' : 'fixed or bounded'}`;
  throw optionError('over', `expected parameters of law ${own.id} (${own.params.join(', ')})${among}, got ${names.join(',')}.`);
}

/** Natural parameters by all names that laws of this surface have for them: α = (1 − a)·s, β = a·s. */
export function byEveryName(params: Params): Params {
  const { alpha, beta, s = alpha + beta, a = beta / s } = params;
  return { alpha: (1 - a) * s, beta: a * s, a, s, ...params };
}

/**
 * One axis for each of `names`: over its `range` from end to end, else about the optimum, which is then a node.
 * @throws InputError where `cells` or a range cannot be used.
 */
export function axesOf(fitted: Fitted, names: readonly AxisName[], cells: number,
                       range: Readonly<Partial<Record<AxisName, Interval>>>): PinnedAxis[] {
  if (!(Number.isInteger(cells) && cells > 1 && cells <= MOST_CELLS)) {
    throw optionError('cells', `expected a whole number from 2 to ${MOST_CELLS}, got ${cells}.`);
  }
  const stray = Object.keys(range).find((name) => !names.includes(name));
  if (stray !== undefined) throw optionError('range', `expected one of ${names.join(' or ')}, got one of ${stray}.`);
  return names.map((name) => {
    const { law, centre } = fitted.batch;
    const coordinate = law.params.indexOf(name);
    const asked = range[name];
    const values = asked ? nodesOver(checkRange(fitted, name, asked), cells) : nodesAbout(fitted.natural[coordinate], rangeOf(fitted, coordinate), cells);
    return { name, values, coordinate, working: values.map((value) => law.toWorking(moved(fitted, coordinate, value), centre)[coordinate]) };
  });
}

function checkRange(fitted: Fitted, name: AxisName, [low, high]: Interval): Interval {
  const { law } = fitted.batch;
  const allowed = allowedBy(fitted, law.params.indexOf(name));
  if (low < high && allowed(low) && allowed(high)) return [low, high];
  throw new InputError(`range of ${name}: expected a lower and a higher value within the bounds of law ${law.id}, got ${low} to ${high}.`, { place: { option: 'range' } });
}

/** About the optimum by some standard errors; an end outside the law's bounds is moved half-way in until it is not. */
function rangeOf(fitted: Fitted, coordinate: number): Interval {
  const value = fitted.natural[coordinate];
  const error = standardError(fitted, coordinate);
  const share = Number.isFinite(error) ? SHARE_LEAST : SHARE_UNKNOWN;
  const half = Math.max(REACH * error || 0, share * Math.abs(value));
  const allowed = allowedBy(fitted, coordinate);
  const within = (end: number): number => (allowed(end) ? end : within((end + value) / 2));
  const { lower: { [coordinate]: low = -Infinity } = [], upper: { [coordinate]: high = Infinity } = [] } = fitted.batch.box?.natural ?? {};
  const [below, above] = [value - within(Math.max(low, value - half)), within(Math.min(high, value + half)) - value];
  if (below === 0 || above === 0) return [value - below, value + above]; // it lies at a bound
  return [value - Math.min(below, LOPSIDED * above), value + Math.min(above, LOPSIDED * below)];
}

/** Of a natural parameter, by the sandwich covariance; NaN where there is none. */
function standardError({ problem, batch: { law, centre }, optimum }: Fitted, coordinate: number): number {
  const natural = (step: number) => law.toNatural(optimum.map((value, j) => (j === coordinate ? value + step : value)), centre)[coordinate];
  const variance = sandwichCovariance(problem, optimum)[packedIndex(coordinate, coordinate)];
  return Math.sqrt(variance) * (natural(STEP) - natural(-STEP)) / (2 * STEP);
}

/** Whether a value breaks no bound of the law that the fit does not break. */
function allowedBy(fitted: Fitted, coordinate: number): (value: number) => boolean {
  const { batch: { law, centre, pins, box }, natural } = fitted;
  const broken = law.brokenBounds(natural);
  return (value) => {
    if (box && !(value >= box.natural.lower[coordinate] && value <= box.natural.upper[coordinate])) return false;
    const there = moved(fitted, coordinate, value);
    return placePins(law.toWorking(there, centre), pins).every(Number.isFinite) && law.brokenBounds(there).every((rule) => broken.includes(rule));
  };
}

function moved({ natural }: Fitted, coordinate: number, value: number): number[] {
  return natural.with(coordinate, value);
}

function nodesOver([low, high]: Interval, cells: number): Float64Array {
  return Float64Array.from({ length: cells }, (_, k) => low + (high - low) * (k / (cells - 1)));
}

/** Within the range, `value` one of them. */
function nodesAbout(value: number, [low, high]: Interval, cells: number): Float64Array {
  const last = cells - 1;
  const home = Math.round(last * (value - low) / (high - low));
  const step = Math.min(home > 0 ? (value - low) / home : Infinity, home < last ? (high - value) / (last - home) : Infinity);
  return Float64Array.from({ length: cells }, (_, k) => value + (k - home) * step);
}
