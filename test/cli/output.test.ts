/** A result in the form and the place that were asked for, and what is said beside it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { deliverResult } from '../../src/cli/output.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const RESULT = { json: () => ({ N: [1, 2] }), text: () => 'N 1 2\n', page: async (plotly: string) => `<p>${plotly.includes('plotly.js v')}</p>` };
const REMARKS = { unseen: ['warning: far'], always: ['stopped'] };

/** What is written to a file, and said. */
async function delivered(name: string, more: { json?: boolean; quiet?: boolean } = {}, { page, ...rest } = RESULT): Promise<[text: string, said: string[]]> {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const out = join(folder, name);
  await deliverResult(name.startsWith('plain') ? rest : { page, ...rest }, REMARKS, { json: false, quiet: false, ...more, out });
  return [readFileSync(out, 'utf8'), said.map((line) => line.replace(out, 'OUT'))];
}

const SAID = ['isoloss: warning: far\n', 'isoloss: stopped\n', 'isoloss: wrote OUT\n'];

it.each<[name: string, more: object, text: string]>([
  ['a.txt', {}, 'N 1 2\n'],
  ['a.json', {}, '{\n  "N": [\n    1,\n    2\n  ]\n}\n'],
  ['a.html', { json: true }, '{\n  "N": [\n    1,\n    2\n  ]\n}\n'],
  ['a.html', {}, '<p>true</p>'],
  ['plain.html', {}, 'N 1 2\n'],
])('%s, %j', async (name, more, text) => {
  expect(await delivered(name, more)).toEqual([text, SAID]);
  expect(await delivered(name, { ...more, quiet: true })).toEqual([text, []]);
});

it('says less beside a text on the screen, and as much beside JSON there', async () => {
  const written = { out: '', err: [] as string[] };
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.err.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done) => {
    written.out += String(text);
    (done as unknown as () => void)();
    return true;
  });
  await deliverResult(RESULT, REMARKS, { json: false, quiet: false });
  expect([written.out, written.err]).toEqual(['N 1 2\n', ['isoloss: stopped\n']]);
  await deliverResult(RESULT, REMARKS, { json: true, quiet: false });
  expect(written.err).toEqual(['isoloss: stopped\n', 'isoloss: warning: far\n', 'isoloss: stopped\n']);
});
