/** argv as a `Command`. Nothing is read, fitted or loaded here: `isoloss --help` must be quick. */
import { parseArgs } from 'node:util';
import { checkTogether, SETTERS, type FitCommand } from './options.ts';
import { refusal, suggest, type UsageError } from './usage.ts';

export type Command =
  | { readonly name: 'help'; readonly topic?: 'fit' }
  | { readonly name: 'version' }
  | FitCommand;

const COMMANDS = ['fit', 'help'];

const text = { type: 'string' } as const;
const OPTIONS = {
  backend: text, delta: text, starts: text, screen: text, seed: text,
  'drop-highest': text, where: text, columns: text, format: text, out: { ...text, short: 'o' },
  bootstrap: text, 'bootstrap-kind': text, cluster: text, counts: text, 'resample-starts': text,
  confidence: text, interval: text, predict: text,
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
  const where = command === undefined ? 'isoloss' : `isoloss ${command}`;
  for (const option of options) checkOption(option, argv[option.index], where);
  if (options.some(({ name }) => name === 'version')) return { name: 'version' };
  if (command === undefined) {
    throw refusal('isoloss', 'a command', 'none', 'Begin with isoloss fit, or see isoloss --help.');
  }
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
  const isSource = /[./\\]/.test(command) || command === '-';
  const otherwise = isSource ? `To fit it: isoloss fit ${command}` : 'isoloss --help lists them.';
  throw refusal('isoloss', 'a command', `"${command}"`, isSource ? otherwise : suggest(command, COMMANDS, otherwise));
}

/** `argument`: as it was written. `where`: "isoloss fit". */
function checkOption({ name, rawName, value, inlineValue }: OptionToken, argument: string, where: string): void {
  if (!isOption(name)) throw unknownOption(where, /^-\w\w/.test(argument) ? argument : rawName);
  const takesValue = OPTIONS[name].type === 'string';
  if (!takesValue && value !== undefined) {
    throw refusal(`${where} ${rawName}`, 'no value', `"${value}"`, `Write ${rawName} alone.`);
  }
  const isMissing = value === undefined || (!inlineValue && /^--?[a-z]/.test(value));
  if (takesValue && isMissing) {
    throw refusal(`${where} ${rawName}`, 'a value', value ?? 'none', `Give it as ${rawName} VALUE.`);
  }
}

function isOption(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}

function unknownOption(where: string, option: string): UsageError {
  const names = Object.keys(OPTIONS).map((name) => `--${name}`);
  const remedy = suggest(`--${option.replace(/^-+/, '')}`, names, 'isoloss fit --help lists them.');
  return refusal(where, 'one of its options', option, remedy);
}

function fitCommand(options: readonly OptionToken[], sources: readonly string[]): FitCommand {
  if (sources.length > 1) {
    const got = sources.map((source) => `"${source}"`).join(' and ');
    throw refusal('isoloss fit', 'one source', got, 'Quote what holds a space: --columns "N=Model Size".');
  }
  if (sources[0] === '') {
    throw refusal('isoloss fit', 'a file, an address or -', '""', 'Leave it out for the bundled sweep.');
  }
  const command: FitCommand = {
    name: 'fit', fit: {}, filter: { where: [] }, columns: {}, bootstrap: {}, predict: [], json: false, quiet: false,
    ...(sources[0] !== undefined && { source: sources[0] }),
  };
  for (const { name, value = '' } of options) SETTERS[name]?.(command, value);
  checkTogether(command);
  return command;
}
