/** Batches and starts for the parity tests: every value is a float32, so that both sides fit the same numbers. */
import type { Batch } from '../../src/backend/backend.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import type { Law } from '../../src/laws/law.ts';
import { normals, uniforms } from '../../src/math/philox.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';

const CENTRE = [20.5, 23.5];

/** Standard deviation of the log losses of `batchCase`. */
export const NOISE = 0.01;

/** Of each law, working coordinates from those of Chinchilla's law, and back; linear in each coordinate on the way back. */
const COORDINATES: Readonly<Record<string, readonly [from: Change, to: Change]>> = {
  chinchilla: [(x) => x, (x) => x],
  'chinchilla-allocation': [
    ({ 0: e, 1: a, 2: b, 3: alpha, 4: beta }) => Float64Array.of(e, a, b, beta / (alpha + beta), alpha + beta),
    ({ 0: e, 1: a, 2: b, 3: split, 4: sum }) => Float64Array.of(e, a, b, (1 - split) * sum, split * sum),
  ],
};
type Change = (x: Float64Array) => Float64Array;

const fromChinchilla = (law: Law, x: Float64Array) => COORDINATES[law.id][0](x);
/** Working coordinates of Chinchilla's law, from those of a law that says the same in others. */
export const toChinchilla = (law: Law, x: Float64Array) => COORDINATES[law.id][1](x);

interface BatchCase {
  readonly points?: number;
  readonly replicates?: number;
  readonly law?: Law;
}

/** Points from Eq. 10 with 1 % noise; replicates with losses and weights of their own, a third of them zero. */
export function batchCase({ points = 101, replicates = 1, law = chinchilla }: BatchCase = {}): Batch {
  const draw = normals(uniforms(7, 9, 0));
  const uniform = uniforms(7, 9, 1);
  const column = (spread: number) => Float64Array.from({ length: points }, () => Math.fround(spread * (2 * uniform() - 1)));
  const inputs = [column(2.5), column(3)];
  const exact = new Float64Array(points);
  chinchilla.predict(truth(), inputs, exact, chinchilla.params.map(() => new Float64Array(points)));
  const noisy = (k: number) => exact[Math.floor(k / replicates)] * Math.exp(NOISE * draw());
  const own = points * replicates;
  return {
    law, points, replicates, inputs,
    centre: CENTRE,
    // The device forms L̂·(1/L): it is 1/L that must be a float32.
    logLoss: Float64Array.from({ length: own }, (_, k) => -Math.log(Math.fround(1 / noisy(k)))),
    weight: Float64Array.from({ length: own }, () => (replicates === 1 ? 1 : Math.floor(3 * uniform()))),
  };
}

/** Working coordinates of the law that drew the points. */
export function truth(law: Law = chinchilla): Float64Array {
  const drew = chinchilla.toWorking([EQ10.E, EQ10.A, EQ10.B, EQ10.alpha, EQ10.beta], CENTRE);
  return fromChinchilla(law, drew).map(Math.fround);
}

/** Flat starts: the truth (residuals on both sides of δ), drawn ones, a dead one (a = −41), one that overflows. */
export function startsCase(drawn = 29, law: Law = chinchilla): Float64Array {
  const starts = Array.from({ length: drawn }, (_, k) => law.drawStart(2, uniforms(3, 1, k)));
  const dead = fromChinchilla(law, Float64Array.of(0.5, -41, 0.5, 2, 0.3));
  const overflow = fromChinchilla(law, Float64Array.of(0.5, 100, 0, 0.3, 0.3));
  return Float64Array.from([truth(law), ...starts, dead, overflow].flatMap((start) => [...start])).map(Math.fround);
}
