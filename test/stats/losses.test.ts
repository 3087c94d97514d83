/** What is made beside a fit is made with its loss, and holds what it holds: every stage against fits of the same sweeps by fitOn. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { batchFor, problemOf, workingOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import type { Law } from '../../src/laws/law.ts';
import { lossIds } from '../../src/losses/registry.ts';
import { packedIndex } from '../../src/math/packed.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { syntheticSweep } from '../../src/simulate/recipe.ts';
import { simulateOn } from '../../src/simulate/simulation.ts';
import { sandwichOn } from '../../src/stats/analytic.ts';
import { fitResamples } from '../../src/stats/bootstrap.ts';
import { influenceOn } from '../../src/stats/influence.ts';
import { landscapeOn, profileOn } from '../../src/stats/landscape.ts';
import { sandwichCovariance } from '../../src/stats/sandwich.ts';
import type { FitOptions, Sweep } from '../../src/types.ts';
import { LAW, sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);
const sweep = sweepCase({ seed: 4 });
const ORDER = 5;
const ALPHA = 3;
/** How each loss is asked for, and one with parameters that are held: α, and A, which is no coordinate of its own. */
const CHOICES: readonly FitOptions[] = [...lossIds.map((loss) => ({ loss })), { fix: { alpha: 0.35 } }, { loss: 'squares', fix: { A: 380 } }];
/**
 * Of natural parameters, relative: a resample ends at δ where a descent stops, a fit is polished; least absolute deviations also
 * go on to δ → 0 there, which is some hundredths of a standard error.
 */
const toleranceOf = ({ loss }: FitOptions) => (loss === 'absolute-log' ? 0.05 : 1e-4);

const counts = Uint8Array.from({ length: 100 }, (_, i) => [1, 2, 0, 1, 1][(i * 7) % 5]!);
const weighted: Sweep = { ...sweep, weight: Float64Array.from(counts) };
const without = (i: number): Sweep => ({ ...sweep, weight: sweep.weight.map((w, k) => (k === i ? 0 : w)) });
const worst = (got: ArrayLike<number>, want: ArrayLike<number>) => Math.max(...Array.from(want, (value, j) => Math.abs(got[j]! / value - 1)));

describe.each(CHOICES)('%j', (choice) => {
  const fixed = Object.entries(choice.fix ?? {});

  it('a resample is the fit of its sweep', async () => {
    const fit = await fitOn(cpu, sweep, choice);
    const { natural, objective } = await fitResamples(cpu, sweep, fit, { kind: 'counts', counts });
    const want = await fitOn(cpu, weighted, choice);
    expect(worst(natural, Object.values(want.params))).toBeLessThan(toleranceOf(choice));
    expect(Math.abs(objective[0]! / want.objective - 1)).toBeLessThan(choice.loss === 'absolute-log' ? 0.01 : 1e-8);
    expect(worst(natural, Object.values(fit.params))).toBeGreaterThan(toleranceOf(choice)); // not that of all runs
    for (const [name, value] of fixed) expect(natural[chinchilla.params.indexOf(name)]).toBe(value);
  });

  it('leaving a run out is the fit without it', async () => {
    const fit = await fitOn(cpu, sweep, choice);
    const { left, standardErrors } = await influenceOn(cpu, sweep, fit);
    const want = await fitOn(cpu, without(17), choice);
    const free = chinchilla.params.filter((name) => !(name in (choice.fix ?? {})));
    const got = free.map((name) => fit.params[name]! + left[17]!.change[name]!);
    expect(worst(got, free.map((name) => want.params[name]!))).toBeLessThan(toleranceOf(choice));
    expect(Object.keys(standardErrors).filter((name) => chinchilla.params.includes(name))).toEqual(free);
  });

  it('a profile is the fits with its parameter held', async () => {
    const fit = await fitOn(cpu, sweep, choice);
    const { axes: [{ values }], objective, natural, minimum } = await profileOn(cpu, sweep, fit, { over: 'beta', cells: 5 });
    const want = await fitOn(cpu, sweep, { ...choice, fix: { ...choice.fix, beta: values[1]! } });
    expect(Math.abs(objective[1]! / want.objective - 1)).toBeLessThan(choice.loss === 'absolute-log' ? 1e-3 : 1e-8);
    expect(objective[2]).toBeCloseTo(fit.objective, 12);
    expect(minimum.objective).toBe(fit.objective);
    for (const [name, value] of fixed) for (let cell = 0; cell < 5; cell++) expect(natural[ORDER * cell + chinchilla.params.indexOf(name)]).toBe(value);
  });

  it.skipIf(choice.loss === 'lower-log')('a simulated sweep is fitted so', async () => {
    const recipe = {
      truth: { name: 'case', law: 'chinchilla', params: { ...LAW, ...choice.fix } },
      design: gridDesign({ sizes: [5e7, 2e8, 1e9, 4e9], tokens: [1e9, 5e9, 2e10, 1e11, 4e11] }), noise: { sigma: 0.01 }, seed: 3,
    };
    let natural = new Float64Array();
    const simulation = await simulateOn(cpu, {
      ...recipe, ...choice, sweeps: 3, onPiece: (_first, _batch, fits) => { natural = Float64Array.from(fits.natural); },
    });
    const want = await fitOn(cpu, syntheticSweep(recipe, 1), choice);
    expect(worst(natural.slice(ORDER, 2 * ORDER), Object.values(want.params))).toBeLessThan(toleranceOf(choice));
    expect(worst(natural.slice(0, ORDER), Object.values(want.params))).toBeGreaterThan(toleranceOf(choice));
    expect(simulation).toMatchObject({ loss: want.loss, delta: want.delta, ...(choice.fix && { fixed: choice.fix }) });
    expect(Object.keys(simulation.recovery)).toEqual([...chinchilla.params.filter((name) => !(name in (choice.fix ?? {}))), 'a', 'b']);
  });
});

describe('the sandwich', () => {
  /** Chinchilla's law with α held in its own formula: four parameters. */
  const held: Law = {
    ...chinchilla,
    id: 'held', params: ['E', 'A', 'B', 'beta'],
    predict(x, inputs, prediction, jacobian, from, to) {
      const { 0: e, 1: a, 2: b, 3: beta } = x;
      const [one, two, three, four] = jacobian;
      chinchilla.predict([e!, a!, b!, 0.35, beta!], inputs, prediction, [one!, two!, three!, new Float64Array(prediction.length), four!], from, to);
    },
  };

  it('of a parameter that is held is that of the law without it', async () => {
    const fit = await fitOn(cpu, sweep, { fix: { alpha: 0.35 } });
    const batch = batchFor(sweep, fit);
    const problem = problemOf(batch);
    const x = workingOf(batch, fit.params);
    const got = sandwichCovariance(problem, x);
    const { pinned: _, ...free } = problem;
    const want = sandwichCovariance({ ...free, law: held }, [x[0]!, x[1]!, x[2]!, x[4]!]);
    const places = [0, 1, 2, 4];
    places.forEach((row, i) => places.slice(0, i + 1).forEach((column, j) => {
      expect(Math.abs(got[packedIndex(row, column)]! / want[packedIndex(i, j)]! - 1)).toBeLessThan(1e-9);
    }));
    for (let j = 0; j < ORDER; j++) expect(got[packedIndex(Math.max(j, ALPHA), Math.min(j, ALPHA))]).toBe(0);
    expect(Math.abs(sandwichCovariance(free, x)[0]! / got[0]! - 1)).toBeGreaterThan(0.1);
  });

  it('gives what is held no error, and its value as interval', async () => {
    const fit = await fitOn(cpu, sweep, { loss: 'squares-log', fix: { A: 380, beta: 0.28 } });
    const { intervals, standardErrors, replicates } = sandwichOn(sweep, fit);
    expect(replicates).toBe(0); // no draws
    expect([standardErrors['beta'], intervals['beta']]).toEqual([0, [0.28, 0.28]]);
    expect(standardErrors['A']).toBeLessThan(1e-9 * 380);
    for (const end of intervals['A']!) expect(Math.abs(end / 380 - 1)).toBeLessThan(1e-12);
    const [low, high] = intervals['alpha']!;
    expect(low).toBeLessThan(fit.params['alpha']!);
    expect(high).toBeGreaterThan(fit.params['alpha']!);
  });

  /** For least squares the bread is the plain Gram matrix: HC1, which MacKinnon and White 1985 give. */
  it.each(['squares-log', 'squares'] as const)('of %s is HC1', async (loss) => {
    const fit = await fitOn(cpu, sweep, { loss });
    const batch = batchFor(sweep, fit);
    const x = workingOf(batch, fit.params);
    const { law, inputs, logLoss } = batch;
    const prediction = new Float64Array(100);
    const jacobian = law.params.map(() => new Float64Array(100));
    law.predict(x, inputs, prediction, jacobian);
    const s = (i: number) => (loss === 'squares' ? prediction[i]! : 1);
    const r = (i: number) => (loss === 'squares' ? prediction[i]! - sweep.loss[i]! : Math.log(prediction[i]!) - logLoss[i]!);
    const sum = (term: (i: number) => number) => logLoss.reduce((total, _, i) => total + term(i), 0);
    const gram = (weight: (i: number) => number) => jacobian.map((a) => jacobian.map((b) => sum((i) => weight(i) * s(i) ** 2 * a[i]! * b[i]!)));
    const [H, M] = [gram(() => 1), gram((i) => r(i) ** 2)];
    // V solves H V H = n/(n − P)·M.
    const V = sandwichCovariance(problemOf(batch), x);
    const at = (j: number, k: number) => V[packedIndex(Math.max(j, k), Math.min(j, k))]!;
    const product = (A: (j: number, k: number) => number, B: (j: number, k: number) => number) => (j: number, k: number) =>
      [0, 1, 2, 3, 4].reduce((total, l) => total + A(j, l) * B(l, k), 0);
    const h = (j: number, k: number) => H[j]![k]!;
    const HVH = product(product(h, at), h);
    for (let j = 0; j < ORDER; j++) for (let k = 0; k <= j; k++) {
      const scale = Math.sqrt(M[j]![j]! * M[k]![k]!);
      expect(Math.abs(HVH(j, k) - (100 / 95) * M[j]![k]!) / scale).toBeLessThan(1e-6);
    }
  });
});

describe('is refused by name', () => {
  it('what takes the noise as symmetric, of an envelope', async () => {
    const fit = await fitOn(cpu, sweep, { loss: 'lower-log' });
    for (const kind of ['wild', 'parametric'] as const) {
      await expect(fitResamples(cpu, sweep, fit, { kind, replicates: 2 })).rejects.toThrow(new InputError(
        `kind: expected pairs, cluster, residual or counts with loss lower-log, got ${kind}, which takes the noise as symmetric about the law. Take pairs.`));
    }
    await expect(fitResamples(cpu, sweep, fit, { kind: 'residual', replicates: 2 })).resolves.toBeDefined();
  });

  it('a simulation of an envelope', async () => {
    const run = simulateOn(cpu, {
      truth: { name: 'case', law: 'chinchilla', params: LAW }, design: gridDesign({ sizes: [1e8, 1e9], tokens: [1e9, 1e10] }), noise: { sigma: 0.01 },
      loss: 'lower-log',
    });
    await expect(run).rejects.toThrow(new InputError(
      'loss: expected one whose fits are to find the truth, got lower-log: it fits below the runs, which scatter about the truth. Take huber-log.'));
  });

  it('a landscape over what is held, and over what is no parameter beside it', async () => {
    const fit = await fitOn(cpu, sweep, { fix: { alpha: 0.35 } });
    await expect(landscapeOn(cpu, sweep, fit, { over: 'alpha,beta', cells: 3 })).rejects.toThrow(new InputError(
      'over: expected free parameters, got alpha, which is fixed at 0.35. Take another one.'));
    await expect(landscapeOn(cpu, sweep, fit, { over: 'a,E', cells: 3 })).rejects.toThrow(new InputError(
      'over: expected parameters of law chinchilla (E, A, B, alpha, beta), in which alpha can be fixed, got a,E.'));
  });
});
