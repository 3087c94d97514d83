/** Operations of the laws, as bench/operations.ts counts them in their code. */
import { expect, it } from 'vitest';
import { operationsIn, operationsOf, type WgslFunction } from '../../bench/operations.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';

const at = (body: string): WgslFunction => ({ parameters: 'x: Theta, at: Inputs', body });

it.each([
  ['let y = at[0] + b * c - d / e;', { calls: 0, arithmetic: 4 }],
  ['let y = -at[0] * exp(-x[1]);', { calls: 1, arithmetic: 1 }], // signs are nothing
  ['let f = exp(x[0]) * 2.0; let y = f * at[1];', { calls: 0, arithmetic: 1 }], // what is of the fit alone counts nothing
  ['let u = at[0] * 2.0; let y = exp(u);', { calls: 1, arithmetic: 1 }], // u is of the point
  ['var t: T; t.s = at[0]; let y = log(t.s) - 1e-12;', { calls: 1, arithmetic: 1 }],
  ['return max(at[k + 1], 0.0); // at[0] + b', { calls: 0, arithmetic: 1 }],
])('%s', (body, count) => {
  expect(operationsIn(at(body))).toEqual(count);
});

it('what is called counts in its place, each time, and three times where it is of vectors', () => {
  const functions: Readonly<Record<string, WgslFunction>> = {
    square: { parameters: 'v: f32', body: 'return v * v;' },
    twice: { parameters: 'v: f32', body: 'return square(v) + square(v);' },
    raised: { parameters: 'v: vec3f', body: 'return exp(v) - 1.0;' },
  };
  expect(operationsIn(at('let y = twice(at[0]) + exp(at[1]);'), (name) => functions[name])).toEqual({ calls: 1, arithmetic: 4 });
  expect(operationsIn(at('let y = raised(at.xyz);'), (name) => functions[name])).toEqual({ calls: 3, arithmetic: 3 });
});

/** Counted by hand. */
it.each([
  ['power', { calls: 1, arithmetic: 7 }], // a − α·u; +; 1/; two shares and a slope
  ['chinchilla', { calls: 2, arithmetic: 12 }], // twice that of the exponent; two +; 1/; three shares and two slopes
  ['sparsity', { calls: 4, arithmetic: 25 }],
])('of the law %s', (id, count) => {
  expect(operationsOf(lawById(id))).toEqual(count);
});

it('of every law some; a bend is an exp and a log more', () => {
  for (const { calls, arithmetic } of lawIds.map((id) => operationsOf(lawById(id)))) expect([calls > 0, arithmetic > 5]).toEqual([true, true]);
  expect(operationsOf(lawById('broken')).calls).toBe(3);
  expect(operationsOf(lawById('kaplan')).calls).toBe(3);
});

it('a law that is not there is refused', () => {
  expect(() => operationsOf({ id: 'none' })).toThrow('bench/operations.ts: expected a function predict in shaders/law/none.wgsl, got none.');
});
