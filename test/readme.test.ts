/** The README's examples, run: what it says a user may type, and what it says comes out. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paperReplica } from '../src/paper/replica.ts';
import { paperSchedules } from '../src/paper/schedules.ts';
import { publishedTruth } from '../src/paper/truths.ts';
import { syntheticCurves } from '../src/simulate/curves.ts';

const run = promisify(execFile);
const readme = await readFile('README.md', 'utf8');
const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));
const cli = resolve('lib/cli.js');
const manifest = JSON.parse(await readFile('package.json', 'utf8'));

/** What each command prints where all went well. */
const PRINTS: Readonly<Record<string, RegExp>> = {
  fit: /Certificate: pass|"verdict": ?"pass"/, reproduce: /\d+ reproduced/, approaches: /^Approach 3/m, compare: /^Which law\?/m, multiplier: /^What .* needs for the same loss/m, sensitivity: /moves most with/, emergence: /looks/, samples: /^Coverage of k samples/m,
  plan: /^Compute-optimal|^Least total cost/m,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isoloss-readme-'));
  const { columns, loss } = paperReplica();
  const rows = Array.from(loss, (value, i) => `${columns.N[i]},${columns.C[i]},${value},${i % 2 === 0 ? 'web' : 'books'}`);
  for (const name of ['runs.csv', 'old.csv', 'new.csv', 'svg_extracted_data.csv']) {
    await writeFile(join(folder, name), ['Model Size,Training FLOP,val_loss,corpus', ...rows].join('\n'));
  }
  for (const [, name, text] of readme.matchAll(/^cat > (\S+) <<'END'\n([\s\S]*?)^END$/gm)) await writeFile(join(folder, name), text);
  await writeFile(join(folder, 'samples.csv'), blocks.find(({ language }) => language === 'csv')!.text);
  const { curves } = syntheticCurves({ truth: publishedTruth('hoffmann'), schedules: paperSchedules(), checkpoints: 30, excess: 0.05, noise: { sigma: 0 }, seed: 0 }, 0);
  const checkpoints = curves.flatMap(({ name, N, D, loss: losses }) => Array.from(D, (tokens, k) => `${name},${N},${tokens},${losses[k]}`));
  await writeFile(join(folder, 'curves.csv'), ['run_name,N,D,loss', ...checkpoints].join('\n'));
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
    // The whole grid of starts takes seconds, and so do thousands of replicates: the benchmark runs them.
    const quick = [...args.map((arg) => (arg === 'paper' ? '32' : arg)), ...(args[0] === 'reproduce' ? ['--replicates', '100'] : [])];
    const { stdout } = await run(process.execPath, [cli, ...quick], { cwd: folder });
    const out = args.includes('--out') ? await readFile(join(folder, args[args.indexOf('--out') + 1]), 'utf8') : stdout;
    expect(out).toMatch(PRINTS[args[0]]);
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
