/** The frontier of the Chinchilla law: the closed form against its constants, and against a search for the minimum. */
import { describe, expect, it } from 'vitest';
import { chinchilla as law } from '../../src/laws/chinchilla.ts';
import { FRONTIERS, halfDigit } from '../support/published.ts';

describe.each(FRONTIERS)('with the constants of $name', ({ params, constants, rows }) => {
  const { E, A, B, alpha, beta } = params;
  const natural = [E, A, B, alpha, beta];
  const lossOf = (N: number, D: number) => E + A / N ** alpha + B / D ** beta;
  const along = (C: number) => (logN: number) => lossOf(Math.exp(logN), C / (6 * Math.exp(logN)));

  it('has the published exponent, G, γ and K', () => {
    const { a, b } = law.frontier.exponents(natural);
    const { N: G, D } = law.frontier.allocate(natural, 6); // where C/6 = 1
    const K = lossOf(G, D) - E;
    const { N, D: tokens } = law.frontier.allocate(natural, 6e20);
    const gamma = -Math.log((lossOf(N, tokens) - E) / K) / Math.log(1e20);
    [a, G, gamma, K].forEach((value, k) => {
      expect(Math.abs(value - Number(constants[k]))).toBeLessThanOrEqual(halfDigit(constants[k]));
    });
    expect(a + b).toBeCloseTo(1, 15);
  });

  it.each(rows)('spends %d FLOPs on N = %s and D = %s', (C, N, D) => {
    const got = law.frontier.allocate(natural, C);
    expect(Math.abs(got.N - Number(N))).toBeLessThanOrEqual(halfDigit(N));
    expect(Math.abs(got.D - Number(D))).toBeLessThanOrEqual(halfDigit(D));
  });

  it.each([1e18, 5.76e23, 1e28])('lies where the loss along 6ND = %d is lowest', (C) => {
    const { N, D } = law.frontier.allocate(natural, C);
    // Exponents of log(C/6) ≈ 60 are rounded to 60u.
    expect(Math.abs((6 * N * D) / C - 1)).toBeLessThan(200 * 2 ** -53);
    // A minimum is seen to √(2uL/L″) in log N: L < 4 and L″ > 2e-3 here, which makes it 7e-7 at most.
    expect(Math.abs(goldenSection(along(C), Math.log(1e3), Math.log(1e20)) - Math.log(N))).toBeLessThan(1e-6);
    const loss = along(C)(Math.log(N));
    expect(along(C)(Math.log(N) + 1e-3)).toBeGreaterThan(loss);
    expect(along(C)(Math.log(N) - 1e-3)).toBeGreaterThan(loss);
  });
});

function goldenSection(f: (x: number) => number, low: number, high: number): number {
  const shrink = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-9) {
    const [left, right] = [high - shrink * (high - low), low + shrink * (high - low)];
    if (f(left) < f(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
