import { expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { toJson } from '../../src/report/json.ts';
import { truthOfFit } from '../../src/simulate/truth.ts';
import { BROKEN, FIT } from '../report/fixture.ts';
import { sizeLawIds, typicalParams } from '../support/laws.ts';

const parsed = (fit = FIT): unknown => JSON.parse(JSON.stringify(toJson(fit)));
const withParams = (params: object): unknown => ({ law: 'chinchilla', params: { ...FIT.params, ...params } });

it('is the law of a fit that was written as JSON, to the last bit', () => {
  const truth = truthOfFit(parsed(), 'fit.json');
  expect(truth).toEqual({ name: 'fit.json', law: 'chinchilla', params: FIT.params });
  expect(Object.keys(truth.params)).toEqual(['E', 'A', 'B', 'alpha', 'beta']);
});

it('needs no more than the law and its parameters, in any order', () => {
  const params = { beta: 0.28, alpha: 0.34, B: 410.7, A: 406.4, E: 1.69, rest: 'x' };
  const truth = truthOfFit({ params, law: 'chinchilla' }, 'by hand');
  expect(Object.entries(truth.params)).toEqual([['E', 1.69], ['A', 406.4], ['B', 410.7], ['alpha', 0.34], ['beta', 0.28]]);
});

const rewrite = 'Write it again with isoloss fit --json.';
const allowed = 'f.json: expected parameters that law chinchilla allows, got';
const formula = 'It is L(N, D) = E + A/N^alpha + B/D^beta, of positive terms that fall.';
it.each([
  [null, `f.json: expected a fit as isoloss fit --json writes it, got null. ${rewrite}`],
  [[], `f.json: expected a fit as isoloss fit --json writes it, got a list. ${rewrite}`],
  ['{}', `f.json: expected a fit as isoloss fit --json writes it, got "{}". ${rewrite}`],
  [{}, `f.json, law: expected one of ${lawIds.join(', ')}, got nothing. ${rewrite}`],
  [{ law: 'kaplan9' }, `f.json, law: expected one of ${lawIds.join(', ')}, got "kaplan9". ${rewrite}`],
  [{ law: 'chinchilla' }, `f.json, params: expected an object with E, A, B, alpha, beta, got nothing. ${rewrite}`],
  [{ law: 'chinchilla', params: [1, 2] }, `f.json, params: expected an object with E, A, B, alpha, beta, got a list. ${rewrite}`],
  [withParams({ B: undefined }), `f.json, params.B: expected a number, got nothing. ${rewrite}`],
  [withParams({ B: '410.7' }), `f.json, params.B: expected a number, got "410.7". ${rewrite}`],
  [parsed(BROKEN), 'f.json, params.B: expected a number, got null. The fit ended without a finite one: take another fit.'],
  [withParams({ E: 0 }), `${allowed} E = 0. ${formula}`],
  [withParams({ A: -1, alpha: -0.1, beta: 0 }), `${allowed} A = -1 and alpha <= 0 and beta <= 0. ${formula}`],
])('refuses %j', (json, message) => {
  expect(() => truthOfFit(json, 'f.json')).toThrow(new InputError(message));
});

it.each(sizeLawIds)('is that of a fit of the law %s', (id) => {
  const law = lawById(id);
  const params = typicalParams(law);
  expect(truthOfFit({ law: id, params }, 'fit.json')).toEqual({ name: 'fit.json', law: id, params });
  const last = law.params.at(-1)!;
  expect(() => truthOfFit({ law: id, params: { ...params, [last]: -0.1 } }, 'f.json')).toThrow(`f.json: expected parameters that law ${id} allows, got ${last}`);
  const { [last]: _, ...lacking } = params;
  expect(() => truthOfFit({ law: id, params: lacking }, 'f.json')).toThrow(new InputError(`f.json, params.${last}: expected a number, got nothing. ${rewrite}`));
});
