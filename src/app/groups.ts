/** One group of a fit of groups, as the views and the plan take it: a fit of its own, of its runs. */
import { fitOfGroup, type Fit, type Sweep } from '../index.ts';

/** The other runs have weight zero. */
export function ofGroup<F extends { readonly fit: Fit; readonly sweep: Sweep }>(found: F, name: string): F {
  const { fit, sweep } = found;
  const values = fit.groups && sweep.extra?.[fit.groups.column];
  if (!values) throw new Error(`group ${name}: the sweep does not say which run is of which group`);
  return { ...found, fit: fitOfGroup(fit, name), sweep: { ...sweep, weight: sweep.weight.map((weight, i) => (String(values[i]) === name ? weight : 0)) } };
}
