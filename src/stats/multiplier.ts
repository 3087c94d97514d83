/**
 * Two sweeps against each other: how much less compute, and how many fewer tokens, one recipe needs than the other for the same
 * loss (src/plan/multiplier.ts), with intervals from resamples of both.
 *
 *   compute   C_base/C at equal loss on the two frontiers
 *   tokens    read: D_base/D at equal loss and equal N, from the two laws, at the optimum of the other
 *             fitted: q of the law that both share with q·D in place of D (data-factor.ts)
 *
 * The runs of each sweep are drawn by themselves; a resample of one and the resample of the same number of the other make a pair, and
 * q has resamples of its own.
 * Whether one q says it all is another question: src/stats/shared-test.ts.
 */
import { inside, positive, replicatesFrom, wholeFrom } from '../check.ts';
import type { Backend } from '../backend/backend.ts';
import { optionError } from '../errors.ts';
import { fitOn } from '../fit/fit.ts';
import { refuseGroups } from '../fit/groups.ts';
import type { TwoTerms } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { logSpaced } from '../math/log-spaced.ts';
import { extrapolation, rangesOf, type Columns } from '../plan/extrapolation.ts';
import { checkBudgets } from '../plan/frontier.ts';
import type { BootstrapOptions, Certificate, Fit, FitOptions, Interval } from '../types.ts';
import { termsOf, type Answers } from './answers.ts';
import { resampleOn, type Resampling } from './bootstrap.ts';
import { fitShared, objectiveOfOne, resampleShared } from './data-factor.ts';
import { withWeight, type Group } from './joined.ts';
import { crossings, ENDS, lossesOf, MULTIPLIED, multipliedAt, type Asked, type Ends, type MultipliedName } from './multiplied.ts';
import { pairsOf, type Pairs } from './pairs.ts';
import { testOfShared } from './shared-test.ts';

export type { Group } from './joined.ts';
export type { Asked } from './multiplied.ts';

export interface MultiplierOptions extends Pick<BootstrapOptions, 'replicates' | 'seed' | 'confidence' | 'onProgress' | 'signal'> {
  /** How each sweep is fitted, by the same law. */
  readonly fit?: FitOptions;
  /** Training FLOPs of the other recipe. Where neither these nor losses are given: five over the compute that both sweeps have. */
  readonly budgets?: readonly number[];
  /** Nats per token. */
  readonly losses?: readonly number[];
  /** Resamples of the question whether one q says it all. Default 200. */
  readonly tests?: number;
}

/** One sweep and its law. */
export interface Side {
  readonly name: string;
  readonly fit: Fit;
  /** Of its runs. */
  readonly ranges: Columns<Interval>;
}

/** What is asked at a budget or a loss, and how far each optimum is beyond the runs of its sweep; `sameN`: the base at the N of the other. */
export interface MultiplierAt {
  readonly asked: Asked;
  readonly answers: Answers<MultipliedName>;
  readonly beyond: Readonly<Record<'base' | 'other' | 'sameN', Columns<number>>>;
}

/** The token multiplier that was fitted. */
export interface DataFactor extends Answers<'q'> {
  readonly params: Readonly<Record<string, number>>;
  readonly certificate: Certificate;
  /** What is minimised: by one law of all runs, by one law with q, by two laws. */
  readonly objectives: Readonly<Record<'same' | 'shared' | 'separate', number>>;
  /** Of the separate laws against one with q. NaN where the laws leave no residuals to draw. */
  readonly p: number;
  readonly tests: number;
}

export interface Multiplier {
  readonly law: string;
  readonly base: Side;
  readonly other: Side;
  readonly at: readonly MultiplierAt[];
  readonly data: DataFactor;
  /** Training FLOPs at which the frontiers cross, where there are runs or an answer. */
  readonly crossings: readonly number[];
  /** Loss on the frontiers with intervals: at `C`, training FLOPs. */
  readonly curves: { readonly C: readonly number[]; readonly base: readonly Curve[]; readonly other: readonly Curve[] };
  readonly replicates: number;
  readonly requested: number;
  readonly confidence: number;
  readonly seed: number;
  readonly seconds: number;
}

/** NaN where a law has no frontier. */
export interface Curve {
  readonly loss: number;
  readonly interval: Interval;
}

const REPLICATES = 1000;
const TESTS = 200;
/** Of the default budgets, and of the curves. */
const [BUDGETS, POINTS] = [5, 61];

/** A side with all that is known of it. */
interface Prepared extends Side {
  readonly group: Group;
  readonly resamples: Resampling;
}

/**
 * Each group but the first against the first, which is the base.
 * @throws InputError where an option or a sweep cannot be used, or the law is none of two power terms; the signal's reason where it
 *   aborts before two resamples of each sweep are done.
 */
export async function multipliersOn(backend: Backend, groups: readonly Group[], options: MultiplierOptions = {}): Promise<Multiplier[]> {
  check(groups, options);
  const { seed = 0 } = options;
  const [base, ...others] = groups;
  const prepared = await prepare(backend, base, options, seed);
  const found: Multiplier[] = [];
  for (const other of others) found.push(await against(backend, prepared, await prepare(backend, other, options, (seed + 1) % 2 ** 32), options));
  return found;
}

function check(groups: readonly Group[], { fit = {}, budgets = [], losses = [], replicates = REPLICATES, tests = TESTS, confidence = 0.95, seed = 0 }: MultiplierOptions): void {
  refuseGroups(fit, 'a multiplier');
  termsOf(lawById(fit.law ?? 'chinchilla'));
  checkBudgets(budgets);
  for (const loss of losses) positive('losses', loss, 'nats per token such as 2.1');
  replicatesFrom('replicates', replicates);
  replicatesFrom('tests', tests, 0);
  inside('confidence', confidence);
  wholeFrom('seed', seed, 0);
  if (groups.length < 2) throw optionError('groups', `expected at least two groups of runs, got ${groups.length}.`);
}

async function prepare(backend: Backend, { name, sweep: all }: Group, options: MultiplierOptions, seed: number): Promise<Prepared> {
  const sweep = withWeight(all);
  const watched = watchedBy(options);
  const fit = await fitOn(backend, sweep, { ...options.fit, ...watched });
  const resamples = await resampleOn(backend, sweep, fit, { ...watched, seed, replicates: options.replicates ?? REPLICATES });
  return { name, fit, ranges: rangesOf(sweep), group: { name, sweep }, resamples };
}

function watchedBy({ onProgress, signal }: MultiplierOptions): Pick<MultiplierOptions, 'onProgress' | 'signal'> {
  return { ...(onProgress && { onProgress }), ...(signal && { signal }) };
}

async function against(backend: Backend, base: Prepared, other: Prepared, options: MultiplierOptions): Promise<Multiplier> {
  const since = performance.now();
  const { confidence = 0.95, seed = 0, replicates: requested = REPLICATES } = options;
  const law = lawById(base.fit.law);
  const pairs = pairsOf(termsOf(law), base, other, confidence);
  const asked = askedOf(base, other, options);
  const at = asked.map((each) => multiplierAt(pairs, each, base, other));
  const span = spanOf(base, other, at);
  const C = logSpaced(span, POINTS);
  const [baseCurve, otherCurve] = (['base', 'other'] as const).map((side) => curveOf(pairs, side, C));
  return {
    law: law.id,
    base: sideOf(base), other: sideOf(other),
    at,
    data: await dataFactor(backend, base, other, pairs, options),
    crossings: crossings(pairs.estimate, span),
    curves: { C, base: baseCurve, other: otherCurve },
    replicates: pairs.count, requested, confidence, seed,
    seconds: (performance.now() - since) / 1000,
  };
}

function sideOf({ name, fit, ranges }: Prepared): Side {
  return { name, fit, ranges };
}

function askedOf(base: Side, other: Side, { budgets = [], losses = [] }: MultiplierOptions): Asked[] {
  const given = [...budgets.map((budget) => ({ budget })), ...losses.map((loss) => ({ loss }))];
  if (given.length > 0) return given;
  const [low, high] = [Math.max(base.ranges.C[0], other.ranges.C[0]), Math.min(base.ranges.C[1], other.ranges.C[1])];
  const shared = low < high ? [low, high] as const : [high, low] as const; // else the gap between them
  return logSpaced(shared, BUDGETS).map((C) => ({ budget: Number(C.toPrecision(3)) }));
}

function multiplierAt(pairs: Pairs, asked: Asked, base: Side, other: Side): MultiplierAt {
  const answers = pairs.ask(MULTIPLIED, (laws) => multipliedAt(laws, asked));
  const beyond = ({ ranges }: Side, [N, D, C]: readonly MultipliedName[]) =>
    extrapolation(ranges, { N: answers[N].value, D: answers[D].value, C: answers[C].value });
  const [N, D] = [answers.otherN.value, answers.otherD.value * answers.tokens.value];
  const sameN = extrapolation(base.ranges, { N, D, C: 6 * N * D });
  return { asked, answers, beyond: { base: beyond(base, ENDS.base), other: beyond(other, ENDS.other), sameN } };
}

/** All compute that there is something to say of. */
function spanOf(base: Side, other: Side, at: readonly MultiplierAt[]): Interval {
  const answered = at.flatMap(({ answers }) => [answers.baseC.value, answers.otherC.value]).filter(Number.isFinite);
  const all = [...base.ranges.C, ...other.ranges.C, ...answered];
  return [Math.min(...all), Math.max(...all)];
}

function curveOf(pairs: Pairs, side: keyof Ends<TwoTerms>, C: readonly number[]): Curve[] {
  const names = C.map((_, k) => String(k));
  const answers = pairs.ask(names, (laws) => lossesOf(laws[side], C));
  return names.map((name) => ({ loss: answers[name].value, interval: answers[name].interval ?? [NaN, NaN] }));
}

async function dataFactor(backend: Backend, base: Prepared, other: Prepared, pairs: Pairs, options: MultiplierOptions): Promise<DataFactor> {
  const { fit: { seed: starts = 0 } = {}, seed = 0, tests = TESTS } = options;
  const watched = watchedBy(options);
  const [first, second] = [base.group.sweep, other.group.sweep];
  const same = await objectiveOfOne(backend, first, second, base.fit, { seed: starts });
  const shared = await fitShared(backend, first, second, base.fit, { seed: starts });
  const q = await resampleShared(backend, shared, pairs.count, { seed, ...watched });
  return {
    q: pairs.answer(shared.q, q),
    params: shared.params,
    certificate: shared.fit.certificate,
    objectives: { same, shared: shared.fit.objective, separate: base.fit.objective + other.fit.objective },
    ...await testOfShared(backend, [base.fit, other.fit], shared, { seed, tests, ...watched }),
  };
}
