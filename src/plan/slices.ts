/**
 * IsoFLOP slices of a sweep: groups of runs that were given the same compute, with different sizes.
 *
 * Budgets are found where the runs crowd along log C. A group spans at most a factor WIDTH. Three runs are one if no
 * other lies within that factor of their ends, and for each that does there must be more: so that budgets are found
 * with jitter and among other runs, and a sweep spread evenly has none. Where the groups hold too few of the runs, the
 * slices are round budgets instead, with the runs near them.
 *
 * After the IsoFLOP profiles of Hoffmann et al. 2022, arXiv:2203.15556, §3.2.
 */
import type { Sweep } from '../types.ts';

/** Runs of about the same compute. */
export interface IsoflopSlice {
  /** The budget, training FLOPs. */
  readonly C: number;
  /** Indices of its runs in the sweep, those of weight 0 too, in order. */
  readonly runs: readonly number[];
}

/** Largest C of a found slice over its smallest, at most. */
const WIDTH = 1.15;
/** A run is near a round budget within this factor. */
const NEAR = 1.2;
/** Different sizes among the runs of a slice that carry weight, at least: with two there is no curve. */
const SIZES = 3;
/** Runs that a slice holds beyond SIZES for each run beside it, at least. */
const CROWDED = 1.5;
/** Share of the runs that the found slices must hold. */
const SHARE = 1 / 3;
/** Decades with runs from which on half decades are not needed. */
const DECADES = 3;

/**
 * Slices by rising budget. C is the median of the runs that carry weight where budgets are found in the data, else a
 * power of ten, or three times one. None where no three sizes share a budget.
 */
export function isoflopSlices(sweep: Sweep): IsoflopSlice[] {
  const found = crowds(sweep.columns.C).map((ends) => sliceBetween(sweep, ends)).filter(({ runs }) => isSlice(sweep, runs));
  const held = found.reduce((count, { runs }) => count + runs.length, 0);
  if (held > 0 && held >= SHARE * sweep.loss.length) return found;
  const usable = (budgets: readonly number[]) => slicesAt(sweep, budgets).filter(({ runs }) => isSlice(sweep, runs));
  const whole = usable(roundBudgets(sweep, [1]));
  return whole.length >= DECADES ? whole : usable(roundBudgets(sweep, [1, 3]));
}

/** A slice at each budget (training FLOPs), with the runs within a factor 1.2 that are nearer to no other; perhaps none. */
export function slicesAt({ columns: { C } }: Sweep, budgets: readonly number[]): IsoflopSlice[] {
  const runs: number[][] = budgets.map(() => []);
  const factor = (one: number, other: number) => Math.max(one / other, other / one);
  C.forEach((flops, i) => {
    let nearest = 0;
    for (let k = 1; k < budgets.length; k++) if (factor(flops, budgets[k]) < factor(flops, budgets[nearest])) nearest = k;
    if (factor(flops, budgets[nearest]) <= NEAR) runs[nearest].push(i);
  });
  return budgets.map((budget, k) => ({ C: budget, runs: runs[k] }));
}

function sliceBetween({ columns: { C }, weight }: Sweep, [low, high]: readonly [number, number]): IsoflopSlice {
  const runs: number[] = [];
  C.forEach((flops, i) => { if (flops >= low && flops <= high) runs.push(i); });
  return { C: medianOf(runs.filter((i) => weight[i] > 0).map((i) => C[i])), runs };
}

/** Lowest and highest C of the groups that overlap no other, the one of most runs taken first. */
function crowds(C: Float64Array): [number, number][] {
  const sorted = C.toSorted();
  const ends = crowdedEnds(sorted);
  const found: [number, number][] = [];
  for (let from = largest(sorted, ends); ends[from] > from; from = largest(sorted, ends)) {
    const to = ends[from];
    found.push([sorted[from], sorted[to - 1]]);
    for (let other = 0; other < to; other++) if (ends[other] > from) ends[other] = other;
  }
  return found.toSorted(([one], [other]) => one - other);
}

/** Of each position the end of the group that begins there, as far as WIDTH goes; itself where no group does. */
function crowdedEnds(sorted: Float64Array): Int32Array {
  const ends = Int32Array.from(sorted.keys());
  let [left, to, right] = [0, 0, 0];
  for (let from = 0; from < sorted.length; from++) {
    if (from > 0 && sorted[from] === sorted[from - 1]) continue;
    while (sorted[left] * WIDTH < sorted[from]) left++;
    while (sorted[to] <= sorted[from] * WIDTH) to++;
    while (sorted[right] <= sorted[to - 1] * WIDTH) right++;
    const beside = from - left + right - to;
    if (to - from >= SIZES + CROWDED * beside) ends[from] = to;
  }
  return ends;
}

/** Where the group of most runs begins; of equal ones the narrowest. */
function largest(sorted: Float64Array, ends: Int32Array): number {
  const spread = (from: number) => sorted[ends[from] - 1] / sorted[from];
  let best = 0;
  for (let from = 1; from < ends.length; from++) {
    const more = ends[from] - from - (ends[best] - best);
    if (more > 0 || (more === 0 && ends[from] > from && spread(from) < spread(best))) best = from;
  }
  return best;
}

function isSlice({ columns: { N }, weight }: Sweep, runs: readonly number[]): boolean {
  const sizes = new Set<number>();
  return runs.some((i) => weight[i] > 0 && sizes.add(N[i]).size >= SIZES);
}

/** The lower one of an even number, so that exact budgets stay exact. */
function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).toSorted()[(values.length - 1) >> 1];
}

/** `digits` times the powers of ten, over the range of the runs. */
function roundBudgets({ columns: { C } }: Sweep, digits: readonly number[]): number[] {
  const exponents = C.map((flops) => Math.floor(Math.log10(flops)));
  const [first, last] = [exponents.reduce((a, b) => Math.min(a, b)), exponents.reduce((a, b) => Math.max(a, b)) + 1];
  return Array.from({ length: last - first + 1 }, (_, k) => digits.map((digit) => Number(`${digit}e${first + k}`))).flat();
}
