/**
 * Units that look wrong but could be meant. The law is fitted to log L, so the unit of the loss scales E, A and B
 * alike and leaves the exponents; a perplexity is the exponential of a loss, and no such law holds for it.
 */

import type { Role } from '../types.ts';
import type { Matched } from './columns.ts';
import { showNumber } from './counts.ts';

/** Nats; guessing among e^13 = 440,000 tokens costs as much. */
const HIGHEST_LOSS = 13;
/** Nats per token; lower medians are known of bits per byte or character, not of text in tokens. */
const LOWEST_MEDIAN_LOSS = 0.9;
/** Medians below these are in another unit: no sweep is of smaller models, fewer tokens or less compute. */
const LOWEST_MEDIAN = { N: 1e5, D: 1e5, C: 1e12 } as const;

/** One sentence or two for each suspicion, none where all looks right. */
export function suspectUnits(values: Readonly<Partial<Record<Role, Float64Array>>>, matched: Matched): string[] {
  const counts = (['N', 'D', 'C'] as const).flatMap((role) => suspectCount(role, values[role], matched[role]?.name));
  return values.loss && matched.loss ? [...counts, ...suspectLoss(values.loss, matched.loss.name)] : counts;
}

function suspectCount(role: 'N' | 'D' | 'C', values: Float64Array | undefined, name: string | undefined): string[] {
  const middle = values ? median(values) : Infinity;
  if (!(middle < LOWEST_MEDIAN[role])) return [];
  return [
    `The median of ${role}, from "${name}", is ${showNumber(middle)}. If that is in millions or billions, ` +
      `say so in the name of the column, as in "${name} (M)" or "${name} (B)".`,
  ];
}

function suspectLoss(loss: Float64Array, name: string): string[] {
  const highest = loss.reduce((a, b) => Math.max(a, b));
  if (/ppl|perplexity/i.test(name)) return [`The column "${name}" suggests perplexity: take the logarithm.`];
  if (highest > HIGHEST_LOSS) {
    return [`The highest loss is ${showNumber(highest)}, worse than a guess. If it is perplexity, take the logarithm.`];
  }
  if (/bits|bp[bct]/i.test(name)) return [`The column "${name}" suggests bits. ${FROM_BITS}`];
  const middle = median(loss);
  if (!(middle < LOWEST_MEDIAN_LOSS)) return [];
  return [`The median loss is ${showNumber(middle)}, low for nats per token; it may be in bits per byte. ${FROM_BITS}`];
}

const FROM_BITS =
  'Multiply bits by 0.6931, and bits per byte also by bytes per token, for nats per token. ' +
  'As it is, E, A and B come out in the unit of the column; the exponents are the same.';

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  return sorted[sorted.length >> 1];
}
