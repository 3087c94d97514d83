/** The fit of other runs from a fit that is near: what all starts find, where the minimum is one; and what it does not claim. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { fitOn, refit } from '../../src/fit/fit.ts';
import type { Fit, FitOptions, Sweep } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';

const backend = cpuBackend(1);
const plain = sweepCase({ noise: 0.02 });
const sweep: Sweep = { ...plain, extra: { corpus: Array.from(plain.loss, (_, i) => (i % 2 === 0 ? 'web' : 'books')) } };
const without = filterSweep(sweep, { exclude: [3, 24, 55] });

const apart = ({ params }: Fit, other: Fit) => Math.max(...Object.keys(other.params).map((name) => Math.abs(params[name]! / other.params[name]! - 1)));

describe.each([
  ['all parameters free', {}],
  ['one held', { fix: { E: 1.7 } }],
  ['one at its bound', { bounds: { alpha: [0.35, 0.5] } }],
  ['another loss', { loss: 'squares-log' }],
  ['another law and threshold', { law: 'kaplan', delta: 1e-2 }],
  ['groups', { groups: { column: 'corpus', share: ['alpha', 'beta'] } }],
] as [string, FitOptions][])('%s', (_name, options) => {
  it('is the fit of all starts, to what the polish leaves', async () => {
    const before = await fitOn(backend, sweep, options);
    const want = await fitOn(backend, without, options);
    const { backend: by, starts, timings, certificate, otherMinima, ...got } = refit(without, before);
    const { backend: _by, starts: _starts, timings: _timings, certificate: all, otherMinima: _minima, ...rest } = want;
    // Both are polished: the gradient is zero to 1e-9 of its scale, over a condition number of a few thousand.
    expect(apart(got as Fit, want)).toBeLessThan(1e-7);
    expect(apart(got as Fit, before)).toBeGreaterThan(1e-5);
    expect(Math.abs(got.objective / want.objective - 1)).toBeLessThan(1e-9);
    expect({ ...got, params: 0, exponents: 0, objective: 0, warnings: 0 }).toEqual({ ...rest, params: 0, exponents: 0, objective: 0, warnings: 0 });
    expect([by, starts, otherMinima, Object.keys(timings)]).toEqual([{ name: 'cpu', adapter: '1 thread' }, '1', [], ['descend', 'polish', 'certify']]);
    expect(certificate.activeBounds).toEqual(all.activeBounds);
    expect(certificate).toMatchObject({ starts: 1, startsAgreeing: 1, verdict: 'fail' });
    expect(certificate.reasons).toContain('One start proves nothing: use more.');
  });
});

it('refuses runs that cannot be fitted, as a fit of them is refused', async () => {
  const fit = await fitOn(backend, sweep, { starts: 8 });
  expect(() => refit(filterSweep(sweep, { dropHighest: 97 }), fit)).toThrow('case: expected at least 5 runs, one for each parameter of chinchilla (E, A, B, alpha, beta), got 3.');
});
