/** What the command line asks of a bootstrap, as the library takes it. */
import { filledValues } from '../data/groups.ts';
import { InputError } from '../errors.ts';
import type { BootstrapOptions, Sweep } from '../types.ts';
import { isBootstrap, isModelSize, type Bootstrapped, type BootstrapRequest } from './bootstrap-options.ts';
import { readCounts } from './counts.ts';
import type { FittedTable } from './table-options.ts';

/** What tells runs apart that the bootstrap, the influence or the groups of a fit need. */
export function groupsToRead({ cluster }: BootstrapRequest, group?: string): string[] {
  return [...new Set([cluster === undefined || isModelSize(cluster) ? [] : [cluster], group ?? []].flat())];
}

type Asked = Bootstrapped & Pick<FittedTable, 'fit'> & Pick<BootstrapOptions, 'predict'>;

/**
 * Undefined where no bootstrap is asked for. `sweep` is what the filters left of `table`.
 * @throws InputError where the file of counts cannot be used.
 */
export async function bootstrapOptions(
  { bootstrap, fit, predict = [] }: Asked, table: Sweep, sweep: Sweep, signal: AbortSignal,
): Promise<BootstrapOptions | undefined> {
  if (!isBootstrap(bootstrap)) return undefined;
  const { cluster, counts: path, kind, ...rest } = bootstrap;
  const counts = path === undefined ? undefined : await countsOf(path, table, sweep, rest.replicates, signal);
  return {
    ...rest,
    ...(kind && { kind }),
    ...(cluster !== undefined && { kind: 'cluster', ...clusters(bootstrap, sweep) }),
    ...(counts && { kind: 'counts', counts }),
    ...(fit.seed !== undefined && { seed: fit.seed }),
    predict,
  };
}

/** The cluster of each run, where clusters were asked for. @throws InputError where a run that counts has none. */
export function clusters({ cluster }: BootstrapRequest, sweep: Sweep): Pick<BootstrapOptions, 'cluster'> {
  if (cluster === undefined) return {};
  if (isModelSize(cluster)) return { cluster: Array.from(sweep.columns.N) };
  filledValues(sweep, cluster, (run) => sweep.weight[run] > 0);
  return { cluster: sweep.extra?.[cluster] ?? [] };
}

/** Counts of the runs that are fitted, [resamples][runs of sweep]; the file has those of all runs of the table. */
async function countsOf(
  path: string, table: Sweep, sweep: Sweep, replicates: number | undefined, signal: AbortSignal,
): Promise<Uint32Array> {
  const runs = table.lines.length;
  const all = await readCounts(path, runs, signal);
  const resamples = all.length / runs;
  if (replicates !== undefined && replicates !== resamples) {
    throw new InputError(`${path}: expected ${replicates} rows of counts, one for each resample of --bootstrap, ` +
      `got ${resamples}. Leave --bootstrap out to take them all.`);
  }
  const kept = rowsKept(table, sweep);
  const counts = new Uint32Array(resamples * kept.length);
  for (let r = 0; r < resamples; r++) {
    kept.forEach((row, i) => { counts[r * kept.length + i] = all[r * runs + row]; });
    if (counts.subarray(r * kept.length, (r + 1) * kept.length).some((count) => count > 0)) continue;
    throw new InputError(`${path}, resample ${r + 1}: expected a count above zero for some run that is fitted, ` +
      `got zero for all ${kept.length}. Leave this resample out.`);
  }
  return counts;
}

/** Rows of the table that the filters kept. */
function rowsKept({ lines }: Sweep, sweep: Sweep): Int32Array {
  const rows = new Map(Array.from(lines, (line, row) => [line, row] as const));
  return sweep.lines.map((line) => rows.get(line) as number);
}
