/** Laws, choices and sweeps against each other, in the worker; loaded when they are asked for first. */
import {
  compareLawsOn, filterSweep, groupsBy, InputError, multipliersOn, sensitivityOn,
  type Backend, type CompareOptions, type FilterOptions, type Group, type LawComparison, type Multiplier, type MultiplierOptions, type OpenTable, type Progress,
  type Sensitivity, type SensitivityOptions, type Sweep,
} from '../index.ts';
import type { Choice } from './devices.ts';
import { runsOf, type AskedGroup } from './groups.ts';

interface Request<Options> {
  readonly device: Choice;
  readonly filter: FilterOptions;
  /** Of the table that is open: its runs alone. */
  readonly group?: AskedGroup;
  readonly options: Omit<Options, 'backend' | 'onProgress' | 'signal'>;
}
export type CompareRequest = Request<CompareOptions>;
export type SensitivityRequest = Request<SensitivityOptions>;

type ColumnNames = Readonly<Record<string, string>>;

/** The sweeps: the table that is open and the second one, or the first taken apart by a column. */
export interface MultiplierRequest extends Request<MultiplierOptions> {
  readonly sweeps: { readonly second: ColumnNames } | { readonly group: string; readonly against: string; readonly columns: ColumnNames };
}

/** What is open: its runs, the table that they are of where it is no bundled sweep, and the second table. */
export interface Tables {
  readonly sweep: Sweep;
  readonly opened: OpenTable | undefined;
  readonly second: OpenTable | undefined;
}

export interface Told {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** @throws InputError as `compareLawsOn` and `runsOf` do. */
export function comparisonFor(backend: Backend, { sweep }: Tables, told: Told, request: CompareRequest): Promise<LawComparison> {
  return compareLawsOn(backend, runsOf(sweep, request), { ...request.options, ...told });
}

/** @throws InputError as `sensitivityOn` and `runsOf` do. */
export function sensitivityFor(backend: Backend, { sweep }: Tables, told: Told, request: SensitivityRequest): Promise<Sensitivity> {
  return sensitivityOn(backend, runsOf(sweep, request), { ...request.options, ...told });
}

/** @throws InputError as `multipliersOn` and `runsOf` do, and where there are no two sweeps. */
export async function multipliersFor(backend: Backend, tables: Tables, told: Told, request: MultiplierRequest): Promise<Multiplier[]> {
  return multipliersOn(backend, sweepsOf(tables, request), { ...request.options, ...told });
}

/** The base first. Lines that are left out by hand are of the table that is open. */
function sweepsOf({ sweep, opened, second }: Tables, request: MultiplierRequest): Group[] {
  const { filter, sweeps } = request;
  const { exclude: _, ...shared } = filter;
  if ('group' in sweeps) return splitBy(filterSweep(opened?.sweep(sweeps.columns, [], filter.where, [sweeps.group]) ?? sweep, filter), sweeps);
  if (!second) throw new InputError('second table: expected one beside the table that is open, got none. Choose or paste it.');
  return named(opened ? sweep.name : BUNDLED, runsOf(sweep, request), filterSweep(second.sweep(sweeps.second, [], shared.where), shared));
}

function splitBy(sweep: Sweep, { group, against }: { readonly group: string; readonly against: string }): Group[] {
  const groups = groupsBy(sweep, group);
  if (against === '') return groups;
  const base = groups.find(({ name }) => name === against);
  if (base) return [base, ...groups.filter((each) => each !== base)];
  throw new InputError(`against: expected one of the groups ${groups.map(({ name }) => name).join(', ')}, got "${against}".`, { place: { option: 'against' } });
}

/** The bundled sweep where it is one of two. */
const BUNDLED = 'the bundled replica';

function named(name: string, base: Sweep, other: Sweep): Group[] {
  return [{ name, sweep: base }, { name: other.name === name ? `${name} (2)` : other.name, sweep: other }];
}
