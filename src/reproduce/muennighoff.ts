/**
 * Muennighoff et al. 2023: what repeated data are worth, by the published constants, and how well the 182 runs know these:
 * the published R_D* and R_N* are a local minimum in a flat valley.
 */
import { logSpaced } from '../math/log-spaced.ts';
import { APPENDIX_A, AT_GOPHER, EPOCHS, EQ_20, FIGURE_1, TABLE_1, type Decay, type PrintedFit } from '../paper/muennighoff-results.ts';
import { C4_ONE_EPOCH, HALF_LIFE } from '../paper/muennighoff.ts';
import { printed } from '../paper/printed.ts';
import { publishedDecay } from '../paper/sizing.ts';
import { frontier } from '../plan/frontier.ts';
import { bestConstrained, constrainedModel, sizeForTokens, valueOfEpochs } from '../plan/repetition.ts';
import type { Size } from '../plan/terms.ts';
import { compare, type Comparison } from './comparison.ts';
import { comparePrinted } from './printed.ts';
import {
  asRates, evaluate, fitBoth, fitOne, profileAt, repeatedRuns, resampledHalfLives, type MeasuredRun, type RepetitionFit,
} from './repetition-fit.ts';
import type { Repetition } from './repetition-law.ts';
import { missingSection, type Chart, type Context, type Recipe, type Section } from './reproduction.ts';
import { inWords, percent } from './words.ts';

export const muennighoff: Recipe = {
  id: 'muennighoff',
  title: 'The worth of repeated data',
  paper: 'Muennighoff et al. 2023, arXiv:2305.16264',
  needs: ['datablations'],
  run: async (context) => [closedForm(), worth(), ...await fromRuns(context)],
};

const TABLE_TITLE = 'Table 1: six ways in which repetition decays';
const REFIT_TITLE = 'R_D* and R_N* fitted again';

const PUBLISHED: Repetition = { decay: 'saturating', ...HALF_LIFE };
const REPOSITORY = "README of the authors' repository";
/** Float64 and the order of operations. */
const EXACT = 1e-12;
/** Steps of the ratios, 1 to 3 in 500, by which the authors search the optimum. */
const THEIR_GRID = 4e-3;
/** What the published optimiser leaves: it stops where the objective is within 1e-6 of its minimum. */
const STOPPED = 2e-3;

const row = (where: string, quantity: string, text: string, ours: number, tolerance = 0): Comparison =>
  comparePrinted(text, { where, quantity, ours, from: 'unrounded constants', tolerance });

function closedForm(): Section {
  const [{ N, D }] = frontier('chinchilla', C4_ONE_EPOCH, [AT_GOPHER.C]);
  const { unique, models, optimum: found } = FIGURE_1;
  const [trained, chinchilla] = models;
  const best = bestConstrained(C4_ONE_EPOCH, publishedDecay, 6 * chinchilla.N * chinchilla.D, unique)!;
  const lossOn = (model: Size) => constrainedModel(C4_ONE_EPOCH, publishedDecay, model, unique)!.loss;
  return {
    title: 'The law for C4 at the points of the paper',
    data: 'published constants',
    comparisons: [
      ...(['E', 'A', 'B', 'alpha'] as const).map((name) => row('Eq. 20', name, EQ_20[name], C4_ONE_EPOCH[name])),
      row('Appendix B', 'N_opt at 5.76e23 FLOPs', AT_GOPHER.N, N),
      row('Appendix B', 'D_opt at 5.76e23 FLOPs', AT_GOPHER.D, D),
      row('Eq. 17', 'U_N over U_D', APPENDIX_A.sizeOverTokens, sizeForTokens(C4_ONE_EPOCH, 1)),
      row('Appendix A', 'δ of data, 1/R_D*', APPENDIX_A.decay.data, 1 / HALF_LIFE.data),
      row('Appendix A', 'δ of parameters, 1/R_N*', APPENDIX_A.decay.parameters, 1 / HALF_LIFE.parameters),
      ...models.map((model) => row(REPOSITORY, `loss of ${model.name} on 25B unique tokens`, model.loss, lossOn(model), EXACT)),
      row(REPOSITORY, 'N_opt on 25B unique tokens', found.N, best.N, THEIR_GRID),
      row(REPOSITORY, 'D_opt on 25B unique tokens', found.D, best.D, THEIR_GRID),
    ],
    findings: [
      `The law's optimum for the budget of Figure 1 is ${inWords(best.N)} parameters and ${inWords(best.epochs)} epochs. The `
        + `${trained.name} model that was trained goes beyond it, on purpose; by the law it loses ${percent(lossOn(trained) / best.loss - 1)}.`,
    ],
    charts: [],
  };
}

function worth(): Section {
  const { asGood, halfLife, worthless } = EPOCHS;
  const share = (epochs: number) => `${percent(valueOfEpochs(epochs, HALF_LIFE.data).share)} at ${epochs}`;
  return {
    title: 'Fresh tokens that repeated ones are worth',
    data: 'the published R_D*',
    comparisons: [],
    findings: [
      `Tokens that are repeated are worth, of as many fresh ones, ${[2, asGood, 8, halfLife, worthless].map(share).join(', ')} epochs.`,
      `However often data are repeated, they are never worth more than ${inWords(1 + HALF_LIFE.data)} times their tokens. The paper calls `
        + `repeating worthless at ${worthless} epochs: the next is then worth ${percent(valueOfEpochs(worthless, HALF_LIFE.data).marginal)} of a fresh one.`,
    ],
    charts: [worthChart('effective-data', 'What repeated data are worth', [['published R_D*', HALF_LIFE.data]],
      'Effective over unique tokens. At 4 epochs repeating is almost as good as new data, at 40 hardly worth it.')],
  };
}

function worthChart(name: string, title: string, constants: readonly (readonly [string, number])[], caption: string): Chart {
  const epochs = logSpaced([1, 100], 41);
  return {
    name, title, caption,
    x: { title: 'epochs', log: true },
    y: { title: 'effective tokens over unique tokens', log: true },
    series: [
      { name: 'fresh data', mark: 'dashed', x: epochs, y: epochs },
      ...constants.map(([label, constant]) => ({ name: label, mark: 'line' as const, x: epochs, y: epochs.map((at) => valueOfEpochs(at, constant).fresh) })),
    ],
  };
}

async function fromRuns({ data: { datablations: sweep }, replicates, seed, signal }: Context): Promise<Section[]> {
  if (sweep === undefined) return [TABLE_TITLE, REFIT_TITLE].map((title) => missingSection(title, 'the runs on C4', 'datablations'));
  const runs = repeatedRuns(sweep);
  const fit = async (decay: 'saturating' | 'geometric') => {
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    signal?.throwIfAborted();
    return fitBoth(runs, decay);
  };
  const fits = { saturating: await fit('saturating'), geometric: await fit('geometric') };
  return [table1(runs), refit(runs, fits, resampledHalfLives(runs, replicates, seed))];
}

const valueOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : printed(text).value);

/** The printed constants of the rows on the runs. */
function table1(runs: readonly MeasuredRun[]): Section {
  const { parameters } = TABLE_1.exponential;
  const rate = -Math.log1p(-Number(parameters));
  const meant = evaluate(runs, { ...withRounding(runs, TABLE_1.exponential).fit, parameters: rate });
  const because = (row: PrintedFit) => row.decay === 'exponential'
    ? `the row repeats the ${parameters} of the one above; its rate would be −ln(1 − ${parameters}) = ${inWords(rate)}`
    : 'the R² that is printed beside it does follow from the printed constants';
  return {
    title: TABLE_TITLE,
    data: `${runs.length} runs, the printed constants`,
    comparisons: Object.values<PrintedFit>(TABLE_1).flatMap((row) => {
      const { fit, loss, r2 } = withRounding(runs, row);
      const rest = { where: `Table 1, ${row.name}`, from: 'the printed constants on the runs', because: because(row) };
      return [
        ...(row.loss === undefined ? [] : [comparePrinted(row.loss, { ...rest, quantity: 'objective', ours: fit.objective, tolerance: loss })]),
        comparePrinted(row.r2, { ...rest, quantity: 'R²', ours: fit.r2, tolerance: r2 }),
      ];
    }),
    findings: [
      `With ${inWords(rate)} for its ${parameters} the exponential row has the objective ${inWords(meant.objective)} `
        + `and the R² ${inWords(meant.r2)} that it prints.`,
    ],
    charts: [],
  };
}

/** A row evaluated, and how far the rounding of its constants can move objective and R², relative. */
function withRounding(runs: readonly MeasuredRun[], { decay, data, parameters }: PrintedFit): { fit: RepetitionFit; loss: number; r2: number } {
  const fit = evaluate(runs, { decay, data: valueOf(data), parameters: valueOf(parameters) });
  const moved = (['data', 'parameters'] as const).flatMap((name) => {
    const text = { data, parameters }[name];
    if (text === undefined) return [];
    const { value, rounding } = printed(text);
    return [1 - rounding, 1 + rounding].map((factor) => evaluate(runs, { ...fit, [name]: value * factor }));
  });
  const furthest = (of: (one: RepetitionFit) => number) => Math.max(0, ...moved.map((one) => Math.abs(of(one) / of(fit) - 1)));
  return { fit, loss: furthest(({ objective }) => objective), r2: furthest(({ r2 }) => r2) };
}

type Fits = Readonly<Record<'saturating' | 'geometric', readonly RepetitionFit[]>>;

function refit(runs: readonly MeasuredRun[], fits: Fits, halfLives: Float64Array): Section {
  const [lowest] = fits.saturating;
  const local = nearest(fits.saturating, HALF_LIFE.data);
  const [onlyN] = fitOne(runs, 'parameters', { decay: 'saturating' });
  const [onlyD] = fitOne(runs, 'data', { decay: 'saturating' });
  const profile = logSpaced([5, 500], 41).map((data) => profileAt(runs, 'saturating', data));
  const stopped = (row: PrintedFit) => withRounding(runs, row).fit.objective;
  const others = fits.saturating.filter((fit) => fit !== local);
  return {
    title: REFIT_TITLE,
    data: `${runs.length} runs, the law for one epoch held fixed`,
    comparisons: [
      ...pair(local, 'local minimum nearest to the published one'),
      ...pair(lowest, 'lowest minimum', 'the published pair is a local minimum of a flat valley'),
      ...beside(TABLE_1.onlyN, onlyN,
        `the published fit stopped where the objective is flat: ${inWords(stopped(TABLE_1.onlyN))} there, ${inWords(onlyN.objective)} at the minimum`),
      ...beside(TABLE_1.onlyD, onlyD),
      ...beside(TABLE_1.geometric, fits.geometric[0],
        `where the published fit stopped the objective is ${percent(stopped(TABLE_1.geometric) / fits.geometric[0].objective - 1)} above its minimum`),
      ...beside(TABLE_1.exponential, asRates(fits.geometric[0]), 'the row repeats the number of the one above'),
    ],
    findings: [
      valley(fits.saturating, local),
      flatness(profile, lowest, onlyN),
      resampled(halfLives),
      `The paper finds that decay of parameters alone fits much worse. It does not: at R_N* = ${inWords(onlyN.parameters!)} its objective is `
        + `${percent(onlyN.objective / local.objective - 1)} above that of the published pair, and its R² ${inWords(onlyN.r2)} instead of ${inWords(local.r2)}.`,
    ],
    charts: [
      profileChart(runs, profile, fits.saturating),
      worthChart('effective-data-refitted', 'What repeated data are worth, by each minimum',
        [['published R_D*', HALF_LIFE.data], ...others.map(({ data }) => [`R_D* = ${inWords(data!)}`, data!] as const)],
        'Effective over unique tokens at the local minima of the fit: the runs hardly tell these curves apart.'),
    ],
  };
}

const inPair = ({ data, parameters }: RepetitionFit): string => `(${inWords(data!)}, ${inWords(parameters!)})`;

function valley(minima: readonly RepetitionFit[], local: RepetitionFit): string {
  const lower = minima.filter(({ objective }) => objective < local.objective);
  if (lower.length === 0) return `The minimum lies at (R_D*, R_N*) = ${inPair(local)}.`;
  return `The published pair is a local minimum, at (R_D*, R_N*) = ${inPair(local)}. ${lower.map(inPair).join(', ')} are lower, `
    + `by ${percent(local.objective / lower[0].objective - 1)} at most.`;
}

/** How far from the minimum the profile stays within 1 %. */
function flatness(profile: readonly RepetitionFit[], lowest: RepetitionFit, onlyN: RepetitionFit): string {
  const flat = profile.filter(({ objective }) => objective < lowest.objective * (1 + 1e-2));
  const [from, to] = [flat[0] ?? lowest, flat.at(-1) ?? lowest];
  return `With R_N* fitted anew at each R_D*, the objective stays within 1 % of its minimum from R_D* = ${inWords(from.data!)} to `
    + `${to === profile.at(-1) ? 'beyond ' : ''}${inWords(to.data!)}; without any decay of data it is ${percent(onlyN.objective / lowest.objective - 1)} above.`;
}

/** Of a 95 % interval, on either side. */
const TAIL = 0.05 / 2;

function resampled(halfLives: Float64Array): string {
  const sorted = halfLives.toSorted();
  const [low, high] = [TAIL, 1 - TAIL].map((p) => sorted[Math.round(p * (sorted.length - 1))]);
  return `Of ${halfLives.length} resamples of the runs 95 % have their R_D* between ${inWords(low)} and `
    + `${high === Infinity ? 'infinity: the runs put no upper bound on it.' : `${inWords(high)}.`}`;
}

function nearest(fits: readonly RepetitionFit[], data: number): RepetitionFit {
  const distance = (fit: RepetitionFit) => Math.abs(Math.log(fit.data! / data));
  return fits.toSorted((one, other) => distance(one) - distance(other))[0];
}

/** R_D* and R_N* of a fit beside the published ones. */
function pair(fit: RepetitionFit, from: string, because?: string): Comparison[] {
  return (['data', 'parameters'] as const).map((name) => compare({
    quantity: SYMBOLS.saturating[name], where: `Table 1, ${TABLE_1.both.name}`, published: HALF_LIFE[name], ours: fit[name]!, from,
    tolerance: STOPPED, ...(because !== undefined && { because }),
  }));
}

const SYMBOLS: Readonly<Record<Decay, Readonly<Record<'data' | 'parameters', string>>>> = {
  saturating: { data: 'R_D*', parameters: 'R_N*' },
  geometric: { data: 'δ of data', parameters: 'δ of parameters' },
  exponential: { data: 'rate of data', parameters: 'rate of parameters' },
};

/** The constants of a lowest minimum, and its R², beside those of a row of Table 1. */
function beside(row: PrintedFit, fit: RepetitionFit, because?: string): Comparison[] {
  const rest = { where: `Table 1, ${row.name}`, from: 'lowest minimum', tolerance: STOPPED, ...(because !== undefined && { because }) };
  const constants = (['data', 'parameters'] as const).flatMap((name) => {
    const text = row[name];
    return text === undefined ? [] : [comparePrinted(text, { ...rest, quantity: SYMBOLS[row.decay][name], ours: fit[name]! })];
  });
  return [...constants, comparePrinted(row.r2, { ...rest, quantity: 'R²', ours: fit.r2 })];
}

function profileChart(runs: readonly MeasuredRun[], profile: readonly RepetitionFit[], minima: readonly RepetitionFit[]): Chart {
  const above = ({ objective }: RepetitionFit) => 100 * (objective / minima[0].objective - 1);
  const series = (name: string, mark: 'line' | 'points', fits: readonly RepetitionFit[]) =>
    ({ name, mark, x: fits.map(({ data }) => data!), y: fits.map(above) });
  const all = [...profile, ...minima].toSorted((one, other) => one.data! - other.data!);
  return {
    name: 'profile',
    title: 'The runs hardly know R_D*',
    caption: 'Objective above its lowest minimum, with R_N* fitted at each R_D*. The published pair lies in a local minimum.',
    x: { title: 'R_D*, repetitions', log: true },
    y: { title: 'objective above the minimum, %' },
    series: [
      series('best R_N* at each R_D*', 'line', all),
      series('minima', 'points', minima),
      series('published', 'points', [evaluate(runs, PUBLISHED)]),
    ],
  };
}
