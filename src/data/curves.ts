/**
 * Training curves: loss along the training of each model, one row of the table a checkpoint. Rows of the same run are one
 * curve. C is 6·N·D at every checkpoint.
 */
import { InputError } from '../errors.ts';
import type { Dropped, Role, Sweep } from '../types.ts';
import type { TableSource } from './bytes.ts';
import { showNumber, showText } from './counts.ts';
import { openTable, type TablePreview } from './open.ts';
import type { ReadOptions } from './read.ts';
import { listNames } from './table.ts';

/** The checkpoints of one training run, by rising D. Arrays have one entry a checkpoint. */
export interface TrainingCurve {
  /** What the run column says. */
  readonly name: string;
  /** Parameters (count). */
  readonly N: number;
  /** Training tokens seen. */
  readonly D: Float64Array;
  /** Nats per token. */
  readonly loss: Float64Array;
  /** 1-based line (CSV, TSV, JSON Lines) or row (JSON, Parquet) of each checkpoint. */
  readonly lines: Int32Array;
}

export interface TrainingCurves {
  /** File name, URL, or what made it. */
  readonly name: string;
  /** In the order in which their runs first appear. */
  readonly curves: readonly TrainingCurve[];
  /** The source column that each role, and the name of the run, was read from, or the formula that gave it. */
  readonly mapping: Readonly<Partial<Record<Role | 'run', string>>>;
  readonly dropped: readonly Dropped[];
  /** What the user should know of how it was read. */
  readonly notes: readonly string[];
  /** What looks wrong but could be meant. */
  readonly warnings: readonly string[];
}

/** How to read training curves. All have defaults. Weights are not read. */
export interface ReadCurvesOptions extends Omit<ReadOptions, 'keep' | 'where' | 'groups' | 'planned'> {
  /** The column that names the run. Default: the first of "run", "run_name", "run_id", "name", "model", "model_name", "id". */
  readonly run?: string;
}

/** Recognised names of the run column, best first, as `keyOf` writes them. */
const RUN_NAMES: readonly string[] = ['run', 'runname', 'runid', 'name', 'model', 'modelname', 'id'];
/** Largest N of a run over its smallest: more than what rounding of C, of which N may be taken, makes. */
const SAME = 1.01;
const NAME_IT = `Name the column that tells the runs apart: --run NAME, in code { run: 'NAME' }.`;

/**
 * Training curves from a table with a row a checkpoint, in any of the formats of `readSweep`.
 * @param source The text of a table, its bytes, or the http(s) URL of it.
 * @throws InputError as `readSweep`; where no column names the run, a run has two N or one D twice, or there is but one run.
 */
export async function readCurves(source: TableSource, options: ReadCurvesOptions = {}): Promise<TrainingCurves> {
  const table = await openTable(source, options);
  const seen = table.preview(options.columns);
  const run = runColumn(seen, options.run);
  const rows = table.sweep({ ...options.columns, weight: '' }, [run]);
  const curves = [...rowsByRun(rows, run)].map(([name, indices]) => curveOf(rows, name, indices, seen.unit));
  if (curves.length < 2) throw new InputError(`${rows.name}: expected at least two runs in column "${run}", got one. ${NAME_IT}`);
  const { C, ...mapping } = rows.mapping;
  const derived = mapping.N?.includes('C') || mapping.D?.includes('C');
  return {
    name: rows.name,
    curves,
    mapping: { ...mapping, run, C: derived && C ? C : '6·N·D' },
    dropped: rows.dropped,
    notes: [...rows.notes, ...(C && C !== '6·N·D' && !derived ? [`C is taken as 6·N·D, not from "${C}".`] : [])],
    warnings: [...rows.warnings, ...single(curves)],
  };
}

/** The last checkpoint of each curve, as it is: what the approaches that look at trained models need. */
export function finalRuns({ name, curves, mapping: { run = 'run', ...mapping }, dropped, notes, warnings }: TrainingCurves): Sweep {
  const [N, D] = [Float64Array.from(curves, (curve) => curve.N), Float64Array.from(curves, (curve) => curve.D.at(-1)!)];
  return {
    name,
    columns: { N, D, C: N.map((n, k) => 6 * n * D[k]) },
    loss: Float64Array.from(curves, ({ loss }) => loss.at(-1)!),
    weight: new Float64Array(curves.length).fill(1),
    lines: Int32Array.from(curves, ({ lines }) => lines.at(-1)!),
    mapping, dropped, warnings,
    notes: [...notes, 'Of each training curve the last checkpoint is a run.'],
    extra: { [run]: curves.map((curve) => curve.name) },
  };
}

function runColumn({ name, columns }: TablePreview, asked: string | undefined): string {
  const found = asked === undefined
    ? RUN_NAMES.map((known) => columns.find((column) => keyOf(column) === known)).find((column) => column !== undefined)
    : columns.find((column) => column === asked) ?? columns.find((column) => column.toLowerCase() === asked.toLowerCase());
  if (found !== undefined) return found;
  const wanted = asked === undefined ? 'a column that names the run of each checkpoint' : `a column "${asked}" that names the run`;
  throw new InputError(`${name}: expected ${wanted}, got the columns ${listNames(columns)}. ${NAME_IT}`, { place: { option: 'run' } });
}

function keyOf(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.-]+/g, '');
}

function rowsByRun({ extra }: Sweep, run: string): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  extra?.[run].forEach((value, row) => {
    const name = String(value);
    const before = rows.get(name);
    if (before) before.push(row);
    else rows.set(name, [row]);
  });
  return rows;
}

function curveOf({ columns: { N, D }, loss, lines }: Sweep, name: string, indices: readonly number[], unit: string): TrainingCurve {
  const rows = indices.toSorted((i, j) => D[i] - D[j]);
  const at = (i: number) => `${unit} ${lines[i]}`;
  const other = indices.find((i) => Math.max(N[i], N[indices[0]]) > SAME * Math.min(N[i], N[indices[0]]));
  if (other !== undefined) {
    throw new InputError(`${at(other)}, N: expected ${showNumber(N[indices[0]])} as on ${at(indices[0])} of the same run ` +
      `${showText(name)}, got ${showNumber(N[other])}. ${NAME_IT}`, { place: { line: lines[other], role: 'N' } });
  }
  const twice = rows.findIndex((i, k) => k > 0 && D[i] === D[rows[k - 1]]);
  if (twice > 0) {
    const [first, second] = [rows[twice - 1], rows[twice]].toSorted((i, j) => i - j);
    throw new InputError(`${at(second)}, D: expected another checkpoint than on ${at(first)} of the same run ${showText(name)}, ` +
      `got ${showNumber(D[second])} tokens again. Write each checkpoint once, or name the column that tells the runs apart: ` +
      `--run NAME, in code { run: 'NAME' }.`, { place: { line: lines[second], role: 'D' } });
  }
  return {
    name,
    N: N[rows.at(-1)!],
    D: Float64Array.from(rows, (i) => D[i]),
    loss: Float64Array.from(rows, (i) => loss[i]),
    lines: Int32Array.from(rows, (i) => lines[i]),
  };
}

function single(curves: readonly TrainingCurve[]): string[] {
  const count = curves.filter(({ D }) => D.length === 1).length;
  if (count === 0) return [];
  return [`${count} of the ${curves.length} runs ${count === 1 ? 'has' : 'have'} one checkpoint only: a point, no curve.`];
}
