/**
 * Test-time compute: coverage against samples with intervals, its law carried to more samples, the best of k by a verifier, and
 * a larger model against more samples at equal cost (src/plan/pass.ts, coverage.ts, sampling.ts).
 *
 * Intervals are percentiles over resampled problems, each with its samples: every number is computed again of each resample,
 * the fit too, from the law of all problems. Where all models have the same problems a resample is of the same ones for all.
 */
import { inside, whole } from '../check.ts';
import { optionError } from '../errors.ts';
import { STREAM, uniforms } from '../math/philox.ts';
import { coverageAt, fitCoverage, samplesFor, type CoverageFit, type CoverageLaw } from '../plan/coverage.ts';
import { bestOfK, passOf, sampleCounts, SPARSE, type Verifier } from '../plan/pass.ts';
import type { ModelSamples } from '../plan/sample-table.ts';
import { sampleCost, samplingTrade, type SamplingTrade } from '../plan/sampling.ts';
import type { Answer } from './answers.ts';
import { intervalOf } from './intervals.ts';

/** All have defaults. */
export interface CoverageOptions {
  /** Numbers of samples at which the law of the coverage is asked, also beyond those that were drawn. Default: none. */
  readonly samples?: readonly number[];
  /** Coverages, shares: what they take. Default: none. */
  readonly targets?: readonly number[];
  /** Picks one of the samples. Without it nothing is said of that. */
  readonly verifier?: Verifier;
  /** Generated tokens of a sample, of models that have none in the table. Default: costs are FLOPs per token of a sample. */
  readonly tokens?: number;
  /** Resamples of the problems, 0 for no intervals. Default 1000. */
  readonly replicates?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

export interface Coverage {
  readonly models: readonly ModelCoverage[];
  /** Of every two models whose parameters are known, the smaller first. */
  readonly trades: readonly ModelTrade[];
  /** Have all models the same problems, so that resamples are paired? */
  readonly paired: boolean;
  readonly replicates: number;
  readonly seed: number;
  readonly confidence: number;
}

export interface ModelCoverage {
  readonly model: string;
  readonly N?: number;
  /** FLOPs of a sample, where N is known; per generated token where the tokens are not. */
  readonly cost?: number;
  readonly problems: number;
  /** Problems with a right sample. */
  readonly solved: number;
  /** Fewest samples of a problem: the most for which the coverage is measured. */
  readonly most: number;
  /** Measured, by rising k. */
  readonly curve: readonly { readonly k: number; readonly coverage: Answer }[];
  /** Undefined where the coverages do not tell a law. */
  readonly fit?: CoverageFit & { readonly intervals: { readonly a: Answer; readonly b: Answer } };
  /** The law of the first tenth of the samples, carried to all of them, beside what was measured there. */
  readonly trial?: { readonly upTo: number; readonly k: number; readonly predicted: number; readonly measured: number };
  /** By the law; `beyond`: times the samples that were drawn. */
  readonly asked: readonly { readonly k: number; readonly coverage: Answer; readonly beyond: number }[];
  /** Samples, and FLOPs where the cost is known, for a coverage, by the law. */
  readonly targets: readonly { readonly coverage: number; readonly samples: Answer; readonly flops?: Answer; readonly beyond: number }[];
  readonly best?: { readonly curve: readonly { readonly k: number; readonly accuracy: Answer }[]; readonly plateau: Answer };
}

export interface ModelTrade extends Omit<SamplingTrade, 'flops'> {
  readonly small: string;
  readonly large: string;
  /** FLOPs a problem at which both cover as much; one is the small model, other the large. */
  readonly flops: Answer;
  /** By what factor the samples there are beyond those that were drawn, of the model of which it is more. */
  readonly beyond: number;
}

const [REPLICATES, CONFIDENCE, MOST_REPLICATES] = [1000, 0.95, 1e6];
/** Share of the samples from which a trial predicts all. */
const TENTH = 0.1;

/** What of a model does not change from resample to resample. */
interface Prepared {
  readonly samples: ModelSamples;
  readonly cost: number | undefined;
  readonly k: readonly number[];
  readonly bestOf: readonly number[];
  /** Of each problem, at each k: pass@k, and the best of k. */
  readonly pass: readonly Float64Array[];
  readonly best: readonly Float64Array[];
}

/** @throws InputError where there is no model or an option cannot be used. */
export function coverageOf(models: readonly ModelSamples[], options: CoverageOptions = {}): Coverage {
  checkOptions(models, options);
  const { replicates = REPLICATES, seed = 0, confidence = CONFIDENCE } = options;
  const paired = arePaired(models);
  const order = new Map(models[0].problems.map(({ name }, i) => [name, i]));
  const prepared = models.map((samples) => prepare(paired ? sorted(samples, order) : samples, options));
  const all = prepared.map(({ pass }) => pass.map((_, i) => i));
  const { numbers, fits } = numbersOf(prepared, all, options);
  const resampled = Array.from({ length: replicates }, (_, r) => numbersOf(prepared, drawn(all, paired, seed, r), options, fits).numbers);
  const answer = (name: string): Answer => answerOf(name, numbers, resampled, confidence);
  return {
    models: prepared.map((model, m) => modelCoverage(model, m, fits[m], options, answer)),
    trades: tradesOf(prepared, fits).map(({ names: [i, j], trade }) => modelTrade(prepared[i], prepared[j], trade, answer(`trade ${i} ${j}`))),
    paired, replicates, seed, confidence,
  };
}

function checkOptions(models: readonly ModelSamples[], { samples = [], targets = [], tokens = 1, replicates = REPLICATES, confidence = CONFIDENCE, verifier }: CoverageOptions): void {
  if (models.length === 0 || models.some(({ problems }) => problems.length === 0)) throw optionError('models', 'expected problems of each model, got none.');
  for (const k of samples) whole('samples', k, 'samples');
  for (const target of targets) inside('targets', target, 0.9);
  if (verifier) bestOfK(0, 1, verifier);
  sampleCost(1, tokens);
  if (!(replicates === 0 || (Number.isSafeInteger(replicates) && replicates >= 2 && replicates <= MOST_REPLICATES))) {
    throw optionError('replicates', `expected 0, or a whole number from 2 to ${MOST_REPLICATES}, got ${replicates}.`);
  }
  inside('confidence', confidence);
}

function arePaired(models: readonly ModelSamples[]): boolean {
  const names = ({ problems }: ModelSamples) => new Set(problems.map(({ name }) => name));
  const first = names(models[0]);
  return models.every((model) => model.problems.length === first.size && [...names(model)].every((name) => first.has(name)));
}

function sorted(samples: ModelSamples, order: ReadonlyMap<string, number>): ModelSamples {
  return { ...samples, problems: samples.problems.toSorted((one, other) => order.get(one.name)! - order.get(other.name)!) };
}

function prepare(samples: ModelSamples, { verifier, tokens = 1 }: CoverageOptions): Prepared {
  const { problems, N, tokens: own = tokens } = samples;
  const most = Math.min(...problems.map(({ n }) => n));
  const k = sampleCounts(most);
  const bestOf = verifier ? [...sampleCounts(most, SPARSE), Infinity] : [];
  return {
    samples, k, bestOf,
    cost: N === undefined ? undefined : sampleCost(N, own),
    pass: problems.map(({ n, c }) => Float64Array.from(k, (each) => passOf(n, c, each))),
    best: problems.map(({ n, c }) => Float64Array.from(bestOf, (each) => bestOfK(c / n, each, verifier!))),
  };
}

/** Problems of each model in a resample, by index; the same of all models where they are paired. */
function drawn(all: readonly (readonly number[])[], paired: boolean, seed: number, r: number): number[][] {
  const uniform = uniforms(seed, STREAM.resample, r);
  const draw = (rows: readonly number[]) => rows.map(() => Math.floor(uniform() * rows.length));
  if (!paired) return all.map(draw);
  const rows = draw(all[0]);
  return all.map(() => rows);
}

/** Every number that has an interval, by name; and the law of each model. */
function numbersOf(models: readonly Prepared[], rows: readonly (readonly number[])[], { samples = [], targets = [] }: CoverageOptions, from?: readonly (CoverageLaw | undefined)[]) {
  const numbers = new Map<string, number>();
  const fits = models.map(({ k, pass, best, bestOf }, m) => {
    const coverage = meansOf(pass, rows[m], k.length);
    k.forEach((each, i) => numbers.set(`pass ${m} ${each}`, coverage[i]));
    const means = meansOf(best, rows[m], bestOf.length);
    bestOf.forEach((each, i) => numbers.set(`best ${m} ${each}`, means[i]));
    const fit = from && !from[m] ? undefined : fitCoverage(k, coverage, from?.[m]);
    if (!fit) return undefined;
    numbers.set(`a ${m}`, fit.a).set(`b ${m}`, fit.b);
    for (const each of samples) numbers.set(`at ${m} ${each}`, coverageAt(fit, each));
    for (const target of targets) numbers.set(`for ${m} ${target}`, samplesFor(fit, target));
    return fit;
  });
  for (const { names: [i, j], trade } of tradesOf(models, fits)) numbers.set(`trade ${i} ${j}`, trade.flops);
  return { numbers, fits };
}

function meansOf(columns: readonly Float64Array[], rows: readonly number[], count: number): number[] {
  const sums = new Float64Array(count);
  for (const row of rows) for (let i = 0; i < count; i++) sums[i] += columns[row][i];
  return Array.from(sums, (sum) => Math.min(1, sum / rows.length)); // above 1 by rounding only
}

/** Every two models of known cost that have a law, the smaller first. */
function tradesOf(models: readonly Prepared[], fits: readonly (CoverageLaw | undefined)[]) {
  const usable = models.flatMap(({ cost, samples }, m) => (cost !== undefined && fits[m] ? [{ m, cost, N: samples.N!, fit: fits[m] }] : []))
    .toSorted((one, other) => one.N - other.N);
  return usable.flatMap((one, i) => usable.slice(i + 1).map((other) => ({
    names: [one.m, other.m] as const, trade: samplingTrade({ ...one.fit, cost: one.cost }, { ...other.fit, cost: other.cost }),
  })));
}

function answerOf(name: string, numbers: ReadonlyMap<string, number>, resampled: readonly ReadonlyMap<string, number>[], confidence: number): Answer {
  const value = finite(numbers.get(name));
  if (resampled.length === 0) return { value };
  const values = Float64Array.from(resampled, (each) => finite(each.get(name))).filter(Number.isFinite);
  return { value, interval: intervalOf(values, value, confidence, 'percentile'), unanswered: 1 - values.length / resampled.length };
}

function finite(value = NaN): number {
  return Number.isFinite(value) ? value : NaN;
}

type Ask = (name: string) => Answer;

function modelCoverage(model: Prepared, m: number, fit: CoverageFit | undefined, { samples = [], targets = [] }: CoverageOptions, answer: Ask): ModelCoverage {
  const { samples: { model: name, N, problems }, cost, k, bestOf } = model;
  const most = k.at(-1)!;
  const curve = k.map((each) => ({ k: each, coverage: answer(`pass ${m} ${each}`) }));
  const trial = trialOf(curve.map(({ k: each, coverage }) => [each, coverage.value] as const));
  return {
    model: name, problems: problems.length, solved: problems.filter(({ c }) => c > 0).length, most, curve,
    ...(N !== undefined && { N }), ...(cost !== undefined && { cost }), ...(trial && { trial }),
    ...(fit && { fit: { ...fit, intervals: { a: answer(`a ${m}`), b: answer(`b ${m}`) } } }),
    asked: fit ? samples.map((each) => ({ k: each, coverage: answer(`at ${m} ${each}`), beyond: Math.max(1, each / most) })) : [],
    targets: fit ? targets.map((target) => {
      const needed = answer(`for ${m} ${target}`);
      return { coverage: target, samples: needed, ...(cost !== undefined && { flops: times(needed, cost) }), beyond: Math.max(1, needed.value / most) };
    }) : [],
    ...(bestOf.length > 0 && { best: {
      curve: bestOf.slice(0, -1).map((each) => ({ k: each, accuracy: answer(`best ${m} ${each}`) })), plateau: answer(`best ${m} Infinity`),
    } }),
  };
}

function times({ value, interval, ...rest }: Answer, factor: number): Answer {
  return { value: value * factor, ...(interval && { interval: [interval[0] * factor, interval[1] * factor] as const }), ...rest };
}

function trialOf(curve: readonly (readonly [k: number, coverage: number])[]): ModelCoverage['trial'] {
  const [k, measured] = curve.at(-1)!;
  const early = curve.filter(([each]) => each <= TENTH * k);
  const fit = fitCoverage(early.map(([each]) => each), early.map(([, coverage]) => coverage));
  return fit?.verdict === 'pass' ? { upTo: early.at(-1)![0], k, predicted: coverageAt(fit, k), measured } : undefined;
}

function modelTrade(small: Prepared, large: Prepared, trade: SamplingTrade, flops: Answer): ModelTrade {
  const [one, other] = trade.samples;
  const beyond = Math.max(1, one / small.k.at(-1)!, other / large.k.at(-1)!);
  return { ...trade, small: small.samples.model, large: large.samples.model, flops, beyond };
}
