/** argv as a `Command`. Nothing is read, fitted or loaded here: `isoloss --help` must be quick. */
import { parseArgs } from 'node:util';
import { SETTERS, type FitCommand } from './options.ts';
import { suggest, UsageError } from './usage.ts';

export type Command =
  | { readonly name: 'help'; readonly topic?: 'fit' }
  | { readonly name: 'version' }
  | FitCommand;

const COMMANDS = ['fit', 'help'];

const text = { type: 'string' } as const;
const OPTIONS = {
  backend: text, delta: text, starts: text, screen: text, seed: text,
  'drop-highest': text, where: text, columns: text, format: text, out: { ...text, short: 'o' },
  json: { type: 'boolean' }, quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' },
} as const;

type OptionToken = Extract<ReturnType<typeof tokenize>[number], { kind: 'option' }>;

/** @throws UsageError for a command, an option or a value that there is not. */
export function parseCommand(argv: readonly string[]): Command {
  const tokens = tokenize(argv);
  const options = tokens.filter((token) => token.kind === 'option');
  const [command, ...sources] = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  if (command === 'help') return help(sources);
  if (options.some(({ name }) => name === 'help')) return help(command === undefined ? [] : [command]);
  for (const option of options) checkOption(option, argv, command);
  if (options.some(({ name }) => name === 'version')) return { name: 'version' };
  if (command === undefined) throw new UsageError('isoloss: expected a command, got none. Begin with isoloss fit, or see isoloss --help.');
  checkCommand(command);
  return fitCommand(options, sources);
}

function tokenize(argv: readonly string[]) {
  const config = { args: [...argv], options: OPTIONS, strict: false, allowPositionals: true, tokens: true } as const;
  return parseArgs(config).tokens;
}

function help([topic]: readonly string[]): Command {
  if (topic === undefined || topic === 'help') return { name: 'help' };
  checkCommand(topic);
  return { name: 'help', topic: 'fit' };
}

function checkCommand(command: string): void {
  if (COMMANDS.includes(command)) return;
  const source = /[./\\]/.test(command) || command === '-';
  const remedy = source ? `To fit it: isoloss fit ${command}` : suggest(command, COMMANDS, 'isoloss --help lists them.');
  throw new UsageError(`isoloss: expected a command, got "${command}". ${remedy}`);
}

function checkOption({ index, name, rawName, value, inlineValue }: OptionToken, argv: readonly string[], command = ''): void {
  const place = command ? `isoloss ${command}` : 'isoloss';
  const type = name in OPTIONS ? OPTIONS[name as keyof typeof OPTIONS].type : undefined;
  if (!type) throw unknownOption(place, /^-\w\w/.test(argv[index]) ? argv[index] : rawName);
  if (type === 'boolean' && value !== undefined) {
    throw new UsageError(`${place} ${rawName}: expected no value, got "${value}". Write ${rawName} alone.`);
  }
  if (type === 'boolean' || (value !== undefined && (inlineValue || !/^--?[a-z]/.test(value)))) return;
  throw new UsageError(`${place} ${rawName}: expected a value, got ${value ?? 'none'}. Give it as ${rawName} VALUE.`);
}

function unknownOption(place: string, option: string): UsageError {
  const names = Object.keys(OPTIONS).map((name) => `--${name}`);
  const remedy = suggest(`--${option.replace(/^-+/, '')}`, names, 'isoloss fit --help lists them.');
  return new UsageError(`${place}: expected one of its options, got ${option}. ${remedy}`);
}

function fitCommand(options: readonly OptionToken[], sources: readonly string[]): FitCommand {
  if (sources.length > 1) {
    throw new UsageError(`isoloss fit: expected one source, got ${sources.map((source) => `"${source}"`).join(' and ')}. ` +
      'Quote what holds a space: --columns "N=Model Size".');
  }
  if (sources[0] === '') throw new UsageError('isoloss fit: expected a file, an address or -, got "". Leave it out for the bundled sweep.');
  const command: FitCommand = {
    name: 'fit', fit: {}, filter: { where: [] }, columns: {}, json: false, quiet: false,
    ...(sources[0] !== undefined && { source: sources[0] }),
  };
  for (const { name, value = '' } of options) SETTERS[name as keyof typeof SETTERS]?.(command, value);
  return command;
}
