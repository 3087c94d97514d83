import { describe, expect, it } from 'vitest';
import { countParameters } from '../../src/plan/architecture.ts';
import { approximateFlops, flopsDone, forwardFlops, quadraticContext, trainingFlops } from '../../src/plan/flops.ts';
import { halfDigit } from '../support/published.ts';
import { refused } from './refusals.ts';
import { off } from './sardana.ts';
import { chinchillaShape, TABLE_A9 } from './table-a9.ts';

const ROUNDING = 16 * 2 ** -53;

/** Hoffmann et al. 2022, arXiv:2203.15556, Table A4: models of Table A9, and counted FLOPs over 6·N·D. */
const TABLE_A4: readonly (readonly [millions: number, ratio: string])[] = [
  [74, '1.03'], [306, '1.10'], [552, '1.08'], [1143, '1.04'], [1593, '1.03'], [6796, '0.99'],
];

describe.each(TABLE_A4)('the model of %i million parameters in Table A4', (millions, printed) => {
  const shape = chinchillaShape(TABLE_A9.find(([size]) => size === millions)!);
  const { projections, attention, feedForward, softmax, logits, embeddings } = forwardFlops(shape, { context: 2048 });
  const ratio = (flops: number) => (3 * flops) / (6 * countParameters(shape).total);

  it('has the printed ratio by its layers and softmax', () => {
    expect(Math.abs(ratio(projections + attention + feedForward + softmax) - Number(printed))).toBeLessThanOrEqual(halfDigit(printed));
  });

  it('has not with logits, or embeddings too, nor where only positions before a token count', () => {
    const layers = projections + attention + feedForward + softmax;
    for (const flops of [layers + logits, layers + logits + embeddings, layers - attention / 2]) {
      expect(Math.abs(ratio(flops) - Number(printed))).toBeGreaterThan(halfDigit(printed));
    }
  });
});

/** Narayanan et al. 2021, arXiv:2104.04473, Eq. 3, for one token of GPT-3's shape. */
it('is the published closed form, with full recomputation', () => {
  const [layers, d, s, V] = [96, 12_288, 2048, 51_200];
  const closed = 96 * layers * d ** 2 * (1 + s / (6 * d) + V / (16 * layers * d));
  const gpt = { layers, width: d, heads: 96, vocabulary: V };
  expect(off(trainingFlops(gpt, { D: 1, context: s, recompute: true }), closed)).toBeLessThan(ROUNDING);
  expect(off(trainingFlops(gpt, { D: 1, context: s }), closed)).toBeGreaterThan(0.2);
});

/**
 * Chowdhery et al. 2022, arXiv:2204.02311, appendix B: attention adds 12·layers·heads·size·context to 6·N. And loosely, as others
 * quote it, the MFU is 45.7 % without and 46.2 % with attention.
 */
it("is the attention that PaLM's utilisation counts", () => {
  const palm = { layers: 118, width: 18_432, heads: 48, keyValueHeads: 1, headSize: 256, feedForward: 73_728, gated: true, vocabulary: 256_000 };
  const attention = 3 * forwardFlops(palm, { context: 2048 }).attention;
  expect(attention).toBe(12 * 118 * 48 * 256 * 2048);
  expect(Math.abs(0.457 * (1 + attention / approximateFlops({ N: 540e9, D: 1 })) - 0.462)).toBeLessThan(0.0005);
});

describe('of a small model', () => {
  const shape = { layers: 3, width: 256, heads: 4, keyValueHeads: 2, headSize: 32, feedForward: 1024, gated: true, vocabulary: 1000 };

  it('each part is twice its matrices', () => {
    const flops = forwardFlops(shape, { context: 10 });
    expect(flops).toEqual({
      projections: 3 * 2 * (256 * 128 + 2 * 256 * 64 + 128 * 256), attention: 3 * 2 * (10 * 128 + 10 * 128), feedForward: 3 * 2 * 3 * 256 * 1024,
      logits: 2 * 256 * 1000, total: flops.projections + flops.attention + flops.feedForward + flops.logits, softmax: 3 * 3 * 4 * 10, embeddings: 2 * 256 * 1000,
    });
    const { attention, feedForward } = countParameters(shape);
    expect([flops.projections, flops.feedForward]).toEqual([2 * attention, 2 * feedForward]);
  });

  it('what attention takes of a sequence is quadratic in its length', () => {
    const ofSequence = (context: number) => context * forwardFlops(shape, { context }).attention;
    expect(ofSequence(8192) / ofSequence(1024)).toBe(64);
    expect(forwardFlops(shape, { context: 8192 }).logits).toBe(forwardFlops(shape, { context: 1024 }).logits);
  });

  it('a token sees half of the context on average', () => {
    expect(forwardFlops(shape, { context: 99, causal: true }).attention).toBe(forwardFlops(shape, { context: 50 }).attention);
  });

  it.each([false, true])('at one context attention takes half of it, causal: %s', (causal) => {
    const context = quadraticContext(shape, causal);
    const [below, above] = [Math.floor(context), Math.ceil(context)].map((whole) => {
      const { attention, total } = forwardFlops(shape, { context: whole, causal });
      return attention / total;
    });
    expect([below <= 0.5, above >= 0.5, above - below < 0.01]).toEqual([true, true, true]);
  });

  it('attention is half of training at the quadratic context, with recomputation too', () => {
    for (const recompute of [false, true]) {
      const context = 1e7;
      const { attention } = forwardFlops(shape, { context });
      // The rest does not grow with the context: what is left of training at a long one.
      const rest = trainingFlops(shape, { D: 1, context, recompute }) - (recompute ? 4 : 3) * attention;
      const half = (rest / ((recompute ? 4 : 3) * attention)) * context;
      expect(off(quadraticContext(shape, false, recompute), half)).toBeLessThan(1e-8); // rest is 1e-4 of the difference or more
    }
  });

  it('training is three times forward, and its layers once more where they are recomputed', () => {
    const { total, logits } = forwardFlops(shape, { context: 128 });
    expect(trainingFlops(shape, { D: 1e6, context: 128 })).toBe(3e6 * total);
    expect(trainingFlops(shape, { D: 1e6, context: 128, recompute: true })).toBe(1e6 * (4 * total - logits));
  });
});

it('is 6 FLOPs a parameter and token, 8 with full recomputation', () => {
  expect(approximateFlops({ N: 70e9, D: 1.4e12 })).toBe(5.88e23);
  expect(approximateFlops({ N: 70e9, D: 1.4e12 }, true)).toBe(7.84e23);
  expect([flopsDone({}), flopsDone({ recompute: true }) * 5.88e23]).toEqual([1, 7.84e23]);
});

const shape = { layers: 1, width: 64, heads: 1, vocabulary: 10 };
refused([
  ['context', () => forwardFlops(shape, { context: 0 }), 'expected a whole number of tokens, 1 or more, got 0.'],
  ['context', () => forwardFlops(shape, { context: 1.5, causal: true }), 'expected a whole number of tokens, 1 or more, got 1.5.'],
  ['D', () => trainingFlops(shape, { D: -1, context: 8 }), 'expected positive training tokens such as 1e12, got -1.'],
  ['width', () => quadraticContext({ ...shape, width: NaN }), 'expected a whole number of dimensions, 1 or more, got NaN.'],
]);
