import { expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';

it('finds every law by its id', () => {
  expect(lawIds).toContain('chinchilla');
  expect(lawIds.map((id) => lawById(id).id)).toEqual(lawIds);
});

it('says which laws there are', () => {
  expect(() => lawById('kaplan9')).toThrow(new InputError(`law: expected one of ${lawIds.join(', ')}, got "kaplan9".`));
});
