/**
 * How flat the compute-optimal point is: the sizes N, and D = C/(6N), whose loss is at most (1 + x) times the best one's
 *
 *   L(N, C/(6N)) ≤ (1 + x)·L(N_opt, D_opt)
 *
 * found by bisection in log N on either side of N_opt, to the rounding of float64. Chinchilla's law has exponents α and β;
 * there the range is N_opt·exp(±√(2x/κ)) for small x, with κ = α·(α + β)·A·N_opt^−α/L the curvature of log L in log N.
 */
import { InputError, optionError } from '../errors.ts';
import { lawById } from '../laws/registry.ts';
import type { FrontierPoint, Interval } from '../types.ts';
import { frontier, predictLoss, type Params } from './frontier.ts';

/** Sizes and tokens that are nearly as good as the optimal ones at one compute. */
export interface Flatness {
  /** From 0 where the loss stays within the excess for all smaller sizes, to Infinity where it does for all larger ones. */
  readonly N: Interval;
  /** C/(6N) of the ends of N, lowest first. */
  readonly D: Interval;
}

/** Beyond e^±700 there are no numbers left: a loss that stays below its limit up to there reaches it nowhere. */
const FARTHEST = 700;

/**
 * `compute` is the fixed C, training FLOPs; `excess` the loss given up relative to the best one: 0.001 for 0.1 %.
 * @throws InputError where the compute or the excess is not positive, or the law has no optimal size.
 */
export function flatness(lawId: string, params: Params, compute: number, excess: number): Flatness {
  if (!(excess > 0 && Number.isFinite(excess))) {
    throw optionError('excess', `expected a positive share of the best loss such as 0.001, got ${excess}.`);
  }
  const best = optimum(lawId, params, compute);
  const limit = (1 + excess) * best.loss;
  const isWithin = (logN: number) => {
    const N = Math.exp(logN);
    return predictLoss(lawId, params, { N, D: compute / (6 * N) }) <= limit;
  };
  const low = end(isWithin, Math.log(best.N), -FARTHEST);
  const high = end(isWithin, Math.log(best.N), FARTHEST);
  return { N: [low, high], D: [compute / (6 * high), compute / (6 * low)] };
}

function optimum(lawId: string, params: Params, compute: number): FrontierPoint {
  const [best] = frontier(lawId, params, [compute]);
  const law = lawById(lawId);
  const broken = law.brokenBounds(law.params.map((name) => params[name]));
  if (broken.length > 0) {
    throw new InputError(`params: expected a law with an optimal size at each compute, got ${broken.join(' and ')}. Fit again, with more runs.`);
  }
  if (Math.abs(Math.log(best.N)) < FARTHEST && best.D > 0 && Number.isFinite(best.D)) return best;
  throw new InputError(`params: expected an optimal size that is a number, got ${best.N} parameters. Fit again, with more runs.`);
}

/** The last N on the way from log N = `inside` to `outside` for which it holds; 0 or Infinity where it holds all the way. */
function end(isWithin: (logN: number) => boolean, inside: number, outside: number): number {
  if (isWithin(outside)) return outside < 0 ? 0 : Infinity;
  let [within, beyond] = [inside, outside];
  for (let middle = (within + beyond) / 2; middle !== within && middle !== beyond; middle = (within + beyond) / 2) {
    if (isWithin(middle)) within = middle;
    else beyond = middle;
  }
  return Math.exp(within);
}
