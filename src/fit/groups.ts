/** A fit of groups of runs that share parameters of a law (src/laws/grouped.ts): how it is asked for, and what it says of each group. */
import { groupedRuns, valuesOf } from '../data/groups.ts';
import { optionError } from '../errors.ts';
import { groupedId, partOf } from '../laws/grouped.ts';
import type { Grouping, Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import type { Bootstrap, Fit, FitOptions, Interval, Sweep } from '../types.ts';

/**
 * The law of an id, of the groups of runs that are asked for where any are: those that have runs of weight above 0.
 * @throws InputError where the sweep has no such groups, or they cannot share these parameters.
 */
export function lawFor(sweep: Sweep, { law: id = 'chinchilla', groups }: Pick<FitOptions, 'law' | 'groups'>): Law {
  const law = lawById(id);
  if (!groups) return law;
  if (law.groups) throw optionError('groups', `expected none beside a law of groups, got ${groups.column}.`);
  const { names } = groupedRuns(sweep, groups.column, (run) => sweep.weight[run] > 0);
  return lawById(groupedId(id, groups.column, groups.share, names));
}

/** @throws InputError where groups are asked for of what has no place for them: `what` in a few words. */
export function refuseGroups({ groups }: Pick<FitOptions, 'groups'>, what: string): void {
  if (groups) throw optionError('groups', `expected none for ${what}, got ${groups.column}. Leave them out, or take the runs of one group.`);
}

/** What a fit says of its groups. */
export function groupsFitted(sweep: Sweep, { column, share, names }: Grouping): NonNullable<Fit['groups']> {
  const values = valuesOf(sweep, column);
  const compute = names.map((name) => sweep.columns.C.filter((_, i) => values[i] === name && sweep.weight[i] > 0));
  return {
    column, share, names,
    points: compute.map(({ length }) => length),
    computeRanges: compute.map((C): Interval => [C.reduce((a, b) => Math.min(a, b)), C.reduce((a, b) => Math.max(a, b))]),
  };
}

/** What should be known of groups that have no more runs than free parameters of their own: `fixed` are those that are held. */
export function groupWarnings({ points }: NonNullable<Fit['groups']>, { params, groups }: Law, fixed: Readonly<Record<string, number>>): string[] {
  const { base, names, own, places } = groups as Grouping;
  return names.flatMap((name, g) => {
    const free = own.filter((j) => !(params[places[g][j]] in fixed)).map((j) => base.params[j]);
    if (points[g] > free.length) return [];
    const [runs, them] = points[g] === 1 ? ['1 run', 'it'] : [`${points[g]} runs`, 'them'];
    return [`${name} has ${runs} and as many parameters of its own (${free.join(', ')}): they follow ${them} whatever the noise, and their intervals leave it out. ` +
      'Share more parameters, or add runs.'];
  });
}

/** Parameters of one group by the names of the law of each, of an object that has them by those of all. */
function ofGroup<T>(values: Readonly<Record<string, T>>, { params, groups }: Law, g: number): Record<string, T> {
  const { base, places } = groups as Grouping;
  return Object.fromEntries(base.params.flatMap((name, j) => {
    const all = params[places[g][j]];
    return all in values ? [[name, values[all]]] : [];
  }));
}

/**
 * The fit of one group, as one of the law by itself: its parameters, exponents, runs and compute. Objective, certificate and how it was
 * made are those of the fit of all groups.
 * @throws InputError where the fit has no such group.
 */
export function fitOfGroup(fit: Fit, name: string): Fit {
  const { groups, fixed, bounds, ...rest } = fit;
  const law = lawById(fit.law);
  const g = groups?.names.indexOf(name) ?? -1;
  if (!groups || !law.groups || g < 0) throw optionError('group', `expected one of the groups of the fit (${groups?.names.join(', ') ?? 'it has none'}), got "${name}".`);
  const { base, places } = law.groups;
  const natural = partOf(law.params.map((param) => fit.params[param]), places[g]);
  return {
    ...rest,
    law: base.id,
    params: ofGroup(fit.params, law, g),
    exponents: base.frontier?.exponents(natural) ?? {},
    ...(fixed && { fixed: ofGroup(fixed, law, g) }),
    ...(bounds && { bounds: ofGroup(bounds, law, g) }),
    otherMinima: fit.otherMinima.map(({ params, objective }) => ({ params: ofGroup(params, law, g), objective })),
    points: groups.points[g],
    computeRange: groups.computeRanges[g],
  };
}

/**
 * What a bootstrap of such a fit says of one group, as a bootstrap of its law.
 * @throws InputError where it has no such group.
 */
export function spreadOfGroup({ law: id }: Pick<Fit, 'law'>, bootstrap: Bootstrap, name: string): Bootstrap {
  const { groups, ...rest } = bootstrap;
  const its = lawById(id).groups;
  const own = groups?.[name];
  const g = its?.names.indexOf(name) ?? -1;
  if (!its || !own || g < 0) throw optionError('group', `expected one of the groups of the bootstrap (${Object.keys(groups ?? {}).join(', ')}), got "${name}".`);
  const places = its.places[g];
  return { ...rest, ...own, covariance: places.map((p) => places.map((q) => rest.covariance[p][q])), covarianceOf: its.base.params };
}
