/** What a comparison of laws can be asked. */
import { inside, replicatesFrom, wholeFrom } from '../check.ts';
import { optionError } from '../errors.ts';
import { lawById, lawIds } from '../laws/registry.ts';
import type { FitOptions, LossOptions } from '../types.ts';
import { checkSteps, type RolloutSteps } from './compare-steps.ts';

export interface CompareOptions extends LossOptions, Pick<FitOptions, 'starts' | 'screen' | 'backend' | 'seed' | 'onProgress' | 'signal'> {
  /** Law ids. Default: all whose inputs the sweep has. */
  readonly laws?: readonly string[];
  /** Parameters held at a value, by name, in every law that has one of that name. */
  readonly fix?: FitOptions['fix'];
  /** Lowest and highest value of parameters by name, in every law that has one of that name. */
  readonly bounds?: FitOptions['bounds'];
  /** Of the rollout: how many, or "slices", one between each two IsoFLOP slices. Default 5. */
  readonly steps?: RolloutSteps;
  /** Paired resamples. Default 200. */
  readonly replicates?: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

export type Settled = CompareOptions & Required<Pick<CompareOptions, 'steps' | 'replicates' | 'confidence' | 'seed'>>;

const REPLICATES = 200;
const STEPS = 5;

/** With the defaults. @throws InputError for what cannot be used. */
export function settle(options: CompareOptions): Settled {
  const { steps = STEPS, replicates = REPLICATES, confidence = 0.95, seed = 0, laws } = options;
  checkSteps(steps);
  replicatesFrom('replicates', replicates);
  inside('confidence', confidence);
  wholeFrom('seed', seed, 0);
  if (laws) checkLaws(laws);
  return { ...options, steps, replicates, confidence, seed };
}

function checkLaws(laws: readonly string[]): void {
  const known = new Set(laws.map((id) => lawById(id).id));
  if (known.size >= 2 && known.size === laws.length) return;
  throw optionError('laws', `expected at least two laws, each once, got ${laws.join(',') || 'none'}. There are ${lawIds.join(', ')}.`);
}
