/** How cost grows with the batch: warm fits of drawn pairs, on the GPU, the CPU with all cores, and the CPU with one. */
import { bootstrapOn, fitOn, openBackend, type Backend, type Sweep } from '../src/node.ts';
import { cpuBackend } from '../src/backend/cpu/cpu.ts';
import { showTiming, timing } from './measure.ts';

const SIZES = [10, 100, 1000, 10_000, 100_000, 1_000_000];
const REPEATS = 3;
/** A size is skipped where the one before it says that it would take longer, seconds. */
const PATIENCE = 20;

export async function batchSizes([sweep]: readonly Sweep[]): Promise<void> {
  console.log(`## Resamples of ${sweep.name} from the optimum, by batch size\n`);
  console.log('| backend | resamples | time | resamples a second |\n| --- | --- | --- | --- |');
  const gpu = await openBackend('gpu').catch(() => undefined);
  for (const backend of [...(gpu ? [gpu] : []), await openBackend('cpu'), cpuBackend(1)]) {
    await measure(backend, sweep);
    backend.close();
  }
  console.log();
}

async function measure(backend: Backend, sweep: Sweep): Promise<void> {
  const fit = await fitOn(backend, sweep);
  let before = { size: 1, seconds: 0 };
  for (const size of SIZES) {
    if ((before.seconds * size) / before.size > PATIENCE) return;
    const time = await timing(REPEATS, async () => (await bootstrapOn(backend, sweep, fit, { replicates: size })).seconds);
    console.log(`| ${backend.name}, ${backend.adapter} | ${size} | ${showTiming(time)} | ${Math.round(size / time.median)} |`);
    before = { size, seconds: time.median };
  }
}
