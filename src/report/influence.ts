/** Influence as text and as JSON: the runs, or clusters, that the answer hangs on. */
import type { Influence, LeftOut } from '../types.ts';
import { formatCount, formatInteger, formatNumber, formatSeconds } from '../units.ts';
import { failures } from './bootstrap.ts';
import { jsonable, type Jsonable } from './jsonable.ts';
import { indent, list, pad, tablesWithin, type Column } from './layout.ts';

/** The runs that change the exponents and the allocation most, `shown` of each, at most 100 columns wide. */
export function influenceLines(influence: Influence, shown = 5): string[] {
  const { left, failed, withoutOptimum, seconds } = influence;
  const names = shownQuantities(influence);
  const picked = left.length === 0 ? [] : mostInfluential(influence, names, shown);
  const what = left.some(({ cluster }) => cluster !== undefined) ? 'clusters' : 'runs';
  return [
    ...list([['Left out', `${formatInteger(left.length)} ${what}, one at a time, in ${formatSeconds(seconds)}`]]),
    ...failures(failed, left.length, 'the finite ones are below'),
    ...list([
      ...(withoutOptimum === 0 ? [] : [['No optimum', `without ${formatInteger(withoutOptimum)} of them an exponent is zero or less`] as const]),
      ['Shown', `those that change ${names.map(titleOf).join(', ')} most: the fit without it, less the fit of all`],
      ['s.e.', `the change in jackknife standard errors: ${names.map((name) => errorOf(influence, name)).join(', ')}`],
    ]),
    '',
    ...indent(picked.length === 0 ? ['None: no fit without a run is finite.']
      : tablesWithin(descriptions(picked), names.map((name) => changes(influence, picked, name)))),
  ];
}

/** The exponents that the law has of its own, else a, else its first parameters; and the allocation at the last budget. */
function shownQuantities({ standardErrors }: Influence): string[] {
  const names = Object.keys(standardErrors);
  const exponents = names.filter((name) => /^(alpha|beta)/.test(name));
  const others = names.includes('a') ? ['a'] : names.slice(0, 2);
  return [...(exponents.length > 0 ? exponents : others), ...names.filter(isLog).slice(-1)];
}

function isLog(name: string): boolean {
  return name.startsWith('log N_opt');
}

function titleOf(name: string): string {
  return name.replace('log ', '');
}

function errorOf({ standardErrors }: Influence, name: string): string {
  const error = standardErrors[name];
  return `${titleOf(name)} ${isLog(name) ? `×${formatNumber(Math.exp(error), 3)}` : formatNumber(error, 3)}`;
}

/** The first `shown` of each ranking, by the largest change in standard errors. */
function mostInfluential({ left, ranking, standardErrors }: Influence, names: readonly string[], shown: number): LeftOut[] {
  const places = new Set(names.flatMap((name) => ranking[name].slice(0, shown)));
  const size = (g: number) => Math.max(...names.map((name) => Math.abs(left[g].change[name] / standardErrors[name]) || 0));
  return [...places].toSorted((g, h) => size(h) - size(g)).map((g) => left[g]);
}

function descriptions(picked: readonly LeftOut[]): Column[] {
  if (picked.some(({ cluster }) => cluster !== undefined)) {
    return [
      ['l', 'cluster', picked.map(({ cluster }) => String(cluster).slice(0, 30))],
      ['r', 'runs', picked.map(({ runs }) => formatInteger(runs.length))],
    ];
  }
  const runs = picked.flatMap((left) => left.runs);
  return [
    ['r', 'line', runs.map(({ line }) => String(line))],
    ...(['N', 'D', 'x'] as const).filter((role) => runs.some((run) => run[role] !== undefined))
      .map((role) => ['r', role, runs.map(({ [role]: value }) => (value === undefined ? '' : formatCount(value)))] as const),
    ['r', 'loss', runs.map(({ loss }) => loss.toFixed(3))],
    ['r', 'residual', pad(runs.map(({ residual }) => signed(residual, formatNumber(residual, 2))), '.')],
  ];
}

/** The change of a quantity, of a log as a factor; and in standard errors. */
function changes({ standardErrors }: Influence, picked: readonly LeftOut[], name: string): Column[] {
  const cells = picked.map(({ change: { [name]: change } }) =>
    (Number.isNaN(change) ? 'none' : isLog(name) ? `×${formatNumber(Math.exp(change), 4)}` : signed(change, formatNumber(change, 3))));
  const shares = picked.map(({ change: { [name]: change } }) => {
    const share = Number((change / standardErrors[name]).toFixed(2));
    return Number.isFinite(share) ? signed(share, share.toFixed(2)) : '';
  });
  return [['r', titleOf(name), pad(cells, '.')], ['r', 's.e.', pad(shares, '.')]];
}

function signed(value: number, text: string): string {
  return value > 0 ? `+${text}` : text;
}

/** The fields mean what they mean in `Influence`; a number that is not finite is null. */
export interface InfluenceJson extends Pick<Influence, 'ranking' | 'failed' | 'withoutOptimum' | 'seconds'> {
  readonly left: readonly (Omit<LeftOut, 'change'> & { readonly change: Jsonable<LeftOut['change']> })[];
  readonly standardErrors: Jsonable<Influence['standardErrors']>;
}

export function influenceJson({ left, standardErrors, ranking, failed, withoutOptimum, seconds }: Influence): InfluenceJson {
  return {
    left: left.map(({ change, ...rest }) => ({ ...rest, change: jsonable(change) })),
    standardErrors: jsonable(standardErrors),
    ranking, failed, withoutOptimum, seconds,
  };
}
