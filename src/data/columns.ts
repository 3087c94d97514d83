/**
 * Which column of a table is which. Names are recognised as people write them: case, spaces, hyphens,
 * underscores and dots do not matter ("Training Tokens" = training_tokens = trainingTokens), a unit may follow
 * in brackets ("loss (nats)"), and a scale too ("Params (M)", "tokens in billions"): its cells are multiplied.
 *
 * The names of a role come in ranks, standard names first; the best rank that the table has decides, and two
 * columns of that rank are ambiguous. Single letters are upper case, N, D, C, L; lower-case d, c and l often mean
 * width, channels and layers: they count only in a table that writes n, and w only beside n or N.
 */

import { InputError, optionError } from '../errors.ts';
import type { FurtherRole, Role } from '../types.ts';
import { listNames } from './table.ts';

/** What every law reads, and what a table is refused for. */
const COMMON: readonly Role[] = ['N', 'D', 'C', 'loss', 'weight'];
/** What some laws read: taken where the table has it, and never a reason to refuse one that names it not. */
export const FURTHER: readonly FurtherRole[] = ['x', 'U', 'P_w', 'P_a', 'P_kv', 'S', 'experts', 'G'];
export const ROLES: readonly Role[] = [...COMMON, ...FURTHER];

export function isFurther(role: Role): role is FurtherRole {
  return (FURTHER as readonly Role[]).includes(role);
}

/** Recognised names by role and rank, best rank first. */
export const COLUMN_NAMES: Readonly<Record<Role, readonly (readonly string[])[]>> = {
  N: [
    ['N'],
    ['params', 'parameters'],
    [
      'n_params', 'n_parameters', 'num_params', 'num_parameters', 'number of parameters', 'param_count',
      'parameter_count', 'model_params', 'model_parameters', 'Model Size', 'total_params', 'params_total',
      'active_params', 'params_active', 'active_parameters', 'params_active_precise', 'params_precise',
      'non-embedding params', 'non-embedding parameters', 'params_non_embedding', 'n_params_non_embedding',
      'num_params_non_embedding', 'non_embed_params', 'params_non_embed', 'params_no_embed', 'N_non_embedding',
    ],
    ['size', 'rounded_params'],
    ['n'],
  ],
  D: [
    ['D'],
    ['tokens'],
    [
      'n_tokens', 'num_tokens', 'number of tokens', 'token_count', 'train_tokens', 'training_tokens', 'n_train_tokens',
      'num_train_tokens', 'num_training_tokens', 'n_training_tokens', 'tokens_trained', 'trained_tokens',
      'tokens_seen', 'seen_tokens', 'total_tokens',
    ],
    ['dataset_size', 'data_size', 'training_dataset_size'],
    ['d'],
  ],
  C: [
    ['C'],
    ['flops', 'flop'],
    [
      'Training FLOP', 'training_flops', 'train_flop', 'train_flops', 'total_flop', 'total_flops', 'n_flops',
      'num_flops', 'training_compute', 'train_compute', 'total_compute', 'compute_flop', 'compute_flops',
    ],
    ['compute', 'compute_budget', 'flop_budget', 'flops_budget'],
    ['c'],
  ],
  loss: [
    ['loss'],
    [
      'final_loss', 'val_loss', 'validation_loss', 'eval_loss', 'test_loss', 'train_loss', 'training_loss',
      'final_val_loss', 'final_validation_loss', 'final_eval_loss', 'final_test_loss', 'final_train_loss',
      'val/loss', 'validation/loss', 'eval/loss', 'test/loss', 'train/loss',
      'lm_loss', 'ce_loss', 'cross_entropy', 'cross_entropy_loss', 'nll',
    ],
    ['L'],
    ['l'],
  ],
  weight: [['weight', 'weights'], ['w']],
  x: [],
  U: [['U'], ['unique_tokens', 'num_unique_tokens', 'n_unique_tokens', 'unique_data', 'unique']],
  P_w: [['P_w'], ['weight_bits', 'bits_weights', 'w_bits', 'weight_precision']],
  P_a: [['P_a'], ['activation_bits', 'bits_activations', 'a_bits', 'act_bits', 'activation_precision']],
  P_kv: [['P_kv'], ['kv_bits', 'bits_kv', 'kv_cache_bits', 'kv_precision']],
  S: [['S'], ['sparsity']],
  experts: [['experts'], ['num_experts', 'n_experts', 'number of experts', 'expert_count']],
  G: [['G'], ['granularity']],
};

/** A column that was chosen for a role. */
export interface Column {
  readonly name: string;
  readonly index: number;
  /** What its plain numbers are multiplied by: 1e6 for "Params (M)". */
  readonly scale: number;
}

export type Matched = Readonly<Partial<Record<Role, Column>>>;

/** Columns by role, as they are asked for. */
export type AskedColumns = Readonly<Partial<Record<Role, string>>>;

/** The columns that were found, and the first reason why they do not do. */
export interface Found {
  readonly matched: Matched;
  readonly problem?: InputError;
}

/**
 * The column of each role: the one that was asked for, else the one whose name says so. An empty name leaves a role
 * out. Two of N, D and C are found, and the loss; of `planned` runs the loss only where it is asked for.
 * @throws InputError that lists the columns, where one is missing, unknown or ambiguous.
 */
export function matchColumns(
  names: readonly string[],
  asked: AskedColumns,
  source: string,
  planned = false,
): Matched {
  const { matched, problem } = seekColumns(names, asked, source, planned);
  if (problem) throw problem;
  return matched;
}

/** As `matchColumns`, but tells what it would throw, beside the columns of the other roles. */
export function seekColumns(names: readonly string[], asked: AskedColumns, source: string, planned: boolean): Found {
  const wanted = planned ? { loss: '', ...asked } : asked;
  const matched: Partial<Record<Role, Column>> = {};
  const problems = strayRole(asked);
  for (const role of ROLES) {
    const found = wanted[role] === undefined ? recognise(role, names, source) : find(role, wanted[role], names, source);
    if (found instanceof InputError) {
      if (wanted[role] !== undefined || !isFurther(role)) problems.push(found);
    } else if (found !== undefined) matched[role] = columnAt(names, found, role);
  }
  const [problem = incomplete(matched, names, source, planned, wanted.x !== undefined || matched.experts !== undefined)] = problems;
  return { matched, ...(problem && { problem }) };
}

/** N, D or C, of which two give the third. */
export function isCount(role: string): role is 'N' | 'D' | 'C' {
  return role === 'N' || role === 'D' || role === 'C';
}

function strayRole(asked: AskedColumns): InputError[] {
  const stray = Object.keys(asked).find((role) => !ROLES.includes(role as Role));
  if (stray === undefined) return [];
  return [optionError('columns', `expected one of ${ROLES.join(', ')}, got "${stray}". Write it as it is listed.`)];
}

/** Index of the column that was asked for; undefined where the role is to be left out. */
function find(role: Role, asked: string, names: readonly string[], source: string): number | InputError | undefined {
  if (asked === '' || (role === 'x' && isCount(asked))) return undefined; // x as N is: the column of N, or what it is taken as
  const exact = names.indexOf(asked);
  const index = exact >= 0 ? exact : names.findIndex((name) => name.toLowerCase() === asked.toLowerCase());
  if (index >= 0) return index;
  return new InputError(
    `${source}: expected a column "${asked}" for ${role}, got the columns ${listNames(names)}. ${howToName(role)}`,
    { place: { role, remedy: howToName(role) } },
  );
}

/** Lower-case letters, and the columns beside which they count. */
const LETTERS_BESIDE: Readonly<Partial<Record<string, readonly string[]>>> = {
  d: ['n'], c: ['n'], l: ['n'], w: ['n', 'N'],
};

/** Index of the column whose name says the role; undefined where none does. */
function recognise(role: Role, names: readonly string[], source: string): number | InputError | undefined {
  for (const rank of COLUMN_NAMES[role]) {
    const counting = rank.filter((name) => LETTERS_BESIDE[name]?.some((letter) => names.includes(letter)) ?? true);
    const keys = new Set(counting.map(keyOf));
    const found = names.flatMap((name, index) => (keys.has(keyOf(splitUnit(name, role).head)) ? [index] : []));
    if (found.length > 1) return ambiguous(role, found.map((index) => names[index]), names, source);
    if (found.length === 1) return found[0];
  }
  return undefined;
}

/** A name without what does not matter in it; a single letter keeps its case. */
function keyOf(name: string): string {
  const bare = name.replaceAll(/[\s_.#-]+/g, '');
  return bare.length === 1 ? bare : bare.toLowerCase();
}

const SCALES: Readonly<Partial<Record<string, number>>> = {
  k: 1e3, m: 1e6, b: 1e9, t: 1e12, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12,
};

const UNITS: Readonly<Record<Role, readonly string[]>> = {
  N: ['params', 'parameters', 'count'],
  D: ['tokens', 'count'],
  C: ['flop', 'flops'],
  loss: ['nats', 'nats/token', 'nats per token', 'bits', 'bits/token', 'bits per token'],
  weight: [],
  x: [],
  U: ['tokens', 'count'],
  P_w: ['bits'],
  P_a: ['bits'],
  P_kv: ['bits'],
  S: [],
  experts: ['count'],
  G: [],
};

const IN_BRACKETS = /^(.+?)\s*[([]\s*([^)\]]+?)\s*[)\]]\s*$/;
const IN_WORDS = /^(.+?)[\s_]+(?:in[\s_]+)?((?:[mbtr]+illion|thousand)s?)$/i;

/** "Params (M)" is "Params" at 1e6. A unit that is not known stays in the name, so that the name is not recognised. */
function splitUnit(name: string, role: Role): { head: string; scale: number } {
  const [, head = name, unit = ''] = IN_BRACKETS.exec(name) ?? IN_WORDS.exec(name) ?? [];
  const scale = SCALES[unit.toLowerCase().replace(/(?<=\w{4})s$/, '')];
  if (scale !== undefined && (isCount(role) || role === 'U' || role === 'x')) return { head, scale };
  return { head: UNITS[role].includes(unit.toLowerCase()) ? head : name, scale: 1 };
}

function columnAt(names: readonly string[], index: number, role: Role): Column {
  const name = names[index];
  return { name, index, scale: splitUnit(name, role).scale };
}

/** `lenient`: of a law of x alone, or of N and experts, the others are not needed. */
function incomplete(matched: Matched, names: readonly string[], source: string, planned: boolean, lenient: boolean): InputError | undefined {
  const missing = (['N', 'D', 'C'] as const).filter((role) => !matched[role]);
  if (missing.length > 1 && !lenient) return absent(missing, names, source);
  return matched.loss || planned ? undefined : absent(['loss'], names, source);
}

/** What a role is, in a few words: "N (parameters)". */
export const MEANING: Readonly<Record<Role, string>> = {
  N: 'N (parameters)',
  D: 'D (training tokens)',
  C: 'C (training FLOPs)',
  loss: 'the loss',
  weight: 'the weight',
  x: 'x',
  U: 'U (unique training tokens)',
  P_w: 'P_w (bits of the weights)',
  P_a: 'P_a (bits of the activations)',
  P_kv: 'P_kv (bits of the key-value cache)',
  S: 'S (sparsity)',
  experts: 'experts (in a layer)',
  G: 'G (granularity)',
};

function absent(roles: readonly Role[], names: readonly string[], source: string): InputError {
  const [role] = roles;
  const either = roles.map((missing) => MEANING[missing]).join(' or ');
  const wanted = roles.length > 2 ? `columns for ${MEANING.N} and ${MEANING.D}` : `a column for ${either}`;
  const likely = role === 'loss' ? names.find((name) => /loss/i.test(name)) : undefined;
  const remedy = howToName(role, likely);
  return new InputError(`${source}: expected ${wanted}, got the columns ${listNames(names)}. ${remedy}`, { place: { role, remedy } });
}

function ambiguous(role: Role, found: readonly string[], names: readonly string[], source: string): InputError {
  const choices = found.map((name) => `"${name}"`).join(' and ');
  const remedy = howToName(role, found.at(-1));
  return new InputError(
    `${source}: expected one column for ${MEANING[role]}, got ${choices} among the columns ${listNames(names)}. ${remedy}`,
    { place: { role, remedy } },
  );
}

/** How to say which column is of a role. */
export function howToName(role: Role, name = 'NAME'): string {
  return `Name it: --columns ${/\s/.test(name) ? `'${role}=${name}'` : `${role}=${name}`}, ` +
    `in code { columns: { ${role}: '${name}' } }.`;
}
