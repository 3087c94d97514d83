/**
 * Newton's method in float64 from a point that a descent has found, until the gradient no longer falls.
 * A descent compares objectives, which resolve x to about the square root of the rounding; the gradient
 * resolves it to the rounding itself. The points inside δ are the same from step to step, so it is quadratic.
 */
import { choleskyDamped, choleskySolve, packedIndex } from '../math/packed.ts';
import { descend, METHOD, type Stage } from './descent.ts';
import { assemble, localModel, workspace, type LocalModel, type Problem, type Workspace } from './objective.ts';

const NEWTON_STEPS = 20;
const STAGE: Omit<Stage, 'delta'> = { tolerance: 1e-14, steps: 300 };

export interface Polished {
  /** Working coordinates. */
  readonly x: Float64Array;
  /** f(x), nats². */
  readonly objective: number;
  /** See Certificate.gradientNorm in src/types.ts. */
  readonly gradientNorm: number;
}

export function polish(problem: Problem, start: ArrayLike<number>): Polished {
  const work = workspace(problem);
  const x = Float64Array.from(descend(problem, start, [{ ...STAGE, delta: problem.delta }], { whole: work }).x);
  const model = localModel(x.length);
  const trial = localModel(x.length);
  const direction = new Float64Array(x.length);
  let norm = evaluate(problem, x, work, model);
  for (let step = 0; step < NEWTON_STEPS && newtonDirection(model, direction); step++) {
    const next = x.map((value, j) => value + problem.delta * direction[j]);
    const nextNorm = evaluate(problem, next, work, trial);
    // Rounding may raise f by its last digits while the gradient still falls; more than that is another basin.
    if (!(nextNorm < norm && trial.value <= model.value * (1 + 1e-12))) break;
    x.set(next);
    norm = evaluate(problem, x, work, model);
  }
  return { x, objective: model.value * problem.delta ** 2, gradientNorm: norm };
}

/** Fills the exact model (κ = 0, with the law's curvature) and returns the relative gradient. */
function evaluate(problem: Problem, x: ArrayLike<number>, work: Workspace, model: LocalModel): number {
  assemble(problem, x, 0, true, work, model);
  return relativeGradient(problem, work, model);
}

/** No loss is known to this many nats: where residuals are smaller, as without noise, what is left is rounding. */
const NEGLIGIBLE = 1e-8;

/** max over j of |Σᵢ slopeᵢ Jᵢⱼ| / Σᵢ |slopeᵢ Jᵢⱼ|, the slopes taken as at least those of a negligible residual. */
function relativeGradient({ delta, weight }: Problem, { slope, jacobian }: Workspace, { gradient }: LocalModel): number {
  let largest = 0;
  jacobian.forEach((column, j) => {
    let pull = 0;
    for (let i = 0; i < slope.length; i++) {
      pull += Math.max(Math.abs(slope[i]), weight[i] * (NEGLIGIBLE / delta)) * Math.abs(column[i]);
    }
    if (pull > 0) largest = Math.max(largest, Math.abs(gradient[j]) / pull);
  });
  return largest;
}

/** False where the Hessian is not positive definite: Newton has no direction there. */
function newtonDirection({ gradient, hessian }: LocalModel, direction: Float64Array): boolean {
  const scale = direction.map((_, j) => Math.max(Math.abs(hessian[packedIndex(j, j)]), METHOD.SCALE_MIN));
  const factor = new Float64Array(hessian.length);
  if (!choleskyDamped(hessian, scale, 0, 1e-14, factor)) return false;
  choleskySolve(factor, gradient.map((g) => -g), direction);
  return true;
}
