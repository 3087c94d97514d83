/** A result in the form and the place that were asked for, and what is said beside it. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { checkPlace, deliverResult } from '../../src/cli/output.ts';
import { InputError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const RESULT = { json: () => ({ N: [1, 2] }), text: () => 'N 1 2\n', page: async (plotly: string) => `<p>${plotly.includes('plotly.js (cartesian')}</p>` };
const REMARKS = { unseen: ['warning: far'], always: ['stopped'] };

/** What is written to a file, and said. */
async function delivered(name: string, more: { json?: boolean; quiet?: boolean } = {}): Promise<[text: string, said: string[]]> {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const out = join(folder, name);
  await deliverResult(RESULT, REMARKS, { json: false, quiet: false, ...more, out });
  return [readFileSync(out, 'utf8'), said.map((line) => line.replace(out, 'OUT'))];
}

/** What is written to standard output and error from now on. */
function outputs(): { out: string; readonly err: string[] } {
  const written = { out: '', err: [] as string[] };
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.err.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done) => {
    written.out += String(text);
    (done as unknown as () => void)();
    return true;
  });
  return written;
}

const SAID = ['isoloss: warning: far\n', 'isoloss: stopped\n', 'isoloss: wrote OUT\n'];

it.each<[name: string, more: object, text: string]>([
  ['a.txt', {}, 'N 1 2\n'],
  ['a.json', {}, '{\n  "N": [\n    1,\n    2\n  ]\n}\n'],
  ['a.html', { json: true }, '{\n  "N": [\n    1,\n    2\n  ]\n}\n'],
  ['a.html', {}, '<p>true</p>'],
])('%s, %j', async (name, more, text) => {
  expect(await delivered(name, more)).toEqual([text, SAID]);
  expect(await delivered(name, { ...more, quiet: true })).toEqual([text, []]);
});

describe('a place to write is looked at before the work', () => {
  const long = join(folder, `${'a'.repeat(300)}.json`);
  it.each([
    [join(folder, 'none', 'a.json'), 'a folder that does not exist. Make it, or give another.'],
    [long, 'a name that is too long. Give a shorter one.'],
    [join(import.meta.filename, 'a.json'), 'a path through something that is no directory. Check the path.'],
    [folder, 'a directory. Give the name of a file in it.'],
  ])('%s', async (path, got) => {
    await expect(checkPlace(path)).rejects.toThrow(new InputError(`${path}: expected a place to write the result, got ${got}`));
  });

  it.skipIf(process.getuid?.() === 0)('a file that may not be written, and one that may in a folder that may not', async () => {
    const path = join(folder, 'kept.txt');
    writeFileSync(path, '');
    chmodSync(path, 0o444);
    await expect(checkPlace(path)).rejects.toThrow(new InputError(`${path}: expected a place to write the result, got one that may not be written. Check its permissions.`));
    chmodSync(path, 0o644);
    chmodSync(folder, 0o555);
    await checkPlace(path);
    chmodSync(folder, 0o755);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a result for which its file has no room comes on standard output,', () => {
  const FULL = new InputError('/dev/full: expected a place to write the result, got a disk that is full. Make room, or give another. The result is on standard output instead.');

  it('with what is said of it', async () => {
    const written = outputs();
    await expect(deliverResult(RESULT, REMARKS, { json: true, quiet: false, out: '/dev/full' })).rejects.toThrow(FULL);
    expect(written).toEqual({ out: JSON.stringify({ N: [1, 2] }, null, 2) + '\n', err: ['isoloss: warning: far\n', 'isoloss: stopped\n'] });
  });

  it('a page as text', async () => {
    const written = outputs();
    const full = join(folder, 'full.html');
    symlinkSync('/dev/full', full);
    await expect(deliverResult(RESULT, REMARKS, { json: false, quiet: false, out: full })).rejects.toThrow('got a disk that is full');
    expect(written).toEqual({ out: 'N 1 2\n', err: ['isoloss: stopped\n'] });
  });
});

it('says less beside a text on the screen, and as much beside JSON there', async () => {
  const written = outputs();
  await deliverResult(RESULT, REMARKS, { json: false, quiet: false });
  expect([written.out, written.err]).toEqual(['N 1 2\n', ['isoloss: stopped\n']]);
  await deliverResult(RESULT, REMARKS, { json: true, quiet: false });
  expect(written.err).toEqual(['isoloss: stopped\n', 'isoloss: warning: far\n', 'isoloss: stopped\n']);
});
