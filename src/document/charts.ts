/** The charts of a fit: which there are, what they are called and what they say. The one list of them. */
import { curveFigure } from '../figures/curve.ts';
import { distributionsFigure } from '../figures/distributions.ts';
import type { Figure, LookOptions } from '../figures/figure.ts';
import { isoflopFigure } from '../figures/isoflop.ts';
import { isolossFigure } from '../figures/isoloss.ts';
import { landscapeFigure } from '../figures/landscape.ts';
import { pairsFigure } from '../figures/pairs.ts';
import { predictedFigure } from '../figures/predicted.ts';
import { profileFigure } from '../figures/profile.ts';
import { ratioFigure } from '../figures/ratio.ts';
import { residualsFigure } from '../figures/residuals.ts';
import { scalingFigure } from '../figures/scaling.ts';
import { lawById, lawPairs } from '../laws/registry.ts';
import { publishedTruth } from '../paper/truths.ts';
import { wellKnownModels } from '../plan/models.ts';
import { isSameSurface } from '../stats/axes.ts';
import type { Replicates } from '../stats/fits.ts';
import { landscapePairs, type Landscape, type LandscapePair, type Profile } from '../stats/landscape.ts';
import type { Bootstrap, Fit, Sweep, Truth } from '../types.ts';

/** A chart, drawn when it is asked for in a look. */
export interface ReportFigure {
  /** Of files and elements: letters and hyphens. */
  readonly name: string;
  readonly title: string;
  /** What it shows, a sentence or two. */
  readonly caption: string;
  readonly figure: (look: LookOptions) => Figure;
}

export interface ReportFiguresOptions {
  /** The runs; those of weight 0 are shown, and had no part in the fit. */
  readonly sweep: Sweep;
  readonly fit: Fit;
  /** Of `fit`; its budgets give the bands. */
  readonly bootstrap?: Bootstrap;
  /** Those of `bootstrap`: without two of them there are no charts of their spread. */
  readonly replicates?: Replicates;
  /** About the minimum of `fit`. */
  readonly landscape?: Landscape;
  /** Where the starts of `fit` ended: natural parameters, [starts][P]. */
  readonly ends?: Float64Array;
  /** Training FLOPs to extrapolate to. */
  readonly budget?: number;
}

const TEXTS = {
  isoloss: {
    title: 'isoLoss contours',
    caption: 'The fitted law over model size and training tokens. Runs have the colour of their measured loss; dotted lines cost the '
      + 'same compute, and the frontier marks the lowest loss on each.',
  },
  scaling: {
    title: 'Loss against compute',
    caption: 'The loss of the best model at each budget, dashed beyond the runs. The band is of the parameters of the law: it does not '
      + 'know whether the law holds out there.',
  },
  isoflop: {
    title: 'IsoFLOP slices',
    caption: 'Runs of equal compute against model size, the law along each slice, and its minimum.',
  },
  ratio: {
    title: 'Tokens per parameter',
    caption: 'What is optimal at each budget, beside the runs, the rule of 20 tokens per parameter, and models that others trained.',
  },
  curve: {
    title: 'Loss along x',
    caption: 'The runs and the fitted law, dashed beyond the runs.',
  },
  residuals: {
    title: 'Residuals',
    caption: 'Measured over predicted loss, against what the law reads of a run. A trend is what the law does not describe.',
  },
  predicted: { title: 'Predicted against measured loss', caption: 'On the diagonal the law and the run agree.' },
  distributions: {
    title: 'Resamples',
    caption: 'Each parameter, and the exponents a and b, in every resample; the fit of all runs, and the interval.',
  },
  landscape: {
    title: 'Loss landscape',
    caption: 'How far the objective is above its minimum, the other parameters solved at every point, with the ends of the starts '
      + 'and, where they lie near, published fits.',
  },
  profile: {
    title: 'Profile',
    caption: 'How far the objective is above its minimum along one parameter, the others solved at every value. A flat curve is a parameter '
      + 'that the runs do not tell.',
  },
} as const;

const PAIR_TITLES: Readonly<Partial<Record<LandscapePair, string>>> = {
  'alpha,beta': 'The exponents of N and D',
  'a,E': 'The exponent of the frontier and the irreducible loss',
  'alpha,E': 'The exponent and the irreducible loss',
  'gamma,E': 'The exponent of the sum and the irreducible loss',
  'alpha_N,alpha_D': 'The exponents of N and D',
};

const PAIR_CAPTION = 'One point a resample. A long cloud is a combination of parameters that the runs do not tell apart.';

export type ChartName = keyof typeof TEXTS | `pair-${string}`;

/** What the charts are called and what they say, by name: "isoloss", or "pair-alpha-beta" of any pair that a law has. */
export const chartTexts: Readonly<Record<ChartName, Pick<ReportFigure, 'title' | 'caption'>>> = {
  ...TEXTS,
  ...Object.fromEntries(landscapePairs.map((over) =>
    [pairChart(over), { title: PAIR_TITLES[over] ?? over.split(',').toReversed().join(' against '), caption: PAIR_CAPTION }])),
};

/** Fits of the runs of Hoffmann et al. 2022, to compare a fit of this law with: charts of parameters mark those that lie near. */
export function comparedTruths(law: string): readonly Truth[] {
  return ['hoffmann', 'besiroglu'].map(publishedTruth).filter((truth) => isSameSurface(truth.law, law));
}

/** In the order in which they are read. @throws InputError where the budget is not positive. */
export function reportFigures(options: ReportFiguresOptions): ReportFigure[] {
  return [...fitFigures(options), ...spreadFigures(options), ...landscapeFigures(options)];
}

function chart(name: ChartName, figure: ReportFigure['figure']): ReportFigure {
  return { name, ...chartTexts[name], figure };
}

function fitFigures({ sweep, fit, bootstrap, budget }: ReportFiguresOptions): ReportFigure[] {
  const ahead = { ...(bootstrap && { bootstrap }), ...(budget !== undefined && { budget }) };
  const { inputs, frontier, groups } = lawById(fit.law);
  const ofSize = [
    chart('isoloss', (look) => isolossFigure(sweep, fit, look)),
    chart('scaling', (look) => scalingFigure(sweep, fit, { ...look, ...ahead })),
    chart('isoflop', (look) => isoflopFigure(sweep, fit, look)),
    chart('ratio', (look) => ratioFigure(sweep, fit, { ...look, ...ahead, models: wellKnownModels })),
  ];
  return [
    ...(frontier ? ofSize : []),
    ...(inputs.length === 1 && !groups ? [chart('curve', (look) => curveFigure(sweep, fit, look))] : []),
    chart('residuals', (look) => residualsFigure(sweep, fit, look)),
    chart('predicted', (look) => predictedFigure(sweep, fit, look)),
  ];
}

function spreadFigures({ fit, bootstrap, replicates }: ReportFiguresOptions): ReportFigure[] {
  if (!bootstrap || !replicates || replicates.objective.length < 2) return [];
  const { confidence } = bootstrap;
  const pair = (over: LandscapePair) => chart(pairChart(over), (look) => pairsFigure(fit, replicates, over, { ...look, confidence, marks: comparedTruths(fit.law) }));
  return [chart('distributions', (look) => distributionsFigure(fit, replicates, bootstrap, look)), ...lawPairs(fit.law).map(pair)];
}

/** The chart of a pair of parameters. */
export function pairChart(over: LandscapePair): ChartName {
  return `pair-${over.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;
}

function landscapeFigures({ fit, landscape, ends }: ReportFiguresOptions): ReportFigure[] {
  return landscape ? [landscapeChart(fit, landscape, ends)] : [];
}

/** Of two parameters, or of one. `ends`: where the starts of the fit ended, natural, [starts][P]. */
export function landscapeChart(fit: Fit, landscape: Landscape | Profile, ends?: Float64Array): ReportFigure {
  return isProfile(landscape)
    ? chart('profile', (look) => profileFigure(landscape, look))
    : chart('landscape', (look) => landscapeFigure(landscape, { ...look, ends: namedEnds(fit, ends), marks: comparedTruths(fit.law) }));
}

function isProfile(landscape: Landscape | Profile): landscape is Profile {
  return landscape.axes.length === 1;
}

/** Where starts ended, by the names of the parameters. `ends`: natural, [starts][P]. */
export function namedEnds({ params }: Fit, ends: Float64Array = new Float64Array(0)): Record<string, number>[] {
  const names = Object.keys(params);
  return Array.from({ length: ends.length / names.length }, (_, start) =>
    Object.fromEntries(names.map((name, j) => [name, ends[start * names.length + j]])));
}
