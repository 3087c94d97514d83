/** What was simulated and how well the fits find the truth, as facts and tables: what a text and a page show alike. */
import { lawById } from '../laws/registry.ts';
import { TERMINATION, type Termination } from '../optim/termination.ts';
import { describeNoise } from '../simulate/noise.ts';
import type { Estimate, Recovery } from '../simulate/recovery.ts';
import type { Simulation } from '../simulate/simulation.ts';
import { formatCount, formatInteger, formatLevel, formatNumber, formatPower, formatSeconds, formatShare } from '../units.ts';
import { boundTexts } from './bounds.ts';
import { biasInSpreads, formatEstimate, formatFactor, formatProportion, type Written } from './estimates.ts';
import { pad, type Column } from './layout.ts';
import { sumOf } from './losses.ts';
import type { TitledTable } from './titled-table.ts';

/** Of all that was asked for, by name; what has no name belongs to what is above it. */
export function simulationFacts(simulation: Simulation): (readonly [name: string, text: string])[] {
  const { truth, design, runs, noise, seed, loss, delta, fixed, bounds, sweeps, failed, withoutOptimum, backend, version } = simulation;
  const unsettled = Object.values(failed).reduce((sum, count) => sum + count, 0);
  const counted = `${formatInteger(unsettled)} of ${formatInteger(sweeps)} (${formatShare(unsettled, sweeps)}) did not converge`;
  return [
    ['Truth', `${truth.name}: ${lawById(truth.law).formula}`],
    ['Design', `${design}: ${formatInteger(runs)} runs`],
    ['Noise', `of log loss: ${describeNoise(noise)}`],
    ['Seed', String(seed)],
    ['Fits', `${howMany(simulation)} in ${formatSeconds(simulation.seconds)}`],
    ['Starts', `${describeStarts(simulation)}; ${loss === 'huber-log' ? `delta = ${delta}` : sumOf(simulation)}`],
    ...(fixed ? [['Fixed', Object.entries(fixed).map(([name, value]) => `${name} = ${value}`).join(', ')] as const] : []),
    ...(bounds ? [['Within', boundTexts(bounds).join(', ')] as const] : []),
    ['Failed', unsettled === 0 ? 'none' : `${counted}; the finite ones are in the figures`],
    ...Object.entries(failed).toSorted(([, a], [, b]) => b - a).map(([end, count]) => ['', `${formatInteger(count)} ${end}: ${TERMINATION[end as Termination]}`] as const),
    ...(withoutOptimum === 0 ? [] : [['No optimum', `${formatInteger(withoutOptimum)} ${NO_OPTIMUM}`] as const]),
    ['Intervals', describeIntervals(simulation)],
    ['Backend', `${backend.name}, ${backend.adapter}  (isoloss ${version})`],
  ];
}

/** Bias; spread and coverage; the compute-optimal sizes, where the law has any. */
export function simulationTables(simulation: Simulation): TitledTable[] {
  return [
    { title: 'Bias, here and below ± Monte-Carlo standard error', columns: biasColumns(simulation) },
    { title: coverageTitle(simulation), columns: spreadColumns(simulation) },
    ...(simulation.frontier.length > 0 ? [{ title: 'Compute-optimal training, C = 6ND', columns: frontierColumns(simulation) }] : []),
  ];
}

const NO_OPTIMUM = 'with an exponent of zero or less: not in the table of compute-optimal training';

function howMany({ sweeps, requested }: Simulation): string {
  return sweeps < requested ? `stopped after ${formatInteger(sweeps)} of ${formatInteger(requested)},` : formatInteger(sweeps);
}

function describeStarts({ truth, starts, seed }: Simulation): string {
  if (starts === 'truth') return 'each from the truth';
  if (starts === 'paper') return `each from ${lawById(truth.law).grid}`;
  return `each from ${starts === 'auto' ? '32' : formatInteger(Number(starts))} starts drawn with seed ${seed}`;
}

function describeIntervals({ intervals }: Simulation): string {
  const kinds = intervals.map(({ kind, sweeps, undetermined, replicates }) => {
    const each = replicates === undefined ? '' : `, ${formatInteger(replicates)} resamples each`;
    const none = undetermined === 0 ? '' : `, of which ${formatInteger(undetermined)} have none: their runs do not tell the parameters apart`;
    return `${kind} of ${formatInteger(sweeps)} ${sweeps === 1 ? 'sweep' : 'sweeps'}${each}${none}`;
  });
  return kinds.length === 0 ? 'none' : kinds.join('; ');
}

function biasColumns({ recovery }: Simulation): Column[] {
  const rows = Object.values(recovery);
  return [
    ['l', '', Object.keys(recovery)],
    ['l', 'truth', pad(rows.map(({ truth }) => formatNumber(truth, 6)), '.')],
    ['l', 'mean', pad(rows.map(({ mean }) => formatNumber(mean, 6)), '.')],
    ['l', 'bias', withErrors(rows.map(({ bias }) => bias))],
    ['l', 'bias / spread', pad(rows.map(biasInSpreads), '.')],
  ];
}

function coverageTitle({ intervals }: Simulation): string {
  return intervals.length === 0 ? 'Spread' : 'Spread, and how often the intervals hold the truth';
}

function spreadColumns({ recovery, intervals, confidence }: Simulation): Column[] {
  const rows = Object.values(recovery);
  const level = formatLevel(confidence);
  return [
    ['l', '', Object.keys(recovery)],
    ['l', 'spread', withErrors(rows.map(({ spread }) => spread))],
    ['l', 'RMSE', withErrors(rows.map(({ rmse }) => rmse))],
    ...intervals.map(({ kind }) => ['l', `${level} ${kind}`, rows.map(({ coverage }) => formatProportion(coverage[kind]).join(' ± '))] as const),
  ];
}

/** Of N and D, whose errors are factors, in percent; of the loss in nats. */
function frontierColumns({ frontier }: Simulation): Column[] {
  const rows = frontier.flatMap(({ C, N, D, loss }) => [
    { C: formatPower(C, 3), name: 'N_opt', truth: formatCount(Math.exp(N.truth)), of: (pick: Pick) => formatFactor(pick(N)) },
    { C: '', name: 'D_opt', truth: formatCount(Math.exp(D.truth)), of: (pick: Pick) => formatFactor(pick(D)) },
    { C: '', name: 'loss', truth: loss.truth.toFixed(4), of: (pick: Pick) => formatEstimate(pick(loss)) },
  ]);
  const column = (title: string, pick: Pick): Column => ['l', title, joined(rows.map(({ of }) => of(pick)))];
  return [
    ['l', 'C (FLOP)', rows.map(({ C }) => C)],
    ['l', 'of', rows.map(({ name }) => name)],
    ['r', 'truth', rows.map(({ truth }) => truth)],
    column('bias', ({ bias }) => bias),
    column('spread', ({ spread }) => spread),
    column('RMSE', ({ rmse }) => rmse),
  ];
}

type Pick = (recovery: Recovery) => Estimate;

function withErrors(estimates: readonly Estimate[]): string[] {
  return joined(estimates.map((estimate) => formatEstimate(estimate)));
}

/** "-0.0012 ± 0.0034", the points below each other. */
function joined(figures: readonly Written[]): string[] {
  return pad(figures.map(([value]) => value), '.').map((value, row) => `${value} ± ${figures[row][1]}`);
}
