import { expect, it } from 'vitest';
import { frontier } from '../../src/plan/frontier.ts';
import { toJson } from '../../src/report/json.ts';
import { BOOTSTRAP, BROKEN, FIT } from './fixture.ts';

it('has these names, in this order', () => {
  const json = toJson(FIT);
  expect(Object.keys(json)).toEqual([
    'law', 'params', 'exponents', 'loss', 'objective', 'otherMinima', 'delta', 'points', 'computeRange', 'dropped', 'certificate', 'backend', 'starts',
    'seed', 'timings', 'frontier', 'sweep', 'notes', 'warnings', 'version',
  ]);
  expect(Object.keys(json.params)).toEqual(['E', 'A', 'B', 'alpha', 'beta']);
  expect(Object.keys(json.certificate)).toEqual([
    'gradientNorm', 'starts', 'startsAgreeing', 'outcomes', 'activeBounds', 'conditionNumber', 'verdict', 'reasons',
  ]);
});

it('tells descents begun about the minimum from starts, and warns of intervals, where there is such a thing', () => {
  const certificate = { ...FIT.certificate, startsAbout: 56, startsAboutAgreeing: 48, startsNear: 32 };
  const got = toJson({ ...FIT, certificate }, { bootstrap: { ...BOOTSTRAP, warnings: ['E lies at a bound.'] } });
  expect(Object.keys(got.certificate)).toEqual([
    'gradientNorm', 'starts', 'startsAgreeing', 'startsAbout', 'startsAboutAgreeing', 'startsNear', 'outcomes', 'activeBounds', 'conditionNumber', 'verdict', 'reasons',
  ]);
  expect([got.certificate.startsAbout, got.certificate.startsAboutAgreeing, got.certificate.startsNear]).toEqual([56, 48, 32]);
  expect(got.bootstrap!.warnings).toEqual(['E lies at a bound.']);
});

it('has every field of the fit, and the frontier', () => {
  const { frontier: points, ...rest } = JSON.parse(JSON.stringify(toJson(FIT)));
  expect(rest).toEqual(FIT);
  expect(points).toEqual(frontier('chinchilla', FIT.params, [1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26]));
});

it('has null for what is not finite, and no frontier where there is none', () => {
  const { params, exponents, certificate, frontier } = toJson(BROKEN);
  expect(params).toEqual({ E: 1.7, A: 1.06, B: null, alpha: -0.0002, beta: null });
  expect(exponents).toEqual({ a: null, b: null });
  expect([certificate.gradientNorm, certificate.conditionNumber]).toEqual([null, null]);
  expect(frontier).toEqual([]);
});

it.each([
  ['an exponent is negative', { ...FIT.params, alpha: -0.1 }],
  ['an optimum is beyond all numbers', { ...FIT.params, A: 1e300, alpha: 1e-3, beta: 1e-3 }],
])('has no frontier where %s', (_, params) => {
  expect(toJson({ ...FIT, params }).frontier).toEqual([]);
});

it('has the bootstrap after the frontier, and what was predicted', () => {
  const predict = [{ N: 7e10, D: 1.4e12 }];
  const json = toJson(FIT, { bootstrap: BOOTSTRAP, predict });
  expect(Object.keys(json)).toEqual(Object.keys(toJson(FIT)).toSpliced(16, 0, 'bootstrap', 'predictions'));
  expect(Object.keys(json.bootstrap!)).toEqual([
    'kind', 'replicates', 'requested', 'starts', 'failed', 'withoutOptimum', 'standardErrors', 'intervals', 'covariance', 'covarianceOf', 'seed', 'confidence',
    'interval', 'frontier', 'predictions', 'seconds',
  ]);
  const covariance = BOOTSTRAP.covariance.map((row) => row.map((value) => (value < Infinity ? value : null)));
  expect(json.bootstrap).toEqual({ ...BOOTSTRAP, covariance });
  expect(json.predictions).toEqual([{ ...predict[0], loss: expect.closeTo(1.97337, 4) }]);
});

it('has null for a spread that is not finite', () => {
  const bootstrap = { ...BOOTSTRAP, standardErrors: { E: NaN }, intervals: { E: [NaN, 2] as const } };
  const got = toJson(BROKEN, { bootstrap, predict: [{ N: 1e9, D: 1e10 }] });
  expect([got.bootstrap!.standardErrors, got.bootstrap!.intervals]).toEqual([{ E: null }, { E: [null, 2] }]);
  expect(got.predictions).toEqual([{ N: 1e9, D: 1e10, loss: null }]);
});
