/**
 * Minima of a function of one variable: golden section inside a bracket, and every local minimum that a grid shows.
 * Kiefer 1953, "Sequential minimax search for a maximum", Proceedings of the American Mathematical Society 4. It wants no
 * derivative and no smoothness, only that the function falls, then rises.
 */

export interface Minimum {
  readonly x: number;
  readonly value: number;
}

/** What a step leaves of the bracket: (√5 − 1)/2. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The minimum of f between two ends, to `tolerance` in x. A smooth minimum is flat: there f itself tells x apart only to the
 * root of the roundoff, about 1e-8 of its scale. An end is the answer where f falls towards it.
 */
export function minimise(f: (x: number) => number, low: number, high: number, tolerance = 1e-9): Minimum {
  let [a, b] = [low, high];
  let [left, right] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [atLeft, atRight] = [f(left), f(right)];
  while (b - a > tolerance && a < left && left < right && right < b) {
    if (atLeft <= atRight) {
      [b, right, atRight] = [right, left, atLeft];
      left = b - GOLDEN * (b - a);
      atLeft = f(left);
    } else {
      [a, left, atLeft] = [left, right, atRight];
      right = a + GOLDEN * (b - a);
      atRight = f(right);
    }
  }
  const x = (a + b) / 2;
  return { x, value: f(x) };
}

/**
 * The local minima of f that ascending points of a grid bracket, lowest first; none where f is lowest at an end of the grid.
 * Two that lie between neighbouring points are found as one.
 */
export function localMinima(f: (x: number) => number, grid: ArrayLike<number>, tolerance?: number): Minimum[] {
  const values = Float64Array.from(grid, f);
  const found: Minimum[] = [];
  for (let k = 1; k < values.length - 1; k++) {
    if (values[k] <= values[k - 1] && values[k] < values[k + 1]) found.push(minimise(f, grid[k - 1], grid[k + 1], tolerance));
  }
  return found.toSorted((one, other) => one.value - other.value);
}
