/**
 * A table of samples: a row a problem, with how many samples were drawn and how many of them are right; of several models, a
 * row a problem and model. A model may have its parameters N and the tokens of a sample, which must not change between its rows.
 */
import { bytesOf, nameOf, type TableSource } from '../data/bytes.ts';
import { readCell, readCount, showCell, showNumber, showText } from '../data/counts.ts';
import { readTable, type Format } from '../data/formats.ts';
import { listNames, type Table } from '../data/table.ts';
import { InputError } from '../errors.ts';
import type { Sampled } from './pass.ts';

/** What a column can be. n: samples, c: right ones, tokens: generated in a sample, on average. */
export type SampleRole = 'problem' | 'n' | 'c' | 'model' | 'N' | 'tokens';

/** Samples of one model. */
export interface ModelSamples {
  /** Empty where the table has no column of models. */
  readonly model: string;
  /** Parameters. */
  readonly N?: number;
  /** Generated tokens of a sample. */
  readonly tokens?: number;
  readonly problems: readonly (Sampled & { readonly name: string })[];
}

export interface SampleTable {
  /** File name, URL, or "table". */
  readonly name: string;
  /** In the order in which they first appear. */
  readonly models: readonly ModelSamples[];
  /** The source column of each role. */
  readonly mapping: Readonly<Partial<Record<SampleRole, string>>>;
}

export interface ReadSamplesOptions {
  /** Names the table, also in errors; its extension is a hint. */
  readonly name?: string;
  readonly format?: Format;
  /** Columns by role, { c: 'num_passed' }, where their names do not tell. */
  readonly columns?: Readonly<Partial<Record<SampleRole, string>>>;
  readonly signal?: AbortSignal;
}

export const SAMPLE_ROLES: readonly SampleRole[] = ['problem', 'n', 'c', 'model', 'N', 'tokens'];

/** Recognised names, best first, as `keyOf` writes them. */
const NAMES: Readonly<Record<SampleRole, readonly string[]>> = {
  problem: ['problem', 'problemid', 'task', 'taskid', 'question', 'questionid', 'instance', 'instanceid', 'id'],
  n: ['n', 'samples', 'numsamples', 'nsamples', 'attempts', 'total'],
  c: ['c', 'correct', 'numcorrect', 'ncorrect', 'passed', 'numpassed', 'solved', 'successes'],
  model: ['model', 'modelname', 'modelid'],
  N: ['N', 'params', 'parameters', 'nparams', 'nparameters', 'numparams', 'numparameters', 'modelsize'],
  tokens: ['tokens', 'tokenspersample', 'sampletokens', 'outputtokens', 'generatedtokens'],
};
const MEANINGS: Readonly<Record<SampleRole, string>> = {
  problem: 'the problem', n: 'samples', c: 'right samples', model: 'the model', N: 'parameters', tokens: 'tokens of a sample',
};

/**
 * CSV, TSV, JSON (an array of objects), JSON Lines or Parquet, plain or gzipped.
 * @param source The text of a table, its bytes, or the http(s) URL of it.
 * @throws InputError where there is no table, a column is missing, a cell is no such number, or a problem comes twice.
 */
export async function readSamples(source: TableSource, options: ReadSamplesOptions = {}): Promise<SampleTable> {
  const { name = nameOf(source) } = options;
  const table = await readTable(await bytesOf(source, name, options.signal), name, options.format);
  const columns = columnsOf(table, name, options.columns ?? {});
  const rows = table.rows.map((_, row) => rowOf(table, columns, row));
  return {
    name,
    models: [...new Set(rows.map(({ model }) => model))].map((model) => modelOf(model, rows.filter((row) => row.model === model), table.unit)),
    mapping: Object.fromEntries([...columns].map(([role, index]) => [role, table.columns[index]])),
  };
}

type Found = ReadonlyMap<SampleRole, number>;

function columnsOf({ columns }: Table, source: string, asked: NonNullable<ReadSamplesOptions['columns']>): Found {
  const found = new Map<SampleRole, number>();
  for (const role of SAMPLE_ROLES) {
    const index = asked[role] === undefined ? recognise(role, columns) : columns.indexOf(asked[role]);
    if (index >= 0) found.set(role, index);
    else if (asked[role] !== undefined || role === 'problem' || role === 'n' || role === 'c') throw absent(role, asked[role], columns, source);
  }
  return found;
}

function recognise(role: SampleRole, columns: readonly string[]): number {
  const known = NAMES[role].find((name) => columns.some((column) => keyOf(column) === name));
  return known === undefined ? -1 : columns.findIndex((column) => keyOf(column) === known);
}

/** A name without what does not matter in it; a single letter keeps its case: N are parameters, n samples. */
function keyOf(name: string): string {
  const bare = name.replaceAll(/[\s_.-]+/g, '');
  return bare.length === 1 ? bare : bare.toLowerCase();
}

function absent(role: SampleRole, asked: string | undefined, columns: readonly string[], source: string): InputError {
  const what = asked === undefined ? `a column of ${MEANINGS[role]}` : `a column "${asked}" of ${MEANINGS[role]}`;
  return new InputError(`${source}: expected ${what}, got the columns ${listNames(columns)}. ` +
    `Name it: --columns ${role}=NAME, in code { columns: { ${role}: 'NAME' } }.`, { place: { option: 'columns' } });
}

interface Row extends Sampled {
  readonly name: string;
  readonly model: string;
  readonly N?: number;
  readonly tokens?: number;
  readonly line: number;
}

function rowOf(table: Table, columns: Found, row: number): Row {
  const line = table.lines[row];
  const cell = (role: SampleRole) => table.rows[row][columns.get(role)!];
  const refuse = (role: SampleRole, expected: string, remedy: string) => {
    const column = table.columns[columns.get(role)!];
    return new InputError(`${table.unit} ${line}, column "${column}": expected ${expected}, got ${showCell(cell(role))}. ${remedy}`, { place: { line, column } });
  };
  const label = (role: SampleRole) => {
    const text = String(cell(role) ?? '').trim();
    if (text === '') throw refuse(role, `a name of ${MEANINGS[role]}`, 'Fill it in, or delete the row.');
    return text;
  };
  const count = (role: SampleRole, expected: string, accepts: (value: number) => boolean, remedy: string) => {
    const value = readCell({ expected, read: readCount, accepts, howTo: remedy }, cell(role));
    if (!accepts(value)) throw refuse(role, expected, remedy);
    return value;
  };
  const positive = (role: 'N' | 'tokens', example: string) =>
    count(role, `a positive count such as ${example}`, (value) => value > 0 && value < Infinity, 'Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.');
  const n = count('n', 'a whole number of samples, 1 or more', (value) => value >= 1 && Number.isSafeInteger(value), 'Leave out a problem that was not sampled.');
  return {
    line, n,
    name: label('problem'),
    c: count('c', `a whole number of right samples from 0 to ${n}`, (value) => value >= 0 && value <= n && Number.isSafeInteger(value), `They are among the ${n} samples.`),
    model: columns.has('model') ? label('model') : '',
    ...(columns.has('N') && { N: positive('N', '7B') }),
    ...(columns.has('tokens') && { tokens: positive('tokens', '500') }),
  };
}

function modelOf(model: string, rows: readonly Row[], unit: string): ModelSamples {
  const [first] = rows;
  const of = model === '' ? '' : ` of model ${showText(model)}`;
  for (const role of ['N', 'tokens'] as const) {
    const other = rows.find((row) => row[role] !== first[role]);
    if (other === undefined) continue;
    throw new InputError(`${unit} ${other.line}, ${role}: expected ${showNumber(first[role]!)} as on ${unit} ${first.line}${of}, ` +
      `got ${showNumber(other[role]!)}. ${role === 'N' ? 'Name the column of models: --columns model=NAME.' : 'Write their mean in each row.'}`, { place: { line: other.line } });
  }
  const seen = new Map<string, number>();
  for (const { name, line } of rows) {
    const before = seen.get(name);
    if (before !== undefined) {
      throw new InputError(`${unit} ${line}: expected each problem once${of}, got ${showText(name)} again, as on ${unit} ${before}. ` +
        'Add its samples up in one row, or name the column of models: --columns model=NAME.', { place: { line } });
    }
    seen.set(name, line);
  }
  return {
    model,
    ...(first.N !== undefined && { N: first.N }),
    ...(first.tokens !== undefined && { tokens: first.tokens }),
    problems: rows.map(({ name, n, c }) => ({ name, n, c })),
  };
}
