/** Comparing with a number as it stands in print: its digits say how accurate it is. */
import { printed } from '../paper/printed.ts';
import { compare, type Comparison, type ComparisonInput } from './comparison.ts';

/** `text` as `printed` reads it: "0.052", "4.68e9", "521". */
export function comparePrinted(text: string, rest: Omit<ComparisonInput, 'published' | 'digits'>): Comparison {
  const { value, digits } = printed(text);
  return compare({ ...rest, published: value, digits });
}
