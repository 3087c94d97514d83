import { dot } from '../math/dot.ts';
import { symmetricEigenvalues } from '../math/eigen.ts';
import { workspace, type Problem } from './objective.ts';

/**
 * Condition number (largest over smallest eigenvalue) of JᵀWJ at x, scaled to a unit diagonal: how well the
 * design tells the parameters apart, whatever their units. Infinite where one of them moves no prediction.
 */
export function conditionNumber(problem: Omit<Problem, 'delta'>, x: ArrayLike<number>): number {
  const { prediction, jacobian, scaled } = workspace(problem);
  problem.law.predict(x, problem.inputs, prediction, jacobian);
  const lengths = jacobian.map((column) => Math.sqrt(weightedDot(problem.weight, column, column, scaled)));
  if (!lengths.every((length) => length > 0)) return Infinity;
  const gram: number[] = [];
  jacobian.forEach((row, j) => jacobian.slice(0, j + 1).forEach((column, k) => {
    gram.push(weightedDot(problem.weight, row, column, scaled) / (lengths[j] * lengths[k]));
  }));
  const eigenvalues = symmetricEigenvalues(Float64Array.from(gram), jacobian.length);
  const smallest = eigenvalues[0];
  return smallest > 0 ? eigenvalues[eigenvalues.length - 1] / smallest : Infinity;
}

function weightedDot(weight: Float64Array, a: Float64Array, b: Float64Array, scratch: Float64Array): number {
  for (let i = 0; i < a.length; i++) scratch[i] = weight[i] * a[i];
  return dot(scratch, b);
}
