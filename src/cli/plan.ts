/** `isoloss plan`: fit a table, or take a law, and ask it what to train next. */
import { filterSweep, fitOn, resampleOn, sandwichOn, truthOfFit, type Fit, type Resampling, type Sweep, type Truth } from '../node.ts';
import { batchFor } from '../fit/batch.ts';
import { publishedDecay, publishedRules } from '../paper/sizing.ts';
import { rangesOf } from '../plan/extrapolation.ts';
import type { Priced } from '../plan/serving.ts';
import type { Cluster } from '../plan/training-run.ts';
import { planJson, planText, planWarnings, type PlanReport } from '../report/plan.ts';
import { formatInteger } from '../report/units.ts';
import { drawsAt } from '../stats/analytic.ts';
import { planOf, type PlanBasis, type PlanOptions } from '../stats/plan.ts';
import type { Interval } from '../types.ts';
import { bootstrapOptions, columnsToKeep } from './bootstrap.ts';
import { isBootstrap, isSandwich } from './bootstrap-options.ts';
import { EXIT } from './exit.ts';
import { stoppable, unlessStopped } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { checkPlace, deliver, isJson, remark } from './output.ts';
import type { Machine, PlanCommand } from './plan-command.ts';
import { placedIn } from './source.ts';
import { exitCode, FIT_NAMES, onBackend, readSource, remarkOnFit } from './table-fit.ts';
import type { TruthRequest } from './truth-options.ts';
import { readFitJson } from './truth.ts';

/** The law that was asked, and where it is from. */
interface Asked extends PlanBasis {
  readonly source: string;
  /** Where it was fitted. */
  readonly fit?: Fit;
}

const NAMES = [...FIT_NAMES, 'cluster'];
const CONTEXT = 4096;

/** Exit code: 0, 3 where the certificate of the fit fails, 130 where it was stopped and this is what was done. */
export async function runPlan(command: PlanCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const asked = command.truth ? await given(command.truth, signal) : await fitted(command, signal);
  const options = optionsOf(command);
  const report: PlanReport = { ...asked, options, plan: planOf(asked, options), ...(command.unique.length > 0 && { decaySource: publishedDecay.source }) };
  await deliver(isJson(command) ? `${JSON.stringify(planJson(report), null, 2)}\n` : planText(report), command);
  if (!command.quiet) remarkOn(report, command);
  return asked.fit ? exitCode(asked.fit, signal) : EXIT.done;
}

/** A published law, numbers, or the fit that a file holds, of whose runs only the compute is known. */
async function given(truth: TruthRequest, signal: AbortSignal): Promise<Asked> {
  if (!('file' in truth)) return { ...ofTruth(truth), source: truth.name };
  const json = await readFitJson(truth.file, signal);
  const C = computeRangeOf(json);
  return { ...ofTruth(truthOfFit(json, truth.file)), source: truth.file, ...(C && { ranges: { C } }) };
}

function ofTruth({ law, params }: Truth): PlanBasis {
  return { law, params };
}

function computeRangeOf(json: unknown): Interval | undefined {
  const range = (json as { computeRange?: unknown }).computeRange;
  if (!Array.isArray(range)) return undefined;
  const [low, high] = range.map(Number);
  return low > 0 && high >= low ? [low, high] : undefined;
}

async function fitted(command: PlanCommand, signal: AbortSignal): Promise<Asked> {
  const table = await readSource(command, signal, columnsToKeep(command.bootstrap));
  const work = () => placedIn(table.name, () => fitTable(table, command, signal));
  return stoppable(withOptionNames(NAMES, work), signal);
}

async function fitTable(table: Sweep, command: PlanCommand, signal: AbortSignal): Promise<Asked> {
  const sweep = filterSweep(table, command.filter);
  const options = await bootstrapOptions(command, table, sweep, signal);
  return onBackend(command.fit.backend, command.quiet, async (backend, onProgress) => {
    const reporting = { onProgress, signal };
    const fit = await fitOn(backend, sweep, { ...command.fit, ...reporting });
    const resampling = options
      ? await unlessStopped(signal, () => resampleOn(backend, sweep, fit, { ...options, ...reporting }))
      : sandwich(sweep, fit, command);
    return { law: fit.law, params: fit.params, source: sweep.name, ranges: rangesOf(sweep), fit, ...(resampling && { resampling }) };
  });
}

/** Draws from the covariance of the fit, where they are asked for without a bootstrap. */
function sandwich(sweep: Sweep, fit: Fit, { bootstrap, fit: { seed } }: PlanCommand): Resampling | undefined {
  if (!isSandwich(bootstrap)) return undefined;
  const options = { ...(bootstrap.confidence !== undefined && { confidence: bootstrap.confidence }), ...(seed !== undefined && { seed }) };
  const draws = drawsAt(batchFor(sweep, fit), fit, options);
  return { bootstrap: sandwichOn(sweep, fit, options), replicates: draws, draws };
}

function optionsOf(command: PlanCommand): PlanOptions {
  const { budgets, losses, limits, asides, unique, excess, shapes, failures: { mtbf, checkpoint, restart } } = command;
  const cluster = clusterOf(command);
  const serving = servingOf(command);
  const layout = layoutOf(command);
  return {
    budgets, losses, asides,
    rules: publishedRules,
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(excess !== undefined && { excess }),
    ...(cluster && { cluster }),
    ...(layout && { layout }),
    ...(mtbf !== undefined && checkpoint !== undefined && {
      failures: { ofOneDevice: mtbf, checkpoint, ...(restart !== undefined && { restart }) },
    }),
    ...(serving && { serving }),
    ...(unique.length > 0 && { repetition: { unique, decay: publishedDecay } }),
    ...(shapes.count !== undefined && { shapes: { count: shapes.count, context: shapes.context ?? CONTEXT, family: familyOf(shapes) } }),
  };
}

function familyOf({ vocabulary, gated }: PlanCommand['shapes']): NonNullable<NonNullable<PlanOptions['shapes']>['family']> {
  return { ...(vocabulary !== undefined && { vocabulary }), ...(gated && { common: { gated } }) };
}

function clusterOf({ hardware: { device, count, utilisation, price, watts, pue } }: PlanCommand): Cluster | undefined {
  if (device === undefined || count === undefined || utilisation === undefined) return undefined;
  return {
    ...device, devices: count, utilisation,
    ...(price !== undefined && { pricePerDeviceHour: price }),
    ...(watts !== undefined && { wattsPerDevice: watts }),
    ...(pue !== undefined && { pue }),
  };
}

function layoutOf({ layout: { batch, stages, microBatches = 1, chunks, ...rest } }: PlanCommand): PlanOptions['layout'] {
  if (batch === undefined) return undefined;
  return { batch, ...rest, ...(stages !== undefined && { pipeline: { stages, microBatches, ...(chunks !== undefined && { chunks }) } }) };
}

/** In money too, where it is said how devices serve. */
function servingOf({ serve, serving, hardware }: PlanCommand): PlanOptions['serving'] {
  if (serve === undefined) return undefined;
  const { device, utilisation, price } = hardware;
  if (!serving.utilisation || device === undefined || utilisation === undefined || price === undefined) return { demand: serve };
  const priced = (machine: Machine, share: number, perHour: number): Priced => ({ ...machine, utilisation: share, pricePerDeviceHour: perHour });
  const serves = (share: number) => priced(serving.device ?? device, share, serving.price ?? price);
  return {
    demand: serve,
    hardware: { train: priced(device, utilisation, price), input: serves(serving.utilisation.input), output: serves(serving.utilisation.output) },
  };
}

/** What a text on the screen would have shown, what is missing, and where it was written. */
function remarkOn(report: PlanReport & Pick<Asked, 'fit'>, command: PlanCommand): void {
  const { fit, resampling } = report;
  if (isJson(command) || command.out !== undefined) {
    for (const warning of planWarnings(report)) remark(`warning: ${warning}`);
    if (fit) remarkOnFit(fit);
  }
  if (isBootstrap(command.bootstrap) && !resampling) remark('no intervals: stopped before the bootstrap was done');
  const { replicates = 0, requested = 0, kind = 'pairs' } = resampling?.bootstrap ?? {};
  if (replicates < requested && kind !== 'sandwich') {
    remark(`stopped after ${formatInteger(replicates)} of ${formatInteger(requested)} resamples`);
  }
  if (command.out !== undefined) remark(`wrote ${command.out}`);
}
