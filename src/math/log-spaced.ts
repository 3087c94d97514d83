/** `count` values from low to high, ends included, of equal ratio. */
export function logSpaced([low, high]: readonly [low: number, high: number], count: number): number[] {
  const steps = count - 1;
  return Array.from({ length: count }, (_, k) => (k === steps ? high : low * (high / low) ** (k / steps)));
}
