/** Batches and starts for the parity tests: every value is a float32, so that both sides fit the same numbers. */
import type { Batch } from '../../src/backend/backend.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import type { Law } from '../../src/laws/law.ts';
import { HUBER_LOG } from '../../src/losses/registry.ts';
import { normals, uniforms } from '../../src/math/philox.ts';
import { logsOf, typical } from '../support/laws.ts';

/** Standard deviation of the log losses of `batchCase`. */
export const NOISE = 0.01;

/** Of each law a start with a term that is nothing, and that a descent brings back: working coordinates. */
const DEAD: Readonly<Record<string, readonly number[]>> = {
  chinchilla: [0.5, -41, 0.5, 2, 0.3],
  'chinchilla-allocation': [0.5, -41, 0.5, 0.3 / 2.3, 2.3],
  'chinchilla-tied': [0.5, -25, 0.5, 0.3],
  'chinchilla-gamma': [0.5, -41, 0.5, 2, 0.3, -0.2],
  kaplan: [-1.5, 0.9, 0.1, -2.3],
  power: [0.5, -41, 2],
  overtraining: [0.5, -25, 0.5, 0.15],
  broken: [0.5, -1, 0.3, 0, 0, 0],
  // Its floor is nothing: from a term of size of e^-41 the descent ends with that term vanished, from such a term of data without an end.
  'data-constrained': [-20, 0, 0, 0.3, 0.3, 2.5, 2],
  precision: [0.5, 0.5, -41, 0.5, 2, 2.8, 2.8, 2.8],
  moe: [0.5, 0.5, -41, 0.3, 2, -1, 0.5],
  'moe-experts': [-0.1, -0.1, 0.01, 1, 4.5, 15],
  sparsity: [0.5, 0.5, -41, 0.6, 2, -1, -0.2, -0.5, 0.2, 0.15],
};

function deadStart({ id, params }: Law): readonly number[] {
  const start = DEAD[id];
  if (start?.length === params.length) return start;
  throw new Error(`test/parity/cases.ts: expected a dead start of the law ${id}, got ${start?.length ?? 'none'}.`);
}

interface BatchCase {
  readonly points?: number;
  readonly replicates?: number;
  readonly law?: Law;
}

/** Points that the law draws with 1 % noise, of Chinchilla's from Eq. 10; replicates with losses and weights of their own, a third of them zero. */
export function batchCase({ points = 101, replicates = 1, law = chinchilla }: BatchCase = {}): Batch {
  const draw = normals(uniforms(7, 9, 0));
  const uniform = uniforms(7, 9, 1);
  const inputs = law.inputs.map((name) => {
    const { low, high } = logsOf(name);
    return Float64Array.from({ length: points }, () => Math.fround(low + (high - low) * uniform()));
  });
  const exact = new Float64Array(points);
  law.predict(truth(law), inputs, exact, law.params.map(() => new Float64Array(points)));
  const noisy = (k: number) => exact[Math.floor(k / replicates)] * Math.exp(NOISE * draw());
  const own = points * replicates;
  return {
    law, points, replicates, inputs,
    loss: HUBER_LOG,
    centre: centreOf(law),
    // The device forms L̂·(1/L): it is 1/L that must be a float32.
    logLoss: Float64Array.from({ length: own }, (_, k) => -Math.log(Math.fround(1 / noisy(k)))),
    weight: Float64Array.from({ length: own }, () => (replicates === 1 ? 1 : Math.floor(3 * uniform()))),
  };
}

/** Working coordinates of what drew the points. */
export function truth(law: Law = chinchilla): Float64Array {
  return law.toWorking(typical(law), centreOf(law)).map(Math.fround);
}

function centreOf({ inputs }: Law): number[] {
  return inputs.map((name) => logsOf(name).centre);
}

/** Flat starts: the truth (residuals on both sides of δ), drawn ones, a dead one, one that overflows. */
export function startsCase(drawn = 29, law: Law = chinchilla): Float64Array {
  const starts = Array.from({ length: drawn }, (_, k) => law.drawStart(2, uniforms(3, 1, k)));
  const overflow = truth(law).with(0, 100);
  return Float64Array.from([truth(law), ...starts, deadStart(law), overflow].flatMap((start) => [...start])).map(Math.fround);
}
