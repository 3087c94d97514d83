/** A million synthetic sweeps of 400 runs: drawn and fitted in pieces, with the host memory that it takes at most. */
import { gridDesign, openBackend, publishedTruth, simulateOn } from '../src/node.ts';

/** On a machine without a GPU a million takes minutes: give MEMORY_SWEEPS=100000 for less. */
const SWEEPS = Number(process.env['MEMORY_SWEEPS'] ?? 1_000_000);
const RUNS = 20;

export async function memory(): Promise<void> {
  const spread = (low: number, high: number) => Array.from({ length: RUNS }, (_, k) => low * (high / low) ** (k / (RUNS - 1)));
  const design = gridDesign({ sizes: spread(5e7, 1.6e10), tokens: spread(1e9, 1e12) });
  const backend = await openBackend(process.env['MEMORY_BACKEND'] === 'cpu' ? 'cpu' : 'gpu').catch(() => openBackend('cpu'));
  let peak = 0;
  const note = () => { peak = Math.max(peak, process.memoryUsage().rss); };
  const found = await simulateOn(backend, {
    truth: publishedTruth('hoffmann'), design, noise: { sigma: 0.01 }, sweeps: SWEEPS, sandwich: 0, onProgress: note,
  });
  note();
  backend.close();
  console.log(`## ${SWEEPS} synthetic sweeps of ${found.runs} runs\n`);
  console.log(`${found.backend.name}, ${found.backend.adapter}: ${found.seconds.toPrecision(4)} s, ` +
    `${Math.round(found.sweeps / found.seconds)} sweeps a second; failed ${JSON.stringify(found.failed)}; ` +
    `resident memory at most ${(peak / 2 ** 20).toFixed(0)} MiB.\n`);
}
