/** Arithmetic on columns in plain loops, for any arrays: the reference of wasm-arithmetic.ts, and what runs where that cannot. */
import type { Arithmetic } from './arithmetic.ts';
import { dot } from './dot.ts';
import { gram } from './gram.ts';
import { huber, huberSlope } from './huber.ts';
import { smoothMax } from './smooth-max.ts';

export const plainArithmetic: Arithmetic = {
  column: (length) => new Float64Array(length),
  line(offset, slope, u, out, from, to) {
    for (let i = from; i < to; i++) out[i] = offset + slope * u[i];
  },
  power(offset, slope, u, out, from, to) {
    for (let i = from; i < to; i++) out[i] = Math.exp(offset + slope * u[i]);
  },
  log(u, out, from, to) {
    for (let i = from; i < to; i++) out[i] = Math.log(u[i]);
  },
  logDifference(u, logV, unit, out, from, to) {
    for (let i = from; i < to; i++) out[i] = (Math.log(u[i]) - logV[i]) / unit;
  },
  product(factor, u, v, out, from, to) {
    for (let i = from; i < to; i++) out[i] = factor * u[i] * v[i];
  },
  addProduct(factor, u, v, out, from, to) {
    for (let i = from; i < to; i++) out[i] += factor * u[i] * v[i];
  },
  addScaled(factor, u, out, from, to) {
    for (let i = from; i < to; i++) out[i] += factor * u[i];
  },
  shares(floor, first, second, sum, share, from, to) {
    for (let i = from; i < to; i++) {
      sum[i] = floor + first[i] + second[i];
      const inverse = 1 / sum[i];
      share[i] = floor * inverse;
      first[i] *= inverse;
      second[i] *= inverse;
    }
  },
  smoothMax(first, second, gamma, max, change, from, to) {
    const of = new Float64Array(4);
    for (let i = from; i < to; i++) {
      smoothMax(first[i], second[i], gamma, of);
      max[i] = of[0];
      first[i] = of[1];
      second[i] = of[2];
      change[i] = gamma * of[3];
    }
  },
  huberSum(residual, weight, below, above, from, to) {
    let value = 0;
    for (let i = from; i < to; i++) value += weight[i] * (residual[i] > 0 ? above : below) * huber(residual[i]);
    return value;
  },
  huberWeigh(residual, weight, kappa, below, above, slope, mass, from, to) {
    let value = 0;
    for (let i = from; i < to; i++) {
      const r = residual[i];
      const size = Math.abs(r);
      const counted = weight[i] * (r > 0 ? above : below);
      value += counted * huber(r);
      slope[i] = counted * huberSlope(r);
      mass[i] = counted * (size <= 1 ? 1 : kappa / size);
    }
    return value;
  },
  dot,
  dotOfThree(u, v, w) {
    let sum = 0;
    for (let i = 0; i < u.length; i++) sum += u[i] * v[i] * w[i];
    return sum;
  },
  gram,
};
