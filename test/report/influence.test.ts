import { expect, it } from 'vitest';
import { influenceJson, influenceLines } from '../../src/report/influence.ts';
import type { Influence, LeftOut } from '../../src/types.ts';

/** Seven runs: run k changes alpha by k − 3 hundredths, beta by its square, the allocation by a tenth of k. */
const run = (k: number): LeftOut => ({
  runs: [{ line: k + 2, N: 5e7 * 3 ** k, D: 1e9 * 4 ** k, loss: 4 - 0.3 * k, residual: 0.01 * (k - 3) }],
  change: { E: 0.1, alpha: 0.01 * (k - 3), beta: -0.01 * (k - 3) ** 2, a: 0.001 * k, 'log N_opt(1e24)': 0.1 * k, 'log D_opt(1e24)': -0.1 * k },
});

const INFLUENCE: Influence = {
  left: Array.from({ length: 7 }, (_, k) => run(k)),
  standardErrors: { E: 0, alpha: 0.02, beta: 0.04, a: 0.01, 'log N_opt(1e24)': 0.5, 'log D_opt(1e24)': 0.5 },
  ranking: {
    E: [0, 1, 2, 3, 4, 5, 6], alpha: [0, 6, 1, 5, 2, 4, 3], beta: [0, 6, 1, 5, 2, 4, 3], a: [6, 5, 4, 3, 2, 1, 0],
    'log N_opt(1e24)': [6, 5, 4, 3, 2, 1, 0], 'log D_opt(1e24)': [6, 5, 4, 3, 2, 1, 0],
  },
  failed: {},
  withoutOptimum: 0,
  seconds: 0.31,
};

it('shows the runs that change each of them most', () => {
  expect(influenceLines(INFLUENCE, 2)).toEqual(`\
  Left out   7 runs, one at a time, in 310 ms
  Failed     none
  Shown      those that change alpha, beta, N_opt(1e24) most: the fit without it, less the fit of
             all
  s.e.       the change in jackknife standard errors: alpha 0.0200, beta 0.0400, N_opt(1e24) ×1.65

  line      N      D   loss  residual    alpha   s.e.     beta   s.e.  N_opt(1e24)   s.e.
     2  50.0M  1.00B  4.000    -0.030  -0.0300  -1.50  -0.0900  -2.25       ×1.000   0.00
     8  36.5B  4.10T  2.200    +0.030  +0.0300  +1.50  -0.0900  -2.25       ×1.822  +1.20
     7  12.2B  1.02T  2.500    +0.020  +0.0200  +1.00  -0.0400  -1.00       ×1.649  +1.00`.split('\n'));
});

it('of clusters it shows the value and the number of runs; of a law without alpha its exponent a', () => {
  const { a, 'log N_opt(1e24)': allocation } = INFLUENCE.standardErrors as Record<string, number>;
  const standardErrors = { a: a!, 'log N_opt(1e24)': allocation! };
  const left = INFLUENCE.left.map((entry, k) => ({ ...entry, cluster: k === 6 ? 'seed six' : k, runs: Array.from({ length: k + 1 }, () => entry.runs[0]!) }));
  expect(influenceLines({ ...INFLUENCE, left, standardErrors }, 2).slice(2)).toEqual(`\
  Shown      those that change a, N_opt(1e24) most: the fit without it, less the fit of all
  s.e.       the change in jackknife standard errors: a 0.0100, N_opt(1e24) ×1.65

  cluster   runs         a   s.e.  N_opt(1e24)   s.e.
  seed six     7  +0.00600  +0.60       ×1.822  +1.20
  5            6  +0.00500  +0.50       ×1.649  +1.00`.split('\n'));
  expect(influenceLines({ ...INFLUENCE, left })[0]).toBe('  Left out   7 clusters, one at a time, in 310 ms');
});

it('says how fits failed, and that without a run there is no optimum', () => {
  const [first, ...rest] = INFLUENCE.left as [LeftOut, ...LeftOut[]];
  const left = [{ ...first, change: { ...first.change, 'log N_opt(1e24)': NaN } }, ...rest];
  const lines = influenceLines({ ...INFLUENCE, left, failed: { nonfinite: 2 }, withoutOptimum: 1 }, 1);
  expect(lines.slice(1, 4)).toEqual([
    '  Failed     2 of 7 (29 %) did not converge; the finite ones are below',
    '             2 nonfinite  The objective is NaN or infinite at the start.',
    '  No optimum without 1 of them an exponent is zero or less',
  ]);
  expect(lines.at(-2)).toMatch(/^ {5}2 .* none$/);
});

it('where no fit is finite there is no table', () => {
  const ranking = Object.fromEntries(Object.keys(INFLUENCE.ranking).map((name) => [name, []]));
  expect(influenceLines({ ...INFLUENCE, ranking }).at(-1)).toBe('  None: no fit without a run is finite.');
});

it('stays within 100 columns, without trailing spaces', () => {
  const wide = INFLUENCE.left.map((entry) => ({
    runs: [{ line: 123_456, N: 1.234e17, D: 1.234e17, loss: 12.3456, residual: -1.234e-5 }],
    change: Object.fromEntries(Object.entries(entry.change).map(([name, change]) => [name, -1.234e-3 * change])),
  }));
  const wider = wide.map((entry) => ({ ...entry, cluster: 'a name that is longer than a column should be' }));
  for (const left of [INFLUENCE.left, wide, wider]) {
    expect(influenceLines({ ...INFLUENCE, left }).filter((line) => line.length > 100 || /\s$/.test(line))).toEqual([]);
  }
});

it('as JSON: the same, null where a number is not finite', () => {
  const [first, ...rest] = INFLUENCE.left as [LeftOut, ...LeftOut[]];
  const left = [{ ...first, cluster: 'x', change: { ...first.change, beta: NaN } }, ...rest];
  const json = influenceJson({ ...INFLUENCE, left, standardErrors: { ...INFLUENCE.standardErrors, E: Infinity } });
  expect(json).toEqual({
    ...INFLUENCE,
    left: [{ ...first, cluster: 'x', change: { ...first.change, beta: null } }, ...rest],
    standardErrors: { ...INFLUENCE.standardErrors, E: null },
  });
  expect(Object.keys(json)).toEqual(['left', 'standardErrors', 'ranking', 'failed', 'withoutOptimum', 'seconds']);
});

it('of groups with parameters of their own it is no wider: what has no room stands below, beside the same runs', () => {
  const names = ['c4', 'redpajama', 'refinedweb'].map((group) => `alpha[${group}_original]`);
  const by = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]));
  const left = INFLUENCE.left.map((entry, k) => ({ ...entry, change: by(0.01 * k) }));
  const lines = influenceLines({ ...INFLUENCE, left, standardErrors: by(0.02), ranking: by([6, 5, 4, 3, 2, 1, 0]) }, 2);
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines.filter((line) => line.startsWith('  line ')).join(' ').match(/alpha\[\w+\]/g)).toEqual(names);
});
