/** Besiroglu et al. 2024, their tests: could the runs come from the law of Hoffmann et al.? */
import { logChiSquaredTail } from '../math/chi-squared.ts';
import { huber as huberLoss } from '../math/huber.ts';
import { choleskyDamped, choleskySolve, packedIndex, packedLength } from '../math/packed.ts';
import { quantilesOf } from '../math/quantile.ts';
import { studentTails } from '../math/student.ts';
import { BESIROGLU_NOTEBOOK, BESIROGLU_P, BESIROGLU_TEXT } from '../paper/besiroglu-results.ts';
import { EQ10, EQ10_ROUNDED } from '../paper/hoffmann.ts';
import { printed } from '../paper/printed.ts';
import type { Params } from '../plan/frontier.ts';
import { huberLikelihood } from '../stats/huber-likelihood.ts';
import { covarianceOf, deviation } from '../stats/intervals.ts';
import type { Sweep } from '../types.ts';
import { compare, type Comparison, type ComparisonInput } from './comparison.ts';
import { logColumns } from './epoch-errors.ts';
import { DELTA, NAMES, residualsAt, type EpochFits, type Fitted } from './epoch-fits.ts';
import { deviationTolerance, varianceTolerance } from './monte-carlo.ts';
import { comparePrinted } from './printed.ts';
import type { Section } from './reproduction.ts';
import { percent } from './words.ts';

const { resamples: THEIRS, chiSquared: CHI_SQUARED, likelihood: LIKELIHOOD } = BESIROGLU_NOTEBOOK;
const DEGREES = NAMES.length;

export function testsSection({ kept, all }: EpochFits): Section {
  const joint = chiSquared(kept, EQ10);
  const runs = kept.sweep.loss.length;
  return {
    title: 'Tests against Hoffmann et al.',
    data: `Epoch's ${runs} and ${all.sweep.loss.length} runs, ${kept.resamples['a'].length} resamples; the constants of Hoffmann et al. are what is tested`,
    comparisons: [
      ...jointTest(joint, kept),
      ...NAMES.map((name) => singleTest(name, kept)),
      ...likelihoods(kept.sweep, kept.absolute, LIKELIHOOD.kept),
      ...likelihoods(all.sweep, kept.absolute, LIKELIHOOD.all),
      ...below(kept),
    ],
    findings: findings(kept, joint),
    charts: [],
  };
}

/** (x − h)ᵀC⁻¹(x − h) in logs of A, B and E: x the estimate, h a constant, C the covariance of the resamples. */
export interface ChiSquared {
  readonly statistic: number;
  /** Relative, of Monte Carlo: the statistic errs as 1/variance along C⁻¹(x − h). */
  readonly tolerance: number;
}

export function chiSquared({ absolute, resamples }: Pick<Fitted, 'absolute' | 'resamples'>, tested: Params): ChiSquared {
  const { columns } = logColumns(resamples);
  const away = logged(absolute).map((value, j) => value - logged(tested)[j]);
  const packed = new Float64Array(packedLength(DEGREES));
  columns.forEach((p, i) => columns.slice(0, i + 1).forEach((q, j) => { packed[packedIndex(i, j)] = covarianceOf(p, q); }));
  const direction = new Float64Array(DEGREES);
  const factor = new Float64Array(packed.length);
  if (!choleskyDamped(packed, Float64Array.from(columns, (_, j) => packed[packedIndex(j, j)]), 0, 0, factor)) return { statistic: NaN, tolerance: NaN };
  choleskySolve(factor, away, direction);
  const along = columns[0].map((_, r) => direction.reduce((sum, value, j) => sum + value * columns[j][r], 0));
  return { statistic: direction.reduce((sum, value, j) => sum + value * away[j], 0), tolerance: varianceTolerance(along, THEIRS) };
}

function logged(params: Params): Float64Array {
  return Float64Array.from(NAMES, (name) => (name === 'alpha' || name === 'beta' ? params[name] : Math.log(params[name])));
}

function jointTest({ statistic, tolerance }: ChiSquared, { resamples }: Fitted): Comparison[] {
  const from = `absolute-error estimate against Eq. 10 unrounded, covariance of ${resamples['a'].length} resamples in logs of A, B and E`;
  const because = 'the covariance is of other resamples';
  const log10 = (factor: number) => logChiSquaredTail(statistic * factor, DEGREES) / Math.LN10;
  return [
    comparePrinted(CHI_SQUARED.statistic, { quantity: `chi-squared, ${DEGREES} degrees of freedom`, where: 'notebook', ours: statistic, from, tolerance, because }),
    compareP(CHI_SQUARED.p, log10, tolerance, { quantity: 'p value of chi-squared', where: 'notebook', from, because }),
  ];
}

/** Of one constant in its natural scale: t = (x − h)/error with n − 5 degrees of freedom. */
function singleTest(name: (typeof NAMES)[number], { sweep, absolute, resamples }: Fitted): Comparison {
  const degrees = sweep.loss.length - DEGREES;
  const t = (absolute[name] - EQ10[name]) / deviation(resamples[name]);
  const log10 = (factor: number) => Math.log10(Math.max(Number.EPSILON, studentTails(t * factor, degrees))); // it tells none below apart
  return compareP(BESIROGLU_P[name], log10, deviationTolerance(resamples[name], THEIRS), {
    quantity: `p value of ${name}`, where: 'text, second-hand', from: `Student's t, ${degrees} degrees of freedom, against Eq. 10 unrounded`,
    because: 'the standard error is of other resamples',
  });
}

/** Small p values are compared by their logarithms: the statistic behind them errs, by `tolerance`, and they as its exponential. */
const SMALL = 0.01;

function compareP(text: string, log10: (factor: number) => number, tolerance: number,
                  { quantity, ...rest }: Pick<ComparisonInput, 'quantity' | 'where' | 'from' | 'because'>): Comparison {
  const { value, rounding } = printed(text);
  const ours = log10(1);
  const reach = Math.max(...[Math.max(0, 1 - tolerance), 1 + tolerance].map((factor) => Math.abs(log10(factor) - ours)));
  if (value >= SMALL) return comparePrinted(text, { ...rest, quantity, ours: 10 ** ours, tolerance: 10 ** reach - 1 });
  const published = -Math.log10(value);
  return compare({
    ...rest, quantity: `−log10 of the ${quantity}`, published, printed: `p = ${text}`, ours: -ours, tolerance: (reach + rounding / Math.LN10) / published,
  });
}

function logLikelihood(sweep: Sweep, params: Params): number {
  return huberLikelihood(residualsAt(sweep, params), DELTA).logLikelihood;
}

function likelihoods(sweep: Sweep, refit: Params, texts: (typeof LIKELIHOOD)['kept' | 'all']): Comparison[] {
  const runs = sweep.loss.length;
  const points = { rounded: EQ10_ROUNDED, unrounded: EQ10, refit } as const;
  const names = { rounded: 'Eq. 10 as printed', unrounded: 'Eq. 10 unrounded', refit: 'the estimate' } as const;
  const values = Object.fromEntries(Object.entries(points).map(([name, params]) => [name, logLikelihood(sweep, params)]));
  const ratio = 2 * (values['refit'] - values['unrounded']);
  const from = `Huber density with its scale fitted, ${runs} runs`;
  return [
    ...(['rounded', 'unrounded', 'refit'] as const).map((name) => comparePrinted(texts[name], {
      quantity: `log-likelihood of ${names[name]}, ${runs} runs`, where: 'notebook', ours: values[name], from,
    })),
    comparePrinted(texts.ratio, { quantity: `likelihood ratio, ${runs} runs`, where: 'notebook', ours: ratio, from }),
    compareP(texts.p, (factor) => logChiSquaredTail(ratio * factor, DEGREES) / Math.LN10, 0, { quantity: `p value of the ratio, ${runs} runs`, where: 'notebook', from }),
  ];
}

/** Runs whose Huber loss under the estimate is below the median of those under constants that are tested. */
export function shareBelow({ sweep, absolute }: Pick<Fitted, 'sweep' | 'absolute'>, tested: Params): number {
  const losses = (params: Params) => residualsAt(sweep, params).map((r) => huberLoss(r / DELTA));
  const [median] = quantilesOf(losses(tested), [0.5]);
  return losses(absolute).filter((loss) => loss < median).length / sweep.loss.length;
}

function below(fitted: Fitted): Comparison[] {
  const quantity = 'share of the refit\'s losses below the median of Hoffmann et al.';
  return [[EQ10_ROUNDED, 'Eq. 10 as printed'] as const, [EQ10, 'Eq. 10 unrounded'] as const].map(([params, name]) => comparePrinted(BESIROGLU_TEXT.below, {
    quantity, where: 'text, second-hand', ours: shareBelow(fitted, params), from: `Huber losses of ${fitted.sweep.loss.length} runs, against ${name}`,
    because: 'theirs is against the constants as printed, whose rounding does the harm',
  }));
}

function findings(kept: Fitted, { statistic }: ChiSquared): string[] {
  const against = chiSquared(kept, EQ10_ROUNDED).statistic;
  return [
    `The joint test takes the absolute-error estimate, the covariance of the resamples of the Huber fit, and the unrounded constants: ` +
      `chi-squared is ${statistic.toFixed(2)}, log10 p ${log10(statistic)}. Against the constants as printed it is ${against.toFixed(2)}, log10 p ${log10(against)}.`,
    'The likelihood ratio fits the scale of the density under either law; of all runs it takes the estimate from those without the outliers.',
    `${percent(shareBelow(kept, EQ10_ROUNDED))} of the refit's losses are below the median of those of Eq. 10 as printed, ` +
      `but ${percent(shareBelow(kept, EQ10))} below that of Eq. 10 unrounded: on this measure most of the misfit is the rounding of what was printed.`,
  ];
}

function log10(statistic: number): string {
  return (logChiSquaredTail(statistic, DEGREES) / Math.LN10).toFixed(2);
}
