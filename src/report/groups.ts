/** Groups of runs in words, and as JSON. */
import { fitOfGroup } from '../fit/groups.ts';
import { lawById } from '../laws/registry.ts';
import type { Fit, FrontierPoint, GroupSpread, Model } from '../types.ts';
import { formatInteger } from '../units.ts';
import { reportFrontier } from './frontier.ts';
import { jsonable, type Jsonable } from './jsonable.ts';
import { predictions, type Beside } from './predictions.ts';

/** 'Runs of web (60) and books (40), by corpus, share alpha and beta; each group has E, A and B of its own.' */
export function groupsSentence({ column, share, names, points }: NonNullable<Fit['groups']>, { law }: Pick<Fit, 'law'>): string {
  const { base, own } = lawById(law).groups ?? { base: lawById(law), own: [] };
  const groups = names.map((name, g) => `${name} (${formatInteger(points[g])})`);
  const shared = share.length === 0 ? 'share nothing' : `share ${joinWords(share)}`;
  return `Runs of ${joinWords(groups)}, by ${column}, ${shared}; each group has ${joinWords(own.map((j) => base.params[j]))} of its own.`;
}

/** "a", "a and b", "a, b and c". */
export function joinWords(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Groups of runs and the law of each. */
export interface GroupsJson extends Pick<NonNullable<Fit['groups']>, 'column' | 'share' | 'names'> {
  readonly fits: Readonly<Record<string, GroupFitJson>>;
}

/** Fields mean what they mean in the JSON of a fit: of one group. */
export interface GroupFitJson {
  readonly law: string;
  readonly params: Jsonable<Fit['params']>;
  readonly exponents: Jsonable<Fit['exponents']>;
  readonly points: number;
  readonly computeRange: Jsonable<Fit['computeRange']>;
  readonly frontier: readonly FrontierPoint[];
  readonly bootstrap?: Jsonable<GroupSpread>;
  readonly predictions?: readonly Jsonable<Model & { readonly loss: number }>[];
}

/** To be spread into the JSON of a fit. */
export function groupsJson(fit: Fit, { bootstrap, predict = [] }: Beside): { groups?: GroupsJson } {
  if (!fit.groups) return {};
  const { column, share, names } = fit.groups;
  const fits = names.map((name): [string, GroupFitJson] => {
    const own = fitOfGroup(fit, name);
    const spread = bootstrap?.groups?.[name];
    return [name, {
      law: own.law,
      params: jsonable(own.params),
      exponents: jsonable(own.exponents),
      points: own.points,
      computeRange: jsonable(own.computeRange),
      frontier: reportFrontier(own),
      ...(spread && { bootstrap: jsonable(spread) }),
      ...(predict.length > 0 && { predictions: jsonable(predictions(own, predict)) }),
    }];
  });
  return { groups: { column, share, names, fits: Object.fromEntries(fits) } };
}
