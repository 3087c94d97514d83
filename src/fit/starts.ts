/** Starts of a fit, in working coordinates: drawn from the data, or the law's published grid. */
import type { Batch, Starts } from '../backend/backend.ts';
import { wholeFrom } from '../check.ts';
import { optionError } from '../errors.ts';
import { INPUTS } from '../laws/inputs.ts';
import type { Centre, Law } from '../laws/law.ts';
import { dot } from '../math/dot.ts';
import { gram } from '../math/gram.ts';
import { choleskyDamped, choleskySolve, packedIndex, packedLength } from '../math/packed.ts';
import { normals, STREAM, uniforms } from '../math/philox.ts';
import { medianDeviation } from '../math/quantile.ts';
import { METHOD } from '../optim/descent.ts';
import { workspace, type Problem } from '../optim/objective.ts';
import type { FitOptions } from '../types.ts';
import { placed, placePins, type Fixed } from './pins.ts';

/** How many "auto" draws. */
export const AUTO = 32;
/** A centre that is off by more, nats, is another one. */
const MOVED = 1e-9;
/** A pivot of JᵀWJ that is not above this share of its diagonal is rounding. */
const PIVOT_MIN = 1e-14;

/**
 * Starts of a batch, within its bounds; where parameters are held, all starts have their values, and those of the grid that are then alike are one.
 * @throws InputError where the choice is none of "auto", "paper", or a positive whole number.
 */
export function startsFor(batch: Batch, choice: FitOptions['starts'], seed: number): Starts {
  if (choice === 'paper') return placed(flat(batch.pins ? pinnedGrid(batch, batch.pins.natural) : batch.law.paperStarts(batch.centre)), batch);
  const count = choice === undefined || choice === 'auto' ? AUTO : choice;
  if (!(Number.isInteger(count) && count > 0)) {
    throw optionError('starts', `expected "auto", "paper" or a positive whole number, got ${JSON.stringify(choice)}.`);
  }
  wholeFrom('seed', seed, 0);
  const lowest = Math.exp(batch.logLoss.reduce((low, value, i) => (batch.weight[i] > 0 ? Math.min(low, value) : low), Infinity));
  const drawn = Array.from({ length: count }, (_, k) => batch.law.drawStart(lowest, uniforms(seed, STREAM.starts, k)));
  return placed(flat(batch.pins || isMoved(batch) ? pinnedDraws(batch, drawn) : drawn), batch);
}

/** Of the noise that starts about a minimum stand for, in units of the residuals. */
const WIDTH = 2;

/**
 * Starts about a minimum x of a problem of the batch: x + (JᵀWJ)⁻¹·JᵀW·e, with e normal and twice as wide as the residuals, where
 * the least squares of other noise would lie if the law were straight; others in each `round`. None where the runs do not tell
 * the parameters apart.
 */
export function startsAbout(batch: Batch, problem: Problem, x: Float64Array, count: number, seed: number, round = 0): Starts | undefined {
  const { law, inputs, logLoss, weight, pinned = [] } = problem;
  const { prediction, jacobian: all, slope } = workspace(problem);
  law.predict(x, inputs, prediction, all);
  const free = law.params.map((_, j) => j).filter((j) => !pinned[j]);
  const jacobian = free.map((j) => all[j]);
  const [mass, factor, step] = [new Float64Array(packedLength(free.length)), new Float64Array(packedLength(free.length)), new Float64Array(free.length)];
  gram(slope.fill(0), weight, jacobian, step, mass);
  if (!choleskyDamped(mass, Float64Array.from(free, (_, j) => mass[packedIndex(j, j)]), 0, PIVOT_MIN, factor)) return undefined;
  const sigma = WIDTH * medianDeviation(prediction.map((value, i) => Math.log(value) - logLoss[i]));
  return placed(flat(Array.from({ length: count }, (_, k) => {
    const normal = normals(uniforms(seed, STREAM.about, round * count + k));
    const noise = weight.map((value) => value * sigma * normal());
    choleskySolve(factor, Float64Array.from(jacobian, (column) => dot(noise, column)), step);
    const start = x.slice();
    free.forEach((j, i) => { start[j] += Math.max(-METHOD.STEP_MAX, Math.min(METHOD.STEP_MAX, step[i])); });
    return start;
  })), batch);
}

/** How many starts the published grid has, with these parameters held. */
export function countGrid(law: Law, fix: Fixed = {}): number {
  const centre = law.inputs.map(() => 0);
  if (Object.keys(fix).length === 0) return law.paperStarts(centre).length;
  return pinnedGrid({ law, centre }, law.params.map((name) => fix[name] ?? NaN)).length;
}

/** The grid in natural parameters, those that are held (not NaN) at their values, each start once. */
function pinnedGrid({ law, centre, pins }: Pick<Batch, 'law' | 'centre' | 'pins'>, held: readonly number[]): Float64Array[] {
  const starts = law.paperStarts(centre).map((start) => {
    const natural = law.toNatural(start, centre).map((value, j) => (Number.isNaN(held[j]) ? value : held[j]));
    return placePins(law.toWorking(natural, centre), pins);
  });
  return [...new Map(starts.map((start) => [start.map((value) => Number(value.toPrecision(9))).join(), start])).values()];
}

/** Starts that are drawn about the means of the inputs, with what is held in place, one parameter after another. */
function pinnedDraws(batch: Batch, drawn: readonly Float64Array[]): Float64Array[] {
  const { law, centre, pins } = batch;
  const means = meansOf(batch);
  return drawn.map((start) => {
    let x = start;
    law.params.forEach((_, j) => {
      if (pins?.pinned[j]) x = x.with(j, law.toWorking(law.toNatural(x, means).with(j, pins.natural[j]), means)[j]);
    });
    return placePins(law.toWorking(law.toNatural(x, means), centre), pins);
  });
}

/** Are its inputs not centred at their means, as bounds may need, and what groups share? */
function isMoved(batch: Batch): boolean {
  const means = meansOf(batch);
  return (batch.box ?? batch.law.groups) !== undefined && batch.law.inputs.some((name, k) => INPUTS[name].centred && Math.abs(means[k] - batch.centre[k]) > MOVED);
}

/** Mean log of each input over the runs that have weight, whatever it is centred at. */
function meansOf({ inputs, centre, weight }: Batch): Centre {
  const count = weight.reduce((sum, value) => sum + Number(value > 0), 0);
  return inputs.map((column, k) => centre[k] + column.reduce((sum, value, i) => sum + (weight[i] > 0 ? value : 0), 0) / count);
}

function flat(starts: readonly Float64Array[]): Starts {
  const order = starts[0].length;
  const all = new Float64Array(starts.length * order);
  starts.forEach((start, k) => all.set(start, k * order));
  return all;
}
