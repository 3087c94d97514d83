import { optionError } from '../errors.ts';
import type { Loss } from '../losses/loss.ts';
import type { Stage } from '../optim/descent.ts';

/** The widest threshold, nats: nearly every residual is inside it, which makes the first stage least squares. */
const WIDEST = 1;

/**
 * Thresholds from about one nat down to δ by tens, then 10·δ, 3·δ and δ. Going straight to δ, or from 10·δ,
 * leaves a few starts in a hundred on a crease of the nearly-L1 surface; through these stages every start
 * drawn from the data arrived on the sweeps of bench/RESULTS.md.
 *
 * `tolerance` is that of the last stage: what the arithmetic resolves, 1e-12 in float64, 1e-6 in float32.
 */
export function schedule(delta: number, tolerance: number): Stage[] {
  if (!(delta > 0 && Number.isFinite(delta))) {
    throw optionError('delta', `expected a positive Huber threshold in nats such as 1e-3, got ${delta}.`);
  }
  const stages: Stage[] = [{ delta, tolerance, steps: 300 }, { delta: 3 * delta, tolerance: 1e-5, steps: 60 }];
  for (let wide = 10 * delta; wide <= WIDEST * (1 + 1e-9); wide *= 10) {
    stages.push({ delta: wide, tolerance: wide > 20 * delta ? 1e-3 : 1e-5, steps: 60, coarse: true });
  }
  return stages.toReversed();
}

/**
 * From a point that is near already, such as the optimum of the whole sweep for a resample: 3·δ, then δ. With δ alone one
 * of Epoch's 4000 resamples ends above its minimum, far enough out to move the standard error of B by 1.5 %.
 */
export function warmSchedule(delta: number, tolerance: number): Stage[] {
  return schedule(delta, tolerance).slice(-2);
}

/** The stages of a loss. Least squares have no threshold to lower: a part of the points, then all. */
export function stagesOf({ shape, unit }: Loss, tolerance: number): Stage[] {
  if (shape !== 'squares') return schedule(unit, tolerance);
  return [{ delta: unit, tolerance: 1e-3, steps: 60, coarse: true }, { delta: unit, tolerance, steps: 300 }];
}

/** Those from a point that is near already. */
export function warmStagesOf(loss: Loss, tolerance: number): Stage[] {
  return loss.shape === 'squares' ? stagesOf(loss, tolerance).slice(-1) : warmSchedule(loss.unit, tolerance);
}
