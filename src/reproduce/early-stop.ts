/**
 * Why the paper's own fit went wrong: it averaged the Huber losses, and L-BFGS stops by tests that count in the unit of the
 * loss. Besiroglu et al. 2024 found it, and an author of the paper confirmed it; here the same optimiser and the same tests
 * run on the mean, the sum, and the sum in units of δ².
 */
import { SCIPY_STOPS } from '../paper/besiroglu-results.ts';
import { EQ10 } from '../paper/hoffmann.ts';
import { paperReplica } from '../paper/replica.ts';
import { LBFGS_DEFAULTS, type Lbfgs } from '../optim/lbfgs.ts';
import type { Sweep } from '../types.ts';
import { compare, type Comparison } from './comparison.ts';
import { descendFrom, gridEnds, scaleOf, sumsAlong, UNITS, type GridEnds, type Unit } from './early-stop-descents.ts';
import { NAMES } from './epoch-fits.ts';
import { fitIn, withoutOutliers } from './refits.ts';
import { missingSection, type Chart, type ChartSeries, type Context, type Recipe, type Section } from './reproduction.ts';
import { inWords, percent } from './words.ts';

export const earlyStop: Recipe = {
  id: 'early-stop',
  title: 'Why the paper\'s own fit went wrong',
  paper: 'Hoffmann et al. 2022, arXiv:2203.15556, appendix D.2; Besiroglu et al. 2024, arXiv:2404.10102',
  needs: ['epoch'],
  async run(context) {
    const replica = paperReplica();
    return [...await epochSections(context), await gridSection(context, replica, 'The same starts on a synthetic sweep', replica.name, 'ends-replica')];
  },
};

async function epochSections(context: Context): Promise<Section[]> {
  const { epoch } = context.data;
  if (!epoch) return [missingSection('The same optimiser on the mean and on the sum', 'Epoch\'s runs', 'epoch')];
  const sweep = withoutOutliers(epoch);
  const data = `Epoch's ${sweep.loss.length} runs`;
  return [await pathSection(context, sweep, data), await gridSection(context, sweep, 'From the starts of the paper', data, 'ends', againstScipy)];
}

/** From Eq. 10, where the paper's own fit stopped. */
async function pathSection(context: Context, sweep: Sweep, data: string): Promise<Section> {
  const { objective: lowest } = await fitIn(context, sweep);
  const paths = UNITS.map((unit) => descendFrom(sweep, EQ10, unit));
  const sums = paths.map(({ path }) => sumsAlong(sweep, path));
  const [mean, sum] = paths;
  return {
    title: 'From Eq. 10: the same steps, stopped sooner or later',
    data: `${data}; the descents start at the unrounded constants of Eq. 10`,
    comparisons: [stopsLikeScipy('mean', mean, sums[0]), stopsLikeScipy('sum', sum, sums[1])].flat(),
    findings: pathFindings(sums, lowest, sweep.loss.length, sharedSteps(mean, sum)),
    charts: [pathChart(sums, lowest)],
  };
}

/** Sums are added in another order than scipy's. */
const ROUNDING = 1e-9;

function stopsLikeScipy(unit: 'mean' | 'sum', { iterations }: Lbfgs, sums: readonly number[]): Comparison[] {
  const { [unit]: scipy } = SCIPY_STOPS;
  const rest = { where: WHERE, from: `L-BFGS on the ${unit}, from Eq. 10`, because: 'the line search took another step' };
  return [
    compare({ ...rest, quantity: `iterations on the ${unit}, from Eq. 10`, published: scipy.iterations, ours: iterations }),
    compare({ ...rest, quantity: `sum of Huber losses where the ${unit} stops, nats²`, published: scipy.sum, ours: sums.at(-1)!, tolerance: ROUNDING }),
  ];
}

const WHERE = 'not published: scipy\'s L-BFGS-B';

/** Steps that two descents have in common, to the rounding. */
function sharedSteps(one: Lbfgs, other: Lbfgs): number {
  const same = (x: Float64Array, k: number) => x.every((value, j) => Math.abs(value - other.path[k][j]) <= ROUNDING);
  const count = Math.min(one.iterations, other.iterations);
  return one.path.slice(1, count + 1).filter((x, k) => same(x, k + 1)).length;
}

function pathFindings(sums: readonly (readonly number[])[], lowest: number, runs: number, shared: number): string[] {
  const excess = (u: number) => percent(sums[u].at(-1)! / lowest - 1);
  const told = UNITS.map((unit, u) => `on the ${unit} after ${sums[u].length - 1} iterations, ${excess(u)} above the minimum`);
  const [mean, sum, inDelta] = UNITS.map((unit) => inWords(lowest * scaleOf(unit, runs)));
  const { decrease, gradient } = LBFGS_DEFAULTS;
  return [
    `At Eq. 10 the loss is ${percent(sums[0][0] / lowest - 1)} above its minimum. L-BFGS with its default tests stops ${told.join('; ')}.`,
    `The first ${shared} steps on the mean and on the sum are the same: only the tests differ. A decrease of ${inWords(decrease)}·max(|f|, 1) or a gradient of ` +
      `${inWords(gradient)} is much of a mean whose minimum is ${mean}, and not little of a sum whose minimum is ${sum}; of a sum over δ², ${inDelta}, it is nothing.`,
  ];
}

/** The longest path below, so that the others are seen where they have the same steps. */
function pathChart(sums: readonly (readonly number[])[], lowest: number): Chart {
  const excess = sums.map((along) => along.map((sum) => inPercent(sum / lowest - 1)));
  const series = UNITS.flatMap((unit, u): ChartSeries[] => [
    { name: unit, mark: 'line', x: excess[u].map((_, k) => k), y: excess[u] },
    { name: unit, mark: 'points', x: [excess[u].length - 1], y: [excess[u].at(-1)!] },
  ]);
  return {
    name: 'path',
    title: 'The same optimiser on one loss in three units',
    caption: 'Excess of the sum of Huber losses over its minimum along the iterations of L-BFGS from Eq. 10; a point marks where its stopping test is met.',
    x: { title: 'iteration' },
    y: { title: 'excess, %', log: true },
    series: series.toReversed(),
  };
}

/** A logarithmic axis shows no zero. */
const LEAST_PERCENT = 1e-7;

function inPercent(excess: number): number {
  return Math.max(LEAST_PERCENT, 100 * excess);
}

type More = Pick<Section, 'comparisons' | 'findings'>;

async function gridSection(context: Context, sweep: Sweep, title: string, data: string, chart: string, more?: (ends: GridEnds) => More): Promise<Section> {
  const ends = await gridEnds(context, sweep);
  const { comparisons = [], findings = [] } = more?.(ends) ?? {};
  return {
    title,
    data: `${data}, ${ends.starts} of the ${ends.grid} starts of appendix D.2`,
    comparisons,
    findings: [...gridFindings(ends), ...findings],
    charts: [endsChart(chart, ends)],
  };
}

/** The best end on the mean beside scipy's, and beside Eq. 10. */
function againstScipy({ runs, best, sums, starts, grid }: GridEnds): More {
  const { first, second, differences } = SCIPY_STOPS.grid;
  const from = `lowest end on the mean from ${starts} starts`;
  const [lowest] = sums['mean'];
  return {
    comparisons: [
      compare({
        quantity: 'lowest mean of Huber losses, nats²', where: WHERE, published: first.mean, ours: lowest / runs, from, digits: 4,
        because: 'the best of its starts is not among these',
      }),
      ...NAMES.map((name) => compare({
        quantity: `${name} there`, where: WHERE, published: first[name], ours: best['mean'][name], from, tolerance: 2 * Math.abs(second[name] / first[name] - 1),
        because: 'where the tests stop it is left to rounding, and to the starts',
      })),
      ...NAMES.map((name) => compare({
        quantity: name, where: 'Eq. 10, unrounded', published: EQ10[name], printed: EQ10[name].toPrecision(6), ours: best['mean'][name], from, digits: 3,
        otherwise: 'not reproducible', because: 'where a descent that stops early ends hangs on the runs, which were never released, and on rounding',
      })),
    ],
    findings: [
      `Where that end lies is left to rounding: scipy, from all ${grid} starts with the gradient by differences, has its best at ${listed(differences)}.`,
    ],
  };
}

function listed(params: Readonly<Record<string, number>>): string {
  return NAMES.map((name) => `${name} ${inWords(params[name])}`).join(', ');
}

/** Within this of the minimum a start has found it. */
const FOUND = 0.01;

function shareWithin(sums: Float64Array, limit: number): number {
  return sums.filter((sum) => sum <= limit).length / sums.length;
}

function gridFindings({ lowest, sums, starts, iterations, flat, best }: GridEnds): string[] {
  const found = (of: keyof GridEnds['sums']) => percent(shareWithin(sums[of], (1 + FOUND) * lowest));
  const told = (unit: Unit) => `${found(unit)} on the ${unit} (${inWords(iterations[unit])} iterations a start)`;
  return [
    `Within ${percent(FOUND)} of the minimum end, of ${starts} starts: ${UNITS.map(told).join(', ')}; ${found('isoloss')} by the descent of isoloss.`,
    `On the mean ${percent(flat['mean'] / starts)} of the starts stop because no component of the gradient is above ${inWords(LBFGS_DEFAULTS.gradient)}. ` +
      `The best of all is ${percent(sums['mean'][0] / lowest - 1)} above the minimum: ${listed(best['mean'])}.`,
  ];
}

/** The share of the starts that end at most so far above the minimum. */
function endsChart(name: string, { lowest, sums, starts }: GridEnds): Chart {
  const names = { 'mean': 'L-BFGS on the mean', 'sum': 'L-BFGS on the sum', 'sum over δ²': 'L-BFGS on the sum over δ²', 'isoloss': 'isoloss' } as const;
  return {
    name,
    title: 'Where the descents from the paper\'s starts end',
    caption: `Share of ${starts} starts that end at most so far above the minimum of the sum of Huber losses.`,
    x: { title: 'excess over the minimum, %', log: true },
    y: { title: 'share of the starts, %', range: [0, 100] },
    series: (Object.keys(names) as (keyof typeof names)[]).map((key) => ({
      name: names[key],
      mark: key === 'isoloss' ? 'dashed' : 'line',
      x: Array.from(sums[key], (sum) => inPercent(sum / lowest - 1)),
      y: Array.from(sums[key], (_, k) => (100 * (k + 1)) / starts),
    })),
  };
}
