/** isoloss in Node: all of `isoloss`, with files, standard input, Node's GPU (Dawn) and worker threads. */
import type { Backend } from './backend/backend.ts';
import { nodePlatform } from './backend/node/platform.ts';
import { openBackendOn, type BackendChoice } from './backend/open.ts';
import { fitOpening } from './fit/fit.ts';
import { compareLawsOpening } from './stats/compare.ts';
import type { CompareOptions } from './stats/compare-options.ts';
import type { LawComparison } from './stats/compare-result.ts';
import type { Fit, FitOptions, Sweep } from './types.ts';

export * from './index.ts';
export {
  readCurvesFrom, readSamplesFrom, readSweepFrom, type CurvesSourceOptions, type SamplesSourceOptions, type SourceOptions,
} from './sources.ts';

/** As in `isoloss`, over Node's GPU and worker threads. */
export function openBackend(choice: BackendChoice = 'auto'): Promise<Backend> {
  return openBackendOn(nodePlatform, choice);
}

/** As in `isoloss`, over Node's GPU and worker threads. */
export function fit(sweep: Sweep, options: FitOptions = {}): Promise<Fit> {
  return fitOpening(openBackend, sweep, options);
}

/** As in `isoloss`, over Node's GPU and worker threads. */
export function compareLaws(sweep: Sweep, options: CompareOptions = {}): Promise<LawComparison> {
  return compareLawsOpening(openBackend, sweep, options);
}
