/**
 * The budget for a target loss: the inverse of the loss along the frontier of a law, whatever the law.
 *
 *   C with L(N_opt(C), D_opt(C)) = target
 *
 * found in log C, where the loss along the frontier passes the target (src/math/root.ts). A law of two power
 * terms has it in closed form (src/plan/terms.ts).
 */
import type { Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { root } from '../math/root.ts';
import type { FrontierPoint } from '../types.ts';
import { positive } from './check.ts';
import { frontierOf, inOrder, lossPredictor, type Params } from './frontier.ts';

/** Beyond e^±690 there are no FLOPs left that are a number. */
const FARTHEST = 690;
/** First step from 1e20 FLOPs, in log C; each is twice the last. */
const STEP = 1;
const MIDDLE = Math.log(1e20);
/** A loss is rounded to a few units of float64: the floor of a law is not told from what is that near to it. */
const ROUNDING = 16 * Number.EPSILON;

/**
 * The compute-optimal model of a given loss, nats per token. Undefined where the law reaches it with no compute: at its
 * irreducible loss and below; and where the parameters leave it no optimum.
 * @throws InputError where the loss is not positive or a parameter of the law is missing.
 */
export function budgetForLoss(lawId: string, params: Params, loss: number): FrontierPoint | undefined {
  const law = lawById(lawId);
  return budgetSolver(law)(inOrder(law, params), loss);
}

/**
 * The same for many fits of one law: natural parameters in the order of the law.
 * @throws InputError where the loss is not positive.
 */
export function budgetSolver(law: Law): (natural: Float64Array, loss: number) => FrontierPoint | undefined {
  const predict = lossPredictor(law, 1);
  const { allocate } = frontierOf(law);
  return (natural, loss) => {
    positive('loss', loss, 'nats per token such as 2.1');
    if (law.brokenBounds(natural).length > 0) return undefined;
    const lossAt = (logC: number) => {
      const { N, D } = allocate(natural, Math.exp(logC));
      return predict(natural, [N], [D])[0];
    };
    const C = Math.exp(passes(lossAt, loss));
    if (!(C > 0 && C < Infinity)) return undefined;
    return { C, ...allocate(natural, C), loss: lossAt(Math.log(C)) };
  };
}

/** Where a falling function passes a height; NaN where it does not get below it. */
function passes(lossAt: (logC: number) => number, height: number): number {
  if (!(lossAt(FARTHEST) < height * (1 - ROUNDING))) return NaN;
  const isAbove = (logC: number) => lossAt(logC) > height;
  const started = isAbove(MIDDLE);
  const outward = started ? 1 : -1;
  for (let near = MIDDLE, step = STEP; Math.abs(near) < FARTHEST; step *= 2) {
    const far = Math.max(-FARTHEST, Math.min(near + outward * step, FARTHEST));
    if (isAbove(far) !== started) return root((logC) => lossAt(logC) - height, near, far);
    near = far;
  }
  return NaN;
}
