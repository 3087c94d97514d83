/** A power law through points: least squares of logs, as Hoffmann et al. 2022 fit N_opt and D_opt (§3.1). */
import { meanOf } from '../math/mean.ts';

/** y = coefficient·x^exponent. */
export interface PowerLaw {
  readonly coefficient: number;
  readonly exponent: number;
}

/**
 * The power law of least squares in log y, of positive values. NaN where fewer than two different x are given: such a set
 * has no slope.
 */
export function fitPowerLaw(x: ArrayLike<number>, y: ArrayLike<number>): PowerLaw {
  const [u, v] = [Float64Array.from(x, Math.log), Float64Array.from(y, Math.log)];
  const [meanU, meanV] = [meanOf(u), meanOf(v)];
  let [covariance, variance] = [0, 0];
  for (let i = 0; i < u.length; i++) {
    covariance += (u[i] - meanU) * (v[i] - meanV);
    variance += (u[i] - meanU) ** 2;
  }
  const exponent = variance > 0 ? covariance / variance : NaN;
  return { coefficient: Math.exp(meanV - exponent * meanU), exponent };
}

export function powerAt({ coefficient, exponent }: PowerLaw, x: number): number {
  return coefficient * x ** exponent;
}
