/**
 * The known bias of approach 2: an IsoFLOP curve of L = E + A/N^α + B/D^β is no parabola where α ≠ β. Without noise, and
 * up to a factor and a constant that move no vertex, it is
 *
 *   L̃(w) = (β/α)·10^(−αw) + 10^(βw),   w = log10(N/N_opt)
 *
 * and the parabola of least squares through it at the sizes that were trained has its vertex at w = δ instead of 0: N_opt
 * comes out 10^δ and D_opt 10^−δ of what they are.
 *
 * Czech et al. 2026, "Problems with Chinchilla Approach 2", arXiv:2603.22339.
 */
import { lawById } from '../laws/registry.ts';
import { frontier, frontierExponents, inOrder, lossPredictor } from '../plan/frontier.ts';
import type { Fit, Sweep } from '../types.ts';
import type { IsoflopProfile } from './isoflop.ts';
import { lawsThrough, showFlops, showPercent } from './laws.ts';
import { fitParabola, vertexOf } from './parabola.ts';
import { powerAt } from './power.ts';

export interface ParabolaShift {
  /** Of the vertex from the true optimum, δ, in log10 N. */
  readonly shift: number;
  /** Relative: 10^δ − 1 and 10^−δ − 1. */
  readonly errorOfN: number;
  readonly errorOfD: number;
}

/** The sizes of a slice: `points` of them, three or more, equally spaced in log10 N over the centre ± width. */
export interface EvenSlice {
  /** log10 of the factor to either side, above 0. */
  readonly width: number;
  readonly points: number;
  /** log10 of how far the centre lies above the true optimum. Default 0. */
  readonly offset?: number;
}

/** Of a slice that was designed; of all budgets the same. */
export function parabolaShift({ alpha, beta }: { readonly alpha: number; readonly beta: number },
                              { width, points, offset = 0 }: EvenSlice): ParabolaShift {
  const w = Float64Array.from({ length: points }, (_, i) => offset + width * ((2 * i) / (points - 1) - 1));
  const loss = w.map((x) => (beta / alpha) * 10 ** (-alpha * x) + 10 ** (beta * x));
  return shiftOf(vertexOf(fitParabola(w, loss, new Float64Array(points).fill(1))).x);
}

function shiftOf(shift: number): ParabolaShift {
  return { shift, errorOfN: 10 ** shift - 1, errorOfD: 10 ** -shift - 1 };
}

/** Of a sweep's own slices, with the sizes that they have, and of the power laws through them. */
export interface SweepShift extends ParabolaShift {
  /** The budget to which the power laws are taken, training FLOPs. */
  readonly C: number;
  /** Of the exponent a of N_opt; that of b is its negative. */
  readonly errorOfA: number;
  /** Of each slice that is used, at its own budget. */
  readonly slices: readonly (ParabolaShift & { readonly C: number })[];
  /** One sentence, where D_opt is off by more than 1 %. */
  readonly warning?: string;
}

/** Error of D_opt, relative, up to which there is no warning. */
const SMALL = 0.01;

/**
 * What approach 2 would find at C FLOPs on these slices if the fitted law were the truth and there were no noise, against
 * what is true then. Undefined where fewer than two slices are used.
 */
export function sweepShift(fit: Pick<Fit, 'law' | 'params'>, sweep: Sweep, profiles: readonly IsoflopProfile[], C: number): SweepShift | undefined {
  const used = profiles.filter((profile) => profile.used);
  if (used.length < 2) return undefined;
  const truths = frontier(fit.law, fit.params, [...used, { C }].map((slice) => slice.C));
  const found = used.map((profile) => noiselessVertex(fit, sweep, profile));
  const laws = lawsThrough(found.map((N, k) => ({ C: used[k].C, N, D: used[k].C / (6 * N) })));
  const shift = shiftOf(Math.log10(powerAt(laws.N, C) / truths.at(-1)!.N));
  return {
    ...shift, C,
    errorOfA: laws.N.exponent - frontierExponents(fit.law, fit.params).a,
    slices: found.map((N, k) => ({ ...shiftOf(Math.log10(N / truths[k].N)), C: used[k].C })),
    ...(Math.abs(shift.errorOfD) > SMALL && { warning: warningOf(shift.errorOfD, C) }),
  };
}

/** N at the vertex of the parabola through the losses that the law gives the sizes of a slice. */
function noiselessVertex({ law: id, params }: Pick<Fit, 'law' | 'params'>, { columns, weight }: Sweep, { C, runs }: IsoflopProfile): number {
  const law = lawById(id);
  const N = Float64Array.from(runs, (i) => columns.N[i]);
  const loss = lossPredictor(law, N.length)(inOrder(law, params), N, N.map((n) => C / (6 * n)));
  return 10 ** vertexOf(fitParabola(N.map(Math.log10), loss, Float64Array.from(runs, (i) => weight[i]))).x;
}

function warningOf(errorOfD: number, C: number): string {
  return `Approach 2 takes IsoFLOP curves for parabolas: for the fitted law and the sizes of these slices that alone puts D_opt at ` +
    `${showFlops(C)} ${showPercent(Math.abs(errorOfD))} too ${errorOfD < 0 ? 'low' : 'high'} (Czech et al. 2026).`;
}
