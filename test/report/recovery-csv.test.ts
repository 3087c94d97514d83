import { expect, it } from 'vitest';
import { recoveryCsv } from '../../src/report/recovery-csv.ts';
import type { Recovery } from '../../src/simulate/recovery.ts';
import type { Simulation } from '../../src/simulate/simulation.ts';

/** Figures that tell where they came from; coverage as given. */
function recovery(truth: number, coverage: Recovery['coverage'] = {}): Recovery {
  const estimate = (value: number) => ({ value, error: value / 8 });
  return { truth, mean: truth + 0.5, bias: estimate(0.5), spread: estimate(2), rmse: estimate(4), coverage };
}

function simulation(parts: Partial<Simulation>): Simulation {
  return { recovery: { E: recovery(1.5, { sandwich: { value: 0.75, error: 0.125 } }) }, frontier: [], intervals: [], ...parts } as Simulation;
}

it('has a row for each quantity, and empty cells where there is no figure', () => {
  const frontier = [{ C: 1e24, N: recovery(24), D: recovery(28), loss: recovery(2) }];
  expect(recoveryCsv(simulation({ frontier, intervals: [{ kind: 'sandwich', sweeps: 4, undetermined: 0 }] }))).toBe(`\
quantity,budget,truth,mean,bias,bias_error,spread,spread_error,rmse,rmse_error,coverage_sandwich,coverage_sandwich_error
E,,1.5,2,0.5,0.0625,2,0.25,4,0.5,0.75,0.125
log_N,1e+24,24,24.5,0.5,0.0625,2,0.25,4,0.5,,
log_D,1e+24,28,28.5,0.5,0.0625,2,0.25,4,0.5,,
loss,1e+24,2,2.5,0.5,0.0625,2,0.25,4,0.5,,
`);
});

it('has no column of intervals that were not made, and no NaN', () => {
  expect(recoveryCsv(simulation({ recovery: { E: { ...recovery(1.5), mean: NaN } } }))).toBe(`\
quantity,budget,truth,mean,bias,bias_error,spread,spread_error,rmse,rmse_error
E,,1.5,,0.5,0.0625,2,0.25,4,0.5
`);
});
