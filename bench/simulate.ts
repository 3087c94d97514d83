/**
 * Synthetic sweeps from the paper's design and Eq. 10: does the fit find the truth, do its intervals hold it as often as
 * they say, and do starts drawn from the data find the same minima as the truth does?
 */
import { openBackend, paperDesign, publishedTruth, simulateOn, type Backend, type Estimate, type Noise } from '../src/node.ts';

const SWEEPS = 10_000;
const RESAMPLED = { sweeps: 2000, replicates: 500 };
const truth = publishedTruth('hoffmann');
const design = paperDesign();

export async function simulate(): Promise<void> {
  const gpu = await openBackend('gpu').catch(() => undefined);
  for (const backend of [await openBackend('cpu'), ...(gpu ? [gpu] : [])]) {
    await recovery(backend, backend.name === 'cpu' ? { ...RESAMPLED } : undefined);
    await withoutNoise(backend);
    backend.close();
  }
}

/** The bootstrap of thousands of sweeps is done once: it takes minutes. */
async function recovery(backend: Backend, bootstrap: typeof RESAMPLED | undefined): Promise<void> {
  const noise: Noise = { sigma: 0.01 };
  const started = performance.now();
  const found = await simulateOn(backend, { truth, design, noise, sweeps: SWEEPS, ...(bootstrap && { bootstrap }) });
  const seconds = (performance.now() - started) / 1000;
  console.log(`## ${SWEEPS} synthetic sweeps of ${found.runs} runs with 1 % noise: ${backend.name}, ${backend.adapter}\n`);
  console.log(`Failed: ${JSON.stringify(found.failed)}. ${seconds.toPrecision(3)} s${bootstrap ? ` with ${bootstrap.sweeps} × ${bootstrap.replicates} resamples` : ''}.\n`);
  console.log('| | truth | bias / standard error | RMSE | 95 % sandwich interval holds it | 95 % bootstrap interval holds it |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const [name, { truth: value, bias, spread, rmse, coverage }] of Object.entries(found.recovery)) {
    const cells = [name, value.toPrecision(6), (bias.value / spread.value).toFixed(3), rmse.value.toPrecision(4)];
    console.log(`| ${[...cells, percent(coverage['sandwich']), percent(coverage['bootstrap'])].join(' | ')} |`);
  }
  console.log();
}

async function withoutNoise(backend: Backend): Promise<void> {
  const found = await simulateOn(backend, { truth, design, noise: { sigma: 0 }, sweeps: 2, starts: 32, sandwich: 0 });
  const worst = Math.max(...Object.values(found.recovery).map(({ truth: value, mean }) => Math.abs(mean / value - 1)));
  console.log(`Without noise, from 32 starts drawn from the data: the truth to ${worst.toExponential(1)} relative (${backend.name}).\n`);
}

function percent(share: Estimate | undefined): string {
  return share ? `${(100 * share.value).toFixed(1)} ± ${(100 * share.error).toFixed(1)} %` : '';
}
