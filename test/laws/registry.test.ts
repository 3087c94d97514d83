import { expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { lawById, lawFormula, lawIds } from '../../src/laws/registry.ts';

it('finds every law by its id', () => {
  expect(lawIds).toContain('chinchilla');
  expect(lawIds.map((id) => lawById(id).id)).toEqual(lawIds);
});

it('says which laws there are', () => {
  expect(() => lawById('kaplan9')).toThrow(new InputError(`law: expected one of ${lawIds.join(', ')}, got "kaplan9".`));
});

it('gives the formula of a law', () => {
  expect(lawFormula('chinchilla')).toBe('L(N, D) = E + A/N^alpha + B/D^beta');
  expect(new Set(lawIds.map(lawFormula)).size).toBe(lawIds.length);
  expect(() => lawFormula('kaplan9')).toThrow(InputError);
});
