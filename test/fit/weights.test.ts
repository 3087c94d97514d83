import { expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { paperReplica } from '../../src/paper/replica.ts';
import type { Sweep } from '../../src/types.ts';

const sweep = paperReplica();
const [first] = sweep.loss.keys();

/** The sweep with one more run, of a loss and a size that would move everything. */
function withOutlier(weight: number): Sweep {
  const more = (values: Float64Array, value: number) => Float64Array.of(value, ...values);
  const { N, D, C } = sweep.columns;
  return {
    ...sweep,
    columns: { N: more(N, 1), D: more(D, 1e15), C: more(C, 6e15) },
    loss: more(sweep.loss, 1e-3), weight: more(sweep.weight, weight), lines: Int32Array.of(first, ...sweep.lines),
  };
}

it('a run of weight 0 changes nothing: not the minimum, not the starts, not the certificate', async () => {
  const backend = cpuBackend(1);
  const plain = await fitOn(backend, sweep, { starts: 8 });
  const zero = await fitOn(backend, withOutlier(0), { starts: 8 });
  const { timings: _plain, ...want } = plain;
  const { timings: _zero, ...got } = zero;
  expect(got).toEqual(want);
  const tiny = await fitOn(backend, withOutlier(1e-2), { starts: 8 });
  expect(tiny.params).not.toEqual(plain.params);
});

it('seeds are whole numbers', async () => {
  await expect(fitOn(cpuBackend(1), sweep, { seed: 1.5 })).rejects.toThrow('seed: expected a whole number from 0 on, got 1.5.');
});
