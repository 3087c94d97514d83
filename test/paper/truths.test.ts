import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { lawById } from '../../src/laws/registry.ts';
import { publishedTruth, publishedTruthIds } from '../../src/paper/truths.ts';
import { frontier, predictLoss } from '../../src/plan/frontier.ts';
import { truthWith } from '../../src/simulate/truth.ts';
import { FRONTIERS, halfDigit } from '../support/published.ts';

type Params = Readonly<Record<string, number>>;
const paramsOf = (id: string): Params => publishedTruth(id).params;
/** The digits of each constant, as they were printed. */
const printed = (params: Params, digits: Readonly<Record<string, number>>) =>
  Object.entries(digits).map(([name, count]) => params[name]!.toFixed(count));
const tokens = (params: Params, C: number) => frontier('chinchilla', params, [C])[0]!.D;

it('has an id for each, named by its source', () => {
  expect(Object.fromEntries(publishedTruthIds.map((id) => [id, publishedTruth(id).name]))).toEqual({
    hoffmann: 'Hoffmann et al. 2022, Eq. 10, unrounded',
    'hoffmann-rounded': 'Hoffmann et al. 2022, Eq. 10, as printed',
    besiroglu: 'Besiroglu et al. 2024, Table 1',
    'besiroglu-unrounded': 'Besiroglu et al. 2024, notebook, unrounded',
    muennighoff: 'Muennighoff et al. 2023, C4, one epoch',
    'gadre-c4': 'Gadre et al. 2024, C4',
    'gadre-redpajama': 'Gadre et al. 2024, RedPajama',
    'gadre-refinedweb': 'Gadre et al. 2024, RefinedWeb',
    'czech-symmetric': 'Czech et al. 2026, symmetric surface',
    'czech-asymmetric': 'Czech et al. 2026, asymmetric surface',
  });
});

it.each(publishedTruthIds)('%s has the parameters of its law, in order, all of them allowed', (id) => {
  const { name, law, params } = publishedTruth(id);
  expect(Object.keys(params)).toEqual(lawById(law).params);
  expect(truthWith(lawById(law), Object.values(params), name, id)).toEqual(publishedTruth(id));
});

it.each(['kaplan', '', 'toString'])('refuses %j, and says what there is', (id) => {
  expect(() => publishedTruth(id)).toThrow(new InputError(
    'truth: expected one of hoffmann, hoffmann-rounded, besiroglu, besiroglu-unrounded, muennighoff, gadre-c4, ' +
      `gadre-redpajama, gadre-refinedweb, czech-symmetric, czech-asymmetric, got "${id}".`));
});

describe('frontiers worked out elsewhere', () => {
  const ids = ['hoffmann-rounded', 'hoffmann', 'besiroglu'];
  const agrees = (id: string, rows: (typeof FRONTIERS)[number]['rows']) => rows.every(([C, N, D, loss]) => {
    const [point] = frontier('chinchilla', paramsOf(id), [C]);
    // Half a unit of the last printed digit is what rounding leaves.
    return Math.abs(point!.N - Number(N)) <= halfDigit(N) && Math.abs(point!.D - Number(D)) <= halfDigit(D) &&
      Math.abs(point!.loss - Number(loss)) <= halfDigit(loss);
  });

  it.each(ids.map((id, k) => [id, FRONTIERS[k]!] as const))('are those of %s, and of no other', (id, { rows }) => {
    expect(publishedTruthIds.filter((candidate) => agrees(candidate, rows))).toEqual([id]);
  });

  it('of Muennighoff at the FLOPs of Gopher: 70.0B on 1.37T', () => {
    const point = frontier('chinchilla', paramsOf('muennighoff'), [5.76e23])[0]!;
    expect([point.N.toExponential(5), point.D.toExponential(5)]).toEqual(['6.99622e+10', '1.37217e+12']);
  });

  it('of the surfaces of Czech et al. at 1e24 FLOPs', () => {
    expect(tokens(paramsOf('czech-symmetric'), 1e24).toExponential(5)).toBe('4.08248e+11');
    expect(tokens(paramsOf('czech-asymmetric'), 1e24).toExponential(6)).toBe('4.510334e+16');
    expect(tokens({ ...paramsOf('czech-asymmetric'), A: 400, B: 400 }, 1e24).toExponential(6)).not.toBe('4.510334e+16');
  });
});

describe('constants', () => {
  it('of the notebook of Besiroglu et al. have the digits that it prints, and E is not that of Table 1', () => {
    const params = paramsOf('besiroglu-unrounded');
    expect(printed(params, { A: 5, B: 5, E: 5, alpha: 5, beta: 5 })).toEqual(['482.00572', '2085.43420', '1.81686', '0.34781', '0.36585']);
    expect(printed(params, { A: 2, B: 2, alpha: 4 })).toEqual(printed(paramsOf('besiroglu'), { A: 2, B: 2, alpha: 4 }));
    expect(params.E!.toFixed(4)).not.toBe(paramsOf('besiroglu').E!.toFixed(4));
  });

  it('of Muennighoff et al. have the digits that the paper prints', () => {
    expect(printed(paramsOf('muennighoff'), { E: 2, A: 0, B: 0, alpha: 3, beta: 3 })).toEqual(['1.87', '521', '1488', '0.353', '0.353']);
  });

  it.each([
    ['gadre-c4', '141.28', '189.52'], ['gadre-redpajama', '212.24', '366.69'], ['gadre-refinedweb', '157.12', '246.21'],
  ])('of %s are a and b of the paper\'s form, A = a·6^−η and B = b·6^−η', (id, a, b) => {
    const { A, B, alpha, beta } = paramsOf(id) as Record<'A' | 'B' | 'alpha' | 'beta', number>;
    expect([(A * 6 ** (alpha / 2)).toFixed(2), (B * 6 ** (beta / 2)).toFixed(2)]).toEqual([a, b]);
  });
});

/** Runs of 1.4B parameters, trained far beyond those that were fitted: tokens, and the loss that was measured. */
describe.each([
  ['gadre-c4', 115_183_616_000, 2.472413],
  ['gadre-redpajama', 921_468_928_000, 2.502054],
  ['gadre-refinedweb', 460_734_464_000, 2.531393],
])('%s and a run it was not fitted to', (id, D, measured) => {
  const N = 1_439_795_200;
  const error = (params: Params) => Math.abs(predictLoss('chinchilla', params, { N, D }) / measured - 1);

  it('agree within the 2 % by which such laws extrapolate, which tells A from B', () => {
    const params = paramsOf(id);
    expect(error(params)).toBeLessThan(0.02);
    expect(error({ ...params, A: params.B!, B: params.A! })).toBeGreaterThan(0.02);
  });
});

it('the error that Gadre et al. report at 1.4B parameters and 640 tokens each is had again: 0.7103 %', () => {
  const loss = predictLoss('chinchilla', paramsOf('gadre-redpajama'), { N: 1_439_795_200, D: 921_468_928_000 });
  expect((100 * Math.abs(loss / 2.502053562117363 - 1)).toFixed(4)).toBe('0.7103');
});
