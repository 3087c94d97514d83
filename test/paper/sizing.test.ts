import { expect, it } from 'vitest';
import { publishedDecay, publishedRules } from '../../src/paper/sizing.ts';
import { valueOfEpochs } from '../../src/plan/repetition.ts';
import { halfDigit } from '../support/published.ts';

const [chinchilla, kaplan] = publishedRules;

it('the rule of Chinchilla has 20 tokens a parameter', () => {
  const { N, D } = chinchilla!.size(5.88e23);
  expect([Math.round(N / 1e9), D / N]).toEqual([70, 20]);
});

/** Hoffmann et al. 2022, §D.4: the model that Kaplan et al. suggest for 1e21 FLOPs. */
it("Kaplan's rule is as Hoffmann et al. read it", () => {
  const { N, D } = kaplan!.size(1e21);
  expect(Math.abs(N - 4.68e9)).toBeLessThanOrEqual(halfDigit('4.68e9'));
  expect(6 * N * D).toBeCloseTo(1e21, -8);
});

/** 93.1 % of the value of fresh data at 4 epochs, by the published R_D*. */
it('four epochs are worth what the published fit says', () => {
  expect(Math.abs(valueOfEpochs(4, publishedDecay.tokens).share - 0.931)).toBeLessThanOrEqual(halfDigit('0.931'));
  expect(Math.abs(valueOfEpochs(4, publishedDecay.parameters).share - 0.931)).toBeGreaterThan(0.01);
});
