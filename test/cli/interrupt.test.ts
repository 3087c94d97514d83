/** Ctrl-C. What was written to its standard input has been read when the program listens to signals. */
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { outcome, start, table } from './program.ts';

/** Too much for the buffers of a pipe. */
const COMMENTS = `# ${'a comment that nobody reads '.repeat(10)}\n`.repeat(20_000);
const STOPPED = { code: 130, stdout: '', stderr: 'isoloss: stopped\n' };

it('stops a long run', async () => {
  const child = start(['fit', '-', '--backend', 'cpu', '--starts', '200000']);
  await new Promise<void>((read) => { child.stdin!.end(COMMENTS + table(), () => read()); });
  await setTimeout(700);
  child.kill('SIGINT');
  expect(await outcome(child)).toEqual(STOPPED);
});

it('stops the wait for standard input', async () => {
  const child = start(['fit', '-']);
  await new Promise<void>((read) => { child.stdin!.write(COMMENTS, () => read()); });
  child.kill('SIGINT');
  expect(await outcome(child)).toEqual(STOPPED);
});
