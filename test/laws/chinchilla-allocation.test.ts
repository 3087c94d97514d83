/** Chinchilla's law by its frontier exponent: against its formula, and against Chinchilla's law itself. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { chinchillaAllocation as law } from '../../src/laws/chinchilla-allocation.ts';
import type { Inputs } from '../../src/laws/law.ts';
import { packedIndex, packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { paperReplica } from '../../src/paper/replica.ts';
import { readSweepFrom } from '../../src/sources.ts';
import type { Fit } from '../../src/types.ts';
import { worst } from '../support/close.ts';
import { FRONTIERS, halfDigit } from '../support/published.ts';

const U = 2 ** -53;
const CENTRE = [20.5, 23.5]; // with few bits, so that centring and back is exact
const NATURAL = [1.7, 400, 420, 0.45, 0.62];

/** The same law in Chinchilla's parameters. */
const asChinchilla = ([E, A, B, a, s]: ArrayLike<number> & Iterable<number>) => Float64Array.of(E, A, B, (1 - a) * s, a * s);

/** Points of ±3 about the centre. */
const uniform = uniforms(5, 56, 0);
const INPUTS: Inputs = [0, 1].map(() => Float64Array.from({ length: 20 }, () => 6 * uniform() - 3));

function evaluate(x: ArrayLike<number>, inputs = INPUTS, of = law) {
  const prediction = new Float64Array(inputs[0].length);
  const jacobian = of.params.map(() => new Float64Array(inputs[0].length));
  of.predict(x, inputs, prediction, jacobian);
  return { prediction, jacobian };
}

describe('the prediction', () => {
  const got = evaluate(law.toWorking(NATURAL, CENTRE)).prediction;
  // Exponents of up to 30 are rounded to 30u each; N, and the logs that it comes from, as much again.
  const tolerance = got.map((loss) => 200 * U * loss);

  it('is E + A/N^((1 − a)s) + B/D^(as)', () => {
    const [E, A, B, a, s] = NATURAL;
    const formula = (a: number) => got.map((_, i) => {
      const [N, D] = [0, 1].map((input) => Math.exp(INPUTS[input][i] + CENTRE[input]));
      return E + A / N ** ((1 - a) * s) + B / D ** (a * s);
    });
    expect(worst(got, formula(a), tolerance).ratio).toBeLessThan(1);
    expect(worst(got, formula(1 - a), tolerance).ratio).toBeGreaterThan(1e3);
  });

  it('is Chinchilla\'s, of working coordinates too', () => {
    const x = law.toWorking(NATURAL, CENTRE);
    expect(worst(evaluate(asChinchilla(x), INPUTS, chinchilla).prediction, got, tolerance).ratio).toBeLessThan(1);
  });
});

describe('the curvature', () => {
  const x = law.toWorking(NATURAL, CENTRE);
  const curvatureAt = (inputs: Inputs) => {
    const hessian = new Float64Array(packedLength(5));
    law.addCurvature(evaluate(x, inputs).jacobian, inputs, new Float64Array(inputs[0].length).fill(1), hessian, x);
    return hessian;
  };

  it('has at ∂²/∂a∂s the products of the slopes of the terms, and what the bilinear exponents add', () => {
    const { jacobian: [, shareA, shareB] } = evaluate(x);
    const { 3: a, 4: s } = x;
    let products = 0, added = 0;
    INPUTS[0].forEach((u, i) => {
      const v = INPUTS[1][i];
      products += shareA[i] * (s * u) * (a - 1) * u + shareB[i] * (s * v) * (a * v);
      added += shareA[i] * u - shareB[i] * v;
    });
    const got = curvatureAt(INPUTS)[packedIndex(4, 3)];
    // Twenty sums of four terms below 9.
    expect(Math.abs(got - products - added)).toBeLessThan(20 * 4 * 9 * 20 * U);
    expect(Math.abs(got - products)).toBeGreaterThan(0.1);
  });

  it('is that of the terms alone at the centre, where the exponents have no effect', () => {
    const inputs = [Float64Array.of(0), Float64Array.of(0)];
    const { jacobian: [shareE, shareA, shareB] } = evaluate(x, inputs);
    const want = new Float64Array(packedLength(5));
    [shareE, shareA, shareB].forEach(([share], j) => { want[packedIndex(j, j)] = share; });
    expect(worst(curvatureAt(inputs), want, want.map(() => 0)).ratio).toBe(0);
  });
});

describe('coordinates', () => {
  it('p and q are the logs of the terms at the centre; a and s are kept to the last bit', () => {
    const x = Float64Array.of(0.5, -0.7, -1.1, 0.45, 0.62);
    const [E, A, B, a, s] = law.toNatural(x, CENTRE);
    const got = [E, A / Math.exp(CENTRE[0]) ** ((1 - a) * s), B / Math.exp(CENTRE[1]) ** (a * s)];
    const want = [Math.exp(0.5), Math.exp(-0.7), Math.exp(-1.1)];
    expect(worst(got, want, want.map((value) => 100 * U * value)).ratio).toBeLessThan(1);
    expect([a, s]).toEqual([0.45, 0.62]);
    expect(Array.from(law.toWorking(NATURAL, CENTRE).subarray(3))).toEqual(NATURAL.slice(3));
  });
});

describe('starts', () => {
  // a·s and (1 − a)·s round three times.
  const same = (got: readonly Float64Array[], want: readonly Float64Array[]) => {
    const flat = want.flatMap((start) => [...start]);
    return worst(got.flatMap((start) => [...asChinchilla(start)]), flat, flat.map((value) => 4 * U * Math.abs(value))).ratio;
  };

  it('that are drawn are Chinchilla\'s', () => {
    const drawn = (of: typeof law) => Array.from({ length: 50 }, (_, k) => of.drawStart(2, uniforms(1, 1, k)));
    expect(same(drawn(law), drawn(chinchilla))).toBeLessThan(1);
    expect(same(drawn(law), drawn(chinchilla).toReversed())).toBeGreaterThan(1);
  });

  it('of the paper are its 4500, in its order', () => {
    const starts = law.paperStarts(CENTRE);
    expect(starts.length).toBe(4500);
    expect(same(starts, chinchilla.paperStarts(CENTRE))).toBeLessThan(1);
    // α and β of 0, 0.5, …, 2, β fastest: the first six.
    expect(starts.slice(0, 6).map(([, , , a, s]) => [a, s])).toEqual([[0.5, 0], [1, 0.5], [1, 1], [1, 1.5], [1, 2], [0, 0.5]]);
  });
});

it.each([
  [0.45, 0.62, []], [0, 0.62, ['a <= 0']], [1, 0.62, ['a >= 1']], [0.5, 0, ['s <= 0']],
  [1.2, -1, ['a >= 1', 's <= 0']], [NaN, NaN, ['a <= 0', 'a >= 1', 's <= 0']],
])('a = %d and s = %d break the bounds %j', (a, s, broken) => {
  expect(law.brokenBounds([1.7, 400, 420, a, s])).toEqual(broken);
});

describe.each(FRONTIERS)('the frontier with the constants of $name', ({ params: { E, A, B, alpha, beta }, constants, rows }) => {
  const natural = [E, A, B, beta / (alpha + beta), alpha + beta];

  it('has a as its exponent, to the last bit', () => {
    const { a, b } = law.frontier.exponents(natural);
    expect([a, b]).toEqual([natural[3], 1 - natural[3]]);
    expect(Math.abs(a - Number(constants[0]))).toBeLessThanOrEqual(halfDigit(constants[0]));
  });

  it.each(rows)('spends %d FLOPs on N = %s and D = %s', (C, N, D) => {
    const got = law.frontier.allocate(natural, C);
    expect(Math.abs(got.N - Number(N))).toBeLessThanOrEqual(halfDigit(N));
    expect(Math.abs(got.D - Number(D))).toBeLessThanOrEqual(halfDigit(D));
  });
});

const EPOCH = fileURLToPath(new URL('../../../shared/data/epoch/svg_extracted_data.csv', import.meta.url));
const absent = !existsSync(EPOCH);
if (absent) console.warn(`A fit of the law on a real sweep is skipped: no ${EPOCH}.`);

const SWEEPS = [
  { name: 'the replica', open: async () => paperReplica() },
  ...(absent ? [] : [{ name: 'Epoch\'s sweep', open: async () => filterSweep(await readSweepFrom(EPOCH), { dropHighest: 5 }) }]),
];

/**
 * One minimum in two sets of coordinates. Both fits are polished until their gradients are rounding (1e-15 of the
 * pulls), and 1e-7 is far below what the runs tell of a; a δ wider by a thousandth moves both numbers by more.
 */
it.each(SWEEPS)('reaches the minimum of Chinchilla\'s law on $name, from every start', async ({ open }) => {
  const [backend, sweep] = [cpuBackend(1), await open()];
  const want = await fitOn(backend, sweep);
  const got = await fitOn(backend, sweep, { law: law.id });
  const wider = await fitOn(backend, sweep, { law: law.id, delta: 1.001e-3 });
  const off = ({ objective, params }: Fit) => [Math.abs(objective / want.objective - 1) / 1e-9, Math.abs(params['a'] - want.exponents.a!) / 1e-7];
  expect(Math.max(...off(got)), String(off(got))).toBeLessThan(1);
  expect(Math.min(...off(wider)), String(off(wider))).toBeGreaterThan(1);
  expect(Math.abs(got.params['s'] - want.params['alpha'] - want.params['beta'])).toBeLessThan(1e-7);
  expect(got.exponents).toEqual({ a: got.params['a'], b: 1 - got.params['a'] });
  for (const { certificate } of [got, want]) {
    expect(certificate).toMatchObject({ verdict: 'pass', starts: 32, startsAgreeing: 32 });
  }
});
