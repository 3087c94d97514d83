/** 4000 resamples of one sweep, warm from its optimum: seconds, and whether each reaches its own minimum. */
import { existsSync, readFileSync } from 'node:fs';
import { bootstrapOn, fitOn, openBackend, type Backend, type BootstrapOptions, type Sweep } from '../src/node.ts';
import { cpuBackend } from '../src/backend/cpu/cpu.ts';
import { showTiming, timing } from './measure.ts';

const REPLICATES = 4000;
const REPEATS = 5;
/** One byte a run of the CSV, left-out runs included as zero, one row a resample. */
const COUNTS = process.env['EPOCH_COUNTS'] ?? '../shared/data/epoch/seed42_counts_u8_4000x245.bin';

export async function bootstrap([sweep]: readonly Sweep[]): Promise<void> {
  console.log(`## ${REPLICATES} resamples of ${sweep.name}\n`);
  console.log('| resamples | backend | time | not converged | standard errors of E, A, B, α, β |\n| --- | --- | --- | --- | --- |');
  const gpu = await openBackend('gpu').catch(() => undefined);
  for (const backend of [await openBackend('cpu'), cpuBackend(1), ...(gpu ? [gpu] : [])]) {
    await measure('drawn pairs', backend, sweep, { replicates: REPLICATES });
    if (existsSync(COUNTS)) await measure('Epoch\'s', backend, sweep, { kind: 'counts', counts: epochCounts(sweep) });
    backend.close();
  }
  console.log();
}

async function measure(name: string, backend: Backend, sweep: Sweep, options: BootstrapOptions): Promise<void> {
  const fit = await fitOn(backend, sweep);
  let last: Awaited<ReturnType<typeof bootstrapOn>>;
  const time = await timing(REPEATS, async () => {
    last = await bootstrapOn(backend, sweep, fit, options);
    return last.seconds;
  });
  const { standardErrors, failed } = last!;
  const errors = Object.keys(fit.params).map((key) => standardErrors[key].toPrecision(7)).join(', ');
  console.log(`| ${name} | ${backend.name}, ${backend.adapter} | ${showTiming(time)} | ${JSON.stringify(failed)} | ${errors} |`);
}

function epochCounts({ lines }: Sweep): Uint8Array {
  const bytes = readFileSync(COUNTS);
  const runs = bytes.length / REPLICATES;
  const counts = new Uint8Array(REPLICATES * lines.length);
  for (let r = 0; r < REPLICATES; r++) lines.forEach((line, k) => { counts[r * lines.length + k] = bytes[r * runs + line - 2]; });
  return counts;
}
