/** All 4500 starts of the paper's grid, each descended to the end: who arrives, and how long it takes. */
import { BackendError, fitOn, openBackend, type Backend, type Sweep } from '../src/node.ts';
import { cpuBackend } from '../src/backend/cpu/cpu.ts';
import { showTiming, timing } from './measure.ts';

const REPEATS = 3;

export async function paperStarts(all: readonly Sweep[]): Promise<void> {
  console.log('## All 4500 starts of the paper, every one descended to the end\n');
  console.log('| sweep | points | backend | descend | within 1e-4 of the minimum | how they ended | objective |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const sweep of all) {
    for (const backend of await backends()) {
      await measure(sweep, backend);
      backend.close();
    }
  }
  console.log();
}

async function backends(): Promise<Backend[]> {
  const gpu = await openBackend('gpu').catch((error: unknown) => {
    if (!(error instanceof BackendError)) throw error;
    console.log(`| (no GPU: ${error.message}) |`);
    return undefined;
  });
  return [await openBackend('cpu'), cpuBackend(1), ...(gpu ? [gpu] : [])];
}

async function measure(sweep: Sweep, backend: Backend): Promise<void> {
  let last: Awaited<ReturnType<typeof fitOn>>;
  const time = await timing(REPEATS, async () => {
    last = await fitOn(backend, sweep, { starts: 'paper' });
    return last.timings['descend'];
  });
  const { certificate: { starts, startsAgreeing, outcomes }, objective } = last!;
  const share = `${startsAgreeing} (${(100 * startsAgreeing / starts).toFixed(1)} %)`;
  const ends = Object.entries(outcomes).map(([end, count]) => `${count} ${end}`).join(', ');
  console.log(`| ${sweep.name} | ${sweep.loss.length} | ${backend.name}, ${backend.adapter} | ${showTiming(time)} | ${share} | ${ends} | ${objective.toPrecision(12)} |`);
}
