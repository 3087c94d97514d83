/** The resamples of a fit of groups as those of one group, which has a law of its own in each. */
import { spreadOfGroup } from '../fit/groups.ts';
import { partOf } from '../laws/grouped.ts';
import { lawById } from '../laws/registry.ts';
import type { Fit } from '../types.ts';
import type { Resampling } from './bootstrap.ts';
import { naturalAt } from './fits.ts';

/** Beside `fitOfGroup`. A sandwich is not taken apart: its intervals are there, and no replicates. @throws InputError where there is no such group. */
export function resamplingOfGroup(fit: Pick<Fit, 'law'>, { bootstrap, replicates }: Resampling, name: string): Resampling {
  const spread = spreadOfGroup(fit, bootstrap, name);
  const { groups } = lawById(fit.law);
  const places = groups!.places[groups!.names.indexOf(name)];
  const own = Array.from(replicates.objective, (_, r) => partOf(naturalAt(replicates, r), places));
  return { bootstrap: spread, replicates: { ...replicates, natural: Float64Array.from(own.flatMap((values) => [...values])) } };
}
