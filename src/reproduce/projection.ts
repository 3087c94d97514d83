/**
 * Variable projection: with alpha and beta given, E + A/N^alpha + B/D^beta is linear in E, A and B, which least squares
 * gives at once; what is left is a search in the plane of alpha and beta. A grid over the plane, then ever smaller ones about
 * the lowest point. Golub and Pereyra 1973, SIAM Journal on Numerical Analysis 10.
 */
import { leastSquares } from '../math/least-squares.ts';
import type { Sweep } from '../types.ts';

export interface Projected {
  readonly E: number;
  readonly A: number;
  readonly B: number;
  readonly alpha: number;
  readonly beta: number;
  /** Σ (L̂ − L)², nats². */
  readonly residual: number;
}

/** alpha and beta of the first grid: the middle, and how far it goes to either side. */
const [MIDDLE, REACH] = [0.5, 0.45];
const [COARSE, FINE] = [32, 9];
/** Below this a step in alpha and beta changes no digit of the residual. */
const SMALLEST = 1e-10;

/** Least squares of the loss itself. A, B and E are positive; Infinity as the residual where no point of the grid has them so. */
export function projectLaw({ columns, loss }: Sweep): Projected {
  const [n, d] = [columns.N.map(Math.log), columns.D.map(Math.log)];
  const solve = (alpha: number, beta: number) => solveAt(n, d, loss, alpha, beta);
  let best = lowest(solve, MIDDLE, MIDDLE, REACH, COARSE);
  for (let reach = REACH / COARSE; reach > SMALLEST; reach /= 2) {
    const near = lowest(solve, best.alpha, best.beta, 2 * reach, FINE);
    if (near.residual < best.residual) best = near;
  }
  return best;
}

function solveAt(n: Float64Array, d: Float64Array, loss: Float64Array, alpha: number, beta: number): Projected {
  const columns = [new Float64Array(loss.length).fill(1), n.map((x) => Math.exp(-alpha * x)), d.map((x) => Math.exp(-beta * x))];
  const { x, residual } = leastSquares(columns, loss);
  const [E, A, B] = x;
  return { E, A, B, alpha, beta, residual: x.every((value) => value > 0) ? residual : Infinity };
}

/** Of `count` × `count` points within `reach` of (alpha, beta). */
function lowest(solve: (alpha: number, beta: number) => Projected, alpha: number, beta: number, reach: number, count: number): Projected {
  const steps = Array.from({ length: count }, (_, k) => reach * ((2 * k) / (count - 1) - 1));
  return steps.flatMap((da) => steps.map((db) => solve(alpha + da, beta + db))).reduce((one, other) => (other.residual < one.residual ? other : one));
}
