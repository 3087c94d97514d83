/** `isoloss fit`: read, filter, fit, report. Result to standard output or a file, remarks to standard error. */
import { filterSweep, fitOfGroup, fitOn, influenceOn, resampleOn, sandwichOn } from '../node.ts';
import { lawById } from '../laws/registry.ts';
import { checkModels } from '../plan/frontier.ts';
import { reportFrontier } from '../report/frontier.ts';
import { toJson } from '../report/json.ts';
import { toText } from '../report/text.ts';
import type { Replicates } from '../stats/fits.ts';
import type { Bootstrap, Fit, FitOptions, Influence, Sweep } from '../types.ts';
import { bootstrapOptions, clusters, groupsToRead } from './bootstrap.ts';
import { isBootstrap, isSandwich } from './bootstrap-options.ts';
import type { FitCommand } from './fit-options.ts';
import { stoppable, unlessStopped } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { asWarnings, checkPlace, deliverResult, type Result } from './output.ts';
import { placedIn } from './source.ts';
import { exitCode, FIT_NAMES, fitRemarks, onBackend, readSource, stoppedRemarks } from './table-fit.ts';

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
  const table = await readSource(command, signal, groupsToRead(command.bootstrap, command.group));
  const work = () => placedIn(table.name, () => fitTable(table, command, signal));
  const outcome = await stoppable(withOptionNames(NAMES, work), signal);
  await deliverResult(resultOf(outcome, command), { unseen: [...fitRemarks(outcome.fit), ...asWarnings(outcome.bootstrap?.warnings ?? [])], always: missing(outcome, command) }, command);
  return exitCode(outcome.fit, signal);
}

function resultOf(outcome: Outcome, { predict }: FitCommand): Result {
  const { fit } = outcome;
  const beside = { ...outcome, predict };
  return {
    json: () => toJson(fit, beside),
    text: () => toText(fit, reportFrontier(fit), beside),
    async page(plotly) {
      const [{ reportFigures }, { htmlReport }] = await Promise.all([import('../document/charts.ts'), import('../document/report.ts')]);
      return htmlReport({ ...beside, figures: reportFigures(beside), plotly });
    },
  };
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

/** Where it was stopped, what is missing and why. */
function missing({ fit, bootstrap, influence }: Outcome, command: FitCommand): string[] {
  const why = hasNumbers(fit) ? 'stopped before it was done' : 'the fitted parameters are not all finite';
  return [
    ...(bootstrap && bootstrap.kind !== 'sandwich' ? stoppedRemarks(bootstrap.replicates, bootstrap.requested) : []),
    ...(isBootstrap(command.bootstrap) && !bootstrap ? [`no bootstrap: ${why}`] : []),
    ...(isSandwich(command.bootstrap) && !bootstrap ? [`no sandwich intervals: ${why}`] : []),
    ...(command.influence && !influence ? [`no influence: ${why}`] : []),
  ];
}
