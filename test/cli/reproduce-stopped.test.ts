/** Ctrl-C while reproductions run: those that are done are printed. Here one is done, or none, when it comes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { Interrupted } from '../../src/cli/interrupt.ts';
import { reproductionsText } from '../../src/report/reproduction.ts';
import type { ReproduceOptions } from '../../src/reproduce/reproduce.ts';
import type { Reproduction } from '../../src/reproduce/reproduction.ts';
import { EPOCH } from '../report/reproduced.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const state: { done: readonly Reproduction[]; controller: AbortController } = { done: [], controller: new AbortController() };

vi.mock('../../src/reproduce/reproduce.ts', async (original) => ({
  ...await original<typeof import('../../src/reproduce/reproduce.ts')>(),
  reproduceOn: (_backend: unknown, _ids: unknown, { onReproduction, signal }: ReproduceOptions) => new Promise((_, reject) => {
    for (const reproduction of state.done) onReproduction!(reproduction);
    signal!.addEventListener('abort', () => reject(signal!.reason as Error));
    state.controller.abort(new Interrupted());
  }),
}));

function run(done: readonly Reproduction[], out: string): Promise<number> {
  Object.assign(state, { done, controller: new AbortController() });
  const parsed = parseCommand(['reproduce', '--backend', 'cpu', '--quiet', '--out', out]);
  if (parsed.kind !== 'run') throw new Error('expected a command that runs');
  return COMMANDS['reproduce']!.run(parsed.command, state.controller.signal);
}

it('one that is done is printed, with exit code 130', async () => {
  const out = join(folder, 'one.txt');
  expect(await run([EPOCH], out)).toBe(130);
  expect(readFileSync(out, 'utf8')).toBe(reproductionsText([EPOCH]));
});

it('where none is done nothing is', async () => {
  await expect(run([], join(folder, 'none.txt'))).rejects.toThrow(Interrupted);
});
