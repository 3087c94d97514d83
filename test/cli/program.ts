/** The built program as a process; and its commands in this process, where the program itself is not what is tested. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseCommand } from '../../src/cli/args.ts';
import { COMMANDS } from '../../src/cli/commands.ts';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, ['lib/cli.js', ...args], { env: { ...process.env, ...env } });
}

export async function outcome(child: ChildProcess): Promise<Outcome> {
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout!), text(child.stderr!),
    new Promise<number | null>((resolve) => { child.on('close', resolve); }),
  ]);
  return { code, stdout, stderr };
}

/** Runs it to its end. `stdin` is all that standard input holds. */
export async function isoloss(args: readonly string[], stdin: string | Uint8Array = ''): Promise<Outcome> {
  const child = start(args);
  child.stdin!.on('error', () => {}); // a program that does not read its input may end first
  child.stdin!.end(stdin);
  return outcome(child);
}

/** `isoloss fit` of few starts on the CPU: quick, and alike on every machine. */
export function fit(args: readonly string[], stdin?: string | Uint8Array): Promise<Outcome> {
  return isoloss(['fit', '--backend', 'cpu', '--starts', '8', ...args], stdin);
}

/** Runs that obey a law but for a ripple of 0.2 %: three sizes, each on four amounts of data. */
export function table(header: readonly string[] = ['N', 'D', 'loss'], delimiter = ','): string {
  const rows = [1e8, 4e8, 1.6e9].flatMap((N) => [2e9, 8e9, 3.2e10, 1.28e11].map((D) => [N, D]));
  const lines = rows.map(([N, D], i) => {
    const loss = (1.7 + 400 / N ** 0.34 + 410 / D ** 0.28) * (1 + 0.002 * Math.sin(5 * i));
    return [N, D, loss.toFixed(6)].join(delimiter);
  });
  return `${[header.join(delimiter), ...lines].join('\n')}\n`;
}

/** `isoloss simulate` of few sweeps on the CPU. The last of an option counts. */
export function simulate(args: readonly string[], stdin?: string | Uint8Array): Promise<Outcome> {
  return isoloss(['simulate', '--backend', 'cpu', '--sweeps', '20', ...args], stdin);
}

/** Runs a command in this process: quicker. Resolves to the exit code. */
export async function inProcess(argv: readonly string[]): Promise<number> {
  const parsed = parseCommand(argv);
  if (parsed.kind !== 'run') throw new Error(`expected a command that runs, got ${parsed.kind}`);
  return COMMANDS[parsed.command.name]!.run(parsed.command, new AbortController().signal);
}

/** What `--json` writes of a command on `content`, a table whose place among the arguments is TABLE; in this process. */
export async function jsonInProcess<T>(argv: readonly string[], content: string | Uint8Array = ''): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'isoloss-'));
  const [source, out] = [join(folder, 'table'), join(folder, 'out.json')];
  try {
    await writeFile(source, content);
    await inProcess([...argv.map((word) => (word === 'TABLE' ? source : word)), '--quiet', '--out', out]);
    return JSON.parse(await readFile(out, 'utf8')) as T;
  } finally {
    await rm(folder, { recursive: true });
  }
}
