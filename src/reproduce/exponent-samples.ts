/** The exponent a, and the parameters, in fits of many sweeps: percentiles, how sure these are, and their density. */
import { chinchilla } from '../laws/chinchilla.ts';
import { fittedNames } from '../laws/law.ts';
import { quantilesOf } from '../math/quantile.ts';
import { paperRuns } from '../paper/schedules.ts';
import { publishedTruth } from '../paper/truths.ts';
import { simulateOn } from '../simulate/simulation.ts';
import type { Replicates } from '../stats/fits.ts';
import { intervalOf } from '../stats/intervals.ts';
import { columnsOf, finiteFits, parameters } from '../stats/quantities.ts';
import { quantileTolerance } from './monte-carlo.ts';
import type { ChartSeries, Context } from './reproduction.ts';

/** Of E, A, B, alpha, beta, a and b: one value a finite fit. */
export type Sample = Readonly<Record<string, Float64Array>>;

/** Of its columns, those that tell of a sweep: b is the rest of a to 1. */
export const QUANTITIES: readonly string[] = [...chinchilla.params, 'a'];

/** Columns of the finite fits. */
export function sampleOf(fits: Replicates): Sample {
  const columns = columnsOf(parameters(chinchilla), finiteFits(fits), chinchilla.params.length);
  return Object.fromEntries(fittedNames(chinchilla).map((name, q) => [name, columns[q]]));
}

/** Fits of synthetic sweeps of so many of the paper's runs, drawn from the unrounded Eq. 10 with log-normal noise. */
export async function refitsOf({ backend, replicates, seed, onProgress, signal }: Context, runs: number, noise: number): Promise<Sample> {
  const pieces: Sample[] = [];
  await simulateOn(backend, {
    truth: publishedTruth('hoffmann'), design: paperRuns(runs), noise: { sigma: noise }, sweeps: replicates, seed, sandwich: 0,
    onPiece: (_first, _batch, fits) => { pieces.push(sampleOf(fits)); },
    ...(onProgress && { onProgress }), ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  return Object.fromEntries(QUANTITIES.map((name) => [name, Float64Array.from(pieces.flatMap((piece) => [...piece[name]]))]));
}

/** An interval between percentiles. */
export interface Percentiles {
  readonly low: number;
  readonly high: number;
  readonly width: number;
}

/** Of values in any order, as far from either end. */
export function percentiles(values: Float64Array, confidence: number): Percentiles {
  const [low, high] = intervalOf(values, NaN, confidence, 'percentile');
  return { low, high, width: high - low };
}

/** Of values in any order. */
export function median(values: Float64Array): number {
  return quantilesOf(values.slice(), [0.5])[0];
}

/** Relative, of the width of an interval, beside that of so many other values: see monte-carlo.ts. The ends err alone. */
export function widthTolerance(values: Float64Array, confidence: number, others: number): number {
  const tail = (1 - confidence) / 2;
  const ends = [tail, 1 - tail].map((level) => quantileTolerance(values, level, others));
  return Math.hypot(...ends) / percentiles(values, confidence).width;
}

/** A histogram as a line: 2·n^(1/3) bins (Rice's rule), and an empty one at either end. */
export function density(values: Float64Array): Pick<ChartSeries, 'x' | 'y'> {
  const [low, high] = quantilesOf(values.slice(), [0, 1]);
  const bins = Math.ceil(2 * Math.cbrt(values.length));
  const width = (high - low) / bins;
  const counts = Array.from({ length: bins + 2 }, () => 0);
  for (const value of values) counts[1 + Math.min(bins - 1, Math.floor((value - low) / width))]++;
  return { x: counts.map((_, k) => low + (k - 0.5) * width), y: counts.map((count) => count / (values.length * width)) };
}
