/**
 * Designs of synthetic sweeps: which models are trained on how many tokens, C = 6·N·D.
 *
 *   grid      every size N with every token count D, or with every ratio D/N
 *   IsoFLOP   at every budget C the given sizes N, D = C/(6N), or the given ratios D/N, N = √(C/(6·D/N))
 *
 * Order of the runs: by size, then tokens or ratio, in a grid; by budget, then size or ratio, in an IsoFLOP design;
 * each list in the order it was given. Further training seeds repeat the whole design, seed after seed, so that one
 * seed more leaves the runs before it where they are.
 *
 * IsoFLOP designs: Hoffmann et al. 2022, arXiv:2203.15556, §3.2.
 */
import { showNumber } from '../data/counts.ts';
import { InputError, optionError } from '../errors.ts';
import type { Design, Sweep } from '../types.ts';

export interface GridOptions {
  /** Parameters (count). */
  readonly sizes: readonly number[];
  /** Training tokens of each size: these, or `tokensPerParameter`. */
  readonly tokens?: readonly number[];
  /** D/N of each size. */
  readonly tokensPerParameter?: readonly number[];
  /** Each run is made with the training seeds 0 … seeds − 1. Default 1. */
  readonly seeds?: number;
}

export interface IsoflopOptions {
  /** Training FLOPs. */
  readonly budgets: readonly number[];
  /** Parameters (count) of the models at each budget: these, or `tokensPerParameter`. */
  readonly sizes?: readonly number[];
  /** D/N of the models at each budget. */
  readonly tokensPerParameter?: readonly number[];
  /** Of the sizes, only models with D/N from low to high, both inclusive. */
  readonly within?: readonly [low: number, high: number];
  /** Each run is made with the training seeds 0 … seeds − 1. Default 1. */
  readonly seeds?: number;
}

interface Run {
  readonly N: number;
  readonly D: number;
}

const MOST_RUNS = 1e5;

/**
 * Every size with every token count or ratio.
 * @throws InputError where a list is empty, holds a value twice or one that is not positive and finite, or where
 *   there are more than 1e5 runs.
 */
export function gridDesign({ sizes, tokens, tokensPerParameter, seeds = 1 }: GridOptions): Design {
  checkOne({ tokens, tokensPerParameter });
  checkCounts('sizes', sizes);
  if (tokens) {
    checkCounts('tokens', tokens);
    const name = `grid of ${several(sizes, 'size')} and ${several(tokens, 'token count')}`;
    return assemble(name, cross(sizes, tokens, (N, D) => ({ N, D })), seeds);
  }
  const ratios = tokensPerParameter ?? [];
  checkCounts('tokensPerParameter', ratios);
  const name = `grid of ${several(sizes, 'size')} and ${several(ratios, 'value')} of D/N`;
  return assemble(name, cross(sizes, ratios, (N, ratio) => ({ N, D: ratio * N })), seeds);
}

/**
 * At every budget the given sizes or ratios.
 * @throws InputError as `gridDesign`, and where no run is within the range.
 */
export function isoflopDesign({ budgets, sizes, tokensPerParameter, within, seeds = 1 }: IsoflopOptions): Design {
  checkOne({ sizes, tokensPerParameter });
  checkCounts('budgets', budgets);
  const name = several(budgets, 'IsoFLOP budget');
  if (sizes) {
    checkCounts('sizes', sizes);
    const runs = cross(budgets, sizes, onBudget);
    if (!within) return assemble(`${name} and ${several(sizes, 'size')}`, runs, seeds);
    checkWithin(within, budgets, sizes);
    const range = `D/N from ${within[0]} to ${within[1]}`;
    return assemble(`${name} and ${several(sizes, 'size')}, ${range}`, keep(runs, within), seeds);
  }
  if (within) throw optionError('within', 'expected sizes beside it, got tokensPerParameter. Leave one of the two out.');
  const ratios = tokensPerParameter ?? [];
  checkCounts('tokensPerParameter', ratios);
  const runs = cross(budgets, ratios, (C, ratio) => onBudget(C, Math.sqrt(C / (6 * ratio))));
  return assemble(`${name} and ${several(ratios, 'value')} of D/N`, runs, seeds);
}

/**
 * The runs of a table, made or planned (`ReadOptions.planned`), under its name and in its order; those of weight 0 are
 * left out, training seeds are 0.
 * @throws InputError where no run is left, or more than 1e5 are.
 */
export function designOf({ name, columns, weight }: Sweep): Design {
  const used = (_: number, run: number): boolean => weight[run] > 0;
  const N = columns.N.filter(used);
  if (N.length === 0) {
    throw new InputError(`${name}: expected at least one run of weight above 0, got none of ${weight.length}. Keep one.`);
  }
  if (N.length > MOST_RUNS) throw tooMany();
  return { name, N, D: columns.D.filter(used), trainingSeed: new Uint32Array(N.length) };
}

function onBudget(C: number, N: number): Run {
  return { N, D: C / (6 * N) };
}

function* cross(rows: readonly number[], columns: readonly number[], run: (row: number, column: number) => Run): Generator<Run> {
  for (const row of rows) for (const column of columns) yield run(row, column);
}

function* keep(runs: Iterable<Run>, [low, high]: readonly [number, number]): Generator<Run> {
  for (const run of runs) if (isWithin(run.D / run.N, low, high)) yield run;
}

function isWithin(ratio: number, low: number, high: number): boolean {
  return ratio >= low && ratio <= high;
}

/** Stops at the first run too many: a list of lists can be far longer than memory. */
function assemble(name: string, runs: Iterable<Run>, seeds: number): Design {
  if (!(Number.isInteger(seeds) && seeds > 0)) {
    throw optionError('seeds', `expected a whole number from 1 on, got ${seeds}. One means that no run is repeated.`);
  }
  const once: Run[] = [];
  for (const run of runs) {
    if (once.push(checkRun(run)) * seeds > MOST_RUNS) throw tooMany();
  }
  const repeated = Array.from({ length: seeds }, () => once).flat();
  return {
    name: seeds === 1 ? name : `${name}, ${seeds} training seeds`,
    N: Float64Array.from(repeated, (run) => run.N),
    D: Float64Array.from(repeated, (run) => run.D),
    trainingSeed: Uint32Array.from(repeated, (_, run) => Math.floor(run / once.length)),
  };
}

function several(list: readonly number[], one: string): string {
  return `${list.length} ${one}${list.length === 1 ? '' : 's'}`;
}

function isCount(value: number): boolean {
  return value > 0 && value < Infinity;
}

function checkOne(lists: Readonly<Record<string, readonly number[] | undefined>>): void {
  const names = Object.keys(lists).join(' or ');
  const given = Object.values(lists).filter((list) => list !== undefined).length;
  if (given === 0) throw optionError('design', `expected ${names}, got neither. Give one of them.`);
  if (given > 1) throw optionError('design', `expected ${names}, got both. Leave one out.`);
}

function checkCounts(name: string, counts: readonly number[]): void {
  if (counts.length === 0) throw optionError(name, 'expected at least one value, got none. Give one.');
  const bad = counts.find((count) => !isCount(count));
  if (bad !== undefined) throw optionError(name, `expected positive, finite numbers, got ${bad}. Leave it out.`);
  const seen = new Set<number>();
  const twice = counts.find((count) => seen.size === seen.add(count).size);
  if (twice === undefined) return;
  throw optionError(name, `expected each value once, got ${twice} twice. Repeat runs by seeds.`);
}

/** Products of counts can leave the range of numbers. */
function checkRun(run: Run): Run {
  if (isCount(run.N) && isCount(run.D)) return run;
  throw optionError('design', `expected positive, finite counts, got N = ${run.N} and D = ${run.D}. Check the units.`);
}

/** @throws InputError where the range is none, or no run lies within. */
function checkWithin([low, high]: readonly [number, number], budgets: readonly number[], sizes: readonly number[]): void {
  if (!(low >= 0 && high >= low)) {
    throw optionError('within', `expected two values of D/N, the lower one first, got ${low} and ${high}. Write [5, 100], say.`);
  }
  let [least, most] = [Infinity, 0];
  for (const { N, D } of cross(budgets, sizes, onBudget)) {
    if (isWithin(D / N, low, high)) return;
    [least, most] = [Math.min(least, D / N), Math.max(most, D / N)];
  }
  throw optionError('within', `expected at least one run with D/N from ${low} to ${high}, got none. ` +
    `Theirs are from ${showNumber(least)} to ${showNumber(most)}.`);
}

function tooMany(): InputError {
  return optionError('design', `expected at most ${MOST_RUNS} runs, got more. Give fewer values or seeds.`);
}
