/** `isoloss simulate` as it is asked for. */
import { publishedTruth } from '../paper/truths.ts';
import { RECIPE } from '../report/again.ts';
import { parseDeviation, parseNoise, parseOutliers } from '../simulate/spec.ts';
import type { SimulateOptions } from '../simulate/simulation.ts';
import type { Noise } from '../types.ts';
import type { Given, Options, Spec } from './command.ts';
import { checkDesign, DESIGN_OPTIONS, type DesignRequest } from './design-options.ts';
import { lossOptions } from './loss-options.ts';
import { readTruth, type TruthRequest } from './truth-options.ts';
import { refusal } from './usage.ts';
import {
  OUTPUT_OPTIONS, readBackend, readBy, readConfidence, readReplicates, readSeed, refused, TABLE_OPTIONS, whole, wordOrCount,
  type Backend, type Output, type TableRequest,
} from './values.ts';

/** What is absent was not given. */
export interface SimulateCommand extends Output, TableRequest, DesignRequest {
  readonly name: 'simulate';
  /** All options as they were written. */
  readonly given: readonly Given[];
  truth: TruthRequest;
  readonly noise: NoiseRequest;
  readonly fits: { -readonly [K in 'sweeps' | 'seed' | 'loss' | 'delta' | 'fix' | 'bounds' | 'starts' | 'confidence' | 'sandwich']?: SimulateOptions[K] };
  backend?: Backend;
  readonly bootstrap: { replicates?: number; sweeps?: number };
  readonly write: { sweeps?: string; fits?: string };
  /** Sweep that is printed; nothing is fitted then. */
  replay?: number;
}

interface NoiseRequest {
  /** Of each run by itself. */
  own: Noise;
  outliers?: NonNullable<Noise['outliers']>;
  bySize?: number;
  bySeed?: number;
}

const STARTS = ['truth', 'auto', 'paper'] as const;
/** The index of a sweep is one word of the generator's counter. */
const LARGEST_INDEX = 2 ** 32 - 1;

/** An envelope is no estimate of the truth: there is no --envelope. */
const { envelope: _, ...LOSS_OPTIONS } = lossOptions<SimulateCommand>(({ fits }) => fits);

/** The last of an option counts, and all of --columns, --fix and --bound. */
const OPTIONS: Options<SimulateCommand> = {
  ...OUTPUT_OPTIONS,
  truth: { set(command, value, where) { command.truth = readTruth(value, where); } },
  ...DESIGN_OPTIONS,
  ...TABLE_OPTIONS,
  noise: { set({ noise }, value, where) { noise.own = readBy(parseNoise)(value, where); } },
  outliers: { set({ noise }, value, where) { noise.outliers = readBy(parseOutliers)(value, where); } },
  'noise-by-size': { set({ noise }, value, where) { noise.bySize = readBy(parseDeviation)(value, where); } },
  'noise-by-seed': { set({ noise }, value, where) { noise.bySeed = readBy(parseDeviation)(value, where); } },
  sweeps: { set({ fits }, value, where) { fits.sweeps = readReplicates(value, where); } },
  seed: { set({ fits }, value, where) { fits.seed = readSeed(value, where); } },
  ...LOSS_OPTIONS,
  starts: { set({ fits }, value, where) { fits.starts = wordOrCount(STARTS, value, where); } },
  backend: { set(command, value, where) { command.backend = readBackend(value, where); } },
  confidence: { set({ fits }, value, where) { fits.confidence = readConfidence(value, where); } },
  sandwich: { set({ fits }, value, where) { fits.sandwich = readReplicates(value, where, 0); } },
  bootstrap: { set({ bootstrap }, value, where) { bootstrap.replicates = readReplicates(value, where); } },
  'bootstrap-sweeps': { set({ bootstrap }, value, where) { bootstrap.sweeps = readReplicates(value, where, 1); } },
  'write-sweeps': { set({ write }, value, where) { write.sweeps = readRowFile(value, where); } },
  'write-fits': { set({ write }, value, where) { write.fits = readRowFile(value, where); } },
  replay: { set(command, value, where) { command.replay = whole(value, where, 0, LARGEST_INDEX); } },
};

export const simulateSpec: Spec<SimulateCommand> = {
  options: OPTIONS,
  begin,
  check,
  help: async () => (await import('./simulate-help.ts')).SIMULATE_HELP,
  run: async (command, signal) => (await import('./simulate.ts')).runSimulate(command, signal),
};

function begin(sources: readonly string[], given: readonly Given[]): SimulateCommand {
  if (sources.length > 0) {
    throw refused('isoloss simulate', 'options only', sources[0], `For sweeps of its runs: --design ${sources[0]}`);
  }
  return {
    name: 'simulate', given, truth: publishedTruth('hoffmann'), design: { kind: 'paper', source: 'paper' }, lists: {}, columns: {},
    noise: { own: { sigma: 0.01 } }, fits: {}, bootstrap: {}, write: {}, json: false, quiet: false,
  };
}

/** A file that gets rows. */
function readRowFile(value: string, where: string): string {
  if (/.\.(?:csv|parquet)$/i.test(value)) return value;
  throw refused(where, 'a file that ends in .csv or .parquet', value, 'Its name says how it is written.');
}

function check(command: SimulateCommand): void {
  const { bootstrap, noise, replay } = command;
  checkDesign(command);
  if (bootstrap.sweeps !== undefined && bootstrap.replicates === undefined) {
    throw refusal('isoloss simulate --bootstrap-sweeps', '--bootstrap beside it', 'none', 'Add --bootstrap 500, say.');
  }
  if (noise.own.sigma === 0 && (noise.outliers?.fraction ?? 0) > 0) {
    throw refusal('isoloss simulate --outliers', 'noise of the runs beside them', 'none', 'An outlier is a multiple of it.');
  }
  if (replay !== undefined) checkReplay(command);
  checkFiles(command);
}

/** A replay is one sweep, printed as a table: of what decides it, and no more. */
function checkReplay({ given, out = '' }: SimulateCommand): void {
  const stray = given.find(({ name }) => !RECIPE.has(name) && !['replay', 'out', 'quiet'].includes(name));
  if (stray) throw refusal('isoloss simulate --replay', `no --${stray.name} beside it`, 'both', 'It fits nothing and prints one sweep as CSV: leave one out.');
  if (/\.(json|html?)$/i.test(out)) throw refused('isoloss simulate --replay', 'a file of CSV', out, 'It prints one sweep as CSV: give a name in .csv.');
}

/** Each result has a file of its own. */
function checkFiles({ out, write }: SimulateCommand): void {
  const files = Object.entries({ '--out': out, '--write-sweeps': write.sweeps, '--write-fits': write.fits })
    .flatMap(([option, path]) => (path === undefined ? [] : [{ option, path }]));
  files.forEach(({ option, path }, k) => {
    const other = files.slice(0, k).find((earlier) => earlier.path === path);
    if (other) throw refused(`isoloss simulate ${option}`, `another file than ${other.option}`, path, 'Give each its own.');
  });
}
