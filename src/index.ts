/**
 * isoloss: neural scaling laws fitted on WebGPU and checked in float64.
 *
 *   import { fit, readSweep } from 'isoloss';
 *   const { params, certificate } = await fit(await readSweep(csvText));
 *
 * Everything here runs in a browser and in Node. `isoloss/node` adds files, Node's GPU and worker threads.
 */
import type { Backend } from './backend/backend.ts';
import { browserPlatform } from './backend/browser.ts';
import { openBackendOn, type BackendChoice } from './backend/open.ts';
import { fitOpening } from './fit/fit.ts';
import type { Fit, FitOptions, Sweep } from './types.ts';

export type { Backend } from './backend/backend.ts';
export type { BackendChoice } from './backend/open.ts';
export { readSweep, type ReadOptions } from './data/read.ts';
export { filterSweep, type FilterOptions } from './data/filter.ts';
export { BackendError, InputError, ShaderError } from './errors.ts';
export type { Figure, LookOptions, ThemeName } from './figures/figure.ts';
export { isolossFigure, type IsolossOptions } from './figures/isoloss.ts';
export { landscapeFigure, type LandscapeFigureOptions } from './figures/landscape.ts';
export { fitOn } from './fit/fit.ts';
export { lawIds } from './laws/registry.ts';
export { sandwichOn, type SandwichOptions } from './stats/analytic.ts';
export { bootstrapOn } from './stats/bootstrap.ts';
export { TERMINATION, type Termination } from './optim/termination.ts';
export { paperDesign } from './paper/design.ts';
export { paperReplica, type ReplicaOptions } from './paper/replica.ts';
export { publishedTruth, publishedTruthIds } from './paper/truths.ts';
export { frontier, frontierExponents, predictLoss, type Params } from './plan/frontier.ts';
export { designOf, gridDesign, isoflopDesign, type GridOptions, type IsoflopOptions } from './simulate/design.ts';
export { syntheticSweep, type Recipe } from './simulate/recipe.ts';
export type { Estimate, Recovery } from './simulate/recovery.ts';
export { simulateOn, type SimulateOptions, type Simulation } from './simulate/simulation.ts';
export { truthOfFit } from './simulate/truth.ts';
export type { ReplicateOptions, Replicates } from './stats/fits.ts';
export { influenceOn } from './stats/influence.ts';
export {
  excessOf, landscapeOn, landscapePairs, profileNames, profileOn,
  type Axis, type AxisName, type Landscape, type LandscapeOptions, type LandscapePair, type Profile, type ProfileOptions, type Solved,
} from './stats/landscape.ts';
export type * from './types.ts';
export { version } from './version.ts';

/**
 * Opens a backend for several fits (`fitOn`); close it after use. "auto": a hardware GPU, else the CPU.
 * @throws BackendError where "gpu" was asked for and there is none.
 */
export function openBackend(choice: BackendChoice = 'auto'): Promise<Backend> {
  return openBackendOn(browserPlatform, choice);
}

/**
 * Fits a law to a sweep: E, A, B, alpha, beta of L(N, D) = E + A/N^alpha + B/D^beta by default, with the certificate.
 * @throws InputError for a sweep or an option that cannot be used; BackendError where "gpu" was asked for and there is none.
 */
export function fit(sweep: Sweep, options: FitOptions = {}): Promise<Fit> {
  return fitOpening(openBackend, sweep, options);
}
