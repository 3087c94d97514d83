import { expect, it } from 'vitest';
import { publishedTruth } from '../../src/paper/truths.ts';
import { simulationJson, simulationText } from '../../src/report/simulation.ts';
import type { Recovery } from '../../src/simulate/recovery.ts';
import type { Simulation } from '../../src/simulate/simulation.ts';

/** [truth, mean, error of the bias, spread, RMSE, each with its error, shares of two kinds of intervals, in percent] */
type Figures = readonly [number, number, number, number, number, number, number, number, number];

function recovery([truth, mean, around, spread, ofSpread, rmse, ofRmse, sandwich, bootstrap]: Figures): Recovery {
  return {
    truth, mean,
    bias: { value: mean - truth, error: around },
    spread: { value: spread, error: ofSpread },
    rmse: { value: rmse, error: ofRmse },
    coverage: { sandwich: { value: sandwich / 100, error: 0.0022 }, bootstrap: { value: bootstrap / 100, error: 0.0218 } },
  };
}

function without(coverage: Figures): Recovery {
  return { ...recovery(coverage), coverage: {} };
}

const SIMULATION: Simulation = {
  truth: publishedTruth('hoffmann'),
  design: 'IsoFLOP sweep of Hoffmann et al. 2022',
  runs: 327,
  noise: { sigma: 0.01, degrees: 4, outliers: { fraction: 0.05, factor: 10 }, bySize: 0.005 },
  sweeps: 10_000,
  requested: 10_000,
  seed: 7,
  loss: 'huber-log',
  delta: 1e-3,
  starts: 'truth',
  failed: { iterations: 12, nonfinite: 2 },
  withoutOptimum: 3,
  confidence: 0.95,
  recovery: {
    E: recovery([1.6933737, 1.6932, 0.00027, 0.02701, 0.00019, 0.02702, 0.00019, 94.8, 93.4]),
    A: recovery([406.40102, 415.2, 1.1, 112.3, 1.3, 112.6, 1.3, 95.13, 95]),
    B: recovery([410.72283, 413.31, 0.74, 74.1, 0.6, 74.2, 0.6, 100, 95]),
    alpha: recovery([0.33917084, 0.33928, 0.00014, 0.0142, 0.0001, 0.0142, 0.0001, 95, 95]),
    beta: recovery([0.2849083, 0.28483, 0.000092, 0.0092, 0.000071, 0.0092, 0.000071, 95, 95]),
  },
  frontier: [
    {
      C: 1e21,
      N: without([Math.log(2.22e9), Math.log(2.22e9) + 0.002, 0.0028, 0.0398, 0.0019, 0.04, 0.002, 0, 0]),
      D: without([Math.log(7.52e10), Math.log(7.52e10) - 0.002, 0.0028, 0.0398, 0.0019, 0.04, 0.002, 0, 0]),
      loss: without([2.29548, 2.29539, 0.00019, 0.00267, 0.00013, 0.00268, 0.00013, 0, 0]),
    },
    {
      C: 1e25,
      N: without([Math.log(1.49e11), Math.log(1.49e11) + 0.3, 0.0094, 0.7, 0.0076, 0.1443, 0.0077, 0, 0]),
      D: without([Math.log(1.12e13), Math.log(1.12e13) - 0.3, 0.0096, 0.7, 0.0076, 0.1443, 0.0077, 0, 0]),
      loss: without([1.83796, 1.837, 0.001, 0.01439, 0.00072, 0.0144, 0.00074, 0, 0]),
    },
  ],
  intervals: [{ kind: 'sandwich', sweeps: 10_000, undetermined: 0 }, { kind: 'bootstrap', sweeps: 100, undetermined: 0, replicates: 500 }],
  backend: { name: 'cpu', adapter: '2 threads' },
  seconds: 31.42,
  version: '0.1.0',
};

const AGAIN = {
  repeat: ['isoloss simulate', '--noise student:0.01:4', '--outliers 5%', '--noise-by-size 0.005', '--sweeps 10000', '--seed 7'],
  replay: ['isoloss simulate', '--noise student:0.01:4', '--seed 7', '--replay 0', '| isoloss fit -'],
};

it('says it all', () => {
  expect(simulationText(SIMULATION, AGAIN)).toBe(`\
10,000 synthetic sweeps of Hoffmann et al. 2022, Eq. 10, unrounded, fitted

Sweeps
  Truth      Hoffmann et al. 2022, Eq. 10, unrounded: L(N, D) = E + A/N^alpha + B/D^beta
  Design     IsoFLOP sweep of Hoffmann et al. 2022: 327 runs
  Noise      of log loss: Student's t with 4 degrees of freedom, scale 0.01; 5 % outliers, upward,
             10 times as far; 0.005 shared by runs of one size
  Seed       7
  Fits       10,000 in 31 s
  Starts     each from the truth; delta = 0.001
  Failed     14 of 10,000 (0.1 %) did not converge; the finite ones are in the figures
             12 iterations: Reached the step limit before converging.
             2 nonfinite: The objective is NaN or infinite at the start.
  No optimum 3 with an exponent of zero or less: not in the table of compute-optimal training
  Intervals  sandwich of 10,000 sweeps; bootstrap of 100 sweeps, 500 resamples each
  Backend    cpu, 2 threads  (isoloss 0.1.0)

Bias, here and below ± Monte-Carlo standard error
         truth       mean        bias                  bias / spread
  E        1.69337     1.69320   -0.00017  ± 0.00027   -0.0064
  A      406.401     415.200      8.8      ± 1.1        0.078
  B      410.723     413.310      2.59     ± 0.74       0.035
  alpha    0.339171    0.339280   0.00011  ± 0.00014    0.0077
  beta     0.284908    0.284830  -0.000078 ± 0.000092  -0.0085

Spread, and how often the intervals hold the truth
         spread                 RMSE                   95 % sandwich  95 % bootstrap
  E        0.02701  ± 0.00019     0.02702  ± 0.00019   94.8 % ± 0.2   93 % ± 2
  A      112.3      ± 1.3       112.6      ± 1.3       95.1 % ± 0.2   95 % ± 2
  B       74.10     ± 0.60       74.20     ± 0.60      100.0 % ± 0.2  95 % ± 2
  alpha    0.01420  ± 0.00010     0.01420  ± 0.00010   95.0 % ± 0.2   95 % ± 2
  beta     0.009200 ± 0.000071    0.009200 ± 0.000071  95.0 % ± 0.2   95 % ± 2

Compute-optimal training, C = 6ND
  C (FLOP)  of      truth  bias                 spread               RMSE
  1e21      N_opt   2.22B    0.20    ± 0.28 %     4.06    ± 0.20 %    4.08    ± 0.21 %
            D_opt   75.2B   -0.20    ± 0.28 %     4.06    ± 0.20 %    4.08    ± 0.21 %
            loss   2.2955   -0.00009 ± 0.00019    0.00267 ± 0.00013   0.00268 ± 0.00013
  1e25      N_opt    149B   35.0     ± 1.3 %    101.4     ± 1.5 %    15.52    ± 0.89 %
            D_opt   11.2T  -25.92    ± 0.71 %   101.4     ± 1.5 %    15.52    ± 0.89 %
            loss   1.8380   -0.0010  ± 0.0010     0.01439 ± 0.00072   0.01440 ± 0.00074

To repeat it
  isoloss simulate --noise student:0.01:4 --outliers 5% --noise-by-size 0.005 --sweeps 10000 \\
    --seed 7
To fit one of its sweeps, here the first
  isoloss simulate --noise student:0.01:4 --seed 7 --replay 0 | isoloss fit -
`);
});

it('says where it was stopped, and what there is not', () => {
  const lines = simulationText({
    ...SIMULATION, sweeps: 2312, failed: {}, withoutOptimum: 0, intervals: [], frontier: [], starts: '8', noise: { sigma: 0 },
  });
  expect(lines).toContain('2,312 synthetic sweeps of');
  expect(lines).toContain('\n  Fits       stopped after 2,312 of 10,000, in 31 s\n' +
    '  Starts     each from 8 starts drawn with seed 7; delta = 0.001\n  Failed     none\n  Intervals  none\n  Backend ');
  expect(lines).toContain('\n  Noise      of log loss: none\n');
  expect(lines).toContain('\nSpread\n         spread                 RMSE\n');
  expect(lines).not.toMatch(/Compute-optimal|To repeat|No optimum/);
});

it.each([
  ['paper', 'each from the published grid'], ['auto', 'each from 32 starts drawn with seed 7'],
])('starts %s', (starts, text) => {
  expect(simulationText({ ...SIMULATION, starts })).toContain(`\n  Starts     ${text}; delta`);
});

it.each([
  ['two digits of the error', 0.123456, 0.0345, '0.123 ± 0.035'],
  ['an error that rounds up to a power of ten', 0.123456, 0.0996, '0.12 ± 0.10'],
  ['an error of hundreds', 1234.56, 123.4, '1235 ± 123'],
  ['nothing at all', 0, 0, '0 ± 0'],
  ['what is no number', NaN, NaN, 'NaN ± NaN'],
  ['what is small, and less sure than small', 1.23456e-9, 4.56e-8, '1.2e-9 ± 4.6e-8'],
  ['what is small and sure', 1.23456e-4, 4.56e-8, '1.23456e-4 ± 4.6e-8'],
])('%s', (_, value, error, text) => {
  const bias = { value, error };
  const { E } = SIMULATION.recovery;
  const line = simulationText({ ...SIMULATION, recovery: { E: { ...E!, bias } } }).split('\n').find((each) => each.startsWith('  E '))!;
  expect(line).toContain(`  ${text}  `);
});

it('a bias has no size where there is no spread', () => {
  const { E } = SIMULATION.recovery;
  const text = simulationText({ ...SIMULATION, recovery: { E: { ...E!, spread: { value: 0, error: 0 } } } });
  expect(text).toMatch(/\n {2}E {2}1\.69337 {2}1\.69320 {2}\S+ ± \S+ {2}-\n/);
});

it('stays within 100 columns, without colour codes or trailing spaces', () => {
  const truth = { ...SIMULATION.truth, name: 'a long name of a file, '.repeat(8) };
  const wide = { ...SIMULATION, truth, confidence: 0.999, sweeps: 1_000_000, requested: 4_000_000, design: 'a grid, '.repeat(15) };
  const repeat = ['isoloss simulate', ...Array.from({ length: 12 }, (_, k) => `--option-${k} ${'1B,'.repeat(k)}1B`)];
  const lines = simulationText(wide, { ...AGAIN, repeat }).split('\n');
  expect(lines.filter((line) => line.length > 100 || /[^\P{C}\n]|\s$/u.test(line))).toEqual([]);
  expect(lines.filter((line) => line.endsWith(' \\')).length).toBeGreaterThan(2);
});

it('JSON has these names in this order, and every field', () => {
  const json = simulationJson(SIMULATION, AGAIN);
  expect(Object.keys(json)).toEqual([
    'truth', 'design', 'runs', 'noise', 'sweeps', 'requested', 'seed', 'loss', 'delta', 'starts', 'failed', 'withoutOptimum', 'confidence',
    'recovery', 'frontier', 'intervals', 'backend', 'seconds', 'command', 'version',
  ]);
  const { command, ...rest } = JSON.parse(JSON.stringify(json));
  expect(rest).toEqual(SIMULATION);
  expect(command).toBe(AGAIN.repeat.join(' '));
  expect(simulationJson(SIMULATION)).not.toHaveProperty('command');
});

it('JSON has null for what is not finite', () => {
  const { E } = SIMULATION.recovery;
  const broken = { ...E!, mean: NaN, bias: { value: -Infinity, error: NaN } };
  expect(simulationJson({ ...SIMULATION, recovery: { E: broken } }).recovery['E'])
    .toMatchObject({ truth: E!.truth, mean: null, bias: { value: null, error: null } });
});
