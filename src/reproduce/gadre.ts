/**
 * Gadre et al. 2024: five small runs predict the loss of models up to 6.9B parameters and of training on 640 tokens a
 * parameter, six the downstream error; and where the optimal multipliers of the paper come from.
 */
import { logSpaced } from '../math/log-spaced.ts';
import {
  FIGURE_12, FIGURE_5, FITTED_RUNS, FURTHER_RUN, GRID, OPTIMAL_MULTIPLIERS, TABLE_6, TABLE_7, TRAIN_SETS, type TrainSet,
} from '../paper/gadre-results.ts';
import type { Sweep } from '../types.ts';
import type { Comparison } from './comparison.ts';
import {
  errorOf, findRun, fitError, fitLoss, lossOf, needRun, runsOf, type ErrorLaw, type OverTrainingLaw, type TrainedRun,
} from './over-training.ts';
import { comparePrinted } from './printed.ts';
import { missingSection, type Chart, type Recipe, type Section } from './reproduction.ts';
import { inWords, percent } from './words.ts';

const TITLES = ['Loss from five small runs', 'Downstream error from six runs', 'The optimal tokens per parameter'] as const;

export const gadre: Recipe = {
  id: 'gadre',
  title: 'Over-training and downstream error, from small runs',
  paper: 'Gadre et al. 2024, arXiv:2403.08540',
  needs: ['gadre'],
  run: async ({ data: { gadre: sweep } }) => (sweep === undefined ? missing() : sections(sweep)),
};

const missing = (): Section[] => TITLES.map((title) => missingSection(title, 'the runs', 'gadre'));

/** Everything that is fitted to the runs of one training set. */
interface Fitted {
  readonly set: TrainSet;
  readonly name: string;
  readonly runs: readonly TrainedRun[];
  readonly five: readonly TrainedRun[];
  readonly law: OverTrainingLaw;
  readonly error: ErrorLaw;
  /** Without the 1.4B run. */
  readonly errorOfFive: ErrorLaw;
}

const SETS = Object.keys(TRAIN_SETS) as TrainSet[];

function sections(sweep: Sweep): Section[] {
  const fits = SETS.map((set) => fitSet(sweep, set));
  return [loss(fits), downstream(fits), multipliers(fits)];
}

function fitSet(sweep: Sweep, set: TrainSet): Fitted {
  const runs = runsOf(sweep, set);
  const five = FITTED_RUNS.map((wanted) => needRun(runs, set, wanted));
  const six = [...five, needRun(runs, set, FURTHER_RUN)];
  return { set, name: TRAIN_SETS[set], runs, five, law: fitLoss(five), error: fitError(six), errorOfFive: fitError(five) };
}

function loss(fits: readonly Fitted[]): Section {
  const cells = fits.flatMap((fit) => cellsOf(fit, FIGURE_5, (run) => lossOf(fit.law, run) / run.loss - 1));
  return {
    title: TITLES[0],
    data: `${FITTED_RUNS.length} runs of each training set, least squares`,
    comparisons: [...fits.flatMap(coefficients), ...cells.filter(isTarget).flatMap((cell) => relativeError(cell, 'loss', 'Figure 5'))],
    findings: [
      agreement(cells, 'Figure 5'),
      `The runs that are predicted have up to ${inWords(largest(fits, ({ N }) => N))} times the parameters and `
        + `${inWords(largest(fits, ({ N, D }) => N * D))} times the compute of any that the law was fitted to.`,
      ...fits.slice(0, 1).map(misprint),
    ],
    charts: [lossChart(fits)],
  };
}

/** What Table 6 says of a run where its numbers are put into the law as they stand. */
function misprint({ set, name, five: [run] }: Fitted): string {
  const { E, a, b, eta } = TABLE_6[set];
  const M = run.D / run.N;
  const term = Number(a) * M ** Number(eta) + Number(b) * M ** -Number(eta);
  const predicted = Number(E) + term * (6 * run.N * run.D) ** -Number(eta);
  return 'Table 6 prints A where the law has a, and 2η where it has η. Put into the law as they stand, its numbers give the '
    + `${inWords(run.N / 1e6)}M model on ${name} a loss of ${inWords(predicted)}; ${inWords(run.loss)} was measured.`;
}

/** Table 6, its first half: "a" is A and "η" is 2η = α there. */
function coefficients({ set, name, law }: Fitted): Comparison[] {
  const { E, a, b, eta } = TABLE_6[set];
  const rest = { where: `Table 6, ${name}`, from: `five runs on ${name}` };
  const because = `it is twice the rounded η, 2·${(law.alpha / 2).toFixed(3)}`;
  return [
    comparePrinted(E, { ...rest, quantity: 'E', ours: law.E }),
    comparePrinted(a, { ...rest, quantity: 'A, printed in place of a', ours: law.A }),
    comparePrinted(b, { ...rest, quantity: 'b', ours: bOf(law) }),
    comparePrinted(eta, { ...rest, quantity: '2η, printed in place of η', ours: law.alpha, because }),
  ];
}

/** a = A·6^η and b = B·6^η of L = E + (a·M^η + b·M^−η)·C^−η. */
const aOf = ({ A, alpha }: OverTrainingLaw): number => A * 6 ** (alpha / 2);
const bOf = ({ B, alpha }: OverTrainingLaw): number => B * 6 ** (alpha / 2);

/** One number of Figure 5 or 12 beside ours: relative errors in per cent. */
interface Cell {
  readonly fit: Fitted;
  readonly N: number;
  readonly M: number;
  readonly text: string;
  readonly ours: number;
}

function cellsOf(fit: Fitted, figure: Readonly<Record<TrainSet, readonly string[]>>, errorOfRun: (run: TrainedRun) => number): Cell[] {
  return figure[fit.set].flatMap((row, i) => row.split(' ').flatMap((text, j) => {
    const [N, M] = [GRID.N[i], GRID.M[j]];
    const run = findRun(fit.runs, N, M);
    return text === '-' || run === undefined ? [] : [{ fit, N, M, text, ours: 100 * Math.abs(errorOfRun(run)) }];
  }));
}

/** The runs that the paper sets out to predict: the 1.4B run of most tokens, and the 6.9B run. */
function isTarget({ N, M }: Cell): boolean {
  return N > FURTHER_RUN.N || (N === FURTHER_RUN.N && M > FURTHER_RUN.M);
}

/** Nothing for a printed 0.0: it has no relative difference. */
function relativeError({ fit, N, M, text, ours }: Cell, what: string, where: string): Comparison[] {
  if (Number(text) === 0) return [];
  const quantity = `relative error of the ${what}, ${N / 1e9}B at ${M}, %`;
  return [comparePrinted(text, { quantity, where: `${where}, ${fit.name}`, ours, from: `the law of the runs on ${fit.name}` })];
}

function agreement(cells: readonly Cell[], where: string): string {
  // Half a unit of the one decimal that is printed, and the rounding of float64.
  const same = cells.filter(({ text, ours }) => Math.abs(ours - Number(text)) <= 0.05 + 1e-9).length;
  return `${where} prints ${cells.length} relative errors; ${same === cells.length ? 'all' : same} of them come out to the digit.`;
}

function largest(fits: readonly Fitted[], size: (run: TrainedRun) => number): number {
  return Math.max(...fits.map(({ runs, five }) => Math.max(...runs.map(size)) / Math.max(...five.map(size))));
}

function downstream(fits: readonly Fitted[]): Section {
  const cells = fits.flatMap((fit) => cellsOf(fit, FIGURE_12, (run) => errorOf(fit.error, lossOf(fit.law, run)) / run.err - 1));
  return {
    title: TITLES[1],
    data: `${FITTED_RUNS.length + 1} runs of each training set, least squares`,
    comparisons: [
      ...fits.flatMap(errorCoefficients),
      ...fits.flatMap(ofLargest),
      ...cells.filter((cell) => isTarget(cell) && cell.N < LARGEST.N).flatMap((cell) => relativeError(cell, 'error', 'Figure 12')),
    ],
    findings: [
      agreement(cells, 'Figure 12'),
      ...fits.map((fit) => `${fit.name}: the error of the 6.9B run is predicted to ${percent(missOf(fit, fit.error))}; `
        + `without the 1.4B run among those fitted, to ${percent(missOf(fit, fit.errorOfFive))}.`),
    ],
    charts: [errorChart(fits)],
  };
}

function errorCoefficients({ set, name, error }: Fitted): Comparison[] {
  return (['epsilon', 'k', 'gamma'] as const).map((key) => comparePrinted(TABLE_6[set][key], {
    quantity: { epsilon: 'ε', k: 'k', gamma: 'γ' }[key], where: `Table 6, ${name}`, ours: error[key], from: `six runs on ${name}`,
  }));
}

const LARGEST = { N: GRID.N[GRID.N.length - 1], M: FURTHER_RUN.M };

/** Relative error of the downstream error of the 6.9B run. */
function missOf({ runs, set, law }: Fitted, error: ErrorLaw): number {
  const run = needRun(runs, set, LARGEST);
  return Math.abs(errorOf(error, lossOf(law, run)) / run.err - 1);
}

function ofLargest(fit: Fitted): Comparison[] {
  const { all, without } = TABLE_7[fit.set];
  const rest = { where: `Table 7, ${fit.name}`, quantity: 'relative error of the error, 6.9B at 20, %' };
  return [
    comparePrinted(all, { ...rest, ours: 100 * missOf(fit, fit.error), from: 'six runs' }),
    comparePrinted(without, { ...rest, ours: 100 * missOf(fit, fit.errorOfFive), from: 'five runs, without the 1.4B run' }),
  ];
}

/** M* = (b/a)^(1/(2η)) (Eq. 10). */
const multiplier = (a: number, b: number, eta: number): number => (b / a) ** (1 / (2 * eta));

function multipliers(fits: readonly Fitted[]): Section {
  const ours = fits.map(({ law }) => multiplier(aOf(law), bOf(law), law.alpha / 2));
  const because = 'the paper puts Table 6 into Eq. 10, which has A in place of a and 2η in place of η';
  return {
    title: TITLES[2],
    data: 'the laws of the section on loss, and Table 6',
    comparisons: fits.flatMap(({ set, name }, i) => {
      const { a, b, eta } = TABLE_6[set];
      const rest = { quantity: 'M*, tokens per parameter', where: `Appendix E, ${name}` };
      return [
        comparePrinted(OPTIMAL_MULTIPLIERS[set], {
          ...rest, ours: multiplier(Number(a), Number(b), Number(eta)), from: 'Eq. 10 with Table 6 as it stands',
        }),
        comparePrinted(OPTIMAL_MULTIPLIERS[set], { ...rest, ours: ours[i], from: 'Eq. 10 with the fit', because }),
      ];
    }),
    findings: [
      `The law's own optimum is at M* = ${fits.map(({ name }, i) => `${inWords(ours[i])} for ${name}`).join(', ')}. `
        + `The ${SETS.map((set) => OPTIMAL_MULTIPLIERS[set]).join(', ')} of the paper follow from Table 6 as it is misprinted.`,
      'Either way the optimum lies below every run that the laws were fitted to, which have 20 tokens a parameter or more.',
    ],
    charts: [],
  };
}

function lossChart(fits: readonly Fitted[]): Chart {
  const fit = fits.find(({ set }) => set === 'rpj')!;
  const sizes = [...new Set(fit.runs.map(({ N }) => N))].toSorted((one, other) => one - other);
  return {
    name: 'over-training',
    title: `Loss on C4 of models trained on ${fit.name}, and as five of them predict it`,
    caption: 'A colour a size, lines from 10 to 640 tokens a parameter. The law is fitted to the five runs marked so; all else is '
      + 'prediction. Runs on 5 tokens a parameter lie off it, as the paper says.',
    x: { title: 'training tokens', log: true },
    y: { title: 'loss on C4, nats per token', log: true },
    series: [
      ...sizes.flatMap((N) => {
        const name = N < 1e9 ? `${inWords(N / 1e6)}M` : `${inWords(N / 1e9)}B`;
        const runs = fit.runs.filter((run) => run.N === N);
        const tokens = logSpaced([GRID.M[0] * N, GRID.M[GRID.M.length - 1] * N], 21);
        return [
          { name, mark: 'line' as const, x: tokens, y: tokens.map((D) => lossOf(fit.law, { N, D })) },
          { name, mark: 'points' as const, x: runs.map(({ D }) => D), y: runs.map((run) => run.loss) },
        ];
      }),
      { name: 'fitted', mark: 'points', x: fit.five.map(({ D }) => D), y: fit.five.map((run) => run.loss) },
    ],
  };
}

function errorChart(fits: readonly Fitted[]): Chart {
  return {
    name: 'downstream-error',
    title: 'Average error of 17 tasks by loss on C4',
    caption: 'Lines are fitted to six runs of each training set.',
    x: { title: 'loss on C4, nats per token' },
    y: { title: 'average top-1 error' },
    series: fits.flatMap(({ name, runs, error }) => {
      const sorted = runs.toSorted((one, other) => one.loss - other.loss);
      const x = sorted.map((run) => run.loss);
      return [
        { name, mark: 'line' as const, x, y: x.map((at) => errorOf(error, at)) },
        { name, mark: 'points' as const, x, y: sorted.map(({ err }) => err) },
      ];
    }),
  };
}
