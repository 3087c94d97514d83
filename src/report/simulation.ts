/** A simulation as text for a terminal, and as JSON: what was simulated, then how well the fits find the truth. */
import type { Simulation } from '../simulate/simulation.ts';
import { formatInteger } from '../units.ts';
import type { Again } from './again.ts';
import { boundsJson, type BoundsJson } from './bounds.ts';
import { jsonable, type Jsonable } from './jsonable.ts';
import { hang, list, sectionsText } from './layout.ts';
import { simulationFacts, simulationTables } from './simulation-tables.ts';
import { titledLines } from './titled-table.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function simulationText(simulation: Simulation, again?: Again): string {
  const sections = [
    hang('', `${formatInteger(simulation.sweeps)} synthetic sweeps of ${simulation.truth.name}, fitted`),
    ['Sweeps', ...list(simulationFacts(simulation))],
    ...simulationTables(simulation).map(titledLines),
    again ? ['To repeat it', ...commandLines(again.repeat), 'To fit one of its sweeps, here the first', ...commandLines(again.replay)] : [],
  ];
  return sectionsText(sections);
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
