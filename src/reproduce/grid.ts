/** Points of curves and searches. */

/** So many points from low to high, evenly in their logs. */
export function logGrid([low, high]: readonly [low: number, high: number], points: number): number[] {
  return Array.from({ length: points }, (_, k) => low * (high / low) ** (k / (points - 1)));
}
