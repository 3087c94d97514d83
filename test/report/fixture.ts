import type { Bootstrap, Fit } from '../../src/types.ts';

/** Epoch's 240 points, as they were fitted, with everything that a report can say. */
export const FIT: Fit = {
  law: 'chinchilla',
  params: {
    E: 1.8172180990100755,
    A: 477.82586823391085,
    B: 2143.417363360376,
    alpha: 0.34731049888175525,
    beta: 0.3671724326277603,
  },
  exponents: { a: 0.5138997, b: 0.4861003 },
  otherMinima: [],
  objective: 0.0010182740178005972,
  loss: 'huber-log',
  delta: 1e-3,
  points: 240,
  computeRange: [2.1e18, 3.2e21],
  dropped: [
    { reason: 'not loss<6', lines: [2] },
    { reason: 'of the 9 highest losses', lines: [3, 4, 5, 6, 7, 80, 81, 82, 1083] },
  ],
  certificate: {
    gradientNorm: 6.62e-15,
    starts: 4500,
    startsAgreeing: 2716,
    outcomes: { converged: 2798, vanished: 1690, iterations: 12 },
    activeBounds: [],
    conditionNumber: 61.74,
    verdict: 'pass',
    reasons: [],
  },
  backend: { name: 'cpu', adapter: '2 threads' },
  starts: 'paper',
  seed: 0,
  timings: { starts: 0.00051, search: 0.0123, descend: 1.44, polish: 0.0072, certify: 0.0013 },
  sweep: 'runs.csv',
  notes: ['D is not in the table: taken as C/(6N).'],
  warnings: [
    'The column "loss_bits" suggests bits. Multiply bits by 0.6931, and bits per byte also by bytes per token, ' +
      'for nats per token.',
  ],
  version: '0.1.0',
};

/** A fit that ran off. */
export const BROKEN: Fit = {
  ...FIT,
  params: { E: 1.7, A: 1.06, B: Infinity, alpha: -0.0002, beta: NaN },
  exponents: { a: NaN, b: NaN },
  dropped: [],
  certificate: {
    ...FIT.certificate,
    gradientNorm: NaN,
    starts: 1,
    startsAgreeing: 0,
    outcomes: { nonfinite: 1 },
    activeBounds: ['alpha <= 0', 'B has no effect'],
    conditionNumber: Infinity,
    verdict: 'fail',
    reasons: ['One start proves nothing: use more.', 'The runs do not tell the parameters apart.'],
  },
  starts: '1',
  seed: 7,
  notes: [],
  warnings: [],
};

/** A bootstrap of FIT of which some resamples failed. */
export const BOOTSTRAP: Bootstrap = {
  kind: 'pairs',
  replicates: 4000,
  requested: 4000,
  starts: { minima: 1, others: 0, probe: { resamples: 32, starts: 2, lower: 0 } },
  failed: { nonfinite: 2, iterations: 12 },
  withoutOptimum: 0,
  seed: 42,
  confidence: 0.95,
  interval: 'percentile',
  standardErrors: { E: 0.0256773, A: 124.475, B: 1312.118, alpha: 0.0153961, beta: 0.0206287, a: 0.01998, b: 0.01998 },
  intervals: {
    E: [1.76935, 1.871228], A: [286.085, 743.61], B: [1042.366, 5810.359],
    alpha: [0.316823, 0.373283], beta: [0.331261, 0.415375], a: [0.48068, 0.5561], b: [0.4439, 0.51932],
  },
  covariance: [[1, 2, 3, 4, 5], [2, 1, 0, 0, 0], [3, 0, 1, 0, 0], [4, 0, 0, 1, 0], [5, 0, 0, 0, Infinity]],
  covarianceOf: ['E', 'A', 'B', 'alpha', 'beta'],
  frontier: [1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26].map((C, k) => ({
    C, N: [8e7 * 3 ** k, 9e7 * 3.5 ** k], D: [2e9 * 3 ** k, 3e9 * 3 ** k],
    tokensPerParameter: [25 / (1 + k), 26 + 20 * k], loss: [3.4 - 0.2 * k, 3.5 - 0.2 * k],
  })),
  predictions: [{ N: 7e10, D: 1.4e12, loss: 1.9738, interval: [1.9412, 2.0017] }],
  seconds: 1.234,
};
