/** What the view Laws is asked; the settings of the fit are asked too. The address may tell of it before it is loaded. */
import { lawIds, lossIds } from '../index.ts';
import { decimal, list, oneOf, pairs, positive, setting, whole, wordOr, words } from './setting.ts';

/* Which law? */

/** Ids; undefined for all that the table can be fitted by. */
export const laws = setting('laws', undefined, list(oneOf(lawIds)));
export const steps = setting<'slices' | number>('laws-steps', 5, wordOr(['slices'], whole(0, 100)));
export const resamples = setting('laws-resamples', 200, whole(2, 1e6));

/* What moves the answer? Undefined for the usual ones of the library. */

export const deltas = setting('deltas', undefined, list(decimal(1e-9, 10, 'thresholds in nats such as 0.0001,0.01')));
export const losses = setting('losses', undefined, list(oneOf(lossIds)));
export const drops = setting('drops', undefined, list(whole(1, 1e6)));
const quantile = decimal(1e-6, 1 - 1e-6, 'quantiles between 0 and 1 such as 0.5,0.75');
export const keepBelow = setting('keep-below', undefined, list(quantile));
export const keepAbove = setting('keep-above', undefined, list(quantile));

/* Two sweeps. */

/** A second table, or groups of the one that is open. */
export const others = setting<'table' | 'groups'>('others', 'table', oneOf(['table', 'groups']));
/** Of the second table; the others by their names. */
export const secondColumns = setting('second-columns', {}, pairs);
/** The column that tells the groups apart, and the value of the group that the others are measured by: the first where it is empty. */
export const group = setting('group', '', words);
export const against = setting('against', '', words);
export const budgets = setting('multiplier-budgets', undefined, list(positive('training FLOPs such as 1e20,1e21')));
export const targetLosses = setting('multiplier-losses', undefined, list(decimal(1e-6, 1e6, 'losses such as 2.1,2.3, nats per token')));
export const pairsDrawn = setting('multiplier-resamples', 1000, whole(2, 1e6));
export const tests = setting('multiplier-tests', 200, whole(0, 1e6));
