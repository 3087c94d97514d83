/** Plans in which everything is asked, nothing is answered, and every text tries to be markup. */
import { PRECISION_SCALES, QUANTISING } from '../../src/paper/kumar.ts';
import { publishedDecay, publishedRules } from '../../src/paper/sizing.ts';
import { wellKnownModels } from '../../src/plan/models.ts';
import type { PlanReport } from '../../src/report/plan.ts';
import { planOf, type PlanBasis, type PlanOptions } from '../../src/stats/plan.ts';
import { PARAMS } from '../figures/sample.ts';
import { BOOTSTRAP } from '../report/fixture.ts';
import { HOSTILE, hostileSample, REPLICATES, sample } from './sample.ts';

const HARDWARE = { device: 'h100-sxm', utilisation: 0.4, pricePerDeviceHour: 2.5 };
const BASIS: PlanBasis = {
  law: 'chinchilla', params: PARAMS, ranges: { N: [5e7, 1e10], D: [1e9, 1e12], C: [1e18, 3e21] },
  resampling: { bootstrap: { ...BOOTSTRAP, interval: 'percentile' }, replicates: REPLICATES },
};
const EVERYTHING: PlanOptions = {
  budgets: [1e24], losses: [2], cluster: { ...HARDWARE, devices: 1024 }, failures: { ofOneDevice: 50_000, checkpoint: 0.05 },
  rules: publishedRules, asides: [{ N: 8e9 }], shapes: { count: 2, context: 4096 }, models: wellKnownModels,
  serving: { demand: { inputTokens: 0, outputTokens: 2e12 }, hardware: { train: HARDWARE, input: HARDWARE, output: HARDWARE } },
  repetition: { unique: [1e11], decay: publishedDecay },
  precision: { scales: PRECISION_SCALES, widths: [4, 8], sizes: [8e9], afterwards: { widths: [4], quantising: QUANTISING } },
};

function planned(options: PlanOptions, more: Pick<PlanReport, 'source' | 'fit'>): PlanReport {
  return { ...BASIS, ...more, options, plan: planOf(BASIS, options) } as PlanReport;
}

export const PLAN = planned(EVERYTHING, { source: 'runs/sweep.csv', fit: sample().fit });
/** More budgets and losses than have charts of their own; without a cluster no chart is of a loss. */
const MANY: PlanOptions = { budgets: [1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26], losses: [2.7, 2.6, 2.5, 2.4, 2.3, 2.2, 2.1, 2] };
export const MANY_PLANS = planned({ ...MANY, cluster: { ...HARDWARE, devices: 1024 } }, { source: 'runs.csv' });
export const MANY_BUDGETS = planned(MANY, { source: 'runs.csv' });
export const EMPTY = planned({ losses: [1.5] }, { source: 'runs.csv' });
export const HOSTILE_PLAN = planned(EVERYTHING, { source: HOSTILE, fit: hostileSample().fit });
