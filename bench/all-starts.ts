/** All 4500 starts of the paper on every resample, each descended to the end, the best of each kept on the device. */
import { fitOn, openBackend, type Backend, type Sweep } from '../src/node.ts';
import { schedule } from '../src/backend/schedule.ts';
import { batchOf, fittedLogs } from '../src/fit/batch.ts';
import { startsFor } from '../src/fit/starts.ts';
import { chinchilla } from '../src/laws/chinchilla.ts';
import { fitResamples } from '../src/stats/bootstrap.ts';
import { resampling } from '../src/stats/replicates.ts';

/** On the CPU a hundred take minutes. Give ALL_STARTS_RESAMPLES=4000 on a GPU. */
const RESAMPLES = Number(process.env['ALL_STARTS_RESAMPLES'] ?? 100);
/** On a software driver a hundred would take a quarter of an hour. */
const ON_SOFTWARE = 4;

export async function allStarts([sweep]: readonly Sweep[]): Promise<void> {
  console.log(`## The paper's 4500 starts on each of so many resamples of ${sweep.name}, every one to the end\n`);
  console.log('| backend | resamples | fits | time | fits a second | evaluations of a point a second | starts that agree on the best | resamples whose best is below the warm one |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  const gpu = await openBackend('gpu').catch(() => undefined);
  for (const backend of [...(gpu ? [gpu] : []), await openBackend('cpu')]) {
    await measure(backend, sweep, /swiftshader|llvmpipe/i.test(backend.adapter) ? Math.min(ON_SOFTWARE, RESAMPLES) : RESAMPLES);
    backend.close();
  }
  console.log();
}

async function measure(backend: Backend, sweep: Sweep, resamples: number): Promise<void> {
  const fit = await fitOn(backend, sweep);
  const warm = await fitResamples(backend, sweep, fit, { replicates: Math.max(2, resamples), extraStarts: 0 });
  const base = batchOf(sweep, chinchilla);
  const starts = startsFor(base, 'paper', 0);
  const each = starts.length / chinchilla.params.length;
  const batch = resampling(base, fittedLogs(base, fit.params), {})(0, resamples);
  const since = performance.now();
  const best = await backend.descend(batch, starts, schedule(fit.delta, backend.tolerance), { best: true });
  const seconds = (performance.now() - since) / 1000;
  const fits = resamples * each;
  const steps = best.steps.reduce((sum, count) => sum + count, 0);
  const agreeing = (best.agreeing as Uint32Array).reduce((sum, count) => sum + count, 0);
  const lower = best.objective.filter((value, r) => value < warm.objective[r] * (1 - 1e-5)).length;
  const cells = [
    `${backend.name}, ${backend.adapter}`, resamples, fits, `${seconds.toPrecision(3)} s`, Math.round(fits / seconds),
    ((steps * batch.points) / seconds).toExponential(2), `${((100 * agreeing) / fits).toFixed(1)} %`, lower,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
