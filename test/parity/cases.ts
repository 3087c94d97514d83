/** Batches and starts for the parity tests: every value is a float32, so that both sides fit the same numbers. */
import type { Batch } from '../../src/backend/backend.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { normals, uniforms } from '../../src/math/philox.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';

const CENTRE = [20.5, 23.5];

/** Standard deviation of the log losses of `batchCase`. */
export const NOISE = 0.01;

/** Points from Eq. 10 with 1 % noise; replicates with losses and weights of their own, a third of them zero. */
export function batchCase({ points = 101, replicates = 1 } = {}): Batch {
  const draw = normals(uniforms(7, 9, 0));
  const uniform = uniforms(7, 9, 1);
  const column = (spread: number) => Float64Array.from({ length: points }, () => Math.fround(spread * (2 * uniform() - 1)));
  const inputs = [column(2.5), column(3)];
  const exact = new Float64Array(points);
  chinchilla.predict(truth(), inputs, exact, chinchilla.params.map(() => new Float64Array(points)));
  const noisy = (k: number) => exact[Math.floor(k / replicates)] * Math.exp(NOISE * draw());
  const own = points * replicates;
  return {
    law: chinchilla, points, replicates, inputs,
    centre: CENTRE,
    // The device forms L̂·(1/L): it is 1/L that must be a float32.
    logLoss: Float64Array.from({ length: own }, (_, k) => -Math.log(Math.fround(1 / noisy(k)))),
    weight: Float64Array.from({ length: own }, () => (replicates === 1 ? 1 : Math.floor(3 * uniform()))),
  };
}

/** Working coordinates of the law that drew the points. */
export function truth(): Float64Array {
  return chinchilla.toWorking([EQ10.E, EQ10.A, EQ10.B, EQ10.alpha, EQ10.beta], CENTRE).map(Math.fround);
}

/** Flat starts: the truth (residuals on both sides of δ), drawn ones, a dead one (a = −41), one that overflows. */
export function startsCase(drawn = 29): Float64Array {
  const starts = Array.from({ length: drawn }, (_, k) => chinchilla.drawStart(2, uniforms(3, 1, k)));
  const dead = Float64Array.of(0.5, -41, 0.5, 2, 0.3);
  const overflow = Float64Array.of(0.5, 100, 0, 0.3, 0.3);
  return Float64Array.from([truth(), ...starts, dead, overflow].flatMap((start) => [...start])).map(Math.fround);
}
