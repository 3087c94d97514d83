/** The fit, away from the page's thread: on the GPU where there is one, else on the CPU, saying why. */
import { expose } from 'comlink';
import { fit, frontier, InputError, paperReplica, type FitOptions, type Sweep } from '../index.ts';
import type { Outcome } from './state.ts';
import { missingWebgpu } from './webgpu.ts';

/** Training FLOPs of the table of optimal models. */
const BUDGETS = [1e20, 1e21, 1e22, 1e23, 1e24];

export type OnProgress = NonNullable<FitOptions['onProgress']>;

/** What the page may ask of the worker. */
export interface LabWorker {
  /** Fits the bundled sweep. */
  fitReplica(onProgress: OnProgress): Promise<Outcome>;
}

const worker: LabWorker = {
  async fitReplica(onProgress) {
    const sweep = paperReplica();
    const { result, withoutGpu } = await fitSomewhere(sweep, onProgress);
    return { sweep, fit: result, frontier: frontier(result.law, result.params, BUDGETS), withoutGpu };
  },
};

/** Any adapter will do, a software one too. Where the GPU fails in mid-run, the CPU starts afresh. */
async function fitSomewhere(sweep: Sweep, onProgress: OnProgress) {
  const missing = await missingWebgpu();
  if (missing) return { result: await fit(sweep, { backend: 'cpu', onProgress }), withoutGpu: missing };
  try {
    return { result: await fit(sweep, { backend: 'gpu', onProgress }), withoutGpu: undefined };
  } catch (error) {
    if (error instanceof InputError) throw error;
    return { result: await fit(sweep, { backend: 'cpu', onProgress }), withoutGpu: (error as Error).message };
  }
}

expose(worker);
