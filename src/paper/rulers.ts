/** Published rulers of downstream error, ε − κ·e^(−γL): fitted to the loss on C4 of the authors' own models. */
import type { DownstreamError } from '../plan/rulers.ts';
import { TABLE_6, TRAIN_SETS, type TrainSet } from './gadre-results.ts';

export interface PublishedError extends DownstreamError {
  readonly id: string;
  readonly source: string;
}

const IDS: Readonly<Record<TrainSet, string>> = { c4_original: 'gadre-c4', rpj: 'gadre-redpajama', rw_original: 'gadre-refinedweb' };

/** Average top-1 error over 17 downstream tasks, of models trained on each set. */
export const publishedErrors: readonly PublishedError[] = (Object.keys(IDS) as TrainSet[]).map((set) => ({
  id: IDS[set],
  source: `Gadre et al. 2024, arXiv:2403.08540, Table 6, trained on ${TRAIN_SETS[set]}`,
  epsilon: Number(TABLE_6[set].epsilon), kappa: Number(TABLE_6[set].k), gamma: Number(TABLE_6[set].gamma),
}));
