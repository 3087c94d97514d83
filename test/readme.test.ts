/** The README's examples, run: what it says a user may type, and what it says comes out. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paperReplica } from '../src/paper/replica.ts';

const run = promisify(execFile);
const readme = await readFile('README.md', 'utf8');
const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));
const cli = resolve('lib/cli.js');
const manifest = JSON.parse(await readFile('package.json', 'utf8'));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isoloss-readme-'));
  const { columns, loss } = paperReplica();
  const rows = Array.from(loss, (value, i) => `${columns.N[i]},${columns.C[i]},${value}`);
  await writeFile(join(folder, 'runs.csv'), ['Model Size,Training FLOP,val_loss', ...rows].join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('README', () => {
  const commands = blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'));

  it('names scripts that exist', () => {
    const scripts = commands.flatMap((line) => [...line.matchAll(/npm (?:run )?(\w+)/g)].map(([, name]) => name));
    expect(scripts).toEqual(['ci', 'fit', 'ci', 'test']);
    expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(['fit', 'test', 'isoloss']));
  });

  it.each(commands.filter((line) => line.startsWith('isoloss ')))('%s', async (line) => {
    const args = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain).slice(1);
    // The whole grid of starts takes seconds: the benchmark runs it.
    const { stdout } = await run(process.execPath, [cli, ...args.map((arg) => (arg === 'paper' ? '32' : arg))], { cwd: folder });
    const printed = args.includes('--out') ? await readFile(join(folder, 'fit.json'), 'utf8') : stdout;
    expect(printed).toMatch(/Certificate: pass|"verdict": "pass"/);
  });

  it('shows what the program prints, but for time and device', async () => {
    const { stdout } = await run(process.execPath, [cli, 'fit', '--backend', 'cpu']);
    const shown = blocks.find(({ text }) => text.includes('Certificate'))?.text ?? '';
    // The relative gradient is rounding itself: its digits are the machine's.
    const lasting = (text: string) => text.split('\n').filter((line) => !/^ {2}(?:Time|Backend|Gradient) /.test(line));
    expect(lasting(stdout.trimEnd())).toEqual(lasting(shown.trimEnd()));
  });

  it('has a library example that runs', async () => {
    const example = blocks.find(({ language }) => language === 'js')!;
    const index = pathToFileURL(resolve('lib/index.js')).href;
    await writeFile(join(folder, 'example.mjs'), example.text.replace("'isoloss'", `'${index}'`));
    const { stdout } = await run(process.execPath, [join(folder, 'example.mjs')]);
    expect(stdout).toMatch(/E: .*alpha: /s);
    expect(stdout).toContain('} pass [');
  });
});
