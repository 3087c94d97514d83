/** One group of runs of a table: by itself, and as the views and the plan take it, with the law that a fit of all groups gives it. */
import { filterSweep, fitOfGroup, groupsBy, predictLosses, type FilterOptions, type Fit, type Sweep } from '../index.ts';

/** A group that is asked for. */
export interface AskedGroup {
  readonly column: string;
  readonly name: string;
}

/** Of the names that there are: the one that is asked for, else the first. */
export function nameOfGroup(names: readonly string[], asked: string): string {
  return names.includes(asked) ? asked : names[0];
}

/** The runs of one group; the others are left out, and said so. @throws InputError where the sweep has no groups by that column. */
export function runsOfGroup(sweep: Sweep, { column, name: asked }: AskedGroup): Sweep {
  const groups = groupsBy(sweep, column);
  const name = nameOfGroup(groups.map((group) => group.name), asked);
  const others = groups.filter((group) => group.name !== name).flatMap((group) => [...group.sweep.lines]);
  const { sweep: own } = groups.find((group) => group.name === name)!;
  return { ...own, dropped: [...sweep.dropped, { reason: `not ${column}=${name}`, lines: others.toSorted((a, b) => a - b) }] };
}

/** The runs that a filter leaves, of one group where one is asked for. @throws InputError as `filterSweep` and `runsOfGroup` do. */
export function runsOf(sweep: Sweep, { filter, group }: { readonly filter: FilterOptions; readonly group?: AskedGroup }): Sweep {
  const left = filterSweep(sweep, filter);
  return group ? runsOfGroup(left, group) : left;
}

/** The fit of one group, of its runs. */
export function ofGroup<F extends { readonly fit: Fit; readonly sweep: Sweep }>(found: F, name: string): F {
  const { fit, sweep } = found;
  return { ...found, fit: fitOfGroup(fit, name), sweep: runsOfGroup(sweep, { column: fit.groups!.column, name }) };
}

/** "chinchilla", or "chinchilla by corpus, of web, code". */
export function lawInWords({ law, groups, ...fit }: Fit): string {
  return groups ? `${fitOfGroup({ ...fit, law, groups }, groups.names[0]).law} by ${groups.column}, of ${groups.names.join(', ')}` : law;
}

/** Of a law, or of each group's: the fit that a run is of, undefined of a run that is of no group of the fit. */
export function fitsOfRuns({ fit, sweep }: { readonly fit: Fit; readonly sweep: Sweep }): (run: number) => Fit | undefined {
  if (!fit.groups) return () => fit;
  const { column, names } = fit.groups;
  const fits = new Map(names.map((name) => [name, fitOfGroup(fit, name)]));
  const values = sweep.extra?.[column] ?? [];
  return (run) => fits.get(String(values[run]));
}

/** What the law gives each run of a sweep, nats per token; NaN of a run that is of no group of the fit. */
export function lossesOfRuns(found: { readonly fit: Fit; readonly sweep: Sweep }): Float64Array {
  const { fit, sweep: { columns } } = found;
  if (!fit.groups) return predictLosses(fit.law, fit.params, columns);
  const fitOf = fitsOfRuns(found);
  const losses = new Map<Fit | undefined, Float64Array>();
  const lossesBy = (of: Fit) => losses.get(of) ?? losses.set(of, predictLosses(of.law, of.params, columns)).get(of)!;
  return columns.N.map((_, run) => {
    const of = fitOf(run);
    return of ? lossesBy(of)[run] : NaN;
  });
}
