/** Ctrl-C. What was written to its standard input has been read when the program listens to signals. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { stoppable } from '../../src/cli/interrupt.ts';
import type { FitJson } from '../../src/report/json.ts';
import type { SimulationJson } from '../../src/report/simulation.ts';
import { inProcess, outcome, start, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

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

it('stops the wait for standard input, at once', async () => {
  const child = start(['fit', '-']);
  await new Promise<void>((read) => { child.stdin!.write(COMMENTS, () => read()); });
  child.kill('SIGINT');
  expect(await outcome(child)).toEqual(STOPPED);
});

/** Standard error that says it is a terminal: the program draws its progress there. */
const TERMINAL = { NODE_OPTIONS: '--import=data:text/javascript,process.stderr.isTTY=true' };

/** Ctrl-C as soon as the progress bar says that more than one fit is done. */
async function stopAfterProgress(args: readonly string[]) {
  const child = start([...args, '--backend', 'cpu'], TERMINAL);
  const stopping = progress(child).then(() => child.kill('SIGINT'));
  const [{ code, stdout, stderr }] = await Promise.all([outcome(child), stopping]);
  // oxlint-disable-next-line no-control-regex -- it erases the bar
  return { code, stdout, remarks: stderr.replaceAll(/\r\u001B\[2K(?:Resampling|Omitting|Simulating|Descending|Searching)[^\r\n]*|\r\u001B\[2K/g, '') };
}

function progress(child: ChildProcess): Promise<void> {
  return new Promise((seen) => {
    child.stderr!.on('data', (text) => { if (/(?:Resampling|Omitting|Simulating) .* %  [1-9][\d,]+ of /.test(String(text))) seen(); });
  });
}

describe('gives what is done, with exit code 130', () => {
  it('of a bootstrap', async () => {
    const { code, stdout, remarks } = await stopAfterProgress(['fit', '--starts', '8', '--bootstrap', '3000000', '--json']);
    const { certificate, bootstrap } = JSON.parse(stdout) as FitJson;
    expect([code, certificate.verdict, bootstrap!.requested]).toEqual([130, 'pass', 3_000_000]);
    expect(bootstrap!.replicates).toBeGreaterThan(1);
    expect(bootstrap!.replicates).toBeLessThan(3_000_000);
    expect(bootstrap!.intervals['alpha']!.every((end) => end! > 0.3 && end! < 0.4)).toBe(true);
    expect(remarks).toBe(`isoloss: stopped after ${bootstrap!.replicates.toLocaleString('en-US')} of 3,000,000 resamples\n`);
  });

  it.each([
    ['the influence, the fit and its bootstrap', ['--influence', '--bootstrap', '2', '--resample-starts', '0'], 2, 'influence'],
    ['a bootstrap that cannot be shown yet, the fit', ['--bootstrap', '2', '--interval', 'bca'], undefined, 'bootstrap'],
  ])('of %s', async (_, options, replicates, missing) => {
    const runs = join(folder, 'runs.csv');
    const grid = ['--design', 'grid', '--sizes', '1M..1B:60', '--tokens', '1B..1T:150'];
    await inProcess(['simulate', ...grid, '--replay', '0', '--out', runs, '--quiet']);
    const { code, stdout, remarks } = await stopAfterProgress(['fit', runs, '--starts', '2', ...options, '--json']);
    const { points, bootstrap, influence } = JSON.parse(stdout) as FitJson;
    expect([code, points, bootstrap?.replicates, influence]).toEqual([130, 9000, replicates, undefined]);
    expect(remarks).toBe(`isoloss: no ${missing}: stopped before it was done\n`);
  });

  it('of a simulation, and in its files no more than that', async () => {
    const file = join(folder, 'fits.csv');
    const { code, stdout, remarks } = await stopAfterProgress(['simulate', '--sweeps', '3000000', '--write-fits', file, '--json']);
    const { sweeps, requested, recovery } = JSON.parse(stdout) as SimulationJson;
    expect([code, requested]).toEqual([130, 3_000_000]);
    expect(sweeps).toBeGreaterThan(1);
    expect(sweeps).toBeLessThan(3_000_000);
    expect(recovery['alpha']!.spread.value!).toBeGreaterThan(0);
    const written = readFileSync(file, 'utf8').trim().split('\n').length - 1;
    expect(written).toBeLessThanOrEqual(sweeps);
    const shown = (count: number) => count.toLocaleString('en-US');
    const part = written < sweeps ? `: ${shown(written)} of ${shown(sweeps)} sweeps` : '';
    expect(remarks).toBe(`isoloss: stopped after ${shown(sweeps)} of 3,000,000 sweeps\nisoloss: wrote ${file}${part}\n`);
  });
});

it('a second one ends at once, the first does not where nobody reads what is printed', async () => {
  const big = ['--design', 'grid', '--sizes', '1M..1B:300', '--tokens', '1M..1B:300'];
  const child = start(['simulate', ...big, '--replay', '0']);
  await new Promise((printing) => { child.stdout!.once('readable', printing); });
  const ended = new Promise((end) => { child.on('exit', (_, signal) => end(signal)); });
  child.kill('SIGINT');
  expect(await Promise.race([ended, setTimeout(200, 'still there')])).toBe('still there');
  child.kill('SIGINT');
  expect(await ended).toBe('SIGINT');
});

describe('work that takes no notice', () => {
  const reason = new Error('Ctrl-C');

  it('is left after its time of grace, and not before', async () => {
    const controller = new AbortController();
    const endless = stoppable(new Promise(() => {}), controller.signal, 30);
    controller.abort(reason);
    await expect(Promise.race([endless, setTimeout(0, 'still waiting')])).resolves.toBe('still waiting');
    await expect(endless).rejects.toBe(reason);
  });

  it('may have been asked to stop before', async () => {
    await expect(stoppable(new Promise(() => {}), AbortSignal.abort(reason), 0)).rejects.toBe(reason);
  });

  it('gives what it has within that time', async () => {
    const controller = new AbortController();
    const work = stoppable(setTimeout(5, 'what is done'), controller.signal, 60_000);
    controller.abort(reason);
    await expect(work).resolves.toBe('what is done');
  });
});
