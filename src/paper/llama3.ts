/**
 * Published facts of "The Llama 3 herd of models", 2024, arXiv:2407.21783, §3.2.1: IsoFLOP curves over training tokens, from
 * 6e18 to 1e22 FLOPs, and a power law through their minima, N*(C) = A·C^α. N* there is a number of tokens: what this project
 * calls D. Read in the paper; the points of its figure 2 were never published as numbers.
 */
import type { PowerLaw } from '../approaches/power.ts';
import { printed, type Printed } from './printed.ts';

export interface PrintedLaw {
  readonly alpha: Printed;
  readonly A: Printed;
}

/** (α, A) of the text. */
export const LLAMA3_TEXT: PrintedLaw = { alpha: printed('0.53'), A: printed('0.29') };

/** (α, A) in the figure of the fitted line. */
export const LLAMA3_FIGURE: PrintedLaw = { alpha: printed('0.537'), A: printed('0.299') };

/** Training FLOPs of the flagship, and what the text says the law makes of them. */
export const LLAMA3_FLAGSHIP = { C: printed('3.8e25'), N: printed('402B'), D: printed('16.55T') } as const;

/** Tokens over FLOPs. `within`: −1 and 1 are the ends of what the rounding of both numbers leaves open, 0 is as printed. */
export function tokenLaw({ alpha, A }: PrintedLaw, within: -1 | 0 | 1 = 0): PowerLaw {
  return { coefficient: A.value * (1 + within * A.rounding), exponent: alpha.value * (1 + within * alpha.rounding) };
}
