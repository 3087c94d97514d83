/** How long until the first character: a fresh process for each run. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { showTiming, timing } from './measure.ts';

const run = promisify(execFile);

export async function startup(): Promise<void> {
  console.log('## Start-up, a fresh process each\n');
  console.log('| command | time |\n| --- | --- |');
  const empty = await timing(11, () => seconds(['-e', '0']), { cold: true });
  console.log(`| node -e 0 | ${showTiming(empty)} |`);
  const help = await timing(11, () => seconds(['lib/cli.js', '--help']), { cold: true });
  console.log(`| isoloss --help | ${showTiming(help)} |\n`);
}

async function seconds(args: string[]): Promise<number> {
  const since = performance.now();
  await run(process.execPath, args);
  return (performance.now() - since) / 1000;
}
