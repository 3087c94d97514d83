#!/usr/bin/env node
/** The program: argv → command → exit code. What a command needs is loaded when it runs. */
import { BackendError, InputError } from '../errors.ts';
import type { Parsed } from './args.ts';
import { EXIT } from './exit.ts';
import { interruptSignal } from './interrupt.ts';
import { remark, writeOut } from './output.ts';
import { UsageError } from './usage.ts';

process.stderr.on('error', () => {}); // nobody reads it: the result still goes out
process.on('uncaughtException', (error) => {
  reportBug(error);
  process.exit(EXIT.input);
});
process.exitCode = await main(process.argv.slice(2));
if (process.exitCode === EXIT.interrupted) process.exit(); // whatever still waits, for standard input say

async function main(argv: readonly string[]): Promise<number> {
  const signal = interruptSignal();
  try {
    return await run(await parse(argv), signal);
  } catch (error) {
    return report(error, signal);
  }
}

/** Help on the program, and its version, need no command: what these are made of is loaded for the others only. */
async function parse(argv: readonly string[]): Promise<Parsed> {
  const [first = '', ...others] = argv;
  if (others.length === 0 && ['--help', '-h', 'help'].includes(first)) return { kind: 'help' };
  if (others.length === 0 && first === '--version') return { kind: 'version' };
  return (await import('./args.ts')).parseCommand(argv);
}

async function run(parsed: Parsed, signal: AbortSignal): Promise<number> {
  if (parsed.kind === 'run') {
    const { COMMANDS } = await import('./commands.ts');
    return COMMANDS[parsed.command.name].run(parsed.command, signal);
  }
  await writeOut(parsed.kind === 'version' ? `${await version()}\n` : await helpOn(parsed.topic));
  return EXIT.done;
}

async function version(): Promise<string> {
  const { version } = await import('../version.ts');
  return version;
}

async function helpOn(topic: string | undefined): Promise<string> {
  if (topic !== undefined) return (await import('./commands.ts')).COMMANDS[topic].help();
  const { HELP } = await import('./help.ts');
  return HELP;
}

/** Says on standard error what went wrong, in one or two lines. */
function report(error: unknown, signal: AbortSignal): number {
  if (signal.aborted) {
    remark('stopped');
    return EXIT.interrupted;
  }
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof InputError || error instanceof BackendError) remark(error.message);
  else reportBug(error);
  return EXIT.input;
}

function reportBug(error: unknown): void {
  remark(`${String(error)}\nThis is a bug in isoloss: please report it, with the command line and the table.`);
  if (process.env['DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}
