/** Contour levels of a loss: even steps of a round size over what the runs and the law reach. */

export interface Levels {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

/** Runs above this share of all losses are outliers: they do not stretch the colours. */
const BULK = 0.97;

/**
 * At most about `most` levels, from the lowest loss that the plane holds to that of the bulk of the runs, so that a
 * diverged run of loss 5, or a corner of the plane where the law explodes, leaves the rest its colours.
 */
export function lossLevels(predicted: readonly number[], measured: ArrayLike<number>, most: number): Levels {
  const sorted = Float64Array.from(measured).toSorted();
  const bulk = sorted[Math.ceil(BULK * (sorted.length - 1))];
  const low = predicted.reduce((least, loss) => (loss < least ? loss : least), sorted[0]);
  const size = roundStep((bulk - low) / most);
  const start = Math.ceil(low / size) * size;
  return { start: tidy(start), end: tidy(Math.max(start + size, Math.ceil(bulk / size) * size)), size };
}

/** The least of 1, 2, 5 times a power of ten that is at least `step`. */
function roundStep(step: number): number {
  if (!(step > 0)) return 0.01;
  const decade = 10 ** Math.floor(Math.log10(step));
  return tidy(decade * ([1, 2, 5].find((digit) => digit * decade >= step * (1 - 1e-9)) ?? 10));
}

/** Without the rounding of binary fractions: 2.3000000000000003 is 2.3. */
function tidy(x: number): number {
  return Number(x.toPrecision(12));
}
