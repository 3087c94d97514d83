/** `isoloss fit`: read, filter, fit, report. Result to standard output or a file, remarks to standard error. */
import { filterSweep, fitOfGroup, fitOn, influenceOn, resampleOn, sandwichOn } from '../node.ts';
import { lawById } from '../laws/registry.ts';
import { checkModels } from '../plan/frontier.ts';
import { reportFrontier } from '../report/frontier.ts';
import { toJson } from '../report/json.ts';
import { toText } from '../report/text.ts';
import type { Replicates } from '../stats/fits.ts';
import type { Bootstrap, Fit, FitOptions, Influence, Sweep } from '../types.ts';
import { formatInteger } from '../units.ts';
import { bootstrapOptions, clusters, columnsToKeep } from './bootstrap.ts';
import { isBootstrap, isSandwich } from './bootstrap-options.ts';
import type { FitCommand } from './fit-options.ts';
import { stoppable, unlessStopped } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { checkPlace, deliver, isHtml, isJson, remark } from './output.ts';
import { placedIn } from './source.ts';
import { exitCode, FIT_NAMES, onBackend, readSource, remarkOnFit } from './table-fit.ts';

/** What was fitted, and what was asked beside it. */
interface Outcome {
  /** The runs that were fitted. */
  readonly sweep: Sweep;
  readonly fit: Fit;
  readonly bootstrap?: Bootstrap;
  /** The fits of its resamples. */
  readonly replicates?: Replicates;
  readonly influence?: Influence;
}

const NAMES = [...FIT_NAMES, 'cluster', 'predict', 'share'];

/** Exit code: 0, 3 where the certificate fails, 130 where it was stopped and this is what was done. */
export async function runFit(command: FitCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const table = await readSource(command, signal, columnsToKeep(command.bootstrap, command.group));
  const work = () => placedIn(table.name, () => fitTable(table, command, signal));
  const outcome = await stoppable(withOptionNames(NAMES, work), signal);
  await deliver(await written(outcome, command), command);
  if (!command.quiet) remarkOn(outcome, command);
  return exitCode(outcome.fit, signal);
}

/** In the form that was asked for. */
async function written(outcome: Outcome, command: FitCommand): Promise<string> {
  const { fit } = outcome;
  const beside = { ...outcome, predict: command.predict };
  if (isJson(command)) return `${JSON.stringify(toJson(fit, beside), null, 2)}\n`;
  if (isHtml(command)) return (await import('./report.ts')).reportOf(beside);
  return toText(fit, reportFrontier(fit), beside);
}

/** The fit, and on the same backend what was asked beside it. */
async function fitTable(table: Sweep, command: FitCommand, signal: AbortSignal): Promise<Outcome> {
  checkModels(lawById(command.fit.law ?? 'chinchilla'), command.predict);
  const sweep = filterSweep(table, command.filter);
  const options = await bootstrapOptions(command, table, sweep, signal);
  return onBackend(command.fit.backend, command.quiet, async (backend, onProgress) => {
    const reporting = { onProgress, signal };
    const fit = await fitOn(backend, sweep, { ...command.fit, ...groupsAsked(command), ...reporting });
    if (!hasNumbers(fit)) return { sweep, fit };
    const budgets = [...new Set(fitsOf(fit).flatMap((each) => reportFrontier(each).map(({ C }) => C)))];
    const spread = options
      ? await unlessStopped(signal, () => resampleOn(backend, sweep, fit, { ...options, budgets, ...reporting }))
      : sandwich(sweep, fit, budgets, command);
    const influence = command.influence
      ? await unlessStopped(signal, () => influenceOn(backend, sweep, fit, { ...clusters(command.bootstrap, sweep), ...reporting }))
      : undefined;
    return { sweep, fit, ...spread, ...(influence && { influence }) };
  });
}

function groupsAsked({ group, share = [] }: FitCommand): Pick<FitOptions, 'groups'> {
  return group === undefined ? {} : { groups: { column: group, share } };
}

/** Of each group, where there are groups. */
function fitsOf(fit: Fit): Fit[] {
  return fit.groups?.names.map((name) => fitOfGroup(fit, name)) ?? [fit];
}

/** What is made beside a fit starts from its parameters. */
function hasNumbers({ params }: Fit): boolean {
  return Object.values(params).every(Number.isFinite);
}

/** Intervals at once, where they are asked for without a bootstrap. */
function sandwich(sweep: Sweep, fit: Fit, budgets: readonly number[], command: FitCommand): Pick<Outcome, 'bootstrap'> | undefined {
  if (!isSandwich(command.bootstrap)) return undefined;
  const { bootstrap: { confidence }, predict } = command;
  return { bootstrap: sandwichOn(sweep, fit, { ...(confidence !== undefined && { confidence }), budgets, predict }) };
}

/** What a text on the screen would have shown, what is missing and why, and where it was stopped or written. */
function remarkOn(outcome: Outcome, command: FitCommand): void {
  const { fit, bootstrap } = outcome;
  if (isJson(command) || command.out !== undefined) remarkOnFit(fit);
  if (bootstrap && bootstrap.replicates < bootstrap.requested && bootstrap.kind !== 'sandwich') {
    remark(`stopped after ${formatInteger(bootstrap.replicates)} of ${formatInteger(bootstrap.requested)} resamples`);
  }
  const why = hasNumbers(fit) ? 'stopped before it was done' : 'the fitted parameters are not all finite';
  for (const what of missing(outcome, command)) remark(`no ${what}: ${why}`);
  if (command.out !== undefined) remark(`wrote ${command.out}`);
}

function missing({ bootstrap, influence }: Outcome, command: FitCommand): string[] {
  return [
    ...(isBootstrap(command.bootstrap) && !bootstrap ? ['bootstrap'] : []),
    ...(isSandwich(command.bootstrap) && !bootstrap ? ['sandwich intervals'] : []),
    ...(command.influence && !influence ? ['influence'] : []),
  ];
}
