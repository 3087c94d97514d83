/**
 * What Czech et al. 2026, "Problems with Chinchilla Approach 2", arXiv:2603.22339, find approach 2 to make of noiseless
 * IsoFLOP slices. Read in the authors' article and in the tables of their repository, Open-Athena/scaling-law-analysis:
 * compounding_errors_data.csv, which has more digits than the article prints, and reproductions.txt.
 */
import { ASYMMETRIC, SYMMETRIC } from './czech.ts';
import { EQ10_ROUNDED } from './hoffmann.ts';

/** Slices of 15 sizes at five budgets, extrapolated to one; sizes equally spaced in log N over centre/factor … centre·factor. */
export const DESIGN: {
  readonly points: number;
  /** Training FLOPs. */
  readonly budgets: readonly number[];
  readonly target: number;
  readonly factors: readonly number[];
} = { points: 15, budgets: [1e17, 1e18, 1e19, 1e20, 1e21], target: 1e24, factors: [2, 4, 8, 16] };

/** Slices off centre: at the true size over this at every budget, or ever further, up to it, at the highest. */
export const OFF_CENTRE = 3;

export interface Surface {
  readonly name: string;
  readonly params: Readonly<Record<'E' | 'A' | 'B' | 'alpha' | 'beta', number>>;
  /** True D_opt at the target budget, tokens. */
  readonly D: number;
  /** D_opt there by approach 2, less the true one, in percent: one for each factor. */
  readonly errors: Readonly<Record<'centred' | 'drifting' | 'offCentre', readonly number[]>>;
  /** log10 of the coefficient of D_opt = 10^b0·C^b: true, and by approach 2 on centred slices of the widest factor. */
  readonly intercept?: readonly [b0: number, inferred: number];
}

/** Without the centred errors of the symmetric surface, which are zero but for rounding. */
export const SURFACES: readonly Surface[] = [
  {
    name: 'symmetric', params: SYMMETRIC, D: 4.082482904638630e11,
    errors: {
      centred: [],
      drifting: [6.070971949665736, 5.171168143371758, 3.697903197519233, 1.68906653560295],
      offCentre: [3.974243556888148, 3.471817881448564, 2.64516543035691, 1.509792259842919],
    },
  },
  {
    name: 'Eq. 10', params: EQ10_ROUNDED, D: 4.035834749563681e12, intercept: [-0.555357, -0.578092],
    errors: {
      centred: [-0.326937803732719, -1.3011250437043, -2.902904738135434, -5.100244551712022],
      drifting: [11.614253519357661, 9.831637143942757, 6.939058914756627, 3.047597648542992],
      offCentre: [7.110118943776913, 5.690942262867751, 3.376107789059233, 0.237880848518242],
    },
  },
  {
    name: 'asymmetric', params: ASYMMETRIC, D: 4.510334355952566e16, intercept: [-1.345791, -1.459957],
    errors: {
      centred: [-1.674747716507073, -6.497778742083532, -13.910418584294648, -23.116308048545221],
      drifting: [34.574618814502173, 30.038433843534605, 22.968689206115091, 13.996976521128124],
      offCentre: [19.221179504682659, 14.413661517819328, 6.959366375593294, -2.424573190039884],
    },
  },
];

/**
 * Their check of variable projection: the runs of Besiroglu et al. 2024, without five outliers, of less compute than `below`;
 * least squares of the loss, and of its logarithm, with N in millions and D in billions.
 */
export const PROJECTION = {
  below: 1e21,
  runs: 217,
  loss: { E: 1.9051, A: 4.0005, B: 1.0509, alpha: 0.3511, beta: 0.4587, residual: 0.062414 },
  logLoss: { E: 1.8926, A: 4.0146, B: 1.0571, alpha: 0.3522, beta: 0.443 },
} as const;
