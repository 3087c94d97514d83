/** A landscape, or a profile, as a table and as JSON. */
import { excessOf, type Axis, type Landscape, type Profile } from '../stats/landscape.ts';
import { version } from '../version.ts';
import { boundsJson, type BoundsJson } from './bounds.ts';
import { csvText } from './csv.ts';
import { jsonable } from './jsonable.ts';

/** One value a cell: of a profile [values], of a landscape [values of the second axis][values of the first]. */
export type CellsJson = readonly (number | null)[] | readonly (readonly (number | null)[])[];

/** The fields mean what they mean in `Landscape`; a number that is not finite is null. Names and order are stable. */
export interface LandscapeJson {
  readonly law: string;
  readonly axes: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** In the unit of the loss, nats² or nats. */
  readonly objective: CellsJson;
  /** objective over the minimum's, less 1 */
  readonly excess: CellsJson;
  /** The other parameters of the law, by name. */
  readonly solved: Readonly<Record<string, CellsJson>>;
  readonly minimum: { readonly params: Readonly<Record<string, number>>; readonly objective: number | null };
  readonly outcomes: Readonly<Record<string, number>>;
  readonly loss: Landscape['loss'];
  /** nats; null of least squares, which have no threshold */
  readonly delta: number | null;
  /** Absent where all parameters were free. */
  readonly fixed?: Landscape['fixed'];
  /** Bounds of the fit; absent where it had none. */
  readonly bounds?: BoundsJson;
  readonly sweep: string;
  readonly seconds: number;
  readonly version: string;
}

/**
 * CSV with a header, one row a cell, those along the first axis after each other: the axes by name, the objective of the loss,
 * its excess over the fit relative to it, and the other parameters as they were solved. Empty where not finite.
 */
export function landscapeCsv(landscape: Landscape | Profile): string {
  const { objective } = landscape;
  const columns: readonly Column[] = [
    ...landscape.axes.map((_, k) => axisColumn(landscape.axes, k)),
    ['objective', (cell) => objective[cell]],
    excessColumn(landscape),
    ...solvedColumns(landscape),
  ];
  const cells = columns.map(([, of]) => Array.from(objective, (_, cell) => field(of(cell))));
  return csvText(columns.map(([name]) => name), cells);
}

export function landscapeJson(landscape: Landscape | Profile): LandscapeJson {
  const { law, axes, objective, minimum, outcomes, loss, delta, fixed, sweep, seconds } = landscape;
  const nest = (of: (cell: number) => number): CellsJson => nested(axes, Array.from(objective, (_, cell) => jsonable(of(cell))));
  const [, excess] = excessColumn(landscape);
  return {
    law,
    axes: axes.map(({ name, values }) => ({ name, values: [...values] })),
    objective: nest((cell) => objective[cell]),
    excess: nest(excess),
    solved: Object.fromEntries(solvedColumns(landscape).map(([name, of]) => [name, nest(of)])),
    minimum: { params: minimum.params, objective: jsonable(minimum.objective) },
    outcomes, loss,
    delta: jsonable(delta),
    ...(fixed && { fixed }),
    ...boundsJson(landscape),
    sweep, seconds, version,
  };
}

type Column = readonly [name: string, of: (cell: number) => number];

function axisColumn(axes: readonly Axis[], k: number): Column {
  const stride = axes.slice(0, k).reduce((product, { values }) => product * values.length, 1);
  const { name, values } = axes[k];
  return [name, (cell) => values[Math.floor(cell / stride) % values.length]];
}

function excessColumn(landscape: Landscape | Profile): Column {
  const excess = excessOf(landscape);
  return ['excess', (cell) => excess[cell]];
}

/** Parameters that are no axis. */
function solvedColumns({ axes, params, natural }: Landscape | Profile): Column[] {
  const isAxis = (name: string) => axes.some((axis) => axis.name === name);
  return params.flatMap((name, j): Column[] => (isAxis(name) ? [] : [[name, (cell) => natural[cell * params.length + j]]]));
}

function nested(axes: readonly Axis[], cells: readonly (number | null)[]): CellsJson {
  if (axes.length === 1) return cells;
  const width = axes[0].values.length;
  return Array.from(axes[1].values, (_, row) => cells.slice(row * width, (row + 1) * width));
}

function field(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}
