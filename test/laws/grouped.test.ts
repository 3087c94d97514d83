/** A law of groups is a law: its slopes and curvature, against differences; its id; and the CPU's two kernels. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { groupedId } from '../../src/laws/grouped.ts';
import type { Law } from '../../src/laws/law.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import type { Arithmetic } from '../../src/math/arithmetic.ts';
import { packedIndex, packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { plainArithmetic } from '../../src/math/plain-arithmetic.ts';
import { wasmArithmetic } from '../../src/math/wasm-arithmetic.ts';
import { worst } from '../support/close.ts';
import { logsOf, typical } from '../support/laws.ts';

/** In no order, and with a group of one point. */
const GROUP = [0, 1, 1, 0, 0, 2, 1, 0, 1];
const NAMES = ['a', 'b|c', '100 %'];
const STEP = 1e-6;

/** Each law with three groups that share all but the first parameter, or two that share all but the first and the last. */
const CASES = lawIds.flatMap((id) => {
  const { params } = lawById(id);
  return [
    [id, params.slice(1), 3] as const,
    ...(params.length < 11 ? [[id, params.slice(1, -1), 2] as const] : []),
  ];
});

function grouped(id: string, share: readonly string[], groups: number): Law {
  return lawById(groupedId(id, 'corpus', share, NAMES.slice(0, groups)));
}

/** Inputs of nine points, and a point of the law where groups differ by a twentieth. */
function caseOf(law: Law, groups: number, { column }: Pick<Arithmetic, 'column'> = plainArithmetic) {
  const uniform = uniforms(5, 3, 0);
  const base = law.groups!.base;
  const filled = (values: readonly number[]) => {
    const made = column(values.length);
    made.set(values);
    return made;
  };
  const inputs = [
    ...base.inputs.map((name) => { const { low, high } = logsOf(name); return filled(GROUP.map(() => low + (high - low) * uniform())); }),
    filled(GROUP.map((g) => g % groups)),
  ];
  const x = base.toWorking(typical(base), base.inputs.map((name) => logsOf(name).centre));
  const own = law.params.map((_, j) => law.groups!.places.findIndex((places) => places.includes(j)));
  const at = law.params.map((_, j) => law.groups!.places[own[j]!]!.indexOf(j));
  return { inputs, x: Float64Array.from(law.params, (_, j) => x[at[j]!]! + 0.05 * own[j]!) };
}

function predicted(law: Law, x: Float64Array, inputs: readonly Float64Array[], arithmetic: Arithmetic = plainArithmetic) {
  const prediction = arithmetic.column(GROUP.length);
  const jacobian = law.params.map(() => arithmetic.column(GROUP.length).fill(NaN));
  law.predict(x, inputs, prediction, jacobian, 0, 4, arithmetic); // as the objective does, in blocks
  law.predict(x, inputs, prediction, jacobian, 4, GROUP.length, arithmetic);
  return { prediction, jacobian };
}

describe.each(CASES)('%s with shared %s', (id, share, groups) => {
  const law = grouped(id, share, groups);
  const { inputs, x } = caseOf(law, groups);
  const here = predicted(law, x, inputs);

  it('has the losses of the law of each group', () => {
    const { base, places } = law.groups!;
    GROUP.forEach((g, i) => {
      const prediction = new Float64Array(1);
      const own = Float64Array.from(places[g % groups]!, (at) => x[at]!);
      base.predict(own, inputs.slice(0, -1).map((column) => column.slice(i, i + 1)), prediction, base.params.map(() => new Float64Array(1)));
      expect(here.prediction[i]).toBe(prediction[0]);
    });
  });

  it('has the slopes and the curvature of it', () => {
    const order = law.params.length;
    const along = (j: number) => [-1, 1].map((side) => predicted(law, x.with(j, x[j]! + side * STEP), inputs));
    const scale = Float64Array.from(GROUP, (_, i) => Math.cos(i));
    const hessian = new Float64Array(packedLength(order));
    law.addCurvature(here.jacobian, inputs, scale, hessian, x);
    for (let j = 0; j < order; j++) {
      const [down, up] = along(j) as [typeof here, typeof here];
      const slope = here.prediction.map((_, i) => Math.log(up.prediction[i]! / down.prediction[i]!) / (2 * STEP));
      // Central differences: rounding of 1e-16/1e-6, of slopes that reach a hundred, and a bend of 1e-12 times theirs.
      expect(worst(here.jacobian[j]!, slope, slope.map((value) => 1e-7 * (1 + Math.abs(value)))).ratio, law.params[j]).toBeLessThan(1);
      for (let k = 0; k <= j; k++) {
        // Σ scale·(∂²log L̂ + ∂log L̂ ∂log L̂) is Σ scale·∇²L̂/L̂
        let [want, size] = [0, 1];
        for (let i = 0; i < GROUP.length; i++) {
          const second = (up.jacobian[k]![i]! - down.jacobian[k]![i]!) / (2 * STEP);
          const term = scale[i]! * (second + here.jacobian[j]![i]! * here.jacobian[k]![i]!);
          want += term;
          size += Math.abs(term);
        }
        expect(Math.abs(hessian[packedIndex(j, k)]! - want) / size, `${law.params[j]}, ${law.params[k]}`).toBeLessThan(1e-6);
      }
    }
  });

  it('is the same in WebAssembly, whichever groups stand side by side', () => {
    const arithmetic = wasmArithmetic(2 * (law.params.length + law.inputs.length + 2), GROUP.length)!;
    const { inputs: columns } = caseOf(law, groups, arithmetic);
    const there = predicted(law, x, columns, arithmetic);
    // Exponentials of the kernel are off by a few units in the last place, of exponents up to a hundred.
    for (const [want, got] of [[here.prediction, there.prediction], ...here.jacobian.map((column, j) => [column, there.jacobian[j]!])] as const) {
      expect(worst(got!, want!, want!.map((value) => 1e-12 * (1 + Math.abs(value)))).ratio).toBeLessThan(1);
    }
  });

  it('goes to natural parameters and back, each group by its own', () => {
    const { base, places } = law.groups!;
    const centre = base.inputs.map((name) => logsOf(name).centre);
    const natural = law.toNatural(x, centre);
    expect(worst(law.toWorking(natural, centre), x, x.map((value) => 1e-11 * (1 + Math.abs(value)))).ratio).toBeLessThan(1);
    const last = places.at(-1)!;
    const own = base.toNatural(Float64Array.from(last, (at) => x[at]!), centre);
    expect(natural[last[0]!]).toBe(own[0]);
  });
});

it('is told by its id alone', () => {
  const id = groupedId('chinchilla', 'data set', ['beta', 'alpha'], NAMES);
  expect(id).toBe('chinchilla|data set|beta,alpha|a|b%7Cc|100 %25');
  const law = lawById(id);
  expect(law.params).toEqual(['E[a]', 'A[a]', 'B[a]', 'alpha', 'beta', 'E[b|c]', 'A[b|c]', 'B[b|c]', 'E[100 %]', 'A[100 %]', 'B[100 %]']);
  expect(law.groups).toMatchObject({ column: 'data set', names: NAMES, share: ['alpha', 'beta'], own: [0, 1, 2] });
  expect(law.meanings['B[100 %]']).toBe('scale of the term of data');
  expect(lawById(id)).toBe(law);
  expect([law.frontier, law.terms]).toEqual([undefined, undefined]);
});

it('says in which groups a rule is broken', () => {
  const law = lawById(groupedId('chinchilla', 'corpus', ['beta'], ['a', 'b']));
  const natural = Float64Array.from(law.params, () => 1);
  expect(law.brokenBounds(natural)).toEqual([]);
  expect(law.brokenBounds(natural.with(law.params.indexOf('alpha[b]'), -1))).toEqual(['alpha <= 0 in b']);
  expect(law.brokenBounds(natural.with(law.params.indexOf('beta'), -1))).toEqual(['beta <= 0']);
});

it.each([
  [['gamma'], 2, 'share: expected parameters of law chinchilla (E, A, B, alpha, beta), got gamma.'],
  [['E', 'A', 'B', 'alpha', 'beta'], 2, 'share: expected a parameter of law chinchilla that each group has of its own, got all of them shared. That is one law of all runs: fit it without groups.'],
  [[], 4, 'share: expected at most 16 parameters of all 4 groups together, got 20. Share more of them, or fit fewer groups at a time.'],
])('shared %j between %i groups', (share, count, message) => {
  expect(() => lawById(groupedId('chinchilla', 'corpus', share, ['a', 'b', 'c', 'd'].slice(0, count)))).toThrow(new InputError(message));
});
