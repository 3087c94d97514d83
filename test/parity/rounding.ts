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
  const [J, dJ] = [new Float64Array(order), new Float64Array(order)];
  for (let i = 0; i < logLoss.length; i++) {
    const dr = off.z[i]! / delta;
    const r = Math.abs(here.z[i]! - logLoss[i]!) / delta;
    const w = weight[i]!;
    const jump = Math.abs(r - 1) <= dr ? 1 - kappa : 0;
    value[0]! += w * (Math.min(r, 1) * dr + sums * r + dr * dr);
    for (let j = 0; j < order; j++) {
      J[j] = Math.abs(here.slopes[j]![i]!);
      dJ[j] = off.slopes[j]![i]!;
      gradient[j]! += w * (J[j]! * (dr + sums) + dJ[j]!);
      for (let k = 0; k <= j; k++) {
        const at = packedIndex(j, k);
        hessian[at]! += w * (J[j]! * J[k]! * (dr + sums + jump) + J[j]! * dJ[k]! + dJ[j]! * J[k]!);
        if (!curved) continue;
        const own = i * hessian.length + at;
        hessian[at]! += w * delta * (Math.abs(here.curvature[own]!) * (dr + sums) + off.curvature[own]!);
      }
    }
  }
  return [...value, ...gradient, ...hessian];
}

/** log L̂ of each point, its slopes [P][n], and its curvature, [n][P(P + 1)/2], where there is one to be. */
interface Parts {
  readonly z: Float64Array;
  readonly slopes: readonly Float64Array[];
  readonly curvature: Float64Array;
}

/** The law at x, and how far off it may be. */
interface Rounded {
  readonly here: Parts;
  readonly off: Parts;
}

/** By the inputs of a batch: its replicates, and each δ, begin at the same x. */
const known = new WeakMap<Inputs, Map<string, Rounded>>();

function roundings({ law, inputs }: Problem, x: Float64Array, curved: boolean): Rounded {
  const all = known.get(inputs) ?? new Map<string, Rounded>();
  known.set(inputs, all);
  const key = `${law.id} ${curved} ${x}`;
  const rounded = all.get(key) ?? roundedAt(law, inputs, x, curved);
  all.set(key, rounded);
  return rounded;
}

function roundedAt(law: Law, inputs: Inputs, x: Float64Array, curved: boolean): Rounded {
  const step = (value: number) => C * EPS * (1 + Math.abs(value));
  const here = partsOf(law, x, inputs, curved);
  const moved = [
    ...Array.from(x, (value, j) => partsOf(law, x.with(j, value + step(value)), inputs, curved)),
    ...inputs.map((column, k) => partsOf(law, x, inputs.with(k, column.map((value) => value + step(value))), curved)),
  ];
  const spread = (of: (parts: Parts) => Float64Array) => spreadOf(of(here), moved.map(of));
  return {
    here,
    off: { z: spread(({ z }) => z), slopes: law.params.map((_, j) => spread(({ slopes }) => slopes[j]!)), curvature: spread(({ curvature }) => curvature) },
  };
}

/** Cε of each number, and what each move moves it by. */
function spreadOf(here: Float64Array, moved: readonly Float64Array[]): Float64Array {
  const sum = here.map((value) => C * EPS * Math.abs(value));
  for (const other of moved) for (let k = 0; k < sum.length; k++) sum[k]! += Math.abs(other[k]! - here[k]!);
  return sum;
}

function partsOf(law: Law, x: Float64Array, inputs: Inputs, curved: boolean): Parts {
  const { length } = inputs[0]!;
  const prediction = new Float64Array(length);
  const slopes = law.params.map(() => new Float64Array(length));
  law.predict(x, inputs, prediction, slopes);
  const each = packedLength(x.length);
  const curvature = new Float64Array(curved ? length * each : 0);
  const one = Float64Array.of(1);
  for (let at = 0; at < curvature.length; at += each) {
    const own = (column: Float64Array) => column.subarray(at / each, at / each + 1);
    law.addCurvature(slopes.map(own), inputs.map(own), one, curvature.subarray(at, at + each), x);
  }
  return { z: prediction.map(Math.log), slopes, curvature };
}
