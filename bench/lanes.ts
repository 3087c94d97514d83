/** One lane a fit against a workgroup a fit, by the number of fits: where the two cross on this device. */
import { fitOn, openBackend, type Sweep } from '../src/node.ts';
import { Device, openDevice } from '../src/backend/gpu/device.ts';
import { gpuBackend } from '../src/backend/gpu/gpu.ts';
import { nodePlatform } from '../src/backend/node/platform.ts';
import { batchOf, fittedLogs } from '../src/fit/batch.ts';
import { chinchilla } from '../src/laws/chinchilla.ts';
import { passesOf } from '../src/stats/bootstrap.ts';
import { resampling } from '../src/stats/replicates.ts';
import { showTiming, timing } from './measure.ts';

const SIZES = [1, 8, 64, 512, 2048, 8192, 32_768];
const REPEATS = 5;
/** Seconds after which larger sizes are left out. */
const PATIENCE = 2;

export async function lanes([sweep]: readonly Sweep[]): Promise<void> {
  const gpu = await nodePlatform.gpu();
  const device = typeof gpu === 'string' ? gpu : await openDevice(gpu, { software: true });
  if (typeof device === 'string') return console.log(`lanes: no GPU. ${device}\n`);
  console.log(`## One lane or a workgroup a fit: warm fits of resamples of ${sweep.name}, ${device.adapter}\n`);
  console.log('| fits | one lane a fit | a workgroup a fit |\n| --- | --- | --- |');
  const cpu = await openBackend('cpu');
  const fit = await fitOn(cpu, sweep);
  const base = batchOf(sweep, chinchilla);
  const make = resampling(base, fittedLogs(base, fit.params), {});
  const [{ starts, stages }] = passesOf(gpuBackend(device), base, fit);
  const backends = [0, Infinity].map((below) => gpuBackend(new Device(device.gpu, device.adapter, below)));
  const late = [false, false];
  for (const size of SIZES) {
    const cells: string[] = [];
    for (const [k, backend] of backends.entries()) {
      if (late[k]) { cells.push(''); continue; }
      const time = await timing(REPEATS, async () => {
        const since = performance.now();
        await backend.descend(make(0, size), starts, stages);
        return (performance.now() - since) / 1000;
      });
      late[k] = time.median > PATIENCE;
      cells.push(showTiming(time));
    }
    console.log(`| ${size} | ${cells.join(' | ')} |`);
  }
  device.close();
  cpu.close();
  console.log();
}
