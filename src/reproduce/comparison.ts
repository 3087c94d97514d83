/**
 * A published number beside ours. "Reproduced" is never given by hand: it is what `compare` finds. A published number is
 * nowhere an input to what is compared with it (test/reproduce changes the data and sees "ours" follow).
 */

export type Verdict = 'reproduced' | 'differs' | 'not reproducible' | 'unresolved';

export interface Comparison {
  /** What is compared, with its unit where it has one: "D_opt, tokens", "standard error of A". */
  readonly quantity: string;
  /** Where it was published: "Table 3, 400M", "Eq. 10". */
  readonly where: string;
  readonly published: number;
  /** As it stands there, where the number alone would mislead: "1.26e24 [sic]", "< 1e-51", "from memory of the authors". */
  readonly printed?: string;
  readonly ours: number;
  /** How ours was made: "closed form, unrounded constants". */
  readonly from: string;
  /** ours/published; of numbers of different sign, or of zero, NaN. */
  readonly ratio: number;
  /** Relative difference up to which ours counts as reproduced. */
  readonly tolerance: number;
  readonly verdict: Verdict;
  /** Why it is not reproduced, one clause in plain words; absent where it is. */
  readonly because?: string;
}

export interface ComparisonInput extends Pick<Comparison, 'quantity' | 'where' | 'published' | 'printed' | 'ours' | 'from'> {
  /**
   * Significant digits that were printed: half a unit of the last is no difference. Give this, `tolerance`, or both, which add up.
   */
  readonly digits?: number;
  /** Relative. What is known of the accuracy of either side: of reading a figure, of Monte Carlo. */
  readonly tolerance?: number;
  /** What it is called where it is not reproduced. Default "differs". */
  readonly otherwise?: Exclude<Verdict, 'reproduced'>;
  /** Why it is not, where it is not. Default "no reason is known". */
  readonly because?: string;
}

/** Compares: reproduced where ours is within the tolerance and the rounding of what was published. */
export function compare({ digits, tolerance = 0, otherwise = 'differs', because = 'no reason is known', ...rest }: ComparisonInput): Comparison {
  const { published, ours } = rest;
  const allowed = tolerance + (digits === undefined ? 0 : rounding(published, digits));
  const close = Math.abs(ours - published) <= allowed * Math.abs(published);
  const ratio = published * ours > 0 ? ours / published : NaN;
  return { ...rest, ratio, tolerance: allowed, ...(close ? { verdict: 'reproduced' } : { verdict: otherwise, because }) };
}

/** Half a unit of the last of so many significant digits, relative; a little more, for the rounding of float64. */
function rounding(value: number, digits: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value)) + 1e-12) - digits + 1);
  return ((0.5 + 1e-9) * unit) / Math.abs(value);
}
