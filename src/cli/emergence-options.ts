/** `isoloss emergence` as it is asked for. */
import { readCount } from '../data/counts.ts';
import { publishedErrors } from '../paper/rulers.ts';
import type { DownstreamError } from '../plan/rulers.ts';
import { parseCounts } from '../simulate/spec.ts';
import { ASKED_LAW_OPTIONS, checkAskedLaw, type AskedLaw } from './asked-options.ts';
import type { Given, Options, Spec } from './command.ts';
import { beginTable } from './table-options.ts';
import { refusal } from './usage.ts';
import { positive, readBy, readNumber, refused, whole } from './values.ts';

/** What is absent was not given. */
export interface EmergenceCommand extends AskedLaw {
  readonly name: 'emergence';
  /** Training FLOPs; or sizes, with tokens a parameter or tokens. */
  budgets?: readonly number[];
  sizes?: readonly number[];
  ratio?: number;
  trainTokens?: number;
  /** Of answers. */
  readonly tokens: number[];
  choices?: number;
  items?: number;
  floor?: number;
  error?: DownstreamError & { readonly source?: string };
}

const [MOST_TOKENS, MOST_CHOICES, MOST_ITEMS] = [1e6, 1e6, 1e12];

/** All of --tokens count, of others the last. */
const OPTIONS: Options<EmergenceCommand> = {
  ...ASKED_LAW_OPTIONS,
  budgets: { set(command, value, where) { command.budgets = readBy(parseCounts)(value, where); } },
  sizes: { set(command, value, where) { command.sizes = readBy(parseCounts)(value, where); } },
  'tokens-per-parameter': { set(command, value, where) { command.ratio = positive(value, where); } },
  'train-tokens': { set(command, value, where) { command.trainTokens = readTokens(value, where); } },
  tokens: { set({ tokens }, value, where) { tokens.push(...value.split(',').map((each) => whole(each.trim(), where, 1, MOST_TOKENS))); } },
  choices: { set(command, value, where) { command.choices = whole(value, where, 2, MOST_CHOICES); } },
  items: { set(command, value, where) { command.items = whole(value, where, 1, MOST_ITEMS); } },
  floor: { set(command, value, where) { command.floor = readFloor(value, where); } },
  error: { set(command, value, where) { command.error = readError(value, where); } },
};

export const emergenceSpec: Spec<EmergenceCommand> = {
  options: OPTIONS,
  begin,
  check,
  help: async () => (await import('./emergence-help.ts')).EMERGENCE_HELP,
  run: async (command, signal) => (await import('./emergence.ts')).runEmergence(command, signal),
};

function begin(sources: readonly string[], given: readonly Given[]): EmergenceCommand {
  return { ...beginTable(sources, 'isoloss emergence'), name: 'emergence', given, bootstrap: {}, tokens: [] };
}

function readTokens(value: string, where: string): number {
  const tokens = readCount(value);
  if (tokens > 0 && tokens < Infinity) return tokens;
  throw refused(where, 'training tokens such as 300B', value, 'Each of the sizes is trained on as many.');
}

function readFloor(value: string, where: string): number {
  const number = readNumber(value);
  if (number >= 0 && number < Infinity) return number;
  throw refused(where, 'nats per token from 0 on', value, 'It is 0 where there is one right answer; without --floor it is the law\'s E.');
}

/** An id, or "0.85,2.08,0.756". */
function readError(value: string, where: string): NonNullable<EmergenceCommand['error']> {
  const published = publishedErrors.find(({ id }) => id === value);
  if (published) return published;
  const [epsilon, kappa, gamma, ...rest] = value.split(',').map((part) => readNumber(part.trim()));
  if (rest.length === 0 && [epsilon, kappa, gamma].every((number) => number > 0 && number < Infinity)) return { epsilon, kappa, gamma };
  throw refused(where, `${publishedErrors.map(({ id }) => id).join(', ')} or EPSILON,KAPPA,GAMMA such as 0.85,2.08,0.756`, value,
    'The error is epsilon - kappa e^(-gamma L).');
}

function check(command: EmergenceCommand): void {
  checkAskedLaw('isoloss emergence', command);
  const { budgets, sizes, ratio, trainTokens } = command;
  if (budgets && sizes) throw refusal('isoloss emergence --sizes', 'no --budgets beside it', 'both', 'Leave one out.');
  if (sizes && (ratio === undefined) === (trainTokens === undefined)) {
    const got = ratio === undefined ? 'neither' : 'both';
    throw refusal('isoloss emergence --sizes', '--tokens-per-parameter or --train-tokens beside it', got, 'Say on how many tokens they are trained.');
  }
  if (sizes) return;
  const stray = ratio === undefined ? trainTokens === undefined ? undefined : 'train-tokens' : 'tokens-per-parameter';
  if (stray) throw refusal(`isoloss emergence --${stray}`, '--sizes beside it', 'none', 'Add --sizes 50M..16B:9, say.');
}
