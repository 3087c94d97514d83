/**
 * All descents of a fit, on the backend. From its starts first. Where few of those that were drawn agree on the lowest end, from
 * twice as many, up to four times: a lower minimum that as many starts lead to is then hardly missed.
 *
 * The wide thresholds that a descent begins with smooth the objective, so that most starts end at one minimum; but it may be one
 * of several that lie together, within what the noise moves a fit by, where the nearly-L1 surface of δ has creases: on 182 runs
 * of Muennighoff et al. 2023 all starts end at R_D = 47, and 0.02 % lower is R_D = 95. Hence descents from about the minimum, at
 * the last thresholds alone: eight, of which on those 182 runs four or more ended elsewhere by each of 14 seeds. Where all of them
 * end there that is all; else their ends are minima as others are, and more are made about the lowest end so far. Starts they are
 * not: begun at the minimum they say nothing of what lies far from it, and are told apart.
 */
import type { Backend, Batch, DescentResult, RunOptions, Stage, Starts } from '../backend/backend.ts';
import { stagesOf, warmStagesOf } from '../backend/schedule.ts';
import { BackendError, optionError } from '../errors.ts';
import { lawName } from '../laws/law.ts';
import { rowAt } from '../math/rows.ts';
import type { Problem } from '../optim/objective.ts';
import { polish, type Polished } from '../optim/polish.ts';
import { isSettled } from '../optim/termination.ts';
import type { FitOptions } from '../types.ts';
import { agreement, ENOUGH } from './certificate.ts';
import { placed } from './pins.ts';
import { AUTO, startsAbout, startsFor } from './starts.ts';

/** Different ends that are polished: float32 cannot rank ends that differ by less than its rounding. */
const POLISHED = 4;
/** Ends nearer to each other than this in every working coordinate are one: the polish would make them the same. */
const SAME = 1e-3;
/** Drawn starts at most, where too few of them agree. */
const MOST = 4 * AUTO;
/** Descents about a minimum, those of the first round and of each later one, and how many rounds at most. */
const [FIRST, ABOUT, ROUNDS] = [8, 16, 4];

/** From where: all starts, or those of them that were picked. */
interface From {
  readonly starts: Starts;
  readonly picks?: Uint32Array | undefined;
}

/** All descents of a fit. */
export interface Descents {
  /** From starts that know nothing of each other. */
  readonly independent: DescentResult;
  /** From about the lowest end of those before; absent where none was made. */
  readonly about?: DescentResult;
  /** What may be minima: those about the lowest end are among them where some ended elsewhere. */
  readonly ends: DescentResult;
}

/** @throws InputError where what is held or bounded leaves no start a finite objective; the signal's reason where it aborts. */
export async function descentsFrom(backend: Backend, batch: Batch, problem: Problem, from: From, options: FitOptions): Promise<Descents> {
  const { seed = 0, starts: choice = 'auto', signal, onProgress } = options;
  const order = batch.law.params.length;
  const told = inRounds(onProgress);
  const descend = async ({ starts, picks }: From, stages: readonly Stage[], ahead: number) => {
    signal?.throwIfAborted();
    const descents = await backend.descend(batch, starts, stages, {
      ...told(picks?.length ?? starts.length / order, ahead), ...(signal && { signal }), ...(picks && { picks }), ...(batch.pins && { pinned: batch.pins.pinned }),
    });
    return { ...descents, x: placed(descents.x, batch) }; // what is held at its value, which float32 has rounded
  };
  const [cold, warm] = [stagesOf(batch.loss, backend.tolerance), warmStagesOf(batch.loss, backend.tolerance)];
  const rounds = batch.loss.shape !== 'squares' && (from.picks?.length ?? from.starts.length / order) > 1 ? ROUNDS : 0;
  const first = Math.min(rounds, 1) * FIRST;
  let independent = await descend(from, cold, first);
  const most = choice === 'auto' && !from.picks ? MOST : AUTO;
  for (let count = AUTO; count < most && agreeing(problem, independent) < ENOUGH; count *= 2) {
    const more = startsFor(batch, 2 * count, seed).subarray(count * order);
    independent = joined(independent, await descend({ starts: more }, cold, first));
  }
  if (lowest(independent) === Infinity) refuse(batch, problem, from.starts);
  let [ends, about]: [DescentResult, DescentResult?] = [independent];
  for (let round = 0; round < rounds && lowest(ends) < Infinity; round++) {
    const starts = startsAbout(batch, problem, lowestEnd(ends, batch), round === 0 ? FIRST : ABOUT, seed, round);
    if (!starts) break;
    const made = await descend({ starts }, warm, round === 0 ? 0 : (rounds - 1 - round) * ABOUT);
    about = about ? joined(about, made) : made;
    if (round === 0 && areOne(problem, made, lowest(ends))) break;
    ends = joined(ends, made);
  }
  return { independent, ...(about && { about }), ends };
}

/** Tells of one round after another, each of `count` descents with so many `ahead`, as of one stage whose share done never falls. */
function inRounds(onProgress: FitOptions['onProgress']): (count: number, ahead: number) => Pick<RunOptions, 'onProgress'> {
  let [before, share] = [0, 0];
  return (count, ahead) => {
    const [from, total] = [before, before + count + ahead];
    before += count;
    if (!onProgress) return {};
    return {
      onProgress: (done, all) => {
        const reached = Math.max(from + (count * done) / all, share * total);
        const whole = Math.min(total, Math.ceil(reached - 1e-9)); // of a share that is a whole number but for rounding
        share = whole / total;
        onProgress({ stage: 'descend', done: whole, total });
      },
    };
  };
}

/** Ends that agree with the lowest. */
function agreeing(problem: Problem, descents: DescentResult): number {
  const highest = agreement(problem, lowest(descents));
  return descents.objective.filter((value) => value <= highest).length;
}

/** Do all ends agree with an objective, and are none lower than it by more? */
function areOne(problem: Problem, { objective }: DescentResult, low: number): boolean {
  return objective.every((value) => Math.abs(value - low) <= agreement(problem, low) - low);
}

function lowestEnd(descents: DescentResult, { law: { params } }: Batch): Float64Array {
  return rowAt(descents.x, descents.objective.indexOf(lowest(descents)), params.length);
}

function lowest({ objective }: DescentResult): number {
  return objective.reduce((low, value) => (value < low ? value : low), Infinity);
}

/** @throws InputError for what is held or bounded where it alone takes a drawn start beyond the numbers that there are. */
function refuse({ pins, box, ...free }: Batch, { law, inputs, logLoss }: Problem, starts: Starts): void {
  const drawn = startsFor(free, 1, 0);
  const prediction = new Float64Array(logLoss.length);
  const isUsable = (x: Float64Array) => {
    law.predict(x, inputs, prediction, law.params.map(() => new Float64Array(logLoss.length)));
    return prediction.every((loss) => loss > 0 && loss < Infinity) && law.toNatural(x, free.centre).every(Number.isFinite);
  };
  const values = law.params.flatMap((name, j) => {
    if (!(pins?.pinned[j] || box) || isUsable(drawn.with(j, starts[j]))) return [];
    return [{ name, text: pins?.pinned[j] ? `${name} = ${pins.natural[j]}` : `${name} from ${box?.natural.lower[j]} to ${box?.natural.upper[j]}` }];
  });
  if (values.length === 0) return;
  const list = (of: readonly string[]) => of.join(' and ');
  throw optionError(pins ? 'fix' : 'bounds', `expected values that law ${lawName(law)} can be computed with on these runs, ` +
    `got ${list(values.map(({ text }) => text))}. Leave ${list(values.map(({ name }) => name))} free to see where the runs put it.`);
}

function joined(one: DescentResult, other: DescentResult): DescentResult {
  return {
    x: Float64Array.from([...one.x, ...other.x]),
    objective: Float64Array.from([...one.objective, ...other.objective]),
    steps: Uint32Array.from([...one.steps, ...other.steps]),
    termination: Uint8Array.from([...one.termination, ...other.termination]),
  };
}

/** The `screen` best starts by their objective, or undefined where all are to be descended. */
export async function screen(backend: Backend, batch: Batch, starts: Starts, options: FitOptions): Promise<Uint32Array | undefined> {
  const { screen: keep, onProgress, signal } = options;
  if (keep === undefined) return undefined;
  const count = starts.length / batch.law.params.length;
  if (!(Number.isInteger(keep) && keep > 0 && keep <= count)) {
    throw optionError('screen', `expected a whole number from 1 to the ${count} starts, got ${keep}.`);
  }
  return (await backend.search(batch, starts, keep, batch.loss.unit, {
    ...(onProgress && { onProgress: (done: number, total: number) => onProgress({ stage: 'search', done, total }) }),
    ...(signal && { signal }),
  })).index;
}

/** Polishes the lowest few ends that differ: the minima that they end at, lowest first. */
export function polishMinima(problem: Problem, { x, objective, termination }: DescentResult): Polished[] {
  const order = problem.law.params.length;
  const ranked = [...objective.keys()].filter((f) => Number.isFinite(objective[f])).toSorted((p, q) => objective[p] - objective[q]);
  if (ranked.length === 0) {
    throw new BackendError('fit: expected a finite objective from at least one start, got none. Check the sweep for extreme values.');
  }
  const ends: { x: Float64Array; settled: boolean }[] = [];
  for (const f of ranked) {
    const end = rowAt(x, f, order);
    if (ends.length < POLISHED && !ends.some((other) => isSame(other.x, end))) ends.push({ x: end, settled: isSettled(termination[f]) });
  }
  const polished = ends.map((end) => ({ ...polish(problem, end.x), settled: end.settled })).toSorted((p, q) => p.height - q.height);
  return polished.filter((end, k) => k === 0 || (end.settled && !polished.slice(0, k).some((other) => isSame(other.x, end.x))));
}

function isSame(x: Float64Array, other: Float64Array): boolean {
  return x.every((value, j) => Math.abs(value - other[j]) < SAME);
}
