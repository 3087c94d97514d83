/** argv as a command. Nothing is read, fitted or loaded here: `isoloss --help` must be quick. */
import { parseArgs } from 'node:util';
import type { Asked, Option, Spec } from './command.ts';
import { COMMANDS } from './commands.ts';
import { refusal, suggest, type UsageError } from './usage.ts';

export type Parsed =
  | { readonly kind: 'help'; readonly topic?: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly command: Asked };

/** Which take a value; an option of two commands is of one kind in both. */
const FLAGS = { help: { flag: true, short: 'h' }, version: { flag: true } } as const;
const ALL: Readonly<Record<string, Pick<Option<Asked>, 'short' | 'flag'>>> =
  Object.assign({}, ...Object.values(COMMANDS).map(({ options }) => options), FLAGS);

type OptionToken = Extract<ReturnType<typeof tokenize>[number], { kind: 'option' }>;

/** @throws UsageError for a command, an option or a value that there is not. */
export function parseCommand(argv: readonly string[]): Parsed {
  const tokens = tokenize(argv);
  const options = tokens.filter((token) => token.kind === 'option');
  const [name, ...sources] = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  if (name === 'help') return help(sources);
  if (options.some((option) => option.name === 'help')) return help(name === undefined ? [] : [name]);
  const where = name === undefined ? 'isoloss' : `isoloss ${name}`;
  if (name !== undefined) checkCommand(name);
  for (const option of options) checkOption(option, argv[option.index], where, name);
  if (options.some((option) => option.name === 'version')) return { kind: 'version' };
  if (name === undefined) {
    throw refusal('isoloss', 'a command', 'none', 'Begin with isoloss fit, or see isoloss --help.');
  }
  return { kind: 'run', command: assemble(COMMANDS[name], options, sources, where) };
}

function tokenize(argv: readonly string[]) {
  const options = Object.fromEntries(Object.entries(ALL).map(([name, { short, flag }]) =>
    [name, { type: flag ? 'boolean' as const : 'string' as const, ...(short && { short }) }]));
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function help([topic]: readonly string[]): Parsed {
  if (topic === undefined || topic === 'help') return { kind: 'help' };
  checkCommand(topic);
  return { kind: 'help', topic };
}

function checkCommand(name: string): void {
  if (Object.hasOwn(COMMANDS, name)) return;
  const isSource = /[./\\]/.test(name) || name === '-';
  const names = [...Object.keys(COMMANDS), 'help'];
  const remedy = isSource ? `To fit it: isoloss fit ${name}` : suggest(name, names, 'isoloss --help lists them.');
  throw refusal('isoloss', 'a command', `"${name}"`, remedy);
}

/** `argument`: as it was written. `where`: "isoloss fit". */
function checkOption({ name, rawName, value, inlineValue }: OptionToken, argument: string, where: string, command?: string): void {
  if (!namesOf(command).includes(name)) throw unknownOption(where, /^-\w\w/.test(argument) ? argument : rawName, name, command);
  if (ALL[name].flag && value !== undefined) {
    throw refusal(`${where} ${rawName}`, 'no value', `"${value}"`, `Write ${rawName} alone.`);
  }
  const isMissing = value === undefined || (!inlineValue && /^--?[a-z]/.test(value));
  if (!ALL[name].flag && isMissing) {
    throw refusal(`${where} ${rawName}`, 'a value', value ?? 'none', `Give it as ${rawName} VALUE.`);
  }
}

/** Options of a command; without one, of all. */
function namesOf(command: string | undefined): string[] {
  return command === undefined ? Object.keys(ALL) : Object.keys({ ...COMMANDS[command].options, ...FLAGS });
}

function unknownOption(where: string, option: string, name: string, command: string | undefined): UsageError {
  const owner = Object.keys(COMMANDS).find((other) => Object.hasOwn(COMMANDS[other].options, name));
  const otherwise = owner === undefined ? `${where} --help lists them.` : `It is one of isoloss ${owner}.`;
  const names = namesOf(command).map((known) => `--${known}`);
  return refusal(where, 'one of its options', option, suggest(`--${option.replace(/^-+/, '')}`, names, otherwise));
}

function assemble(spec: Spec, options: readonly OptionToken[], sources: readonly string[], where: string): Asked {
  const command = spec.begin(sources, options.map(({ name, value = '' }) => ({ name, value })));
  for (const { name, value = '' } of options) spec.options[name].set(command, value, `${where} --${name}`);
  spec.check(command);
  return command;
}
