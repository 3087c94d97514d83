/**
 * What better data are worth, fitted: one law for two groups of runs, in which a token of the second group counts as q tokens,
 *
 *   L₁(N, D) = E + A/N^α + B/D^β,   L₂(N, D) = L₁(N, q·D) = E + A/N^α + B₂/D^β,   B₂ = B·q^−β
 *
 * and so with every law of two power terms: one working coordinate says how many tokens it takes, each group has its own of it
 * (grouped.ts), and all others are shared. q needs no profile then: it is one more parameter of a fit that is descended,
 * polished and certified like any other, in float64 in this thread, and fitted again in every resample.
 *
 * Of resamples, each group's runs are drawn from that group alone.
 */
import type { Batch, DescentResult } from '../backend/backend.ts';
import { emptyDescents } from '../backend/backend.ts';
import { drawReplicate } from '../backend/cpu/draw.ts';
import { stagesOf, warmStagesOf } from '../backend/schedule.ts';
import { BackendError, optionError } from '../errors.ts';
import { batchOf, choiceOf, problemOf, type Made } from '../fit/batch.ts';
import { certify } from '../fit/certificate.ts';
import { startsFor } from '../fit/starts.ts';
import { lawById } from '../laws/registry.ts';
import type { Law } from '../laws/law.ts';
import { toldIn } from '../losses/registry.ts';
import { descend, descentWorkspace, type Stage } from '../optim/descent.ts';
import type { Problem } from '../optim/objective.ts';
import { polish, type Polished } from '../optim/polish.ts';
import { TERMINATIONS } from '../optim/termination.ts';
import type { Certificate, Sweep } from '../types.ts';
import { termsOf } from './answers.ts';
import { groupedBatch } from './grouped.ts';
import { joined } from './joined.ts';

/** Relative decrease of the objective that float64 resolves. */
const TOLERANCE = 1e-12;

/** One law of two groups, with q or, where that is held at 1, without. */
export interface SharedFit {
  /** Law id. */
  readonly law: string;
  /** q was held at 1: one law of all runs. */
  readonly held: boolean;
  /** Tokens of the first group that a token of the second is worth. */
  readonly q: number;
  /** Of the first group, natural parameters by name. */
  readonly params: Readonly<Record<string, number>>;
  /** What the loss sums over both groups, in its unit. */
  readonly objective: number;
  readonly certificate: Certificate;
  /** The problem, and where its minimum is. */
  readonly batch: Batch;
  readonly x: Float64Array;
}

/** Shared fits of resamples; what is not finite is NaN. */
export interface SharedResamples {
  readonly q: Float64Array;
  /** In the unit of the loss. */
  readonly objective: Float64Array;
}

/**
 * Fits the shared law to two sweeps as `made` says; `q` held at 1 makes it one law of all runs.
 * @throws InputError where the law is none of two power terms, or the sweeps do not determine it.
 */
export function fitShared(first: Sweep, second: Sweep, made: Made, { seed = 0, held = false } = {}): SharedFit {
  const law = lawById(made.law);
  const batch = sharedBatch(first, second, law, made, held);
  const problem = problemOf(batch);
  const descents = descendFrom(problem, startsFor(batch, 'auto', seed), stagesOf(batch.loss, TOLERANCE));
  const best = lowest(problem, descents);
  return {
    law: law.id, held,
    q: held ? 1 : factorOf(batch, law, best.x),
    params: Object.fromEntries(law.params.map((name, j) => [name, batch.law.toNatural(best.x, batch.centre)[j]])),
    objective: best.height,
    certificate: certify(problem, best, batch.centre, descents),
    batch,
    x: best.x,
  };
}

function sharedBatch(first: Sweep, second: Sweep, law: Law, made: Made, held: boolean): Batch {
  termsOf(law);
  const batch = batchOf(joined([first, second]), law, choiceOf(made));
  const group = Float64Array.from({ length: batch.points }, (_, i) => Number(i >= first.loss.length));
  return held ? batch : groupedBatch(batch, group, [tokenCoordinate(law)]);
}

/** The working coordinate that says how many tokens it takes: the only one that moves where the centre of log D does. */
function tokenCoordinate(law: Law): number {
  const natural = law.toNatural(law.drawStart(1, () => 0.5), law.inputs.map(() => 0));
  const [here, there] = [0, 1].map((shift) => law.toWorking(natural, law.inputs.map((name) => (name === 'D' ? shift : 0))));
  const moved = law.params.flatMap((_, j) => (here[j] === there[j] ? [] : [j]));
  if (moved.length === 1) return moved[0];
  throw optionError('law', `expected a law with one scale of D, got "${law.id}". Fit chinchilla to compare two groups with it.`);
}

/** q = (B₁/B₂)^(1/β) of the two laws as power terms. */
function factorOf({ law: grouped, centre }: Batch, law: Law, x: ArrayLike<number>): number {
  const natural = grouped.toNatural(x, centre);
  const own = natural.slice(0, law.params.length);
  own[tokenCoordinate(law)] = natural[law.params.length];
  const [one, other] = [natural, own].map(termsOf(law));
  return (one.B / other.B) ** (1 / one.beta);
}

function descendFrom(problem: Problem, starts: Float64Array, stages: readonly Stage[]): DescentResult {
  const order = problem.law.params.length;
  const ends = emptyDescents(starts.length / order, order);
  const work = descentWorkspace(problem, stages);
  for (let f = 0; f < ends.objective.length; f++) {
    const end = descend(problem, starts.subarray(f * order, (f + 1) * order), stages, work, problem.pinned);
    ends.x.set(end.x, f * order);
    ends.objective[f] = end.objective;
    ends.steps[f] = end.steps;
    ends.termination[f] = TERMINATIONS.indexOf(end.termination);
  }
  return ends;
}

function lowest(problem: Problem, { x, objective }: DescentResult): Polished {
  const order = problem.law.params.length;
  const finite = [...objective.keys()].filter((f) => Number.isFinite(objective[f]));
  if (finite.length === 0) throw new BackendError('multiplier: expected a finite objective from at least one start, got none. Check the sweeps for extreme values.');
  const best = finite.reduce((low, f) => (objective[f] < objective[low] ? f : low));
  return polish(problem, x.subarray(best * order, (best + 1) * order));
}

/** Weights and log losses of replicate r of both groups, one after the other. */
export type DrawBoth = (r: number) => Pick<Batch, 'weight' | 'logLoss'>;

/** `draws`: a batch of each group that draws replicates, of all its runs. */
export function drawBoth(draws: readonly [Batch, Batch]): DrawBoth {
  return (r) => {
    const [one, other] = draws.map((batch) => drawReplicate(batch, r));
    return { weight: inARow(one.weight, other.weight), logLoss: inARow(one.logLoss, other.logLoss) };
  };
}

function inARow(one: Float64Array, other: Float64Array): Float64Array {
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Milliseconds after which the thread is let go for a moment. */
const TURN = 50;

interface Watched {
  readonly signal?: AbortSignal;
  /** Called with the number of resamples that are done. */
  readonly onDone?: (done: number) => void;
}

/**
 * The shared fit of each resample, from the minimum of all runs. Aborting gives those that are done.
 */
export async function resampleShared({ law, held, batch, x }: SharedFit, draw: DrawBoth, total: number, { signal, onDone }: Watched = {}): Promise<SharedResamples> {
  const stages = warmStagesOf(batch.loss, TOLERANCE);
  const [q, objective] = [new Float64Array(total).fill(NaN), new Float64Array(total).fill(NaN)];
  let since = performance.now();
  let done = 0;
  const isStopped = () => signal?.aborted ?? false;
  for (; done < total && !isStopped(); done++) {
    const problem = problemOf({ ...batch, ...draw(done) });
    const end = descend(problem, x, stages, descentWorkspace(problem, stages), problem.pinned);
    if (Number.isFinite(end.objective)) {
      objective[done] = toldIn(batch.loss, end.objective);
      q[done] = held ? 1 : factorOf(batch, lawById(law), end.x);
    }
    if (performance.now() - since < TURN) continue;
    onDone?.(done + 1);
    await new Promise((resolve) => { setTimeout(resolve); });
    since = performance.now();
  }
  return { q: q.subarray(0, done), objective: objective.subarray(0, done) };
}
