/**
 * Approach 1 of Hoffmann et al. 2022, arXiv:2203.15556, §3.1: the lower envelope of training curves.
 *
 * At log-spaced budgets C the curve of lowest loss, smoothed and interpolated (smooth.ts), gives N_opt and
 * D_opt = C/(6·N_opt); power laws of least squares in logs go through these points.
 *
 * Where the paper is silent:
 * - Budgets run over the range in which three models or more have a loss.
 * - Where the lowest curve is of the smallest or the largest model that has a loss at the budget, nothing brackets the
 *   optimum, and it may lie beyond: such points are left out of the power laws. Left in, a came out 23 % too flat on
 *   noise-free curves of the 50 models of Table A9, and 0.1 % without them.
 * - N_opt is a staircase of the m models on the envelope, and the line through a staircase is flatter than it rises, by
 *   1/m² (of steps of one size, 4 % of a for 5 models and 1.6 % for 8, as measured): a warning says so from 1 % on.
 */
import { wholeFrom } from '../check.ts';
import type { TrainingCurves } from '../data/curves.ts';
import { optionError } from '../errors.ts';
import type { FrontierPoint } from '../types.ts';
import type { Approach } from './approach.ts';
import { lawsThrough, showPercent, type Laws } from './laws.ts';
import { interpolated, smoothed, type SmoothCurve } from './smooth.ts';

export interface EnvelopeOptions {
  /** Log-spaced budgets at which the lowest curve is taken. Default 1500, the paper's. */
  readonly budgets?: number;
  /**
   * Length of the Gaussian window of smoothing, checkpoints; below 2 none. Default 10, the paper's, and at most a quarter of
   * the checkpoints of a curve: the paper's curves have thousands.
   */
  readonly window?: number;
}

/** The lowest curve at a budget. */
export interface EnvelopePoint extends FrontierPoint {
  /** Its index in the curves. */
  readonly curve: number;
  /** Of the tokens that its training ended at, 0..1. */
  readonly share: number;
  /** Do the power laws go through it? Not where it is of the smallest or the largest model at this budget. */
  readonly used: boolean;
}

export interface Envelope extends Approach {
  readonly approach: 1;
  /** At every budget, by rising C; `optima` are those that are used. */
  readonly points: readonly EnvelopePoint[];
}

/** Log losses of all curves at the same budgets: what the envelope of any of them is made of. */
export interface EnvelopeGrid {
  /** Training FLOPs, rising; none where no three models share a budget. */
  readonly C: Float64Array;
  /** Parameters of each curve. */
  readonly N: Float64Array;
  /** [curve][budget]; NaN where a curve does not reach the budget. */
  readonly logLoss: readonly Float64Array[];
}

const BUDGETS = 1500;
const WINDOW = 10;
/** Of its checkpoints that the default window spans, at most. */
const SPANNED = 0.25;
/** Models that must have a loss at a budget: one between a smaller and a larger. */
const MODELS = 3;
/** From which on there is a warning: flattening by the staircase, and share of the budgets left out. */
const FLATTENED = 0.01;
const LEFT_OUT = 0.5;

/**
 * The lower envelope of training curves, and the power laws through it; NaN where fewer than two models lie on it.
 * @throws InputError where an option cannot be used.
 */
export function envelope(curves: TrainingCurves, options: EnvelopeOptions = {}): Envelope {
  const grid = envelopeGrid(curves, options);
  const points = lowestOf(grid, [...grid.N.keys()]).map(({ budget, curve, used }): EnvelopePoint => {
    const { N, D } = curves.curves[curve];
    const C = grid.C[budget];
    const tokens = C / (6 * N);
    return { C, N, D: tokens, loss: Math.exp(grid.logLoss[curve][budget]), curve, share: tokens / D.at(-1)!, used };
  });
  const optima = points.filter(({ used }) => used);
  return {
    approach: 1, ...lawsOver(optima), points, optima,
    warnings: [...untold(points.length, optima), ...unbracketed(points.length, optima.length)],
  };
}

/** @throws InputError where an option cannot be used. */
export function envelopeGrid({ curves }: TrainingCurves, { budgets = BUDGETS, window }: EnvelopeOptions = {}): EnvelopeGrid {
  wholeFrom('envelope.budgets', budgets, 2);
  if (window !== undefined && !(window >= 0 && window < Infinity)) {
    throw optionError('envelope.window', `expected checkpoints from 0 on such as 10, got ${window}.`);
  }
  const smooth = curves.map((curve) => smoothed(curve, window ?? Math.min(WINDOW, SPANNED * curve.D.length)));
  const N = Float64Array.from(curves, (curve) => curve.N);
  const logC = logBudgets(smooth, N, budgets);
  return { C: logC.map(Math.exp), N, logLoss: smooth.map((curve) => interpolated(curve, logC)) };
}

/** Evenly over the range in which enough models have a loss; the number of models grows where a curve begins, falls where one ends. */
function logBudgets(curves: readonly SmoothCurve[], N: Float64Array, count: number): Float64Array {
  const ends = curves.map(({ logC }) => [logC[0], logC.at(-1)!] as const);
  const models = (x: number) => new Set(N.filter((_, k) => ends[k][0] <= x && x <= ends[k][1])).size;
  const low = Math.min(...ends.map(([first]) => first).filter((x) => models(x) >= MODELS));
  const high = Math.max(...ends.map(([, last]) => last).filter((x) => models(x) >= MODELS));
  if (!(high > low)) return new Float64Array();
  return Float64Array.from({ length: count }, (_, k) => Math.min(high, low + ((high - low) * k) / (count - 1)));
}

/** The power laws of the envelope of some of the curves, by their indices; NaN where fewer than two models lie on it. */
export function envelopeLaws(grid: EnvelopeGrid, curves: readonly number[]): Laws {
  const used = lowestOf(grid, curves).filter((point) => point.used);
  return lawsOver(used.map(({ budget, curve }) => {
    const [C, N] = [grid.C[budget], grid.N[curve]];
    return { C, N, D: C / (6 * N) };
  }));
}

/** The lowest of some curves at each budget that one of them reaches. */
function lowestOf({ C, N, logLoss }: EnvelopeGrid, curves: readonly number[]): { budget: number; curve: number; used: boolean }[] {
  const found = [];
  for (let budget = 0; budget < C.length; budget++) {
    let [curve, lowest, smallest, largest] = [-1, Infinity, Infinity, 0];
    for (const k of curves) {
      const loss = logLoss[k][budget];
      if (Number.isNaN(loss)) continue;
      smallest = Math.min(smallest, N[k]);
      largest = Math.max(largest, N[k]);
      if (loss < lowest) [curve, lowest] = [k, loss];
    }
    if (curve >= 0) found.push({ budget, curve, used: N[curve] > smallest && N[curve] < largest });
  }
  return found;
}

function lawsOver(optima: readonly Pick<FrontierPoint, 'C' | 'N' | 'D'>[]): Laws {
  return lawsThrough(modelsOf(optima) > 1 ? optima : []);
}

function modelsOf(points: readonly { readonly N: number }[]): number {
  return new Set(points.map(({ N }) => N)).size;
}

/** What the points do not tell, or tell with a bias. */
function untold(budgets: number, optima: readonly FrontierPoint[]): string[] {
  const models = modelsOf(optima);
  if (budgets === 0) return ['No three models of different size have a loss at the same compute: the curves have no envelope.'];
  if (models < 2) {
    return [`There is no power law: ${models === 0 ? 'no model' : 'one model only'} has the lowest loss of a compute that ` +
      'smaller and larger ones reach too.'];
  }
  if (!(1 / models ** 2 >= FLATTENED)) return [];
  return [`N_opt climbs a staircase of ${models} models; the power law through it is flatter than the models say, a by about ` +
    `${showPercent(1 / models ** 2)} of itself${models < MODELS ? ', and rests on too few' : ''}.`];
}

function unbracketed(budgets: number, used: number): string[] {
  const share = 1 - used / budgets;
  if (!(share > LEFT_OUT)) return [];
  return [`At ${showPercent(share)} of the budgets the lowest curve is of the smallest or the largest model there, so that the optimum ` +
    'may lie beyond: these are left out of the power laws.'];
}
