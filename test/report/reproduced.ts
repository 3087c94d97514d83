/** Reproductions with everything that a report can say; the numbers are made up. */
import { compare } from '../../src/reproduce/comparison.ts';
import { missingSection, type Chart, type Reproduction } from '../../src/reproduce/reproduction.ts';

const COMPUTES = Array.from({ length: 41 }, (_, k) => 10 ** (18 + k / 5));

/** D/N against compute: two laws with bands, a dashed line, and points with bars. */
export const RATIOS: Chart = {
  name: 'ratios',
  title: 'Optimal tokens per parameter against training compute',
  caption: 'The law of the paper and of the refit, each with its 80 % band, and what was printed for nine sizes.',
  x: { title: 'C, training FLOPs', log: true },
  y: { title: 'D/N, tokens per parameter', log: true, range: [1, 1000] },
  series: [
    {
      name: 'published', mark: 'line', x: COMPUTES, y: COMPUTES.map((C) => 20 * (C / 1e18) ** 0.09),
      low: COMPUTES.map((C) => 18 * (C / 1e18) ** 0.08), high: COMPUTES.map((C) => 22 * (C / 1e18) ** 0.1),
    },
    {
      name: 'refit', mark: 'line', x: COMPUTES, y: COMPUTES.map((C) => 25 * (C / 1e18) ** -0.02),
      low: COMPUTES.map((C) => 20 * (C / 1e18) ** -0.06), high: COMPUTES.map((C) => 30 * (C / 1e18) ** 0.04),
    },
    { name: '20 tokens per parameter', mark: 'dashed', x: [1e18, 1e26], y: [20, 20] },
    { name: 'Table 3', mark: 'points', x: [1e19, 1e21, 1e23, 5.76e23], y: [20, 21, 22, 40], low: [15, 18, 20, 20], high: [25, 26, 30, 80] },
  ],
};

/** N against compute, with a point that has no place on the axes. */
export const SIZES: Chart = {
  name: 'sizes',
  title: 'N_opt against compute: a title that is so long that no narrow chart, and no wide one either, has room for it in a single line',
  caption: 'Lines of names that need a legend below the plot.',
  x: { title: 'C, training FLOPs', log: true },
  y: { title: 'N, parameters', log: true },
  series: [
    'closed form, constants as printed', 'closed form, constants of the TeX source', 'refit of the runs', 'Approach 1', 'Approach 2', 'Approach 3',
    'Approach 4', 'a name that is so long that a narrow chart has to break it into two lines',
  ].map((name, k) => ({
    name, mark: k % 3 === 2 ? 'points' as const : 'line' as const,
    x: COMPUTES.filter((_, i) => i % 5 === 0), y: COMPUTES.filter((_, i) => i % 5 === 0).map((C, i) => (i === 2 && k === 2 ? NaN : 0.1 * (1 + k / 4) * C ** 0.49)),
  })),
};

/** On linear axes: a line through points of the same name. */
export const RESIDUALS: Chart = {
  name: 'residuals',
  title: 'Error of <b>predictions</b>',
  caption: 'Both axes are linear.',
  x: { title: 'share of the runs' },
  y: { title: 'error, nats', range: [-0.1, 0.2] },
  series: [
    { name: 'error', mark: 'line', x: [0, 0.5, 1], y: [0.15, 0.02, -0.03] },
    { name: 'error', mark: 'points', x: [0, 0.5, 1], y: [0.14, 0.03, -0.03] },
  ],
};

const CLOSED = 'closed form, unrounded constants';
const REASON = 'the column follows from no constants that the paper gives, rounded or not, and neither from the runs that were read off its figures';

export const TABLE3: Reproduction = {
  id: 'table3',
  title: 'Optimal sizes and tokens for nine budgets',
  paper: 'Hoffmann et al. 2022, arXiv:2203.15556, Table 3',
  backend: { name: 'cpu', adapter: '2 threads' },
  seed: 7,
  seconds: 1.23,
  version: '0.1.0',
  sections: [
    {
      title: 'Table 3 three ways',
      data: 'published constants',
      comparisons: [
        compare({ quantity: 'D_opt, tokens', where: 'Table 3, 400M', published: 8e9, ours: 8.012e9, from: 'power laws through the printed rows', digits: 2 }),
        compare({ quantity: 'D_opt, tokens', where: 'Table 3, 400M', published: 8e9, ours: 9.79e9, from: CLOSED, digits: 2, otherwise: 'not reproducible', because: REASON }),
        compare({ quantity: 'training FLOPs', where: 'Table 3, 400M', published: 1.92e19, ours: 1.923e19, from: CLOSED, digits: 3 }),
        compare({
          quantity: 'training FLOPs of a model whose quantity has a name that needs more room than one line of the table has',
          where: 'Table A3, 175B, third column of numbers', published: 1.26e24, printed: '1.26e24 [sic]', ours: 1.2571e25, from: CLOSED, digits: 3,
          because: 'of a misprint: six times N times D is ten times what is printed',
        }),
        compare({ quantity: 'D_opt, tokens', where: 'Table A3, 1B', published: 2.71e10, ours: 2.91e10, from: CLOSED, digits: 3, otherwise: 'not reproducible', because: REASON }),
      ],
      findings: ['The printed rows lie on a power law of exponent 0.4981.', 'The column of Approach 3 does not follow from Eq. 10: its tokens for 400M are 1.22 times ours, and '
        + 'those for 1B are 1.07 times ours, whichever constants are taken.'],
      charts: [SIZES],
    },
    missingSection('Table 3 from Epoch\'s runs', 'Epoch\'s 240 runs', 'epoch'),
  ],
};

export const EPOCH: Reproduction = {
  ...TABLE3,
  id: 'epoch',
  title: 'A refit of Chinchilla\'s runs',
  paper: 'Besiroglu et al. 2024, arXiv:2404.10102',
  seconds: 12.3,
  sections: [
    {
      title: 'Tests of the published law',
      data: 'Epoch\'s 240 runs',
      comparisons: [
        compare({ quantity: 'E, nats per token', where: 'Table 1', published: 1.8172, ours: 1.817218, from: 'sum of Huber losses', digits: 5 }),
        compare({ quantity: 'p of the chi-square test', where: 'p. 5', published: 1e-51, printed: '< 1e-51', ours: 1.69e-49, from: 'sum of Huber losses', otherwise: 'unresolved', because: 'the paper does not say of which constants' }),
        compare({ quantity: 'offset', where: 'p. 5', published: -0.02, ours: 0.0213, from: 'sum of Huber losses', digits: 1 }),
      ],
      findings: [],
      charts: [RATIOS, RESIDUALS],
    },
  ],
};

export const REPRODUCTIONS: readonly Reproduction[] = [TABLE3, EPOCH];
