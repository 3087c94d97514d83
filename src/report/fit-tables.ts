/** A fit as lines of text: its law with numbers, and its tables of parameters, optima and predictions. */
import { fitOfGroup, spreadOfGroup } from '../fit/groups.ts';
import { INPUTS } from '../laws/inputs.ts';
import { lawById } from '../laws/registry.ts';
import type { Bootstrap, Fit, FrontierPoint, Interval } from '../types.ts';
import { formatCount, formatNumber, formatPower } from '../units.ts';
import { formatTimes } from './beyond.ts';
import { intervalTitle, spans } from './bootstrap.ts';
import { alignColumns, pad, table, WIDTH, wrap, type Column } from './layout.ts';
import { predictions, rolesOf, type Beside } from './predictions.ts';

/** What the frontier takes of what the law reads beside sizes: ", at G = 1". */
export function assumed({ law }: Fit): string {
  const usual = lawById(law).inputs.flatMap((name) => (INPUTS[name].usual === undefined ? [] : [`${name} = ${INPUTS[name].usual}`]));
  return usual.length > 0 ? `, at ${usual.join(', ')}` : '';
}

/** The law with its numbers, and how the optimum grows; behind the name of a group. */
export function formulas(fit: Fit, name?: string): string[] {
  const { a, b } = fit.exponents;
  const label = name === undefined ? '' : `${name}: `;
  const law = wrap(`${label}${lawWithNumbers(fit)}`, WIDTH - 2);
  if (a === undefined || b === undefined) return law;
  return [...law, `${' '.repeat(label.length)}N_opt ∝ C^${formatNumber(a, 4)},  D_opt ∝ C^${formatNumber(b, 4)}`];
}

function lawWithNumbers({ law, params }: Fit): string {
  return lawById(law).formula.replaceAll(/[A-Za-z_]\w*/g, (name) => {
    const value = params[name];
    if (value === undefined) return name;
    return value < 0 ? `(${formatNumber(value, 4)})` : formatNumber(value, 4);
  });
}

/** A number of a fit. */
interface Row {
  /** Whose it is, where there are groups. */
  readonly group: string;
  readonly name: string;
  readonly value: number;
  readonly isFixed: boolean;
  readonly error: number;
  readonly interval: Interval;
}

/** Parameters and exponents, with standard errors and intervals where there are any; of groups first what all have alike. */
export function parameterTable(fit: Fit, bootstrap: Bootstrap | undefined): string[] {
  const rows = fit.groups ? groupedRows(fit, fit.groups, bootstrap) : rowsOf('', fit, bootstrap);
  const groups = rows.map(({ group }, k) => (group === rows[k - 1]?.group ? '' : group));
  const cells = rows.map(({ name, value, isFixed }) => [name, formatNumber(value, 6), isFixed ? 'fixed' : '']);
  const named: Column[] = fit.groups ? [['l', 'group', groups]] : [];
  if (!bootstrap) return fit.groups ? alignColumns(cells.map((row, k) => [groups[k], ...row]), 'll.l') : alignColumns(cells, 'l.l');
  const errors = pad(rows.map(({ isFixed, error }) => (isFixed ? 'fixed' : formatNumber(error, 3))), '.');
  const free = rows.filter(({ isFixed }) => !isFixed);
  const spread = new Map(spans(free.map(({ interval: of }) => of), (end) => formatNumber(end, 4), '.').map((span, k) => [free[k], span]));
  return table([
    ...named,
    ['l', '', alignColumns(cells, 'l.')],
    ['l', 'std. error', errors],
    ['l', intervalTitle(bootstrap), rows.map((row) => spread.get(row) ?? '')],
  ]);
}

function rowsOf(group: string, { params, exponents, fixed = {} }: Fit, bootstrap: Bootstrap | undefined): Row[] {
  return Object.entries({ ...params, ...exponents }).map(([name, value]) => ({
    group, name, value, isFixed: name in fixed,
    error: bootstrap?.standardErrors[name] ?? NaN,
    interval: bootstrap?.intervals[name] ?? [NaN, NaN],
  }));
}

/** Exponents of the frontier that follow from what is shared are those of all. */
function groupedRows(fit: Fit, { names, share }: NonNullable<Fit['groups']>, bootstrap: Bootstrap | undefined): Row[] {
  const groups = names.map((name) => rowsOf(name, fitOfGroup(fit, name), bootstrap && spreadOfGroup(fit, bootstrap, name)));
  const ofLaw = lawById(fit.law).groups?.base.params ?? [];
  const isAll = ({ name, value }: Row, k: number) => share.includes(name) || (!ofLaw.includes(name) && groups.every((rows) => Object.is(rows[k].value, value)));
  return [
    ...groups[0].filter(isAll).map((row) => ({ ...row, group: 'all' })),
    ...groups.flatMap((rows) => rows.filter((row, k) => !isAll(row, k))),
  ];
}

/** Budgets beyond the largest run are marked by how far. */
export function frontierTable(points: readonly FrontierPoint[], highest: number, bootstrap: Bootstrap | undefined): string[] {
  if (points.length === 0) return ['None: with these parameters no size is optimal.'];
  const beyond = points.map(({ C }) => (C > highest ? formatTimes(C / highest) : ''));
  const columns: Column[] = [
    ['l', 'C (FLOP)', points.map(({ C }) => formatPower(C, 3))],
    ['r', '   N_opt', points.map(({ N }) => formatCount(N))],
    ...interval(bootstrap, (at) => at.N, formatCount),
    ['r', '   D_opt', points.map(({ D }) => formatCount(D))],
    ['r', 'D/N', points.map(({ N, D }) => formatNumber(D / N, 3))],
    ...interval(bootstrap, (at) => at.tokensPerParameter, (end) => formatNumber(end, 3)),
    ['r', ' loss', points.map(({ loss }) => loss.toFixed(3))],
    ['l', 'beyond the runs', beyond],
  ];
  return table(columns);
}

/** A column of intervals of the frontier, or none. */
function interval(
  bootstrap: Bootstrap | undefined, of: (at: Bootstrap['frontier'][number]) => Interval,
  format: (end: number) => string,
): Column[] {
  return bootstrap ? [['l', intervalTitle(bootstrap), spans(bootstrap.frontier.map(of), format, 'r')]] : [];
}

/** Loss of the models that were asked for. */
export function predictionTable(fit: Fit, models: NonNullable<Beside['predict']>, bootstrap: Bootstrap | undefined): string[] {
  const points = predictions(fit, models);
  const intervals = bootstrap?.predictions.map((prediction) => prediction.interval) ?? [];
  return table([
    ...rolesOf(models).map((role) => ['r', role.padStart(7), points.map(({ [role]: value }) => (value === undefined ? '' : formatCount(value)))] as const),
    ['r', '  loss', points.map(({ loss }) => loss.toFixed(4))],
    ...(bootstrap ? [['l', intervalTitle(bootstrap), spans(intervals, (end) => end.toFixed(4), 'r')] as const] : []),
  ]);
}
