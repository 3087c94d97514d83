/**
 * The objective of one replicate and its local model, in float64.
 *
 *   f(x) = Σᵢ wᵢ ρ(rᵢ),   rᵢ the residual of run i over δ and ρ its shape: see src/losses/loss.ts
 *
 * in units of δ²: multiply by δ² for the summed objective of Hoffmann et al. 2022, Eq. 3, where r = (log L̂ − log L)/δ and ρ is
 * Huber's. A step is in units of δ too (x + δ·d), so that gradient and Hessian below are those of f with respect to d.
 */
import { columnsRead, type Inputs, type Law } from '../laws/law.ts';
import type { Loss } from '../losses/loss.ts';
import { RESIDUALS, SHAPES, toldIn } from '../losses/registry.ts';
import type { Arithmetic } from '../math/arithmetic.ts';
import { packedLength } from '../math/packed.ts';
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import type { Box } from './box.ts';

/** One replicate of n points. */
export interface Problem {
  readonly law: Law;
  readonly inputs: Inputs;
  /** log L of each point. */
  readonly logLoss: Float64Array;
  readonly weight: Float64Array;
  readonly loss: Loss;
  /** Huber threshold, and unit of the residuals, nats. */
  readonly delta: number;
  /** Working coordinates that are held; absent where none is. */
  readonly pinned?: readonly boolean[];
  /** What computes on its columns, which are its own; the plain one where it is absent. */
  readonly arithmetic?: Arithmetic;
  /** Bounds of working coordinates; absent where none has any. */
  readonly box?: Box;
}

/** Scratch of one evaluation, [n] and [P][n]. */
export interface Workspace {
  readonly prediction: Float64Array;
  readonly jacobian: readonly Float64Array[];
  /** In units of δ. */
  readonly residual: Float64Array;
  /** wᵢ ρ′(rᵢ), along log L̂. */
  readonly slope: Float64Array;
  /** Curvature given to each point. */
  readonly mass: Float64Array;
  readonly scaled: Float64Array;
}

/** Columns of a problem and its workspace. */
export function columnsOf(law: Law): number {
  return columnsRead(law) + law.params.length + 7;
}

export function workspace(problem: Omit<Problem, 'delta'>): Workspace {
  const { arithmetic = plainArithmetic } = problem;
  const column = () => arithmetic.column(problem.logLoss.length);
  return {
    prediction: column(),
    jacobian: problem.law.params.map(column),
    residual: column(),
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
  const { logLoss, weight, loss, delta, arithmetic = plainArithmetic } = problem;
  const [shape, residual] = [SHAPES[loss.shape], RESIDUALS[loss.residual]];
  problem.law.predict(x, problem.inputs, work.prediction, work.jacobian, 0, logLoss.length, arithmetic);
  let sum = 0;
  for (let from = 0; from < logLoss.length; from += BLOCK) { // the order of assemble, to the last bit
    const to = Math.min(from + BLOCK, logLoss.length);
    residual.fill(work.prediction, logLoss, delta, work.residual, from, to, arithmetic);
    sum += shape.sum(work.residual, weight, from, to, loss.envelope, arithmetic);
  }
  return sum;
}

/** What the loss sums at x, in its own unit (`LossId`): of the absolute loss Σ w|r| itself, whatever δ the problem has. */
export function height(problem: Problem, x: ArrayLike<number>, work: Workspace): number {
  const { loss, delta, weight } = problem;
  if (loss.delta > 0) return toldIn(loss, objective(problem, x, work) * delta ** 2);
  const value = objective({ ...problem, delta: 1 }, x, work);
  return Number.isFinite(value) ? work.residual.reduce((sum, r, i) => sum + weight[i] * Math.abs(r), 0) : value;
}

/**
 * Fills `model` at x. Points outside δ have no curvature of their own (ρ″ = 0); they are given the weight
 * κ/|r|: κ = 1 is iterative reweighting, κ → 0 Newton's method on the points inside. `secondOrder` adds the
 * curvature of the law itself, Σ wᵢ ρ′ᵢ δ ∇²rᵢ.
 *
 * A value above `ceiling` is of no use to the caller: the sum only grows, so that it stops there, between blocks of
 * points, and leaves the rest of the model as it was.
 */
export function assemble(problem: Problem, x: ArrayLike<number>, kappa: number, secondOrder: boolean,
                         work: Workspace, model: LocalModel, ceiling = Infinity): void {
  const { law, inputs, logLoss, weight, loss, delta, arithmetic = plainArithmetic } = problem;
  const { prediction, jacobian, residual, slope, mass, scaled } = work;
  const [shape, difference] = [SHAPES[loss.shape], RESIDUALS[loss.residual]];
  const bend = secondOrder ? delta : 0;
  model.value = 0;
  for (let from = 0; from < logLoss.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, logLoss.length);
    law.predict(x, inputs, prediction, jacobian, from, to, arithmetic);
    difference.fill(prediction, logLoss, delta, residual, from, to, arithmetic);
    model.value += shape.weigh(residual, weight, kappa, slope, mass, from, to, loss.envelope, arithmetic);
    difference.alongLog(prediction, slope, mass, bend, from, to, arithmetic);
    if (model.value > ceiling) return;
  }
  arithmetic.gram(slope, mass, jacobian, model.gradient, model.hessian);
  if (!secondOrder) return;
  arithmetic.line(0, delta, slope, scaled, 0, slope.length);
  law.addCurvature(jacobian, inputs, scaled, model.hessian, x, arithmetic);
}
