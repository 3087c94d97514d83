/** A simulation as text for a terminal, and as JSON: what was simulated, then how well the fits find the truth. */
import { lawById } from '../laws/registry.ts';
import { TERMINATION, type Termination } from '../optim/termination.ts';
import { describeNoise } from '../simulate/noise.ts';
import type { Estimate, Recovery } from '../simulate/recovery.ts';
import type { Simulation } from '../simulate/simulation.ts';
import { formatCount, formatInteger, formatLevel, formatNumber, formatPower, formatSeconds, formatShare } from '../units.ts';
import type { Again } from './again.ts';
import { boundsJson, boundTexts, type BoundsJson } from './bounds.ts';
import { biasInSpreads, formatFactor, formatProportion, formatEstimate, type Written } from './estimates.ts';
import { jsonable, type Jsonable } from './jsonable.ts';
import { sumOf } from './losses.ts';
import { hang, indent, list, pad, sectionsText, table, tally, type Column } from './layout.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function simulationText(simulation: Simulation, again?: Again): string {
  const sections = [
    hang('', `${formatInteger(simulation.sweeps)} synthetic sweeps of ${simulation.truth.name}, fitted`),
    ['Sweeps', ...howItWasSimulated(simulation)],
    ['Bias, here and below ± Monte-Carlo standard error', ...indent(biasTable(simulation))],
    [coverageTitle(simulation), ...indent(spreadTable(simulation))],
    simulation.frontier.length > 0 ? ['Compute-optimal training, C = 6ND', ...indent(frontierTable(simulation))] : [],
    again ? ['To repeat it', ...commandLines(again.repeat), 'To fit one of its sweeps, here the first', ...commandLines(again.replay)] : [],
  ];
  return sectionsText(sections);
}

function howItWasSimulated(simulation: Simulation): string[] {
  const { truth, design, runs, noise, seed, loss, delta, fixed, bounds, sweeps, failed, withoutOptimum, backend, version } = simulation;
  const unsettled = Object.values(failed).reduce((sum, count) => sum + count, 0);
  const counted = `${formatInteger(unsettled)} of ${formatInteger(sweeps)} (${formatShare(unsettled, sweeps)}) did not converge`;
  return [
    ...list([
      ['Truth', `${truth.name}: ${lawById(truth.law).formula}`],
      ['Design', `${design}: ${formatInteger(runs)} runs`],
      ['Noise', `of log loss: ${describeNoise(noise)}`],
      ['Seed', String(seed)],
      ['Fits', `${howMany(simulation)} in ${formatSeconds(simulation.seconds)}`],
      ['Starts', `${describeStarts(simulation)}; ${loss === 'huber-log' ? `delta = ${delta}` : sumOf(simulation)}`],
      ...(fixed ? [['Fixed', Object.entries(fixed).map(([name, value]) => `${name} = ${value}`).join(', ')] as const] : []),
      ...(bounds ? [['Within', boundTexts(bounds).join(', ')] as const] : []),
      ['Failed', unsettled === 0 ? 'none' : `${counted}; the finite ones are in the figures`],
    ]),
    ...(unsettled === 0 ? [] : tally('', failed, (end) => TERMINATION[end as Termination])),
    ...list([
      ...(withoutOptimum === 0 ? [] : [['No optimum', `${formatInteger(withoutOptimum)} ${NO_OPTIMUM}`] as const]),
      ['Intervals', describeIntervals(simulation)],
      ['Backend', `${backend.name}, ${backend.adapter}  (isoloss ${version})`],
    ]),
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

function biasTable({ recovery }: Simulation): string[] {
  const rows = Object.values(recovery);
  return table([
    ['l', '', Object.keys(recovery)],
    ['l', 'truth', pad(rows.map(({ truth }) => formatNumber(truth, 6)), '.')],
    ['l', 'mean', pad(rows.map(({ mean }) => formatNumber(mean, 6)), '.')],
    ['l', 'bias', withErrors(rows.map(({ bias }) => bias))],
    ['l', 'bias / spread', pad(rows.map(biasInSpreads), '.')],
  ]);
}

function coverageTitle({ intervals }: Simulation): string {
  return intervals.length === 0 ? 'Spread' : 'Spread, and how often the intervals hold the truth';
}

function spreadTable({ recovery, intervals, confidence }: Simulation): string[] {
  const rows = Object.values(recovery);
  const level = formatLevel(confidence);
  return table([
    ['l', '', Object.keys(recovery)],
    ['l', 'spread', withErrors(rows.map(({ spread }) => spread))],
    ['l', 'RMSE', withErrors(rows.map(({ rmse }) => rmse))],
    ...intervals.map(({ kind }) => ['l', `${level} ${kind}`, rows.map(({ coverage }) => formatProportion(coverage[kind]).join(' ± '))] as const),
  ]);
}

/** Of N and D, whose errors are factors, in percent; of the loss in nats. */
function frontierTable({ frontier }: Simulation): string[] {
  const rows = frontier.flatMap(({ C, N, D, loss }) => [
    { C: formatPower(C, 3), name: 'N_opt', truth: formatCount(Math.exp(N.truth)), of: (pick: Pick) => formatFactor(pick(N)) },
    { C: '', name: 'D_opt', truth: formatCount(Math.exp(D.truth)), of: (pick: Pick) => formatFactor(pick(D)) },
    { C: '', name: 'loss', truth: loss.truth.toFixed(4), of: (pick: Pick) => formatEstimate(pick(loss)) },
  ]);
  const column = (title: string, pick: Pick): Column => ['l', title, joined(rows.map(({ of }) => of(pick)))];
  return table([
    ['l', 'C (FLOP)', rows.map(({ C }) => C)],
    ['l', '', rows.map(({ name }) => name)],
    ['r', 'truth', rows.map(({ truth }) => truth)],
    column('bias', ({ bias }) => bias),
    column('spread', ({ spread }) => spread),
    column('RMSE', ({ rmse }) => rmse),
  ]);
}

type Pick = (recovery: Recovery) => Estimate;

function withErrors(estimates: readonly Estimate[]): string[] {
  return joined(estimates.map((estimate) => formatEstimate(estimate)));
}

/** "-0.0012 ± 0.0034", the points below each other. */
function joined(figures: readonly Written[]): string[] {
  return pad(figures.map(([value]) => value), '.').map((value, row) => `${value} ± ${figures[row][1]}`);
}

/** A command line as a shell reads it, broken between its parts. */
function commandLines(parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1)} ${part}`;
    if (lines.length > 0 && longer.length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(lines.length === 0 ? `  ${part}` : `    ${part}`);
  }
  return lines.map((line, row) => (row < lines.length - 1 ? `${line} \\` : line));
}

/** Columns of a line that ends in a backslash. */
const LINE = 98;

/**
 * What `isoloss simulate --json` prints. The fields mean what they mean in `Simulation`, N and D of the frontier being
 * natural logs; JSON has no Infinity and no NaN, so a figure that is not finite is null.
 */
export interface SimulationJson extends Omit<Simulation, 'recovery' | 'frontier' | 'delta' | 'bounds'> {
  /** Absent where none was asked for. */
  readonly bounds?: BoundsJson;
  /** nats; null of least squares, which have no threshold */
  readonly delta: number | null;
  readonly recovery: Jsonable<Simulation['recovery']>;
  readonly frontier: Jsonable<Simulation['frontier']>;
  /** The command line that does it again; absent where it was no command. */
  readonly command?: string;
}

/** The names and their order are stable; `version` says which isoloss wrote it. */
export function simulationJson(simulation: Simulation, again?: Again): SimulationJson {
  return {
    truth: simulation.truth,
    design: simulation.design,
    runs: simulation.runs,
    noise: simulation.noise,
    sweeps: simulation.sweeps,
    requested: simulation.requested,
    seed: simulation.seed,
    ...(simulation.fixed && { fixed: simulation.fixed }),
    ...boundsJson(simulation),
    loss: simulation.loss,
    delta: Number.isFinite(simulation.delta) ? simulation.delta : null,
    starts: simulation.starts,
    failed: simulation.failed,
    withoutOptimum: simulation.withoutOptimum,
    confidence: simulation.confidence,
    recovery: jsonable(simulation.recovery),
    frontier: jsonable(simulation.frontier),
    intervals: simulation.intervals,
    backend: simulation.backend,
    seconds: simulation.seconds,
    ...(again && { command: again.repeat.join(' ') }),
    version: simulation.version,
  };
}
