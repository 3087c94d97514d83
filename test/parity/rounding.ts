/**
 * How far float32 may be off the CPU reference: value, gradient and Hessian model of a fit.
 *
 * Tolerance: float32 gives what the law would give at numbers that are off by their rounding. Each coordinate x and each
 * input u may be off by Cε(1 + |x|) with ε = 2⁻²⁴, the 1 for what is rounded after them; C covers the ulps that WGSL allows
 * exp, log and division. What that moves z = log L̂, its slopes Jⱼ and the curvature Kⱼₖ = (∇²L̂/L̂)ⱼₖ by, one after the other, and Cε
 * of themselves, is |Δz|, |ΔJⱼ| and |ΔKⱼₖ|. With Δr = Δz/δ, |ρ′| ≤ 1, and curvature weights of slope ≤ 1 in r:
 *
 *   |Δf| ≤ Σ w|Δr|     |Δgⱼ| ≤ Σ w(|Jⱼ||Δr| + |ΔJⱼ|)     |ΔHⱼₖ| ≤ Σ w(|JⱼJₖ||Δr| + |Jⱼ||ΔJₖ| + |ΔJⱼ||Jₖ| + δ(|Kⱼₖ||Δr| + |ΔKⱼₖ|))
 *
 * plus the rounding of the sums, nε of their absolute terms. A point within Δr of |r| = 1 may be given 1 or κ as its weight.
 */
import type { Inputs, Law } from '../../src/laws/law.ts';
import { packedIndex, packedLength } from '../../src/math/packed.ts';
import type { Problem } from '../../src/optim/objective.ts';

export const EPS = 2 ** -24;
export const TINY = 2 ** -100; // a device may flush what is smaller to zero
export const C = 16;

/** Tolerances of value, gradient and Hessian at x, in that order; `curved`: with the curvature of the law. */
export function bounds(problem: Problem, x: Float64Array, kappa: number, curved: boolean): number[] {
  const { delta, weight, logLoss } = problem;
  const order = x.length;
  const { here, off } = roundings(problem, x, curved);
  const value = [TINY];
  const gradient = Array.from({ length: order }, () => TINY);
  const hessian = Array.from({ length: packedLength(order) }, () => TINY);
  const sums = 2 * logLoss.length * EPS;
  for (let i = 0; i < logLoss.length; i++) {
    const dr = off.z[i]! / delta;
    const r = Math.abs(here.z[i]! - logLoss[i]!) / delta;
    const w = weight[i]!;
    const jump = Math.abs(r - 1) <= dr ? 1 - kappa : 0;
    const [J, dJ] = [here.slopes, off.slopes].map((columns) => columns.map((column) => Math.abs(column[i]!))) as [number[], number[]];
    value[0]! += w * (Math.min(r, 1) * dr + sums * r + dr * dr);
    for (let j = 0; j < order; j++) {
      gradient[j]! += w * (J[j]! * (dr + sums) + dJ[j]!);
      for (let k = 0; k <= j; k++) {
        const at = packedIndex(j, k);
        const [K, dK] = [here, off].map(({ curvature }) => Math.abs(curvature[i]![at]!)) as [number, number];
        hessian[at]! += w * (J[j]! * J[k]! * (dr + sums + jump) + J[j]! * dJ[k]! + dJ[j]! * J[k]! + delta * (K * (dr + sums) + dK));
      }
    }
  }
  return [...value, ...gradient, ...hessian];
}

/** log L̂ of each point, its slopes [P][n], and its curvature, [n] packed; zero where there is none to be. */
interface Parts {
  readonly z: Float64Array;
  readonly slopes: readonly Float64Array[];
  readonly curvature: readonly Float64Array[];
}

/** The law at x, and how far off it may be. */
function roundings({ law, inputs }: Problem, x: Float64Array, curved: boolean): { readonly here: Parts; readonly off: Parts } {
  const step = (value: number) => C * EPS * (1 + Math.abs(value));
  const here = partsOf(law, x, inputs, curved);
  const moved = [
    ...Array.from(x, (value, j) => partsOf(law, x.with(j, value + step(value)), inputs, curved)),
    ...inputs.map((column, k) => partsOf(law, x, inputs.with(k, column.map((value) => value + step(value))), curved)),
  ];
  const total = (of: (parts: Parts) => Float64Array) => of(here).map((value, k) =>
    moved.reduce((sum, parts) => sum + Math.abs(of(parts)[k]! - value), step(value) - C * EPS));
  return {
    here,
    off: {
      z: total(({ z }) => z),
      slopes: law.params.map((_, j) => total(({ slopes }) => slopes[j]!)),
      curvature: here.curvature.map((_, i) => total(({ curvature }) => curvature[i]!)),
    },
  };
}

function partsOf(law: Law, x: Float64Array, inputs: Inputs, curved: boolean): Parts {
  const { length } = inputs[0]!;
  const prediction = new Float64Array(length);
  const slopes = law.params.map(() => new Float64Array(length));
  law.predict(x, inputs, prediction, slopes);
  const curvature = Array.from(prediction, (_, i) => {
    const own = new Float64Array(packedLength(x.length));
    const one = (columns: readonly Float64Array[]) => columns.map((column) => column.subarray(i, i + 1));
    if (curved) law.addCurvature(one(slopes), one(inputs), Float64Array.of(1), own, x);
    return own;
  });
  return { z: prediction.map(Math.log), slopes, curvature };
}
