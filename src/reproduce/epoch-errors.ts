/** Besiroglu et al. 2024, how sure their estimates are: standard errors, intervals and covariance from resamples. */
import { intervalOf, covarianceOf, deviation } from '../stats/intervals.ts';
import { BESIROGLU_ERRORS, BESIROGLU_NOTEBOOK, BESIROGLU_RUNS } from '../paper/besiroglu-results.ts';
import { BESIROGLU } from '../paper/besiroglu.ts';
import { EQ10 } from '../paper/hoffmann.ts';
import { printed } from '../paper/printed.ts';
import { compare, type Comparison } from './comparison.ts';
import { NAMES, type Fitted } from './epoch-fits.ts';
import { deviationTolerance, quantileTolerance } from './monte-carlo.ts';
import { comparePrinted } from './printed.ts';
import type { Chart, Section } from './reproduction.ts';
import { inWords } from './words.ts';

const { resamples: THEIRS } = BESIROGLU_NOTEBOOK;
const BECAUSE = 'the resamples are others';

export function errorsSection({ sweep, huber, resamples }: Fitted): Section {
  const { length: count } = resamples['a'];
  const from = `${count} resamples of the ${sweep.loss.length} runs, each fitted by the Huber loss`;
  return {
    title: 'Standard errors, intervals and covariance',
    data: from,
    comparisons: [
      ...NAMES.map((name) => compareError(name, 'Table 1, second-hand', BESIROGLU_ERRORS[name], resamples[name], from)),
      ...[...NAMES, 'a' as const].map((name) => compareError(name, 'notebook', BESIROGLU_NOTEBOOK.errors[name], resamples[name], from)),
      ...NAMES.flatMap((name) => compareInterval(name, resamples[name], from)),
      compareWidth(resamples['a'], from),
    ],
    findings: findings(resamples),
    charts: [cloud(huber, resamples)],
  };
}

/** A standard error beside the spread of our resamples. */
export function compareError(name: string, where: string, text: string, values: Float64Array, from: string): Comparison {
  return comparePrinted(text, {
    quantity: `standard error of ${name}`, where, ours: deviation(values), from, tolerance: deviationTolerance(values, THEIRS), because: BECAUSE,
  });
}

function compareInterval(name: (typeof NAMES)[number], values: Float64Array, from: string): Comparison[] {
  const ends = intervalOf(values, NaN, 0.95, 'percentile');
  return BESIROGLU_NOTEBOOK.intervals[name].map((text, k) => comparePrinted(text, {
    quantity: `${k === 0 ? 'lower' : 'upper'} end of the 95 % interval of ${name}`, where: 'notebook', ours: ends[k], from,
    tolerance: quantileTolerance(values, k === 0 ? TAIL : 1 - TAIL, THEIRS) / printed(text).value, because: BECAUSE,
  }));
}

/** Of a 95 % interval. */
const TAIL = (1 - 0.95) / 2;

function compareWidth(a: Float64Array, from: string): Comparison {
  const [low, high] = intervalOf(a, NaN, 0.8, 'percentile');
  return compare({
    quantity: 'width of the 80 % interval of a', where: 'text, second-hand', published: BESIROGLU_RUNS.width, ours: high - low, from, digits: 2,
    tolerance: deviationTolerance(a, THEIRS), because: BECAUSE,
  });
}

/** Columns of (ln A, ln B, ln E, alpha, beta), as their notebook writes the constants. */
export function logColumns(resamples: Fitted['resamples']): { readonly names: readonly string[]; readonly columns: readonly Float64Array[] } {
  return {
    names: ['ln A', 'ln B', 'ln E', 'alpha', 'beta'],
    columns: NAMES.map((name) => (name === 'alpha' || name === 'beta' ? resamples[name] : resamples[name].map(Math.log))),
  };
}

function findings(resamples: Fitted['resamples']): string[] {
  const { names, columns } = logColumns(resamples);
  const covariance = columns.map((p) => columns.map((q) => covarianceOf(p, q)));
  const correlation = (i: number, j: number) => covariance[i][j] / Math.sqrt(covariance[i][i] * covariance[j][j]);
  const pairs = names.flatMap((_, i) => names.slice(0, i).map((__, j) => [i, j] as const));
  return [
    `The paper prints no covariance. Ours, of (${names.join(', ')}), the rows of the lower triangle: ` +
      `${covariance.map((row, i) => row.slice(0, i + 1).map((value) => value.toExponential(2)).join(' ')).join('; ')}.`,
    `Correlations: ${pairs.map(([i, j]) => `${names[j]} and ${names[i]} ${correlation(i, j).toFixed(4)}`).join(', ')}. ` +
      'A moves with alpha, and B with beta, almost exactly: neither is as unsure as its own standard error says once the other is given.',
    `B has the longest tail: its standard error is ${inWords(deviation(resamples['B']))}, and that of ln B ${inWords(deviation(columns[1]))}.`,
  ];
}

const SHOWN = 250;

function cloud(huber: Fitted['huber'], resamples: Fitted['resamples']): Chart {
  const first = (name: string) => Array.from(resamples[name].subarray(0, SHOWN));
  const { length } = first('alpha');
  return {
    name: 'resampled-exponents',
    title: 'Exponents in resamples of Epoch\'s runs',
    caption: `The first ${length} resamples, each fitted by the Huber loss.`,
    x: { title: 'alpha' },
    y: { title: 'beta' },
    series: [
      { name: 'resamples', mark: 'points', x: first('alpha'), y: first('beta') },
      { name: 'Huber fit', mark: 'points', x: [huber['alpha']], y: [huber['beta']] },
      { name: 'Besiroglu et al., Table 1', mark: 'points', x: [BESIROGLU.alpha], y: [BESIROGLU.beta] },
      { name: 'Hoffmann et al., Eq. 10', mark: 'points', x: [EQ10.alpha], y: [EQ10.beta] },
    ],
  };
}
