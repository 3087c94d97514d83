/** A spot check of a bootstrap: do starts drawn from the data find lower minima of the resamples than the warm ones do? */
import { AGREE, type Backend, type Batch } from '../backend/backend.ts';
import type { Probe } from '../types.ts';
import type { Pass, ReplicateOptions } from './fits.ts';
import type { MakeBatch } from './replicates.ts';

/**
 * Resamples that are checked: one in 32, at least 4, at most 32. A sweep that sends one resample in twenty astray is caught
 * four times in five by 32 of them, one in ten nearly always.
 */
const [SHARE, FEWEST, MOST] = [32, 4, 32];

/** Descends the first resamples by both passes and counts where `drawn` ends lower. Nothing is counted once aborted. */
export async function probe(backend: Backend, make: MakeBatch, total: number, warm: Pass, drawn: Pass, { signal }: ReplicateOptions): Promise<Probe> {
  const resamples = Math.min(total, MOST, Math.max(FEWEST, Math.ceil(total / SHARE)));
  const batch: Batch = make(0, resamples);
  const options = { best: true, partial: true, ...(batch.pins && { pinned: batch.pins.pinned }), ...(signal && { signal }) };
  const known = await backend.descend(batch, warm.starts, warm.stages, options);
  const other = await backend.descend(batch, drawn.starts, drawn.stages, options);
  const lower = other.objective.filter((value, r) => other.termination[r] > 0 && value < known.objective[r] * (1 - AGREE));
  return { resamples, starts: drawn.starts.length / batch.law.params.length, lower: lower.length };
}
