/** A sweep without noise on a known law, and the fit that found it. */
import type { Fit, Sweep } from '../../src/types.ts';

export const PARAMS = { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 };

/** The law, written again. */
export function lossOf(N: number, D: number, { E, A, B, alpha, beta } = PARAMS): number {
  return E + A / N ** alpha + B / D ** beta;
}

/** 6 sizes, 70M to 7B, on 4 budgets. */
export function sampleSweep(change: Partial<Sweep> = {}): Sweep {
  const sizes = [7e7, 2e8, 5e8, 1e9, 3e9, 7e9];
  const runs = [6e18, 6e19, 6e20, 3e21].flatMap((C) => sizes.map((N) => ({ N, C, D: C / (6 * N) })));
  return {
    name: '<b>sample</b>',
    columns: {
      N: Float64Array.from(runs, ({ N }) => N),
      D: Float64Array.from(runs, ({ D }) => D),
      C: Float64Array.from(runs, ({ C }) => C),
    },
    loss: Float64Array.from(runs, ({ N, D }) => lossOf(N, D)),
    weight: new Float64Array(runs.length).fill(1),
    lines: Int32Array.from(runs, (_, i) => i + 2),
    mapping: {},
    dropped: [],
    notes: [],
    warnings: [],
    ...change,
  };
}

/** The first runs of it. */
export function firstRuns(count: number): Sweep {
  const { columns: { N, D, C }, loss, weight, lines, ...rest } = sampleSweep();
  const first = (values: Float64Array) => values.slice(0, count);
  return { ...rest, columns: { N: first(N), D: first(D), C: first(C) }, loss: first(loss), weight: first(weight), lines: lines.slice(0, count) };
}

export function sampleFit(params: Fit['params'] = PARAMS): Fit {
  return {
    law: 'chinchilla',
    params,
    exponents: { a: 0.28 / 0.62, b: 0.34 / 0.62 },
    objective: 0,
    otherMinima: [],
    loss: 'huber-log',
    delta: 1e-3,
    computeRange: [6e18, 3e21],
    points: 24,
    dropped: [],
    certificate: {
      gradientNorm: 0, starts: 1, startsAgreeing: 1, outcomes: { converged: 1 }, activeBounds: [], conditionNumber: 1,
      verdict: 'pass', reasons: [],
    },
    backend: { name: 'cpu', adapter: '1 thread' },
    starts: 'given',
    seed: 0,
    timings: {},
    sweep: 'sample',
    notes: [],
    warnings: [],
    version: '0.0.0',
  };
}
