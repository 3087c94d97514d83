/**
 * R_D* and R_N* of Muennighoff et al. 2023 fitted to runs as Eq. 16 has it: the sum of Huber losses, δ = 1e-3, of the
 * residuals of log loss, with the law for one epoch held fixed.
 */
import { InputError } from '../errors.ts';
import { dot } from '../math/dot.ts';
import { huber } from '../math/huber.ts';
import { logSpaced } from '../math/log-spaced.ts';
import { localMinima } from '../math/minimise.ts';
import { STREAM, uniforms } from '../math/philox.ts';
import type { Decay } from '../paper/muennighoff-results.ts';
import { C4_ONE_EPOCH } from '../paper/muennighoff.ts';
import type { Sweep } from '../types.ts';
import { lossAt, repetitionLaw, type Repetition, type RunLaw } from './repetition-law.ts';

const DELTA = 1e-3;
/** Of C4. */
export const c4 = repetitionLaw(C4_ONE_EPOCH);

/** A fitted or given repetition on runs. */
export interface RepetitionFit extends Repetition {
  readonly objective: number;
  /** 1 − Σ(L̂ − L)²/Σ(L − mean)². */
  readonly r2: number;
}

export interface MeasuredRun extends RunLaw {
  readonly loss: number;
}

/**
 * The runs of a sweep that keeps the column "unique_tokens".
 * @throws InputError where one is no positive number.
 */
export function repeatedRuns({ columns: { N, D }, loss, extra, lines }: Sweep): MeasuredRun[] {
  return Array.from(loss, (value, i) => {
    const cell = extra?.unique_tokens?.[i];
    const unique = Number(cell);
    if (unique > 0) return { loss: value, ...c4({ N: N[i], D: D[i], unique }) };
    const place = { line: lines[i], column: 'unique_tokens' };
    throw new InputError(`line ${lines[i]}, column "unique_tokens": expected a positive count, got ${cell}. Give the tokens of one epoch.`, { place });
  });
}

export function evaluate(runs: readonly MeasuredRun[], repetition: Repetition): RepetitionFit {
  return { ...repetition, objective: objectiveOf(runs, repetition), r2: r2Of(runs, repetition) };
}

function objectiveOf(runs: readonly MeasuredRun[], repetition: Repetition): number {
  return runs.reduce((sum, run) => sum + penalty(lossAt(run, repetition), run.loss), 0);
}

function penalty(predicted: number, loss: number): number {
  return DELTA ** 2 * huber(Math.log(predicted / loss) / DELTA);
}

function r2Of(runs: readonly MeasuredRun[], repetition: Repetition): number {
  const mean = runs.reduce((sum, { loss }) => sum + loss, 0) / runs.length;
  const squares = (of: (run: MeasuredRun) => number) => runs.reduce((sum, run) => sum + of(run) ** 2, 0);
  return 1 - squares((run) => lossAt(run, repetition) - run.loss) / squares(({ loss }) => loss - mean);
}

type Constant = 'data' | 'parameters';

/** Where the constants of two forms of decay are searched: R* in repetitions, δ per repetition. The third is the second, see `asRates`. */
type Searched = Exclude<Decay, 'exponential'>;
const RANGES: Readonly<Record<Searched, Readonly<Record<Constant, readonly [low: number, high: number]>>>> = {
  saturating: { data: [2, 2e3], parameters: [0.2, 200] },
  geometric: { data: [1e-3, 0.5], parameters: [0.05, 0.95] },
};
const POINTS = { data: 61, parameters: 25 } as const;
/** In logs of a constant. */
const TOLERANCE = 1e-8;

type Given = Repetition & { readonly decay: Searched };

/** Of one constant, the other being given or absent: its local minima, lowest first; the better end of the range where there is none. */
export function fitOne(runs: readonly MeasuredRun[], name: Constant, given: Given): RepetitionFit[] {
  const logs = searchLogs(objectiveAlong(runs, name, given), RANGES[given.decay][name], POINTS[name]);
  return logs.map((log) => evaluate(runs, { ...given, [name]: Math.exp(log) }));
}

/** The objective by the log of one constant; the term of the other is worked out once. */
function objectiveAlong(runs: readonly MeasuredRun[], name: Constant, { decay, data, parameters }: Given): (log: number) => number {
  const [varying, fixed]: ['ofN' | 'ofD', number[]] = name === 'data'
    ? ['ofD', runs.map(({ E, ofN }) => E + ofN(decay, parameters))]
    : ['ofN', runs.map(({ E, ofD }) => E + ofD(decay, data))];
  return (log) => {
    const constant = Math.exp(log);
    return runs.reduce((sum, run, i) => sum + penalty(fixed[i] + run[varying](decay, constant), run.loss), 0);
  };
}

/** At one constant of data, absent where they do not decay, the best of parameters. */
export function profileAt(runs: readonly MeasuredRun[], decay: Searched, data: number | undefined): RepetitionFit {
  return fitOne(runs, 'parameters', { decay, data })[0];
}

/** Of both: the local minima of the profile over that of data, lowest first. */
export function fitBoth(runs: readonly MeasuredRun[], decay: Searched): RepetitionFit[] {
  const profile = (log: number) => profileAt(runs, decay, Math.exp(log));
  return searchLogs((log) => profile(log).objective, RANGES[decay].data, POINTS.data).map(profile);
}

function searchLogs(f: (log: number) => number, range: readonly [low: number, high: number], points: number): number[] {
  const logs = logSpaced(range, points).map(Math.log);
  const found = localMinima(f, logs, TOLERANCE).map(({ x }) => x);
  if (found.length > 0) return found;
  const [first, last] = [logs[0], logs[points - 1]];
  return [f(first) <= f(last) ? first : last];
}

/** A geometric decay as an exponential one, which is the same law by the rate −ln(1 − δ). */
export function asRates({ data, parameters, ...fit }: RepetitionFit): RepetitionFit {
  const rate = (delta: number | undefined) => (delta === undefined ? undefined : -Math.log1p(-delta));
  return { ...fit, decay: 'exponential', data: rate(data), parameters: rate(parameters) };
}

/** The R_D* of a grid, without end the last, at which resamples of the runs have their minimum. */
export function resampledHalfLives(runs: readonly MeasuredRun[], replicates: number, seed: number): Float64Array {
  const grid = [...logSpaced(RANGES.saturating.data, POINTS.data), undefined].flatMap((data) =>
    logSpaced([0.3, 30], POINTS.parameters).map((parameters) => ({ decay: 'saturating' as const, data, parameters })));
  const penalties = grid.map((repetition) => Float64Array.from(runs, (run) => penalty(lossAt(run, repetition), run.loss)));
  return Float64Array.from({ length: replicates }, (_, replicate) => {
    const counts = new Float64Array(runs.length);
    const uniform = uniforms(seed, STREAM.resample, replicate);
    for (let k = 0; k < runs.length; k++) counts[Math.floor(uniform() * runs.length)]++;
    const sums = penalties.map((ofRuns) => dot(counts, ofRuns));
    return grid[sums.indexOf(Math.min(...sums))].data ?? Infinity;
  });
}
