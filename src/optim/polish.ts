/**
 * Newton's method in float64 from a point that a descent has found, until the gradient no longer falls.
 * A descent compares objectives, which resolve x to about the square root of the rounding; the gradient
 * resolves it to the rounding itself. The points inside δ are the same from step to step, so it is quadratic.
 *
 * The absolute loss is the limit δ → 0, where as many runs as there are free parameters lie on the law and hold it. The
 * threshold is lowered from that of the descents to 1e-9 nats, which moves x by about as much, in steps of 3. While the same
 * runs hold the law x is linear in δ: each step begins where the last two point, with these runs inside.
 */
import { RESIDUALS, SHAPES } from '../losses/registry.ts';
import { choleskyDamped, choleskySolve, packedIndex } from '../math/packed.ts';
import { heldAt, inBox } from './box.ts';
import { descend, METHOD, pin, type Stage } from './descent.ts';
import { assemble, height, localModel, workspace, type LocalModel, type Problem, type Workspace } from './objective.ts';

const NEWTON_STEPS = 20;
const STAGE: Omit<Stage, 'delta'> = { tolerance: 1e-14, steps: 300 };

export interface Polished {
  /** Working coordinates. */
  readonly x: Float64Array;
  /** f(x) at the δ of the problem, nats²: what descents are compared with. */
  readonly objective: number;
  /** What the loss sums, in its own unit: Fit.objective. */
  readonly height: number;
  /** See Certificate.gradientNorm in src/types.ts. */
  readonly gradientNorm: number;
  /** Coordinates at a side of the problem's box that holds them back, and how: see BoundHeld in src/types.ts. */
  readonly atSides: readonly AtSide[];
}

/** `pull`: the relative gradient there, which is not 0 as in a minimum. */
export interface AtSide {
  readonly coordinate: number;
  readonly isUpper: boolean;
  readonly pull: number;
}

/** The smallest threshold, nats. */
export const LIMIT = 1e-9;
const LOWERED = 3;

/** From a point near by to the minimum of the problem's loss. */
export function polish(problem: Problem, start: ArrayLike<number>): Polished {
  const first = polishAt(problem, start);
  if (problem.loss.delta > 0) return first;
  let end = first;
  let slope = new Float64Array(first.x.length); // of x along δ
  let { delta } = problem;
  while (delta > LIMIT) {
    const step = Math.max(delta / LOWERED, LIMIT) - delta;
    delta += step;
    const next = polishAt({ ...problem, delta }, end.x.map((value, j) => value + step * slope[j]));
    slope = next.x.map((value, j) => (value - end.x[j]) / step);
    end = next;
  }
  return { ...end, objective: first.objective };
}

function polishAt(problem: Problem, start: ArrayLike<number>): Polished {
  const work = workspace(problem);
  const x = Float64Array.from(descend(problem, start, [{ ...STAGE, delta: problem.delta }], { whole: work }, problem.pinned).x);
  const model = localModel(x.length);
  const trial = localModel(x.length);
  const direction = new Float64Array(x.length);
  let { norm, atSides } = evaluate(problem, x, work, model);
  for (let step = 0; step < NEWTON_STEPS && newtonDirection(model, direction); step++) {
    const next = inBox(x.map((value, j) => value + problem.delta * direction[j]), problem.box, problem.pinned);
    const nextNorm = evaluate(problem, next, work, trial).norm;
    // Rounding may raise f by its last digits while the gradient still falls; more than that is another basin.
    if (!(nextNorm < norm && trial.value <= model.value * (1 + 1e-12))) break;
    x.set(next);
    ({ norm, atSides } = evaluate(problem, x, work, model));
  }
  return { x, objective: model.value * problem.delta ** 2, height: height(problem, x, work), gradientNorm: norm, atSides };
}

interface Evaluated {
  /** Of the coordinates that are free. */
  readonly norm: number;
  readonly atSides: readonly AtSide[];
}

/** Fills the exact model (κ = 0, with the law's curvature), of what is free, and returns the relative gradients. */
function evaluate(problem: Problem, x: ArrayLike<number>, work: Workspace, model: LocalModel): Evaluated {
  const { box, pinned = [] } = problem;
  assemble(problem, x, 0, true, work, model);
  const held = heldAt(x, model.gradient, box, pinned);
  const pulls = relativeGradients(problem, work, model);
  const atSides = [...pulls.keys()].flatMap((j) =>
    (held[j] && !pinned[j] ? [{ coordinate: j, isUpper: model.gradient[j] < 0, pull: pulls[j] }] : []));
  pin(model, held);
  return { norm: pulls.reduce((most, pull, j) => (held[j] ? most : Math.max(most, pull)), 0), atSides };
}

/** No loss is known to this many nats: where residuals are smaller, as without noise, what is left is rounding. */
const NEGLIGIBLE = 1e-8;

/** Of each j, |Σᵢ slopeᵢ Jᵢⱼ| / Σᵢ |slopeᵢ Jᵢⱼ|, the slopes taken as at least those of a negligible residual. */
function relativeGradients({ delta, weight, loss }: Problem, { slope, jacobian, prediction }: Workspace, { gradient }: LocalModel): number[] {
  const { steepness } = RESIDUALS[loss.residual];
  const least = Math.abs(SHAPES[loss.shape].slope(-NEGLIGIBLE / delta, loss.envelope));
  return jacobian.map((column, j) => {
    let pull = 0;
    for (let i = 0; i < slope.length; i++) {
      pull += Math.max(Math.abs(slope[i]), weight[i] * least * steepness(prediction[i])) * Math.abs(column[i]);
    }
    return pull > 0 ? Math.abs(gradient[j]) / pull : 0;
  });
}

/** False where the Hessian is not positive definite: Newton has no direction there. */
function newtonDirection({ gradient, hessian }: LocalModel, direction: Float64Array): boolean {
  const scale = direction.map((_, j) => Math.max(Math.abs(hessian[packedIndex(j, j)]), METHOD.SCALE_MIN));
  const factor = new Float64Array(hessian.length);
  if (!choleskyDamped(hessian, scale, 0, 1e-14, factor)) return false;
  choleskySolve(factor, gradient.map((g) => -g), direction);
  return true;
}
