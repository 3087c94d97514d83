/**
 * Bootstrap of a fit: the same fit on thousands of resamples, to learn how sure its numbers are.
 *
 * Every replicate starts from the optimum of the whole sweep, at 3·δ and then δ. On Epoch's 4000 resamples, whose minima
 * are known, that reached every one (test/reference/bootstrap.test.ts); `extraStarts` adds descents from starts drawn from the data,
 * through all stages, and a replicate keeps its best.
 */
import type { Backend } from '../backend/backend.ts';
import type { Bootstrap, BootstrapOptions, Fit, Sweep } from '../types.ts';
import { fitReplicates } from './fits.ts';
import { summarise } from './summary.ts';

/**
 * Bootstraps a fit of `sweep` on an open backend.
 * @throws InputError where an option cannot be used.
 */
export async function bootstrapOn(backend: Backend, sweep: Sweep, fit: Fit, options: BootstrapOptions = {}): Promise<Bootstrap> {
  const since = performance.now();
  const replicates = await fitReplicates(backend, sweep, fit, options);
  const seconds = (performance.now() - since) / 1000;
  return { ...summarise(fit, replicates, options), seconds };
}
