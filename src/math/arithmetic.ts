/**
 * Arithmetic on whole columns: what the descent does at every point, in operations that know no law. One plain
 * implementation (plain-arithmetic.ts), and one in WebAssembly, two points at a time (wasm-arithmetic.ts), to a few units in
 * the last place the same.
 *
 * An operation takes points from..to: `from` is even, `to` is even or the length. A column may be its own result.
 * WebAssembly computes only on columns that it gave.
 */
export interface Arithmetic {
  /** A column of zeros that these operations take. */
  column(length: number): Float64Array;

  /** out = offset + slope·u */
  line(offset: number, slope: number, u: Float64Array, out: Float64Array, from: number, to: number): void;
  /** out = exp(offset + slope·u): a power of what u is the log of. */
  power(offset: number, slope: number, u: Float64Array, out: Float64Array, from: number, to: number): void;
  /** out = log u */
  log(u: Float64Array, out: Float64Array, from: number, to: number): void;
  /** out = (log u − logV)/unit */
  logDifference(u: Float64Array, logV: Float64Array, unit: number, out: Float64Array, from: number, to: number): void;
  /** out = factor·u·v */
  product(factor: number, u: Float64Array, v: Float64Array, out: Float64Array, from: number, to: number): void;
  /** out += factor·u·v */
  addProduct(factor: number, u: Float64Array, v: Float64Array, out: Float64Array, from: number, to: number): void;
  /** out += factor·u */
  addScaled(factor: number, u: Float64Array, out: Float64Array, from: number, to: number): void;
  /** sum = floor + first + second, share = floor/sum; then first and second become their shares of it too. */
  shares(floor: number, first: Float64Array, second: Float64Array, sum: Float64Array, share: Float64Array, from: number, to: number): void;
  /**
   * max = γ·log(exp(first/γ) + exp(second/γ)), change = ∂max/∂log γ; then first and second become the slopes along them.
   * Formulas in smooth-max.ts.
   */
  smoothMax(first: Float64Array, second: Float64Array, gamma: number, max: Float64Array, change: Float64Array, from: number, to: number): void;

  /** Σ w·c·ρ(r), ρ Huber's loss, c = `below` where r ≤ 0, else `above`: Shape.sum of src/losses/loss.ts. */
  huberSum(residual: Float64Array, weight: Float64Array, below: number, above: number, from: number, to: number): number;
  /** The same; writes slopes and masses: Shape.weigh. */
  huberWeigh(residual: Float64Array, weight: Float64Array, kappa: number, below: number, above: number,
             slope: Float64Array, mass: Float64Array, from: number, to: number): number;

  /** Σ u·v */
  dot(u: Float64Array, v: Float64Array): number;
  /** Σ u·v·w */
  dotOfThree(u: Float64Array, v: Float64Array, w: Float64Array): number;
  /** Gradient and packed Hessian of a local model: gram.ts. */
  gram(slope: Float64Array, mass: Float64Array, jacobian: readonly Float64Array[], gradient: Float64Array, hessian: Float64Array): void;
}
