/**
 * Coverage against samples as a law: the share of problems of which one of k samples is right,
 *
 *   c(k) = exp(a·k^b),   a < 0, b < 0,   log(−log c) = s + b·log k,   s = log(−a)
 *
 * Fitted to coverages c₁ … cₘ at k₁ … kₘ by least squares of the coverage itself, Σ (exp(−e^(s + b·x)) − cᵢ)², in s and b, with
 * x = log k less its mean. Newton's method, damped: each step solves (H + λI)·d = −∇ with the exact Hessian and is taken where
 * the sum falls, or stays and the gradient falls. It starts from the line through the log(−log c) that are finite, and from eight places about it.
 * The coverages are of the same samples, so that their errors go together: residuals are too smooth to be noise, and intervals
 * are to come from resampled problems.
 *
 * The form is of Brown et al. 2024, arXiv:2407.21787; the method is ours.
 */
import { inside, positive } from '../check.ts';
import { optionError } from '../errors.ts';
import { meanOf } from '../math/mean.ts';

export interface CoverageLaw {
  readonly a: number;
  readonly b: number;
}

/** How far the minimum can be trusted. */
export interface CoverageFit extends CoverageLaw {
  /** Σ (c(k) − cᵢ)² at the minimum. */
  readonly objective: number;
  /** Largest and root mean square |c(k) − cᵢ|. */
  readonly worst: number;
  readonly rms: number;
  /** Largest |∂/∂xⱼ| over the sum of the absolute pulls of the points: 0 where they balance. */
  readonly gradientNorm: number;
  /** Descents, and those that ended within 1e-9 (relative) of the lowest sum, or within 1e-28 of it. */
  readonly starts: number;
  readonly agreeing: number;
  /** A minimum: gradient below 1e-8, positive curvature both ways, more than half of the starts agree, and b < 0. */
  readonly verdict: 'pass' | 'fail';
}

const [STEPS, DAMPING, FIRST, MOST] = [200, 4, 1e-6, 1e12];
/** Of the gradient: certified, and enough to stop; of the sums of two descents: alike; a sum that is rounding. */
const [GRADIENT, ENOUGH, AGREE, SAME] = [1e-8, 1e-13, 1e-9, 1e-28];
/** Relative changes of a sum that are its rounding. */
const ROUNDING = 1e-12;
/** Offsets of the starts from the line, in s and in b. */
const ABOUT = [-1, 0, 1].flatMap((s) => [-0.25, 0, 0.25].map((b) => [s, b] as const));

/** The coverage of k samples, which need not be whole. */
export function coverageAt({ a, b }: CoverageLaw, k: number): number {
  return Math.exp(a * k ** b);
}

/** Samples for a coverage; Infinity where no number of them has it, as where b ≥ 0. @throws InputError where it is not between 0 and 1. */
export function samplesFor({ a, b }: CoverageLaw, coverage: number): number {
  inside('coverage', coverage, 0.9);
  if (!(a < 0 && b < 0)) return coverage <= Math.exp(a) ? 1 : Infinity;
  return Math.max(1, (Math.log(coverage) / a) ** (1 / b));
}

/**
 * The law through coverages. Undefined where they do not tell it: fewer than three, or fewer than two of them between 0 and 1.
 * `start`: a law to descend from alone, as that of all problems is for a resample.
 * @throws InputError where a k is not positive or a coverage is none from 0 to 1.
 */
export function fitCoverage(k: readonly number[], coverage: readonly number[], start?: CoverageLaw): CoverageFit | undefined {
  for (const each of k) positive('k', each, 'samples such as 10');
  const wrong = coverage.find((share) => !(share >= 0 && share <= 1));
  if (wrong !== undefined) throw optionError('coverage', `expected shares from 0 to 1, got ${wrong}.`);
  if (k.length < 3 || coverage.filter((share) => share > 0 && share < 1).length < 2) return undefined;
  const logs = k.map(Math.log);
  const centre = meanOf(logs);
  const points = { x: logs.map((log) => log - centre), c: coverage };
  const [s, b] = lineThrough(points);
  const starts = start ? [[Math.log(-start.a) + start.b * centre, start.b] as const] : ABOUT.map(([ds, db]) => [s + ds, b + db] as const);
  const ends = starts.map((each) => descend(points, each)).toSorted((one, other) => one.sum - other.sum);
  return certified(points, centre, ends);
}

interface Points { readonly x: readonly number[]; readonly c: readonly number[] }
type Pair = readonly [s: number, b: number];

/** The sum, its gradient and Hessian at a place; `pulls`: Σ |rᵢ·∂cᵢ|. */
interface Place {
  readonly at: Pair;
  readonly sum: number;
  readonly gradient: Pair;
  readonly pulls: Pair;
  readonly hessian: readonly [ss: number, sb: number, bb: number];
}

/** Least squares of log(−log c), of the coverages that have one: a first guess. */
function lineThrough({ x, c }: Points): Pair {
  const known = c.flatMap((share, i) => (share > 0 && share < 1 ? [[x[i], Math.log(-Math.log(share))] as const] : []));
  const mean = (of: (point: readonly [number, number]) => number) => known.reduce((sum, point) => sum + of(point), 0) / known.length;
  const [mx, my] = [mean(([at]) => at), mean(([, y]) => y)];
  const slope = mean(([at, y]) => (at - mx) * (y - my)) / mean(([at]) => (at - mx) ** 2);
  return [my - slope * mx, slope];
}

/** With e = e^(s + bx): c = e^−e, ∂c/∂s = −e·c, ∂²c/∂s² = e·c·(e − 1); each ∂b is x times ∂s. Half the sum's derivatives. */
function placeAt({ x, c }: Points, at: Pair): Place {
  let [sum, gs, gb, ps, pb, ss, sb, bb] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const e = Math.exp(at[0] + at[1] * x[i]);
    const fitted = Math.exp(-e);
    const slope = e < Infinity ? -e * fitted : 0;
    const r = fitted - c[i];
    const bend = slope ** 2 + (e < Infinity ? r * slope * (1 - e) : 0);
    sum += r * r;
    gs += r * slope;
    gb += r * slope * x[i];
    ps += Math.abs(r * slope);
    pb += Math.abs(r * slope * x[i]);
    ss += bend;
    sb += bend * x[i];
    bb += bend * x[i] * x[i];
  }
  return { at, sum, gradient: [gs, gb], pulls: [ps, pb], hessian: [ss, sb, bb] };
}

/** To where the points balance, or no step is better. */
function descend(points: Points, start: Pair): Place {
  let [here, damping] = [placeAt(points, start), FIRST];
  for (let step = 0; step < STEPS && damping < MOST && here.sum > SAME && imbalance(here) > ENOUGH; step++) {
    const next = placeAt(points, moved(here, damping));
    if (isBetter(next, here)) [here, damping] = [next, damping / DAMPING ** 2];
    else damping = Math.max(damping, 1e-20) * DAMPING;
  }
  return here;
}

function isBetter(next: Place, here: Place): boolean {
  return next.sum < here.sum * (1 - ROUNDING) || (next.sum <= here.sum * (1 + ROUNDING) && imbalance(next) < imbalance(here));
}

/** Largest |gradient| over the pulls that make it: free of units. */
function imbalance({ gradient, pulls, sum }: Place): number {
  if (!(sum > SAME)) return 0;
  return Math.max(...gradient.map((slope, j) => (pulls[j] > 0 ? Math.abs(slope) / pulls[j] : 0)));
}

/** A step downhill where the damped Hessian curves up, else along the gradient. */
function moved({ at, gradient: [gs, gb], hessian: [ss, sb, bb] }: Place, damping: number): Pair {
  const [p, q] = [ss + damping, bb + damping];
  const determinant = p * q - sb * sb;
  if (!(p > 0 && determinant > 0)) return [at[0] - gs / damping, at[1] - gb / damping];
  return [at[0] - (q * gs - sb * gb) / determinant, at[1] - (p * gb - sb * gs) / determinant];
}

function certified({ x, c }: Points, centre: number, ends: readonly Place[]): CoverageFit {
  const { at: [s, b], sum, hessian: [ss, sb, bb] } = ends[0];
  const errors = x.map((at, i) => Math.abs(Math.exp(-Math.exp(s + b * at)) - c[i]));
  const agreeing = ends.filter((end) => end.sum <= sum * (1 + AGREE) + SAME).length;
  const gradientNorm = imbalance(ends[0]);
  const isMinimum = gradientNorm < GRADIENT && ss > 0 && ss * bb > sb * sb && 2 * agreeing > ends.length && b < 0;
  return {
    a: -Math.exp(s - b * centre), b, objective: sum,
    worst: Math.max(...errors), rms: Math.sqrt(sum / x.length),
    gradientNorm, starts: ends.length, agreeing,
    verdict: isMinimum ? 'pass' : 'fail',
  };
}
