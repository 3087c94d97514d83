/** `isoloss simulate`: draw sweeps from a truth, fit them all, report; or print one of them. */
import type { Batch } from '../backend/backend.ts';
import { MOST_SHOWN } from '../figures/simulation.ts';
import {
  designOf, gridDesign, isoflopDesign, paperDesign, simulateOn, syntheticSweep, type Design, type Recipe, type Replicates, type Simulation,
} from '../node.ts';
import { againOf } from '../report/again.ts';
import { csvText } from '../report/csv.ts';
import { simulationJson, simulationText } from '../report/simulation.ts';
import { checkNoise } from '../simulate/noise.ts';
import { formatInteger } from '../units.ts';
import { EXIT } from './exit.ts';
import { stoppable } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { checkPlace, deliver, deliverResult, isHtml, remark } from './output.ts';
import { openPieces, type PieceFile } from './pieces.ts';
import type { SimulateCommand } from './simulate-options.ts';
import { readTable } from './source.ts';
import { onBackend, stoppedRemarks } from './table-fit.ts';
import { truthFor } from './truth.ts';

/** Training FLOPs at which the frontier is judged: inside the paper's runs, a little and far beyond them. */
const BUDGETS = [1e21, 1e23, 1e25];
const BOOTSTRAPPED = 100;
/** Names of options in the library, where a message may begin with one. */
const NAMES = ['backend', 'bounds', 'budgets', 'delta', 'design', 'fix', 'loss', 'seed', 'seeds', 'sizes', 'starts', 'sweeps', 'tokens', 'tokensPerParameter', 'within'];

/** Exit code: 0, or 130 where it was stopped and this is what was done. */
export async function runSimulate(command: SimulateCommand, signal: AbortSignal): Promise<number> {
  for (const path of [command.out, command.write.sweeps, command.write.fits]) if (path !== undefined) await checkPlace(path);
  const recipe = await readRecipe(command, signal);
  if (command.replay !== undefined) return replay(recipe, command.replay, command);
  const files = await openPieces(command.write, recipe, signal);
  const fits = fitsKept();
  const takers = isHtml(command) ? [...files, fits] : files;
  const simulation = await stoppable(withOptionNames(NAMES, () => simulate(recipe, command, takers, signal)), signal)
    .finally(() => Promise.all(files.map((file) => file.close())));
  const again = againOf(command.given, recipe.truth.law);
  await deliverResult({
    json: () => simulationJson(simulation, again), text: () => simulationText(simulation, again),
    page: async (plotly) => (await import('../document/simulation.ts')).htmlSimulation({ simulation, fits: fits.all(), again, plotly }),
  }, { always: progressRemarks(simulation, files) }, command);
  return signal.aborted ? EXIT.interrupted : EXIT.done;
}

async function replay(recipe: Recipe, index: number, command: SimulateCommand): Promise<number> {
  await deliver(sweepCsv(recipe, index), command);
  if (command.out !== undefined && !command.quiet) remark(`wrote ${command.out}`);
  return EXIT.done;
}

async function readRecipe(command: SimulateCommand, signal: AbortSignal): Promise<Recipe> {
  const { own, ...others } = command.noise;
  const { truth } = await truthFor(command.truth, signal);
  const design = await designFor(command, signal);
  return { truth, design, noise: checkNoise({ ...own, ...others }), seed: command.fits.seed ?? 0 };
}

async function designFor({ design, lists, columns, format }: SimulateCommand, signal: AbortSignal): Promise<Design> {
  const { sizes = [], budgets = [], tokens, ...rest } = lists;
  if (design.kind === 'paper') return paperDesign();
  if (design.kind === 'file') {
    return designOf(await readTable(design.source, { columns, ...(format && { format }) }, signal, { planned: true }));
  }
  return withOptionNames(NAMES, async () => (design.kind === 'grid'
    ? gridDesign({ sizes, ...(tokens && { tokens }), ...rest })
    : isoflopDesign({ budgets, ...(lists.sizes && { sizes }), ...rest })));
}

function simulate(recipe: Recipe, command: SimulateCommand, takers: readonly Pick<PieceFile, 'put'>[], signal: AbortSignal): Promise<Simulation> {
  const { backend: choice, bootstrap: { replicates, sweeps = BOOTSTRAPPED }, fits, quiet } = command;
  return onBackend(choice, quiet, (backend, onProgress) => simulateOn(backend, {
    ...recipe, ...fits, signal, onProgress,
    budgets: BUDGETS,
    ...(replicates !== undefined && { bootstrap: { sweeps, replicates } }),
    async onPiece(first, batch, piece) {
      for (const taker of takers) await taker.put(first, batch, piece);
    },
  }));
}

/** Fits for the chart of a page: where there are more than it shows, a piece more. */
function fitsKept() {
  const pieces: Replicates[] = [];
  let kept = 0;
  const joined = (of: (piece: Replicates) => Float64Array) => Float64Array.from(pieces.flatMap((piece) => [...of(piece)]));
  return {
    async put(_first: number, { replicates }: Batch, fits: Replicates) {
      if (kept > MOST_SHOWN) return;
      pieces.push(fits);
      kept += replicates;
    },
    all: () => ({ natural: joined(({ natural }) => natural), objective: joined(({ objective }) => objective) }),
  };
}

/** Readable by `isoloss fit -`, to the last bit. */
function sweepCsv(recipe: Recipe, index: number): string {
  const { columns: { N, D, C }, loss } = syntheticSweep(recipe, index);
  return csvText(['N', 'D', 'C', 'loss'], [N, D, C, loss]);
}

/** Where it was stopped, and what was written beside the result. */
function progressRemarks({ sweeps, requested }: Simulation, files: readonly PieceFile[]): string[] {
  const part = (file: PieceFile) => (file.sweeps < sweeps ? `: ${formatInteger(file.sweeps)} of ${formatInteger(sweeps)} sweeps` : '');
  return [...stoppedRemarks(sweeps, requested, 'sweeps'), ...files.map((file) => `wrote ${file.path}${part(file)}`)];
}
