/**
 * What a fit minimises, in two parts that know nothing of each other, nor of the law:
 *
 *   f = Σᵢ wᵢ ρ(rᵢ)      a residual rᵢ of each run, in units of δ, and a shape ρ
 *
 * residual  log: (log L̂ − log L)/δ        raw: (L̂ − L)/δ                                    L in nats per token
 * shape     huber: r²/2 up to |r| = 1, |r| − 1/2 beyond      squares: r²/2      lower: huber times c(r)
 *
 * Times δ², nats². A shape and a residual is this file's interface twice: src/losses/x.ts in float64 and shaders/loss/x.wgsl
 * in float32, the same names.
 */
import type { Arithmetic } from '../math/arithmetic.ts';
import type { LossId } from '../options.ts';

export type ResidualId = 'log' | 'raw';
export type ShapeId = 'huber' | 'squares' | 'lower';

/** A loss as plain values: which parts, and their numbers. */
export interface Loss {
  readonly id: LossId;
  readonly residual: ResidualId;
  readonly shape: ShapeId;
  /** Huber threshold, nats: 0 of the absolute loss, Infinity of squares. */
  readonly delta: number;
  /** δ of the descents, nats: the threshold, or what stands for it where there is none. */
  readonly unit: number;
  /** Of the shape lower: c of a run above the law; that of a run below it is the rest to 1. Else 1. */
  readonly envelope: number;
}

/** Points from..to of whole columns at a time, by `arithmetic`: the plain one where none is given. */
export interface Shape {
  /** Σᵢ wᵢ ρ(rᵢ). */
  sum(residual: Float64Array, weight: Float64Array, from: number, to: number, envelope: number, arithmetic?: Arithmetic): number;
  /**
   * The same; writes wᵢ ρ′(rᵢ) to `slope` and the curvature that each point is given to `mass`: its own, or κ·ρ′/r where it
   * has none. κ = 1 is reweighting, κ = 0 Newton's.
   */
  weigh(residual: Float64Array, weight: Float64Array, kappa: number, slope: Float64Array, mass: Float64Array, from: number, to: number,
        envelope: number, arithmetic?: Arithmetic): number;
  /** ρ′. */
  slope(residual: number, envelope: number): number;
}

export interface Residual {
  /** Writes the residuals in units of δ. */
  fill(prediction: Float64Array, logLoss: Float64Array, delta: number, residual: Float64Array, from: number, to: number,
       arithmetic?: Arithmetic): void;
  /**
   * Turns slopes and masses along the residual into those along log L̂, of which the law's Jacobian is; `bend` is δ where the
   * law's own curvature is to be added to the Hessian (Law.addCurvature), else 0.
   */
  alongLog(prediction: Float64Array, slope: Float64Array, mass: Float64Array, bend: number, from: number, to: number,
           arithmetic?: Arithmetic): void;
  /** Change of δ·r by log L̂, where L̂ is this. */
  steepness(prediction: number): number;
}
