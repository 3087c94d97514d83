/** The fit that people run: 32 starts on the CPU, computing time as the program reports it, a fresh process each. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sweep } from '../src/node.ts';
import { showTiming, timing } from './measure.ts';

const run = promisify(execFile);

export async function defaultFit(all: readonly Sweep[]): Promise<void> {
  console.log('## Default fit on the CPU backend: 32 starts, polish and certificate, cold\n');
  console.log('| sweep | points | computing | starts agreeing | objective |\n| --- | --- | --- | --- | --- |');
  const folder = await mkdtemp(join(tmpdir(), 'isoloss-bench-'));
  for (const sweep of all) {
    const file = join(folder, 'sweep.csv');
    await writeFile(file, csv(sweep));
    let last: { timings: Record<string, number>; objective: number; certificate: { startsAgreeing: number; starts: number } };
    const time = await timing(11, async () => {
      const { stdout } = await run(process.execPath, ['lib/cli.js', 'fit', file, '--backend', 'cpu', '--json', '--quiet']);
      last = JSON.parse(stdout);
      return Object.values(last.timings).reduce((sum, seconds) => sum + seconds, 0);
    }, { cold: true });
    const { certificate, objective } = last!;
    console.log(`| ${sweep.name} | ${sweep.loss.length} | ${showTiming(time)} | ${certificate.startsAgreeing} of ${certificate.starts} | ${objective.toPrecision(12)} |`);
  }
  await rm(folder, { recursive: true });
  console.log();
}

function csv({ columns, loss }: Sweep): string {
  const rows = Array.from(loss, (value, i) => `${columns.N[i]},${columns.D[i]},${value}`);
  return ['N,D,loss', ...rows].join('\n');
}
