/**
 * A scaling law: a prediction L̂ of the loss, differentiable in its working coordinates x.
 *
 * Conventions, decided here once. Inputs are natural logs of what src/laws/inputs.ts reads of a run, centred where it says
 * so: log N − mean(log N) over the sweep (the "centre"). Logs are natural, losses nats per token. A residual is log L̂ − log L. Working
 * coordinates x are those of the descent (unbounded, centred); natural parameters are those of the formula.
 * Both follow the order of `params`. A law is this file's interface twice: src/laws/x.ts in float64 and
 * shaders/law/x.wgsl in float32, the same names in the same order.
 */

import type { Arithmetic } from '../math/arithmetic.ts';
import type { InputName } from './inputs.ts';

/** Centred log inputs, one array of length n for each of the law's inputs; of a law of groups the number of each point's group behind them. */
export type Inputs = readonly Float64Array[];

/** Two parameters by name, "alpha,beta". */
export type ParameterPair = `${string},${string}`;

/** Mean of each log input over the sweep, in the order of the law's inputs; 0 of those that are not centred. */
export type Centre = readonly number[];

export interface Law {
  readonly id: string;
  readonly formula: string;
  readonly reference: string;
  readonly inputs: readonly InputName[];
  /** Names of the parameters. */
  readonly params: readonly string[];
  /** What each of them is, in a few words: "exponent of N". */
  readonly meanings: Readonly<Record<string, string>>;
  /**
   * Parameters that a landscape or a profile can hold: each is a function of one working coordinate and of nothing else,
   * here or in another law of the same surface (src/stats/axes.ts).
   */
  readonly axes: readonly string[];
  /** Pairs of them that a landscape is drawn over, the one that tells most first. */
  readonly pairs: readonly ParameterPair[];

  /**
   * Writes L̂ of every point, nats, to `prediction` [n] and ∂log L̂/∂x to `jacobian` [P][n]. Whole columns at a
   * time, so that what does not depend on the point is computed once; points from..to of them where given. The loops are
   * those of `arithmetic`, which is the fast way, or the law's own.
   */
  predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
          from?: number, to?: number, arithmetic?: Arithmetic): void;
  /**
   * Adds Σᵢ scaleᵢ·∇²L̂ᵢ/L̂ᵢ at x to a packed P×P `hessian`, given the Jacobian there. The Hessian of log L̂ is this
   * minus ∇log L̂ ∇log L̂ᵀ.
   */
  addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array,
               x: ArrayLike<number>, arithmetic?: Arithmetic): void;

  toNatural(x: ArrayLike<number>, centre: Centre): Float64Array;
  toWorking(natural: ArrayLike<number>, centre: Centre): Float64Array;

  /** A start drawn from the data, in working coordinates: terms of order one at the centre of the sweep. */
  drawStart(lowestLoss: number, uniform: () => number): Float64Array;
  /** The published grid of starts, in working coordinates, row by row; one of our own where none is published. */
  paperStarts(centre: Centre): Float64Array[];
  /** Where that grid is from, as a sentence has it: "the published grid". */
  readonly grid: string;
  /** What natural parameters must obey beside being finite: each broken rule in words, "alpha <= 0". */
  brokenBounds(natural: ArrayLike<number>): string[];

  /**
   * Compute-optimal inputs for C training FLOPs, and the frontier's exponents; natural parameters. Of a law that reads more
   * than N and D, at the usual values of the rest. Absent where the law has none: one of x alone.
   */
  readonly frontier?: Frontier;
  /** The law of natural parameters as one of two power terms of N and D; absent where it is none. Nothing is checked. */
  terms?(natural: ArrayLike<number>): TwoTerms;
  /** Present of a law of several groups. */
  readonly groups?: Grouping;
}

/** Of a law of several groups of runs: src/laws/grouped.ts. */
export interface Grouping {
  /** The law of each group. */
  readonly base: Law;
  /** Column that says which group a run is of, and what it says of each. */
  readonly column: string;
  readonly names: readonly string[];
  /** Parameters of the base that all groups share, and the indices of the others. */
  readonly share: readonly string[];
  readonly own: readonly number[];
  /** Where the parameters of each group stand among all, [groups][parameters of the base]. */
  readonly places: readonly (readonly number[])[];
}

/** How many columns a law reads of each point: its inputs, and the number of the group where there are groups. */
export function columnsRead({ inputs, groups }: Pick<Law, 'inputs' | 'groups'>): number {
  return inputs.length + (groups ? 1 : 0);
}

/** What a law is called in messages: its id, "chinchilla by corpus" of one of groups. */
export function lawName({ id, groups }: Pick<Law, 'id' | 'groups'>): string {
  return groups ? `${groups.base.id} by ${groups.column}` : id;
}

/** A law that says what is compute-optimal. */
export interface FrontierLaw extends Law {
  readonly frontier: Frontier;
}

/** What is known of every fit of a law by name: its parameters, and the exponents a and b of its frontier. */
export function fittedNames({ params, frontier }: Law): string[] {
  return [...params, ...(frontier ? ['a', 'b'] : [])];
}

/** These numbers of natural parameters, in the order of `fittedNames`. */
export function fittedNumbers({ frontier }: Law, natural: ArrayLike<number>): number[] {
  const exponents = frontier?.exponents(natural);
  return [...Array.from(natural), ...(exponents ? [exponents.a, exponents.b] : [])];
}

/** Natural parameters of L(N, D) = E + (A/N^alpha + B/D^beta)^gamma: all that plans ask of a law (src/plan/terms.ts). */
export interface TwoTerms {
  /** Nats per token. */
  readonly E: number;
  readonly A: number;
  readonly B: number;
  readonly alpha: number;
  readonly beta: number;
  /** Default 1. */
  readonly gamma?: number;
}

export interface Frontier {
  exponents(natural: ArrayLike<number>): { a: number; b: number };
  allocate(natural: ArrayLike<number>, compute: number): { N: number; D: number };
}
