import { describe, expect, it } from 'vitest';
import { leastSquares } from '../../src/math/least-squares.ts';
import { countParameters } from '../../src/plan/architecture.ts';
import { aspectOfTableA9, nearestShapes } from '../../src/plan/shapes.ts';
import { refused } from './refusals.ts';
import { TABLE_A9 } from './table-a9.ts';

describe('the aspect of Table A9', () => {
  const logWidth = Float64Array.from(TABLE_A9, ([, width]) => Math.log(width));
  const logAspect = Float64Array.from(TABLE_A9, ([, width, , , , layers]) => Math.log(width / layers));

  it('is the line through its models, to the digits that are kept of it', () => {
    const { x: [intercept, slope] } = leastSquares([new Float64Array(TABLE_A9.length).fill(1), logWidth], logAspect);
    // Seven digits of the slope, half of 1e-7, times log 16384.
    for (const width of [512, 16_384]) expect(Math.abs(Math.log(aspectOfTableA9(width)) - intercept - slope * Math.log(width))).toBeLessThan(1e-6);
  });

  it('is within a factor 1.32 of that of each', () => {
    const factors = TABLE_A9.map(([, width, , , , layers]) => Math.exp(Math.abs(Math.log(width / layers / aspectOfTableA9(width)))));
    expect([Math.max(...factors) > 1.3, Math.max(...factors) < 1.32]).toEqual([true, true]);
  });
});

describe.each([1e8, 7e9, 70e9, 1e12])('of %d parameters', (N) => {
  const shapes = nearestShapes(N, {}, 8);

  it('there are shapes, nearest first, that say how far they are off', () => {
    expect([shapes.length >= 4, shapes.length <= 8]).toEqual([true, true]);
    const distances = shapes.map(({ error }) => Math.abs(Math.log1p(error)));
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    for (const { architecture, parameters, error } of shapes) {
      expect(parameters).toEqual(countParameters(architecture));
      expect(error).toBe(parameters.total / N - 1);
    }
    expect(Math.abs(shapes[0].error)).toBeLessThan(0.02);
  });

  it('they are of the family', () => {
    for (const { architecture: { width, layers, heads, headSize, feedForward, vocabulary }, aspect } of shapes) {
      expect([headSize, heads * headSize!, feedForward, vocabulary]).toEqual([width < 1280 ? 64 : 128, width, 4 * width, 32_000]);
      expect(aspect).toBe(width / layers);
      expect(Math.abs(Math.log(aspect / aspectOfTableA9(width)))).toBeLessThanOrEqual(Math.log(1.35));
    }
  });

  it('none of the family is nearer than the first', () => {
    const [{ architecture: { width, layers }, error }] = shapes;
    const others = [-1, 1].flatMap((step) => [countParameters({ layers: layers + step, width, heads: 1, vocabulary: 32_000 })]);
    for (const { total } of others) expect(Math.abs(Math.log(total / N))).toBeGreaterThan(Math.abs(Math.log1p(error)));
  });
});

/** Touvron et al. 2023, arXiv:2302.13971, Table 2: width 4096, 32 heads and layers for 6.7B; feed-forward 11,008 in its code. */
it('finds LLaMA 7B among its own', () => {
  const family = { common: { gated: true, tied: false, normVectors: 1 }, headSize: 128, widthMultiple: 1024 } as const;
  const [{ architecture }] = nearestShapes(6.738e9, family);
  expect(architecture).toMatchObject({ width: 4096, layers: 32, heads: 32, feedForward: 11_008 });
});

it('takes what the family has', () => {
  const shapes = nearestShapes(30e9, { group: 8, widthMultiple: 512, aspect: 128, within: 1.2, expansion: 3, vocabulary: 50_304, counted: 'withoutEmbeddings' });
  expect(shapes.length).toBeGreaterThan(0);
  for (const { architecture, parameters, error, aspect } of shapes) {
    const { width, heads, keyValueHeads, feedForward, vocabulary } = architecture;
    expect([width % 1024, keyValueHeads, feedForward, vocabulary]).toEqual([0, heads / 8, 3 * width, 50_304]);
    expect([aspect >= 128 / 1.2, aspect <= 128 * 1.2]).toEqual([true, true]);
    expect(error).toBe(parameters.withoutEmbeddings / 30e9 - 1);
  }
});

it('takes heads that do not fill the width, as some of Table A9 do', () => {
  const wanted = countParameters({ layers: 36, width: 2688, heads: 22, headSize: 128, feedForward: 10_752, vocabulary: 32_000 });
  const shapes = nearestShapes(wanted.total, { heads: 22, headSize: 128 }, 3);
  expect(shapes[0]!.architecture).toMatchObject({ layers: 36, width: 2688, heads: 22, headSize: 128, feedForward: 10_752 });
  expect(shapes[0]!.error).toBe(0);
  expect(shapes.every(({ architecture: { heads } }) => heads === 22)).toBe(true);
  const widths = nearestShapes(4e9, { heads: 7, widthMultiple: 384 }).map(({ architecture }) => architecture.width % 384);
  expect([widths.length > 0, new Set(widths)]).toEqual([true, new Set([0])]);
  expect(nearestShapes(4e9, { heads: 7, group: 2 })).toEqual([]);
});

it('rounds the feed-forward width up to a multiple of 256', () => {
  const widths = nearestShapes(1e9, { expansion: 2.7 }).map(({ architecture: { width, feedForward } }) => [feedForward! % 256, feedForward! - 2.7 * width]);
  for (const [rest, more] of widths) expect([rest, more >= 0, more < 256]).toEqual([0, true, true]);
});

it('there is none where all are more than twice as large', () => {
  expect(nearestShapes(1000)).toEqual([]);
});

refused([
  ['N', () => nearestShapes(0), `expected positive parameters such as 7e9, at most ${1e18}, got 0.`],
  ['N', () => nearestShapes(1e19), `expected positive parameters such as 7e9, at most ${1e18}, got ${1e19}.`],
  ['count', () => nearestShapes(1e9, {}, 0), 'expected a whole number of shapes, 1 or more, got 0.'],
  ['headSize', () => nearestShapes(1e9, { headSize: 0.5 }), 'expected a whole number of dimensions, 1 or more, got 0.5.'],
  ['heads', () => nearestShapes(1e9, { heads: 1.5 }), 'expected a whole number of heads, 1 or more, got 1.5.'],
  ['group', () => nearestShapes(1e9, { group: 0 }), 'expected a whole number of heads, 1 or more, got 0.'],
  ['widthMultiple', () => nearestShapes(1e9, { widthMultiple: -1 }), 'expected a whole number of dimensions, 1 or more, got -1.'],
  ['aspect', () => nearestShapes(1e9, { aspect: 0 }), 'expected positive width/layers such as 100, got 0.'],
  ['within', () => nearestShapes(1e9, { within: NaN }), 'expected a factor of 1 or more such as 1.35, got NaN.'],
  ['within', () => nearestShapes(1e9, { within: 0.9 }), 'expected a factor of 1 or more such as 1.35, got 0.9.'],
  ['expansion', () => nearestShapes(1e9, { expansion: 0 }), 'expected positive feed-forward width over width such as 4, got 0.'],
  ['vocabulary', () => nearestShapes(1e9, { vocabulary: 0 }), 'expected a whole number of tokens, 1 or more, got 0.'],
]);
