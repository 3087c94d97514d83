/**
 * The closed form of the frontier, N_opt = G·(C/6)^a, D_opt = (C/6)^b/G and L = E + K·(C/6)^−γ, for five published sets of
 * constants, to every digit printed here: worked out outside the project from Hoffmann et al. 2022, arXiv:2203.15556,
 * Eq. 4. frontier.test.ts has the points of three of the sets.
 */
import { describe, expect, it } from 'vitest';
import { frontier, frontierExponents, type Params } from '../../src/plan/frontier.ts';
import { FRONTIERS, halfDigit } from '../support/published.ts';

interface Golden {
  readonly name: string;
  readonly params: Params;
  readonly constants: readonly [a: string, G: string, gamma: string, K: string];
}

/** Besiroglu et al. 2024, arXiv:2404.10102, fitted again to their 240 runs with δ = 1e-3: logs of A, B and E. */
const HUBER_240: Golden = {
  name: "Huber fit of Epoch's 240 runs",
  params: {
    E: Math.exp(0.5973068155130157), A: Math.exp(6.169246382596846), B: Math.exp(7.67015669985949),
    alpha: 0.347310499474942, beta: 0.3671724311850125,
  },
  constants: ['0.513900', '0.11320779', '0.178483', '1981.48'],
};

/** The exponents of de Vries 2023, as Sardana & Frankle 2024, arXiv:2401.00448, take them. */
const DE_VRIES: Golden = {
  name: 'de Vries, Sardana & Frankle',
  params: { E: 1.69, A: 406.4, B: 410.7, alpha: 0.336, beta: 0.283 },
  constants: ['0.457189', '1.2973474', '0.153616', '814.46'],
};

const GOLDENS: readonly Golden[] = [...FRONTIERS, HUBER_240, DE_VRIES];

/** a, G, γ and K, read off the frontier: at C = 6 N_opt is G and the loss E + K. */
function constantsOf(params: Params): [number, number, number, number] {
  const [six, high] = frontier('chinchilla', params, [6, 6e24]);
  const K = six.loss - params.E;
  return [frontierExponents('chinchilla', params).a, six.N, -Math.log10((high.loss - params.E) / K) / 24, K];
}

const agree = (value: number, text: string) => Math.abs(value - Number(text)) <= halfDigit(text);

describe.each(GOLDENS)('$name', ({ params, constants }) => {
  it('has the published a, G, γ and K, to every digit', () => {
    constantsOf(params).forEach((value, k) => { expect(agree(value, constants[k]!), `${constants[k]}: ${value}`).toBe(true); });
  });

  it('has them no more with alpha one unit of its fourth digit off', () => {
    const off = constantsOf({ ...params, alpha: params.alpha + 1e-4 });
    expect(off.map((value, k) => agree(value, constants[k]!))).toEqual([false, false, false, false]);
  });

  it('spends the budget, C = 6·N·D, and is flat there: no size beside it has a lower loss', () => {
    for (const { C, N, D, loss } of frontier('chinchilla', params, [1e18, 1e22, 1e26])) {
      expect(Math.abs((6 * N * D) / C - 1)).toBeLessThan(100 * 2 ** -53);
      const at = (n: number) => params.E + params.A / n ** params.alpha + params.B / (C / (6 * n)) ** params.beta;
      expect(Math.min(at(N * 1.01), at(N / 1.01))).toBeGreaterThan(loss);
    }
  });
});

it("has the points of the Huber fit of Epoch's runs", () => {
  const [low, gopher, high] = frontier('chinchilla', HUBER_240.params, [1e20, 5.76e23, 1e26]);
  const points = [[low.N, '8.550176e8'], [gopher.N, '7.319044e10'], [gopher.D, '1.311647e12'], [high.N, '1.036030e12']] as const;
  for (const [value, text] of points) expect(agree(value, text), `${text}: ${value}`).toBe(true);
});

it('has the tokens per parameter at the budget of Gopher: 92.65, 58.93 and 18.39; the 40B of the paper is of the unrounded constants', () => {
  const at = FRONTIERS.map(({ params }) => frontier('chinchilla', params, [5.76e23])[0]);
  at.forEach(({ N, D }, k) => { expect(agree(D / N, ['92.65', '58.93', '18.39'][k]!)).toBe(true); });
  expect(at.map(({ N }) => agree(N, '40e9'))).toEqual([false, true, false]);
});
