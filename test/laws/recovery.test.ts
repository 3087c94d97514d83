/** Every law finds itself: on runs that it drew, without noise to the rounding, from every start. */
import { expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import type { Fit } from '../../src/types.ts';
import { sweepOfLaw, typicalParams } from '../support/laws.ts';

const backend = cpuBackend(1);

/** Largest relative difference of the parameters. */
function apart({ params }: Fit, truth: Readonly<Record<string, number>>): number {
  expect(Object.keys(params)).toEqual(Object.keys(truth));
  return Math.max(...Object.keys(truth).map((name) => Math.abs(params[name]! / truth[name]! - 1)));
}

/** Residuals are rounded at 1e-15; the designs condition them by 1e3 at most, and scales such as A are exponentials of 30. */
it.each(lawIds)('%s: to 1e-9 without noise, and not with noise of 1 %', async (id) => {
  const [exact, noisy] = [await fitOn(backend, sweepOfLaw(id, 0), { law: id }), await fitOn(backend, sweepOfLaw(id), { law: id })];
  const truth = typicalParams(lawById(id));
  expect(apart(exact, truth)).toBeLessThan(1e-9);
  expect(apart(noisy, truth)).toBeGreaterThan(1e-3);
  for (const { certificate } of [exact, noisy]) {
    expect(certificate).toMatchObject({ verdict: 'pass', starts: 32, startsAgreeing: 32 });
  }
});
