/** The choices of a fit that a sensitivity analysis varies: the weights of the runs, or the sweep and the options, that each makes. */
import { optionError } from '../errors.ts';
import { lawById } from '../laws/registry.ts';
import { lossOf } from '../losses/registry.ts';
import { quantilesOf } from '../math/quantile.ts';
import type { FitOptions, LossId, Sweep } from '../types.ts';
import { termsOf } from './answers.ts';

export type ChoiceKind = 'delta' | 'drop' | 'cut' | 'count' | 'loss' | 'law';

/** One choice that differs from those given. */
export type Choice =
  /** Huber's threshold, nats. */
  | { readonly kind: 'delta'; readonly delta: number }
  /** Without so many runs of highest loss. */
  | { readonly kind: 'drop'; readonly highest: number }
  /** Only the runs whose compute is at most, or at least, its quantile: `C` training FLOPs. */
  | { readonly kind: 'cut'; readonly keep: 'below' | 'above'; readonly quantile: number; readonly C: number }
  /** N or D from another column. */
  | { readonly kind: 'count'; readonly role: CountedRole; readonly column: string }
  | { readonly kind: 'loss'; readonly loss: LossId }
  | { readonly kind: 'law'; readonly law: string };

export type CountedRole = 'N' | 'D';

/** Another count of N or D: one value a run. */
export interface OtherCount {
  readonly role: CountedRole;
  /** The column it is from. */
  readonly column: string;
  readonly values: Float64Array;
}

/** What is varied; an empty list leaves a choice alone. */
export interface Choices {
  /** Default 1e-4, 1e-2 and 0.1. */
  readonly deltas?: readonly number[];
  /** Default 1, 5 and 10, as far as five runs in six stay. */
  readonly drops?: readonly number[];
  /** Quantiles of C up to which runs are kept. Default 0.5 and 0.75. */
  readonly keepBelow?: readonly number[];
  /** Quantiles of C from which on. Default 0.25 and 0.5. */
  readonly keepAbove?: readonly number[];
  readonly counts?: readonly OtherCount[];
  /** Default: all but lower-log, which is an envelope and another question. */
  readonly losses?: readonly LossId[];
  /** Laws of two power terms. Default: none. */
  readonly laws?: readonly string[];
}

const DELTAS: readonly number[] = [1e-4, 1e-2, 0.1];
const DROPS: readonly number[] = [1, 5, 10];
/** A default leaves out at most one run in so many. */
const FEWEST_LEFT = 6;
const [BELOW, ABOVE]: readonly (readonly number[])[] = [[0.5, 0.75], [0.25, 0.5]];
const LOSSES: readonly LossId[] = ['huber-log', 'absolute-log', 'squares-log', 'huber', 'squares'];

/**
 * All choices but the given ones.
 * @throws InputError where one cannot be made.
 */
export function choicesOf(sweep: Sweep, fit: FitOptions, choices: Choices): Choice[] {
  const runs = sweep.weight.filter((weight) => weight > 0).length;
  const { loss: givenLoss = 'huber-log', law: givenLaw = 'chinchilla' } = fit;
  const hasThreshold = givenLoss.startsWith('huber') || givenLoss === 'lower-log';
  const given = lossOf(fit);
  const {
    deltas = hasThreshold ? DELTAS : [], drops = DROPS.filter((highest) => highest * FEWEST_LEFT <= runs), keepBelow = BELOW, keepAbove = ABOVE,
    counts = [], losses = LOSSES, laws = [],
  } = choices;
  deltas.forEach((delta) => { lossOf({ ...fit, delta }); });
  losses.forEach((loss) => { lossOf({ loss }); });
  laws.forEach((law) => { termsOf(lawById(law)); });
  return [
    ...deltas.filter((delta) => checkedDelta(delta) !== given.delta).map((delta): Choice => ({ kind: 'delta', delta })),
    ...losses.filter((loss) => loss !== givenLoss).map((loss): Choice => ({ kind: 'loss', loss })),
    ...drops.filter((highest) => highest > 0).map((highest): Choice => ({ kind: 'drop', highest: checkedDrop(highest, runs) })),
    ...cutsOf(sweep, 'below', keepBelow), ...cutsOf(sweep, 'above', keepAbove),
    ...counts.map(({ role, column, values }): Choice => ({ kind: 'count', role, column: checkedCount(column, values, sweep) })),
    ...laws.filter((law) => law !== givenLaw).map((law): Choice => ({ kind: 'law', law })),
  ];
}

function checkedDelta(delta: number): number {
  if (delta > 0 && delta < Infinity) return delta;
  throw optionError('deltas', `expected positive Huber thresholds in nats such as 1e-3, got ${delta}.`);
}

function checkedDrop(highest: number, runs: number): number {
  if (Number.isInteger(highest) && highest < runs) return highest;
  throw optionError('drops', `expected whole numbers from 0 to ${runs - 1}, got ${highest}. One of the ${runs} runs must stay.`);
}

function checkedCount(column: string, values: Float64Array, { loss, name }: Sweep): string {
  if (values.length === loss.length && values.every((value) => value > 0 && value < Infinity)) return column;
  throw optionError('counts', `expected a positive count of each of the ${loss.length} runs of ${name} in "${column}", got ${values.length} values ` +
    'or one that is none. Name a column of counts.');
}

function cutsOf({ columns: { C }, weight }: Sweep, keep: 'below' | 'above', quantiles: readonly number[]): Choice[] {
  const wrong = quantiles.find((p) => !(p > 0 && p < 1));
  if (wrong !== undefined) {
    throw optionError(keep === 'below' ? 'keepBelow' : 'keepAbove', `expected quantiles between 0 and 1 such as 0.5, got ${wrong}. Write 50 % as 0.5.`);
  }
  const ends = quantilesOf(C.filter((_, i) => weight[i] > 0), quantiles);
  return quantiles.map((quantile, k) => ({ kind: 'cut', keep, quantile, C: ends[k] }));
}

/** The sweep with weight 0 for the runs that a choice leaves out; of equal losses the later run goes first. */
export function weightedBy(choice: Extract<Choice, { kind: 'drop' | 'cut' }>, sweep: Sweep): Sweep {
  const { weight, loss, columns: { C } } = sweep;
  if (choice.kind === 'cut') return { ...sweep, weight: weight.map((value, i) => ((choice.keep === 'below' ? C[i] <= choice.C : C[i] >= choice.C) ? value : 0)) };
  const rising = [...loss.keys()].filter((i) => weight[i] > 0).toSorted((i, j) => loss[i] - loss[j] || i - j);
  const out = new Set(rising.slice(rising.length - choice.highest));
  return { ...sweep, weight: weight.map((value, i) => (out.has(i) ? 0 : value)) };
}

/** The sweep and the options that any other choice makes. C follows where it was taken as 6·N·D. */
export function remadeBy(choice: Exclude<Choice, { kind: 'drop' | 'cut' }>, sweep: Sweep, fit: FitOptions, { counts = [] }: Choices): readonly [Sweep, FitOptions] {
  const { delta, envelope: _envelope, ...rest } = fit;
  switch (choice.kind) {
    case 'delta': return [sweep, { ...fit, delta: choice.delta }];
    case 'loss': return [sweep, { ...rest, loss: choice.loss, ...(delta !== undefined && choice.loss.startsWith('huber') && { delta }) }];
    case 'law': return [sweep, { ...fit, law: choice.law }];
    case 'count': return [counted(sweep, choice.role, counts.find(({ column, role }) => column === choice.column && role === choice.role)!.values), fit];
  }
}

function counted(sweep: Sweep, role: CountedRole, values: Float64Array): Sweep {
  const columns = { ...sweep.columns, [role]: values };
  const { N, D } = columns;
  return { ...sweep, columns: sweep.mapping.C === '6·N·D' ? { ...columns, C: N.map((count, i) => 6 * count * D[i]) } : columns };
}
