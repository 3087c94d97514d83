/**
 * How much an answer hangs on choices that the data do not make: the same runs fitted with another threshold or loss, without their
 * highest losses, without the cheapest or the dearest, with N counted in another way, by another law. Each fit has its certificate.
 *
 * Choices that only leave runs out differ in the weights: all of them are one batch, every start on every one. Another loss, law or
 * count is another batch.
 *
 * A choice moves a number by the distance between the least and the greatest that it makes of it, the one given among them, in logs for
 * N and D. Beside it stands the interval of the fit as given (src/stats/sandwich-intervals.ts): what the runs themselves leave open.
 */
import { inside } from '../check.ts';
import type { Backend, Batch, DescentResult } from '../backend/backend.ts';
import { stagesOf } from '../backend/schedule.ts';
import { BackendError, InputError } from '../errors.ts';
import { batchFor, namedOf, problemOf, workingOf } from '../fit/batch.ts';
import { certify } from '../fit/certificate.ts';
import { fitOn } from '../fit/fit.ts';
import { refuseGroups } from '../fit/groups.ts';
import { startsFor } from '../fit/starts.ts';
import type { TwoTerms } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { polish } from '../optim/polish.ts';
import { extrapolation, rangesOf, type Columns } from '../plan/extrapolation.ts';
import { checkBudgets, inOrder, type Params } from '../plan/frontier.ts';
import { optimumAt } from '../plan/terms.ts';
import type { Certificate, Fit, FitOptions, Interval, Progress, Sweep } from '../types.ts';
import { termsOf } from './answers.ts';
import { choicesOf, remadeBy, weightedBy, type Choice, type ChoiceKind, type Choices } from './choices.ts';
import { reachOf, sandwichOf, sandwichWarnings, spreadOf } from './sandwich-intervals.ts';

export interface SensitivityOptions extends Choices {
  /** How the sweep is fitted as given. */
  readonly fit?: FitOptions;
  /** Training FLOPs of the allocation. Default 1e24. */
  readonly budget?: number;
  /** Of the interval of the fit as given. Default 0.95. */
  readonly confidence?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/**
 * What is looked at: the exponents of the loss in N and in D, γα and γβ where the law has a γ; a of N_opt ∝ C^a; and the optimal
 * N, D and their loss at the budget.
 */
export const MOVED = ['alpha', 'beta', 'a', 'N', 'D', 'loss'] as const;
/** Those whose intervals are made as parameters' are, so that they are those of the fit. */
const EXPONENTS: readonly MovedName[] = ['alpha', 'beta', 'a'];
export type MovedName = typeof MOVED[number];
/** NaN for what there is not. */
export type Numbers = Readonly<Record<MovedName, number>>;

export interface Variant {
  readonly choice: Choice;
  readonly points: number;
  readonly params: Params;
  readonly certificate: Certificate;
  readonly numbers: Numbers;
  /** By what factor the optimum is beyond the runs of this fit. */
  readonly beyond: Columns<number>;
}

/** A choice that could not be made, and why. */
export interface Unmade {
  readonly choice: Choice;
  readonly reason: string;
}

/** How far a kind of choice moves a number. */
export interface Move {
  readonly kind: ChoiceKind;
  /** From the least to the greatest, among those whose certificate passes and the fit as given. */
  readonly range: Interval;
  /** Their distance, in logs for N and D; over the width of the interval of the fit as given. */
  readonly distance: number;
  readonly widths: number;
}

export interface Sensitivity {
  /** Training FLOPs. */
  readonly budget: number;
  readonly confidence: number;
  /** `warnings`: of the intervals. */
  readonly given: {
    readonly fit: Fit; readonly numbers: Numbers; readonly intervals: Readonly<Record<MovedName, Interval>>; readonly warnings: readonly string[];
    readonly beyond: Columns<number>;
  };
  readonly variants: readonly Variant[];
  readonly unmade: readonly Unmade[];
  /** Of each number, the kind that moves it most first. */
  readonly moves: Readonly<Record<MovedName, readonly Move[]>>;
  readonly seconds: number;
}

const BUDGET = 1e24;
/** Ends of a weighted fit that are polished. */
const POLISHED = 3;

/**
 * @throws InputError where the sweep or a choice cannot be used as it is given, or the law is none of two power terms. A choice that
 *   leaves too few runs is among `unmade`.
 */
export async function sensitivityOn(backend: Backend, sweep: Sweep, options: SensitivityOptions = {}): Promise<Sensitivity> {
  const since = performance.now();
  const { fit: fitOptions = {}, budget = BUDGET, confidence = 0.95, onProgress, signal } = options;
  checkBudgets([budget]);
  inside('confidence', confidence);
  refuseGroups(fitOptions, 'a sensitivity');
  termsOf(lawById(fitOptions.law ?? 'chinchilla'));
  const choices = choicesOf(sweep, fitOptions, options);
  const made = { ...fitOptions, ...(signal && { signal }) };
  const fit = await fitOn(backend, sweep, made);
  const found = new Map<Choice, Variant | Unmade>();
  const weighted = choices.filter((choice) => choice.kind === 'drop' || choice.kind === 'cut');
  for (const each of await fitWeighted(backend, sweep, fit, weighted, { ...made, budget })) found.set(each.choice, each);
  for (const choice of choices) {
    if (choice.kind === 'drop' || choice.kind === 'cut') continue;
    found.set(choice, await fitRemade(backend, sweep, choice, { ...options, fit: made, budget }));
    onProgress?.({ stage: 'descend', done: found.size, total: choices.length });
  }
  const all = choices.map((choice) => found.get(choice)!);
  const variants = all.filter((each) => 'numbers' in each);
  const numbers = numbersOf(fit.law, fit.params, budget);
  const given = { fit, numbers, ...intervalsOf(sweep, fit, budget, confidence), beyond: beyondRuns(sweep, numbers, budget) };
  return {
    budget, confidence, given, variants,
    unmade: all.filter((each) => 'reason' in each),
    moves: Object.fromEntries(MOVED.map((name) => [name, movesOf(name, given, variants)])) as unknown as Sensitivity['moves'],
    seconds: (performance.now() - since) / 1000,
  };
}

async function fitRemade(backend: Backend, sweep: Sweep, choice: Exclude<Choice, { kind: 'drop' | 'cut' }>,
                         options: SensitivityOptions & { readonly fit: FitOptions; readonly budget: number }): Promise<Variant | Unmade> {
  try {
    const [runs, fitOptions] = remadeBy(choice, sweep, options.fit, options);
    const { law, params, points, certificate } = await fitOn(backend, runs, fitOptions);
    const numbers = numbersOf(law, params, options.budget);
    return { choice, points, params, certificate, numbers, beyond: beyondRuns(runs, numbers, options.budget) };
  } catch (error) {
    return unmade(choice, error);
  }
}

function unmade(choice: Choice, error: unknown): Unmade {
  if (!(error instanceof InputError)) throw error;
  return { choice, reason: error.message };
}

type Weighing = Extract<Choice, { kind: 'drop' | 'cut' }>;

/** All of them in one batch: points × choices of weights. */
async function fitWeighted(backend: Backend, sweep: Sweep, fit: Fit, choices: readonly Weighing[],
                           { starts, seed = 0, signal, budget }: FitOptions & { readonly budget: number }): Promise<(Variant | Unmade)[]> {
  const all = choices.map((choice) => ownBatch(sweep, fit, choice));
  const usable = all.filter((each) => 'batch' in each);
  const others = all.filter((each) => 'reason' in each);
  if (usable.length === 0) return others;
  const base = batchFor(sweep, fit);
  const weight = new Float64Array(base.points * usable.length);
  usable.forEach(({ batch }, r) => { batch.weight.forEach((value, i) => { weight[i * usable.length + r] = value; }); });
  const descents = await backend.descend({ ...base, weight, replicates: usable.length }, startsFor(base, starts, seed), stagesOf(base.loss, backend.tolerance), {
    ...(base.pins && { pinned: base.pins.pinned }), ...(signal && { signal }),
  });
  const each = descents.objective.length / usable.length;
  return [...others, ...usable.map(({ choice, runs, batch }, r) => {
    const { params, certificate } = decide(base, batch, endsOf(descents, base, r * each, (r + 1) * each));
    const numbers = numbersOf(fit.law, params, budget);
    const points = batch.weight.filter((value) => value > 0).length;
    return { choice, points, params, certificate, numbers, beyond: beyondRuns(runs, numbers, budget) };
  })];
}

/** The sweep of a choice as a batch of its own, in whose frame it is polished and certified. */
function ownBatch(sweep: Sweep, fit: Fit, choice: Weighing): { readonly choice: Choice; readonly runs: Sweep; readonly batch: Batch } | Unmade {
  try {
    const runs = weightedBy(choice, sweep);
    return { choice, runs, batch: batchFor(runs, fit) };
  } catch (error) {
    return unmade(choice, error);
  }
}

function endsOf({ x, objective, steps, termination }: DescentResult, { law: { params } }: Batch, from: number, to: number): DescentResult {
  const order = params.length;
  return {
    x: x.subarray(from * order, to * order), objective: objective.subarray(from, to), steps: steps.subarray(from, to), termination: termination.subarray(from, to),
  };
}

/** The lowest ends of a batch that is centred for all, polished in the frame of the choice's own runs. */
function decide(shared: Batch, own: Batch, ends: DescentResult): { params: Params; certificate: Certificate } {
  const order = own.law.params.length;
  const problem = problemOf(own);
  const ranked = [...ends.objective.keys()].filter((f) => Number.isFinite(ends.objective[f])).toSorted((f, g) => ends.objective[f] - ends.objective[g]);
  if (ranked.length === 0) throw new BackendError('sensitivity: expected a finite objective from at least one start, got none. Check the sweep for extreme values.');
  const places = ranked.slice(0, POLISHED).map((f) => workingOf(own, namedOf(shared, ends.x.slice(f * order, (f + 1) * order))));
  const best = places.map((x) => polish(problem, x)).reduce((low, next) => (next.height < low.height ? next : low));
  return { params: namedOf(own, best.x), certificate: certify(problem, best, own.centre, ends) };
}

function numbersOf(law: string, params: Params, budget: number): Numbers {
  return ofTerms(termsOf(lawById(law))(inOrder(lawById(law), params)), budget);
}

function beyondRuns(sweep: Sweep, { N, D }: Numbers, C: number): Columns<number> {
  return extrapolation(rangesOf(sweep), { N, D, C });
}

function ofTerms(terms: TwoTerms, budget: number): Numbers {
  const { alpha, beta, gamma = 1 } = terms;
  const { N = NaN, D = NaN, loss = NaN } = optimumAt(terms, budget) ?? {};
  return { alpha: gamma * alpha, beta: gamma * beta, a: beta / (alpha + beta), N, D, loss };
}

/** By the sandwich of the fit, exponents by the rule of parameters; NaN where it has none. */
function intervalsOf(sweep: Sweep, fit: Fit, budget: number, confidence: number): Pick<Sensitivity['given'], 'intervals' | 'warnings'> {
  const law = lawById(fit.law);
  const terms = termsOf(law);
  const sandwich = sandwichOf(batchFor(sweep, fit), fit.params);
  const reach = reachOf(sandwich, confidence);
  const spansOf = (names: readonly MovedName[], isStraight: boolean) => {
    const spans = spreadOf(law, sandwich, {
      count: names.length, isStraight,
      write(natural, numbers) {
        const all = ofTerms(terms(natural), budget);
        numbers.set(names.map((name) => all[name]));
      },
    }).intervals(reach);
    return names.map((name, q) => [name, spans[q]] as const);
  };
  const others = MOVED.filter((name) => !EXPONENTS.includes(name));
  return {
    intervals: Object.fromEntries([...spansOf(EXPONENTS, true), ...spansOf(others, false)]) as Record<MovedName, Interval>,
    warnings: sandwichWarnings(law, sandwich),
  };
}

function movesOf(name: MovedName, { numbers, intervals }: Sensitivity['given'], variants: readonly Variant[]): Move[] {
  const scale = name === 'N' || name === 'D' ? Math.log : (value: number) => value;
  const apart = ([low, high]: Interval) => scale(high) - scale(low);
  const kinds = [...new Set(variants.map(({ choice }) => choice.kind))];
  return kinds.map((kind): Move => {
    const sound = variants.filter(({ choice, certificate }) => choice.kind === kind && certificate.verdict === 'pass');
    const values = [numbers[name], ...sound.map((variant) => variant.numbers[name])].filter(Number.isFinite);
    const range = [Math.min(...values), Math.max(...values)] as const;
    const distance = values.length > 0 ? apart(range) : NaN;
    return { kind, range, distance, widths: distance / apart(intervals[name]) };
  }).toSorted((one, other) => (other.distance || 0) - (one.distance || 0));
}
