/** Largest |got − want| / tolerance, with the place. NaN on either side, or in the tolerance, is infinitely far. */
export function worst(got: ArrayLike<number>, want: ArrayLike<number>, tolerance: ArrayLike<number>) {
  if (got.length !== want.length) throw new Error(`length ${got.length}, expected ${want.length}`);
  if (tolerance.length !== want.length) throw new Error(`${tolerance.length} tolerances, expected ${want.length}`);
  let ratio = 0;
  let at = -1;
  for (let i = 0; i < want.length; i++) {
    const r = distance(got[i]!, want[i]!, tolerance[i]!);
    if (r > ratio) {
      ratio = r;
      at = i;
    }
  }
  return { ratio, where: at < 0 ? 'identical' : describePlace(got, want, at, ratio) };
}

/** In units of the tolerance. Equal infinities are equal; a tolerance of 0 admits equality only. */
function distance(got: number, want: number, tolerance: number): number {
  if (!(tolerance >= 0 && tolerance < Infinity)) return Infinity;
  if (got === want) return 0;
  const ratio = Math.abs(got - want) / tolerance;
  return Number.isNaN(ratio) ? Infinity : ratio;
}

function describePlace(got: ArrayLike<number>, want: ArrayLike<number>, at: number, ratio: number): string {
  return `[${at}] got ${got[at]}, want ${want[at]}, off by ${ratio.toPrecision(3)} × tolerance`;
}
