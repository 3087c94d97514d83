/** Errors of a law at runs that it was not fitted to: e = L̂/L − 1, of the loss itself. */
import { batchFor, type Made } from '../fit/batch.ts';
import { lawById } from '../laws/registry.ts';
import { lossOf } from '../losses/registry.ts';
import type { Fit, Sweep } from '../types.ts';

/** Over some runs, weighted. */
export interface PredictionError {
  /** Mean |e|. */
  readonly absolute: number;
  /** Mean e: above 0 where the law says more than the runs have. */
  readonly signed: number;
  /** Largest |e|. */
  readonly largest: number;
}

export const NO_ERROR: PredictionError = { absolute: NaN, signed: NaN, largest: NaN };

/** e at every run of the sweep, of natural parameters in the order of the law. The array is used again. */
export function errorsAt(sweep: Sweep, made: Made): (natural: ArrayLike<number>) => Float64Array {
  const { law, inputs, centre, points } = batchFor(sweep, made);
  const prediction = new Float64Array(points);
  const jacobian = law.params.map(() => new Float64Array(points));
  const errors = new Float64Array(points);
  return (natural) => {
    law.predict(law.toWorking(natural, centre), inputs, prediction, jacobian);
    for (let i = 0; i < points; i++) errors[i] = prediction[i] / sweep.loss[i] - 1;
    return errors;
  };
}

/** Residuals of the runs in use, nats, as the loss of the fit has them. */
export function residualsOf(sweep: Sweep, fit: Made & Pick<Fit, 'params'>): Float64Array {
  const errors = errorsAt(sweep, fit)(lawById(fit.law).params.map((name) => fit.params[name]));
  const logs = lossOf(fit).residual === 'log';
  return errors.map((e, i) => (logs ? Math.log1p(e) : e * sweep.loss[i])).filter((_, i) => sweep.weight[i] > 0);
}

/** Of runs with these weights; NaN where none has any. */
export function errorOver(errors: Float64Array, weight: Float64Array): PredictionError {
  let [weights, absolute, signed, largest] = [0, 0, 0, 0];
  for (let i = 0; i < errors.length; i++) {
    if (!(weight[i] > 0)) continue;
    weights += weight[i];
    absolute += weight[i] * Math.abs(errors[i]);
    signed += weight[i] * errors[i];
    largest = Math.max(largest, Math.abs(errors[i]));
  }
  return weights > 0 ? { absolute: absolute / weights, signed: signed / weights, largest } : NO_ERROR;
}
