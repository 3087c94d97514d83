/**
 * A parabola of least squares, y = c0 + c1·(x − centre) + c2·(x − centre)², by orthogonal polynomials about the weighted
 * mean of x: with u = x − centre,
 *
 *   y = ȳ + s·u + c2·v,   v = u² − b·u − mean(u²),   b = Σw u³/Σw u²,   s = Σw u y/Σw u²,   c2 = Σw v y/Σw v²
 *
 * so that no normal equations are solved. Forsythe 1957, Journal of the Society for Industrial and Applied Mathematics 5.
 */

export interface Parabola {
  readonly centre: number;
  readonly c0: number;
  readonly c1: number;
  readonly c2: number;
}

/** Of three different x or more that carry weight. */
export function fitParabola(x: Float64Array, y: Float64Array, weight: Float64Array): Parabola {
  const total = weight.reduce((sum, w) => sum + w, 0);
  const mean = (of: (i: number) => number) => weight.reduce((sum, w, i) => sum + w * of(i), 0) / total;
  const centre = mean((i) => x[i]);
  const u = x.map((value) => value - centre);
  const square = mean((i) => u[i] ** 2);
  const b = mean((i) => u[i] ** 3) / square;
  const v = u.map((value) => value * value - b * value - square);
  const middle = mean((i) => y[i]);
  const slope = mean((i) => u[i] * (y[i] - middle)) / square;
  const c2 = mean((i) => v[i] * (y[i] - middle)) / mean((i) => v[i] ** 2);
  return { centre, c0: middle - c2 * square, c1: slope - c2 * b, c2 };
}

/** Where it is lowest; NaN where it opens downwards. */
export function vertexOf({ centre, c0, c1, c2 }: Parabola): { readonly x: number; readonly y: number } {
  return c2 > 0 ? { x: centre - c1 / (2 * c2), y: c0 - c1 ** 2 / (4 * c2) } : { x: NaN, y: NaN };
}
