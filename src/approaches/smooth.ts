/**
 * A training curve as log loss over log C, smoothed and interpolated; C = 6·N·D.
 *
 * Hoffmann et al. 2022, arXiv:2203.15556, smooth with a Gaussian window of 10 steps and say neither what of it is 10 nor
 * what they do at the ends of a curve. Here 10 is its length, four standard deviations, in checkpoints. A weighted mean of
 * a falling curve is too low at its beginning and too high at its end, and the beginnings then make a false envelope (a
 * came out 28 % too flat on noise-free curves of 400 checkpoints): so a line is fitted with these weights, in logs, and
 * its value taken. Between checkpoints log loss is a line in log C.
 */
import type { TrainingCurve } from '../data/curves.ts';

/** By rising C; one entry a checkpoint. */
export interface SmoothCurve {
  readonly logC: Float64Array;
  readonly logLoss: Float64Array;
}

const DEVIATIONS = 4;

/** `window`: its length in checkpoints, 0 for no smoothing. */
export function smoothed({ N, D, loss }: TrainingCurve, window: number): SmoothCurve {
  const logC = D.map((tokens) => Math.log(6 * N * tokens));
  const logLoss = loss.map(Math.log);
  const reach = Math.floor(window / 2);
  if (reach === 0) return { logC, logLoss };
  const kernel = Float64Array.from({ length: reach + 1 }, (_, step) => Math.exp(-0.5 * ((step * DEVIATIONS) / window) ** 2));
  return { logC, logLoss: logLoss.map((_, at) => lineAt(logC, logLoss, at, kernel)) };
}

/** Value at checkpoint `at` of the line of weighted least squares through its neighbours; `kernel`: weights by distance. */
function lineAt(x: Float64Array, y: Float64Array, at: number, kernel: Float64Array): number {
  const from = Math.max(0, at - kernel.length + 1);
  const to = Math.min(x.length, at + kernel.length);
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let i = from; i < to; i++) {
    const weight = kernel[Math.abs(i - at)];
    sum += weight;
    sumX += weight * x[i];
    sumY += weight * y[i];
  }
  const [meanX, meanY] = [sumX / sum, sumY / sum];
  let [covariance, variance] = [0, 0];
  for (let i = from; i < to; i++) {
    const weight = kernel[Math.abs(i - at)];
    covariance += weight * (x[i] - meanX) * (y[i] - meanY);
    variance += weight * (x[i] - meanX) ** 2;
  }
  return variance > 0 ? meanY + (covariance / variance) * (x[at] - meanX) : meanY;
}

/** Log losses at rising log C; NaN outside the curve. */
export function interpolated({ logC, logLoss }: SmoothCurve, at: Float64Array): Float64Array {
  const last = logC.length - 1;
  let i = 0;
  return at.map((x) => {
    if (!(x >= logC[0] && x <= logC[last])) return NaN;
    while (i < last && logC[i + 1] <= x) i++;
    if (i === last) return logLoss[last];
    const t = (x - logC[i]) / (logC[i + 1] - logC[i]);
    return logLoss[i] + t * (logLoss[i + 1] - logLoss[i]);
  });
}
