/**
 * How far two simulations of the same thing may lie apart: three standard errors of their difference, where one has the
 * values that are given and the other so many of the same distribution. All from the values themselves.
 */
import { quantilesOf } from '../math/quantile.ts';

const ERRORS = 3;

/** Relative, of a standard deviation: its standard error is ½·√((κ − 1)/n), κ the kurtosis. */
export function deviationTolerance(values: Float64Array, others: number): number {
  return 0.5 * varianceTolerance(values, others);
}

/** Relative, of a variance. */
export function varianceTolerance(values: Float64Array, others: number): number {
  return ERRORS * Math.sqrt((kurtosis(values) - 1) * together(values.length, others));
}

/** Absolute, of the quantile at `level`: what the values are at that level moved by three errors of a share. */
export function quantileTolerance(values: Float64Array, level: number, others: number): number {
  const error = ERRORS * Math.sqrt(level * (1 - level) * together(values.length, others));
  const [low, middle, high] = quantilesOf(values.slice(), [Math.max(0, level - error), level, Math.min(1, level + error)]);
  return Math.max(middle - low, high - middle);
}

function together(count: number, others: number): number {
  return 1 / count + 1 / others;
}

/** Fourth central moment over the square of the second: 3 for a normal. */
export function kurtosis(values: Float64Array): number {
  const mean = moment(values, 0, 1);
  return moment(values, mean, 4) / moment(values, mean, 2) ** 2;
}

function moment(values: Float64Array, about: number, power: number): number {
  return values.reduce((sum, value) => sum + (value - about) ** power, 0) / values.length;
}
