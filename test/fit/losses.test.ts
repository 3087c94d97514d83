/** Every law by every loss: a certified fit that is near what drew the runs, and an objective of its own. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { lossIds } from '../../src/losses/registry.ts';
import type { LossId } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';
import { formulaOf, runsOfLaw, sweepOfLaw } from '../support/laws.ts';

const backend = cpuBackend(1);

describe.each(lawIds)('the law %s', (id) => {
  const law = lawById(id);
  const sweep = sweepOfLaw(id);
  const runs = runsOfLaw(id);
  const residuals = (params: Readonly<Record<string, number>>) => {
    const natural = law.params.map((name) => params[name]!);
    return sweep.loss.map((L, i) => Math.log(formulaOf(law)(natural, runs[i]!) / L));
  };

  it.each(lossIds)('by %s', async (loss) => {
    const { params, certificate } = await fitOn(backend, sweep, { law: id, loss });
    expect(certificate).toMatchObject({ verdict: 'pass', reasons: [] });
    expect(certificate.startsAgreeing).toBeGreaterThan(20);
    const r = residuals(params);
    const deviation = Math.sqrt(r.reduce((sum, z) => sum + z * z, 0) / r.length);
    // Noise of 0.01; an envelope at one tenth lies 1.28 of it lower: √(1 + 1.28²) = 1.63.
    expect(deviation).toBeLessThan(loss === 'lower-log' ? 0.02 : 0.012);
    expect(deviation).toBeGreaterThan(0.007);
    const below = r.filter((z) => z > 0).length / r.length;
    expect(Math.abs(below - (loss === 'lower-log' ? 0.1 : 0.5))).toBeLessThan(loss === 'lower-log' ? 0.08 : 0.15);
  });
});

describe('screened starts', () => {
  it.each(lossIds)('are the lowest by %s', async (loss) => {
    const { certificate, objective } = await fitOn(backend, sweepCase(), { loss, starts: 64, screen: 4 });
    const all = await fitOn(backend, sweepCase(), { loss });
    expect(certificate.starts).toBe(4);
    expect(Math.abs(objective / all.objective - 1)).toBeLessThan(1e-9);
  });
});

describe('mistakes', () => {
  it.each([
    [{ loss: 'lad' as LossId }, 'loss: expected one of huber-log, absolute-log, squares-log, huber, squares, lower-log, got "lad".'],
    [{ loss: 'huber', delta: 0 }, 'delta: expected a positive Huber threshold in nats such as 1e-3, got 0.'],
    [{ loss: 'squares', delta: 1e-3 }, 'delta: expected none beside loss squares, which has no threshold, got 0.001. Leave it out.'],
    [{ envelope: 0.2 }, 'envelope: expected loss lower-log beside it, got huber-log. Leave it out.'],
  ] as const)('%j', async (options, message) => {
    await expect(fitOn(backend, sweepCase(), options)).rejects.toThrow(new InputError(message));
  });
});
