/**
 * Bounds of working coordinates, as an active set: a coordinate at a side of the box from which the gradient points outward is held
 * for the step, all others are free. Where a free one would cross a side, it goes as far as the side and the others are solved
 * again for that (`turnInside` in descent.ts). A minimum in the box is where the free coordinates have no gradient: those that are
 * held have multipliers of the right sign by how they are chosen (Karush, Kuhn and Tucker). GPU twin: shaders/lib/descent.wgsl.
 *
 * Bertsekas 1982, SIAM Journal on Control and Optimization 20, 221, projected Newton methods.
 */

/** One lower and one upper end for each coordinate, −Infinity and Infinity where it has none. */
export interface Box {
  /** Of working coordinates, [P]. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** What these are in natural parameters, [P]. */
  readonly natural: { readonly lower: readonly number[]; readonly upper: readonly number[] };
}

/** Rows of working coordinates, flat [rows][P], moved into the box; what is pinned stays. The rows themselves where there is no box. */
export function inBox<X extends Float64Array>(x: X, box: Box | undefined, pinned: readonly boolean[] = []): X | Float64Array {
  if (!box) return x;
  const { lower, upper } = box;
  return x.map((value, k) => {
    const j = k % lower.length;
    return pinned[j] ? value : Math.max(lower[j], Math.min(upper[j], value));
  });
}

/** Coordinates that are not free at x: pinned, or at a side of the box from which the gradient points outward. */
export function heldAt(x: ArrayLike<number>, gradient: ArrayLike<number>, box: Box | undefined, pinned: readonly boolean[]): readonly boolean[] {
  if (!box) return pinned;
  return box.lower.map((low, j) => pinned[j] || (x[j] <= low && gradient[j] > 0) || (x[j] >= box.upper[j] && gradient[j] < 0));
}

/** The problem with coordinates that x has at a side of the box held there: what is free about a minimum in the box. */
export function holdingSides<P extends { readonly box?: Box; readonly pinned?: readonly boolean[] }>(problem: P, x: ArrayLike<number>): P {
  const { box, pinned = [] } = problem;
  if (!box) return problem;
  return { ...problem, pinned: box.lower.map((low, j) => pinned[j] || x[j] === low || x[j] === box.upper[j]) };
}
