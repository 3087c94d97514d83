/**
 * The objective of one replicate and its local model, in float64.
 *
 *   f(x) = Σᵢ wᵢ ρ(rᵢ),   rᵢ = (log L̂ᵢ(x) − log Lᵢ)/δ,   ρ Huber with threshold 1
 *
 * in units of δ²: multiply by δ² for the summed objective of Hoffmann et al. 2022, Eq. 3. A step is in units
 * of δ too (x + δ·d), so that gradient and Hessian below are those of f with respect to d.
 */
import type { Inputs, Law } from '../laws/law.ts';
import { gram } from '../math/gram.ts';
import { huber, huberSlope } from '../math/huber.ts';
import { packedLength } from '../math/packed.ts';

/** One replicate of n points. */
export interface Problem {
  readonly law: Law;
  readonly inputs: Inputs;
  /** log L of each point. */
  readonly logLoss: Float64Array;
  readonly weight: Float64Array;
  /** Huber threshold, nats. */
  readonly delta: number;
}

/** Scratch of one evaluation, [n] and [P][n]. */
export interface Workspace {
  readonly prediction: Float64Array;
  readonly jacobian: readonly Float64Array[];
  /** wᵢ ρ′(rᵢ). */
  readonly slope: Float64Array;
  /** Curvature given to each point. */
  readonly mass: Float64Array;
  readonly scaled: Float64Array;
}

export function workspace(problem: Omit<Problem, 'delta'>): Workspace {
  const column = () => new Float64Array(problem.logLoss.length);
  return {
    prediction: column(),
    jacobian: problem.law.params.map(column),
    slope: column(),
    mass: column(),
    scaled: column(),
  };
}

/** Value, gradient [P] and packed Hessian model [P(P + 1)/2] at a point. */
export interface LocalModel {
  value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

export function localModel(order: number): LocalModel {
  return { value: Infinity, gradient: new Float64Array(order), hessian: new Float64Array(packedLength(order)) };
}

/** Points summed before they join the value. */
const BLOCK = 32;

/** f(x) alone, in units of δ²; NaN or infinite where the law is. */
export function objective(problem: Problem, x: ArrayLike<number>, work: Workspace): number {
  const { law, inputs, logLoss, weight, delta } = problem;
  law.predict(x, inputs, work.prediction, work.jacobian);
  let sum = 0;
  for (let from = 0; from < logLoss.length; from += BLOCK) { // the order of assemble, to the last bit
    let value = 0;
    for (let i = from; i < Math.min(from + BLOCK, logLoss.length); i++) {
      value += weight[i] * huber((Math.log(work.prediction[i]) - logLoss[i]) / delta);
    }
    sum += value;
  }
  return sum;
}

/**
 * Fills `model` at x. Points outside δ have no curvature of their own (ρ″ = 0); they are given the weight
 * κ/|r|: κ = 1 is iterative reweighting, κ → 0 Newton's method on the points inside. `secondOrder` adds the
 * curvature of the law itself, Σ wᵢ ρ′ᵢ δ ∇²log L̂ᵢ.
 *
 * A value above `ceiling` is of no use to the caller: the sum only grows, so that it stops there, between blocks of
 * points, and leaves the rest of the model as it was.
 */
export function assemble(problem: Problem, x: ArrayLike<number>, kappa: number, secondOrder: boolean,
                         work: Workspace, model: LocalModel, ceiling = Infinity): void {
  const { law, inputs, logLoss, weight, delta } = problem;
  const { prediction, jacobian, slope, mass, scaled } = work;
  model.value = 0;
  for (let from = 0; from < logLoss.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, logLoss.length);
    law.predict(x, inputs, prediction, jacobian, from, to);
    let value = 0;
    for (let i = from; i < to; i++) {
      const r = (Math.log(prediction[i]) - logLoss[i]) / delta;
      const size = Math.abs(r);
      value += weight[i] * huber(r);
      slope[i] = weight[i] * huberSlope(r);
      mass[i] = weight[i] * (size <= 1 ? 1 : kappa / size) - (secondOrder ? slope[i] * delta : 0);
    }
    model.value += value;
    if (model.value > ceiling) return;
  }
  gram(slope, mass, jacobian, model.gradient, model.hessian);
  if (!secondOrder) return;
  for (let i = 0; i < slope.length; i++) scaled[i] = slope[i] * delta;
  law.addCurvature(jacobian, inputs, scaled, model.hessian, x);
}
