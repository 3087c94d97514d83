import { describe, expect, it } from 'vitest';
import { countParameters } from '../../src/plan/architecture.ts';
import { TABLE_A9_MILLIONS } from '../../src/paper/hoffmann.ts';
import { refused } from './refusals.ts';
import { chinchillaShape, TABLE_A9 } from './table-a9.ts';

/**
 * Biderman et al. 2023, arXiv:2304.01373, and the model cards of its authors: parameters without embeddings, exactly. Layer norms
 * that scale and shift, biases everywhere, feed-forward 4·width.
 */
const PYTHIA: readonly (readonly [layers: number, width: number, heads: number, withoutEmbeddings: number])[] = [
  [6, 512, 8, 18_915_328], [12, 768, 12, 85_056_000], [24, 1024, 16, 302_311_424], [16, 2048, 8, 805_736_448],
  [24, 2048, 16, 1_208_602_624], [32, 2560, 32, 2_517_652_480],
];

describe('Pythia', () => {
  const shape = { vocabulary: 50_304, tied: false, normVectors: 2, biases: true } as const;

  it.each(PYTHIA)('%i layers of width %i with %i heads have %i parameters', (layers, width, heads, withoutEmbeddings) => {
    const count = countParameters({ ...shape, layers, width, heads });
    expect(count.withoutEmbeddings).toBe(withoutEmbeddings);
    expect(count.total).toBe(withoutEmbeddings + 2 * 50_304 * width);
    expect(countParameters({ ...shape, layers, width, heads, biases: false }).withoutEmbeddings).not.toBe(withoutEmbeddings);
  });
});

describe('Table A9', () => {
  it('is the one whose sizes the paper folder has', () => {
    expect(TABLE_A9.map(([millions]) => millions)).toEqual(TABLE_A9_MILLIONS);
  });

  it('is counted to 0.8 %, and to what norms and biases take and rounding to a million leaves', () => {
    for (const row of TABLE_A9) {
      const [millions, width, , , , layers] = row;
      const short = millions * 1e6 - countParameters(chinchillaShape(row)).total;
      expect(Math.abs(short) / (millions * 1e6)).toBeLessThan(0.008_03);
      // Two norms of 2d, biases of 9d: 13 vectors a layer.
      expect(short).toBeGreaterThan(-0.5e6);
      expect(short).toBeLessThan(0.5e6 + 13 * layers * width);
    }
  });

  it('is counted 5 to 8 % short without relative positions', () => {
    const errors = TABLE_A9.map((row) => 1 - countParameters({ ...chinchillaShape(row), relativePositions: false }).total / (row[0] * 1e6));
    expect([Math.min(...errors) > 0.045, Math.max(...errors) < 0.08]).toEqual([true, true]);
  });
});

/** The matrices of a layer, one by one, of a shape that has them all: grouped, gated, untied. */
it('adds up the matrices', () => {
  const [d, k, h, g, f, V, layers] = [4096, 128, 32, 8, 14_336, 128_256, 32];
  const matrices = [[d, h * k], [d, g * k], [d, g * k], [h * k, d], [d, f], [d, f], [f, d]];
  const sum = matrices.reduce((total, [rows, columns]) => total + rows * columns, 0);
  const count = countParameters({ layers, width: d, heads: h, keyValueHeads: g, feedForward: f, gated: true, vocabulary: V, tied: false, normVectors: 1 });
  expect(count).toEqual({
    attention: layers * (2 * d * h * k + 2 * d * g * k), feedForward: layers * 3 * d * f, norms: (2 * layers + 1) * d, biases: 0,
    embeddings: 2 * V * d, withoutEmbeddings: layers * sum + (2 * layers + 1) * d, total: layers * sum + (2 * layers + 1) * d + 2 * V * d,
  });
});

/** Kaplan et al. 2020, arXiv:2001.08361, §2.1: 12·layers·d² without embeddings. */
it("is Kaplan's count where heads fill the width", () => {
  expect(countParameters({ layers: 48, width: 1600, heads: 25, vocabulary: 50_257 }).withoutEmbeddings).toBe(12 * 48 * 1600 ** 2);
});

it('biases of a grouped, gated shape have the width of what they are added to', () => {
  const count = countParameters({ layers: 2, width: 256, heads: 4, keyValueHeads: 2, feedForward: 512, gated: true, vocabulary: 10, biases: true });
  expect(count.biases).toBe(2 * (256 + 128 + 128 + 256 + 512 + 512 + 256));
});

refused([
  ['layers', () => countParameters({ layers: 0, width: 512, heads: 8, vocabulary: 10 }), 'expected a whole number of layers, 1 or more, got 0.'],
  ['headSize', () => countParameters({ layers: 1, width: 512, heads: 7, vocabulary: 10 }), `expected a whole number of dimensions, 1 or more, got ${512 / 7}.`],
  ['vocabulary', () => countParameters({ layers: 1, width: 512, heads: 8, vocabulary: NaN }), 'expected a whole number of tokens, 1 or more, got NaN.'],
  ['keyValueHeads', () => countParameters({ layers: 1, width: 512, heads: 8, keyValueHeads: 1.5, vocabulary: 10 }), 'expected a whole number of heads, 1 or more, got 1.5.'],
]);
