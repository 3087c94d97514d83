/** Designs as they are asked for: options that describe one, and which belong to which. */
import { parseCounts } from '../simulate/spec.ts';
import type { Options } from './command.ts';
import { refusal, suggest } from './usage.ts';
import { readBy, readNumber, refused, whole, type TableRequest } from './values.ts';

export interface DesignRequest {
  /** `source` as it was written: the kind, or the table whose runs are taken. */
  design: { readonly kind: 'paper' | 'grid' | 'isoflop' | 'file'; readonly source: string };
  readonly lists: DesignLists;
}

/** What is absent was not given. */
export interface DesignLists {
  sizes?: readonly number[];
  tokens?: readonly number[];
  tokensPerParameter?: readonly number[];
  budgets?: readonly number[];
  within?: readonly [low: number, high: number];
  seeds?: number;
}

type Kind = DesignRequest['design']['kind'];

const KINDS = ['paper', 'grid', 'isoflop'] as const;
const MOST_SEEDS = 1e5;

export const DESIGN_OPTIONS: Options<DesignRequest> = {
  design: { set(command, value, where) { command.design = readDesign(value, where); } },
  sizes: { set({ lists }, value, where) { lists.sizes = readBy(parseCounts)(value, where); } },
  tokens: { set({ lists }, value, where) { lists.tokens = readBy(parseCounts)(value, where); } },
  'tokens-per-parameter': { set({ lists }, value, where) { lists.tokensPerParameter = readBy(parseCounts)(value, where); } },
  budgets: { set({ lists }, value, where) { lists.budgets = readBy(parseCounts)(value, where); } },
  within: { set({ lists }, value, where) { lists.within = readWithin(value, where); } },
  seeds: { set({ lists }, value, where) { lists.seeds = whole(value, where, 1, MOST_SEEDS); } },
};

function readDesign(value: string, where: string): DesignRequest['design'] {
  const kind = KINDS.find((name) => name === value);
  if (kind) return { kind, source: value };
  const meant = /^[a-z]*$/i.test(value) ? suggest(value, KINDS, '') : '';
  if (value !== '' && meant === '') return { kind: 'file', source: value };
  throw refused(where, 'paper, grid, isoflop or a table', value, meant || 'Without --design it is that of the paper.');
}

/** "5..100" */
function readWithin(value: string, where: string): [number, number] {
  const ends = value.split('..').map((end) => readNumber(end.trim()));
  const [low, high] = ends;
  if (ends.length === 2 && low >= 0 && high >= low && high < Infinity) return [low, high];
  throw refused(where, 'a range of D/N such as 5..100', value, 'Write the lower end first.');
}

/** By name in `DesignLists` and `TableRequest`: the option, and the designs that it belongs to. */
const BELONGS: Readonly<Record<string, readonly [option: string, ...kinds: Kind[]]>> = {
  sizes: ['--sizes', 'grid', 'isoflop'],
  tokens: ['--tokens', 'grid'],
  tokensPerParameter: ['--tokens-per-parameter', 'grid', 'isoflop'],
  budgets: ['--budgets', 'isoflop'],
  within: ['--within', 'isoflop'],
  seeds: ['--seeds', 'grid', 'isoflop'],
  columns: ['--columns', 'file'],
  format: ['--format', 'file'],
};

/** @throws UsageError where the design lacks an option, or has one of another. */
export function checkDesign({ design, lists, columns, format }: DesignRequest & TableRequest): void {
  const given = Object.keys({ ...lists, ...(Object.keys(columns).length > 0 && { columns }), ...(format && { format }) });
  for (const name of given) checkBelongs(name, design);
  if (design.kind === 'grid') {
    need('grid', { '--sizes': lists.sizes }, '--sizes 50M..16B:8');
    need('grid', { '--tokens': lists.tokens, '--tokens-per-parameter': lists.tokensPerParameter }, '--tokens-per-parameter 5..80:5');
  }
  if (design.kind !== 'isoflop') return;
  need('isoflop', { '--budgets': lists.budgets }, '--budgets 6e18..3e21:9');
  need('isoflop', { '--sizes': lists.sizes, '--tokens-per-parameter': lists.tokensPerParameter }, '--tokens-per-parameter 5..80:5');
  if (lists.within && !lists.sizes) {
    throw refusal('isoloss simulate --within', '--sizes beside it', '--tokens-per-parameter', 'Give the ratios that you want themselves.');
  }
}

function checkBelongs(name: string, { kind, source }: DesignRequest['design']): void {
  const [option, ...kinds] = BELONGS[name];
  if (kinds.includes(kind)) return;
  const expected = kinds.map((other) => (other === 'file' ? 'FILE' : other)).join(' or ');
  const remedy = `Leave ${option} out, or change the design.`;
  throw refusal(`isoloss simulate ${option}`, `--design ${expected} beside it`, `--design ${source}`, remedy);
}

/** Exactly one of these. */
function need(kind: Kind, lists: Readonly<Record<string, readonly number[] | undefined>>, example: string): void {
  const options = Object.keys(lists);
  const given = options.filter((option) => lists[option] !== undefined);
  if (given.length === 1) return;
  const none = options.length === 1 ? 'none' : 'neither';
  const [got, remedy] = given.length === 0 ? [none, `Add ${example}, say.`] : ['both', 'Leave one out.'];
  throw refusal(`isoloss simulate --design ${kind}`, `${options.join(' or ')} beside it`, got, remedy);
}
