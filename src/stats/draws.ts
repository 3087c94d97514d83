/**
 * Draws of the parameters from the sandwich covariance of one fit (sandwich.ts): multivariate Student's t about the
 * optimum x in working coordinates,
 *
 *   x + √(ν/χ²_ν)·L z,   L Lᵀ = V,   z standard normal,   ν = n − P
 *
 * of the P free parameters; what is held stays where x has it.
 */
import { boundedNatural } from '../fit/bounds.ts';
import type { Centre } from '../laws/law.ts';
import { choleskyDamped, packedIndex } from '../math/packed.ts';
import { normals, STREAM, uniforms } from '../math/philox.ts';
import { inBox } from '../optim/box.ts';
import type { Problem } from '../optim/objective.ts';
import { degreesOfFreedom, freeOf, sandwichCovariance } from './sandwich.ts';

/**
 * Natural parameters of `count` draws, flat [count][P]: draw k is a pure function of the problem, x, seed and k. All NaN
 * where the covariance is not positive definite.
 */
export function sandwichDraws(problem: Problem, x: ArrayLike<number>, centre: Centre, count: number, seed: number): Float64Array {
  const { law } = problem;
  const order = law.params.length;
  const free = freeOf(order, problem.pinned);
  const degrees = degreesOfFreedom(problem);
  const draws = new Float64Array(count * order).fill(NaN);
  const factor = factorOf(sandwichCovariance(problem, x), free);
  if (!factor) return draws;
  for (let k = 0; k < count; k++) {
    const uniform = uniforms(seed, STREAM.sandwich, k);
    const normal = normals(uniform);
    const z = Float64Array.from(free, normal);
    const stretch = Math.sqrt(degrees / chiSquared(degrees, uniform, normal));
    const point = Float64Array.from(x);
    free.forEach((at, i) => {
      point[at] += stretch * z.subarray(0, i + 1).reduce((sum, value, j) => sum + factor[packedIndex(i, j)] * value, 0);
    });
    const inside = inBox(point, problem.box, problem.pinned);
    draws.set(boundedNatural(law.toNatural(inside, centre), inside, problem.box), k * order);
  }
  return draws;
}

/** Of the rows and columns of the free parameters. */
function factorOf(covariance: Float64Array, free: readonly number[]): Float64Array | undefined {
  const own = Float64Array.from(free.flatMap((row, i) => free.slice(0, i + 1).map((column) => covariance[packedIndex(row, column)])));
  const factor = new Float64Array(own.length);
  const variances = Float64Array.from(free, (j) => covariance[packedIndex(j, j)]);
  return choleskyDamped(own, variances, 0, 0, factor) ? factor : undefined;
}

/**
 * χ² with ν degrees of freedom, 2·Γ(ν/2): a gamma variate of shape ν/2 + 1 by squeezed cubes of a normal, times U^(2/ν),
 * which takes 1 off its shape. Marsaglia and Tsang 2000, ACM Transactions on Mathematical Software 26, §2 and §6.
 */
function chiSquared(degrees: number, uniform: () => number, normal: () => number): number {
  const d = degrees / 2 + 2 / 3;
  for (;;) {
    const z = normal();
    const cube = (1 + z / Math.sqrt(9 * d)) ** 3;
    const accepted = cube > 0 && Math.log(uniform()) < z * z / 2 + d * (1 - cube + Math.log(cube));
    if (accepted) return 2 * d * cube * uniform() ** (2 / degrees);
  }
}
