import { dot } from '../math/dot.ts';
import { symmetricEigenvalues } from '../math/eigen.ts';
import { RESIDUALS } from '../losses/registry.ts';
import { workspace, type Problem } from './objective.ts';

/**
 * Condition number (largest over smallest eigenvalue) of JᵀWJ at x, scaled to a unit diagonal: how well the
 * design tells the free parameters apart, whatever their units. J is that of the residuals. Infinite where one of them moves no prediction.
 */
export function conditionNumber(problem: Omit<Problem, 'delta'>, x: ArrayLike<number>): number {
  const { law, inputs, loss, pinned = [] } = problem;
  const { prediction, jacobian: all, slope, scaled } = workspace(problem);
  law.predict(x, inputs, prediction, all);
  const weight = problem.weight.slice();
  RESIDUALS[loss.residual].alongLog(prediction, slope, weight, 0, 0, weight.length);
  const jacobian = all.filter((_, j) => !pinned[j]);
  const lengths = jacobian.map((column) => Math.sqrt(weightedDot(weight, column, column, scaled)));
  if (!lengths.every((length) => length > 0)) return Infinity;
  const gram: number[] = [];
  jacobian.forEach((row, j) => jacobian.slice(0, j + 1).forEach((column, k) => {
    gram.push(weightedDot(weight, row, column, scaled) / (lengths[j] * lengths[k]));
  }));
  const eigenvalues = symmetricEigenvalues(Float64Array.from(gram), jacobian.length);
  const smallest = eigenvalues[0];
  return smallest > 0 ? eigenvalues[eigenvalues.length - 1] / smallest : Infinity;
}

function weightedDot(weight: Float64Array, a: Float64Array, b: Float64Array, scratch: Float64Array): number {
  for (let i = 0; i < a.length; i++) scratch[i] = weight[i] * a[i];
  return dot(scratch, b);
}
