/** Quantiles by linear interpolation between order statistics (type 7: R's and NumPy's default). */

/** Quantile p of ascending values. */
export function quantile(ascending: ArrayLike<number>, p: number): number {
  const [below, above] = ranksAt(ascending.length, p);
  return ascending[below] + ((ascending.length - 1) * p - below) * (ascending[above] - ascending[below]);
}

/**
 * Quantiles at each of `levels` of values in any order, none of them NaN. It permutes the values, so that those it needs
 * stand where sorting would put them: Hoare 1961, "Algorithm 65: Find", Communications of the ACM 4.
 */
export function quantilesOf(values: Float64Array, levels: readonly number[]): number[] {
  const ranks = levels.flatMap((p) => ranksAt(values.length, p)).toSorted((a, b) => a - b);
  ranks.forEach((rank, k) => { place(values, rank, k > 0 ? ranks[k - 1] : 0); });
  return levels.map((p) => quantile(values, p));
}

/** σ of a normal distribution over its median absolute deviation. */
const DEVIATION_PER_MEDIAN = 1.4826;

/** σ of normal values about a centre by the median of their distances from it, which outliers hardly move. */
export function medianDeviation(values: Float64Array, centre = 0): number {
  return DEVIATION_PER_MEDIAN * quantile(values.map((value) => Math.abs(value - centre)).toSorted(), 0.5);
}

/** Those that quantile p lies between. */
function ranksAt(length: number, p: number): [below: number, above: number] {
  const below = Math.floor((length - 1) * p);
  return [below, Math.min(below + 1, length - 1)];
}

/** Puts the value of that rank in its place, none larger before it and none smaller after; those before `from` are so already. */
function place(values: Float64Array, rank: number, from: number): void {
  let low = from;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[rank];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const value = values[i];
        values[i++] = values[j];
        values[j--] = value;
      }
    }
    if (j < rank) low = i;
    if (rank < i) high = j;
  }
}
