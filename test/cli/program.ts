/** The built program as a process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { text } from 'node:stream/consumers';

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
