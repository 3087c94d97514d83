/** Besiroglu et al. 2024, what it means for training: compute-optimal tokens per parameter, and what five runs do to them. */
import { chinchilla } from '../laws/chinchilla.ts';
import { BESIROGLU_NOTEBOOK, BESIROGLU_OUTLIERS, BESIROGLU_TEXT } from '../paper/besiroglu-results.ts';
import { TABLE2 } from '../paper/hoffmann-table2.ts';
import { EQ10, EQ10_ROUNDED } from '../paper/hoffmann.ts';
import { inOrder, type Params } from '../plan/frontier.ts';
import { CHINCHILLA_RATIO } from '../plan/rules.ts';
import { compare, type Comparison } from './comparison.ts';
import { compareError } from './epoch-errors.ts';
import { NAMES, type EpochFits, type Fitted } from './epoch-fits.ts';
import { comparePrinted } from './printed.ts';
import type { Chart, ChartSeries, Section } from './reproduction.ts';
import { inWords } from './words.ts';

const { budget: CHINCHILLA, hoffmannRatio: NOTEBOOK_RATIO } = BESIROGLU_NOTEBOOK;
const { band: BAND } = BESIROGLU_TEXT;

/** Training FLOPs of the chart: half decades from 1e19 to 1e28. */
const CHART_BUDGETS: readonly number[] = Array.from({ length: 19 }, (_, k) => 10 ** (19 + k / 2));
/** What the resamples must be asked for. */
export const BUDGETS: readonly number[] = [CHINCHILLA, BAND.C, ...CHART_BUDGETS];

export function tokensSection({ kept, all }: EpochFits): Section {
  const atChinchilla = `D/N at ${inWords(CHINCHILLA)} FLOPs`;
  const from = `Huber fit of ${kept.sweep.loss.length} runs`;
  const [low, high] = bandAt(kept, BAND.C);
  const inPrint = ratioWith(middleOfPrint(), CHINCHILLA);
  const byHoffmann = 'G of Eq. 10 unrounded, a in the middle of the interval printed in Table 2';
  const because = `it is theirs from ${inWords(BAND.C)} on, to an end that is not said; ours is at ${inWords(BAND.C)} itself`;
  return {
    title: 'Compute-optimal tokens per parameter',
    data: `fits and ${kept.resamples['a'].length} resamples of Epoch's ${kept.sweep.loss.length} runs; published constants for Hoffmann et al.`,
    comparisons: [
      inText(BESIROGLU_TEXT.refitRatio, `${atChinchilla}, refit`, ratioAt(kept.huber, CHINCHILLA), from),
      inText(BAND.low, `lower end of the 80 % interval of D/N at ${inWords(BAND.C)} FLOPs`, low, `resamples, ${from}`, because),
      inText(BAND.high, `upper end of the 80 % interval of D/N at ${inWords(BAND.C)} FLOPs`, high, `resamples, ${from}`, because),
      inText(BESIROGLU_TEXT.hoffmannRatio, `${atChinchilla}, Hoffmann et al.`, inPrint, byHoffmann),
      comparePrinted(NOTEBOOK_RATIO, {
        quantity: `${atChinchilla}, Hoffmann et al.`, where: 'notebook', ours: inPrint, from: byHoffmann, tolerance: NEAREST,
        because: 'the notebook reads its curve at the nearest of its budgets',
      }),
      ...[[EQ10, 'closed form, Eq. 10 unrounded'] as const, [EQ10_ROUNDED, 'closed form, Eq. 10 as printed'] as const].map(([params, name]) =>
        comparePrinted(NOTEBOOK_RATIO, {
          quantity: `${atChinchilla}, Hoffmann et al.`, where: 'notebook', ours: ratioAt(params, CHINCHILLA), from: name,
          because: 'the notebook joins G of the unrounded constants with the a printed in Table 2, which they do not give',
        })),
    ],
    findings: findings({ kept, all }, inPrint),
    charts: [ratioChart({ kept, all })],
  };
}

/** A number of their text, given to one digit. */
function inText(published: number, quantity: string, ours: number, from: string, because?: string): Comparison {
  return compare({ quantity, where: 'text, second-hand', published, ours, from, digits: 1, ...(because !== undefined && { because }) });
}

/** The notebook's nearest budget may be half a step of a fine grid away: D/N hardly moves. */
const NEAREST = 0.01;

function ratioAt(params: Params, C: number): number {
  const { N, D } = chinchilla.frontier.allocate(inOrder(chinchilla, params), C);
  return D / N;
}

/** D/N = (C/6)^(1 − 2a)/G², with G of the unrounded constants and another a. */
function ratioWith(a: number, C: number): number {
  const own = chinchilla.frontier.exponents(inOrder(chinchilla, EQ10)).a;
  return ratioAt(EQ10, C) * (C / 6) ** (2 * (own - a));
}

function middleOfPrint(): number {
  const { low, high } = TABLE2.rows[2].a;
  return (low + high) / 2;
}

function bandAt({ bootstrap }: Fitted, C: number): readonly [number, number] {
  return bootstrap.frontier.find((at) => at.C === C)!.tokensPerParameter;
}

function findings({ kept, all }: EpochFits, inPrint: number): string[] {
  const span = (fitted: Fitted, C: number) => bandAt(fitted, C).map(inWords).join(' to ');
  const last = CHART_BUDGETS.at(-1)!;
  return [
    `At ${inWords(CHINCHILLA)} FLOPs, Chinchilla's, the refit asks for ${inWords(ratioAt(kept.huber, CHINCHILLA))} tokens per parameter (80 % of the resamples: ${span(kept, CHINCHILLA)}); ` +
      `Chinchilla has ${CHINCHILLA_RATIO}. At ${inWords(BAND.C)} it is ${inWords(ratioAt(kept.huber, BAND.C))} (${span(kept, BAND.C)}), ` +
      `at ${inWords(last)} ${inWords(ratioAt(kept.huber, last))} (${span(kept, last)}).`,
    `Hoffmann et al. have three answers at that budget: ${inWords(ratioAt(EQ10, CHINCHILLA))} by Eq. 10 unrounded, ${inWords(ratioAt(EQ10_ROUNDED, CHINCHILLA))} as printed, and ` +
      `${inWords(inPrint)} with the a of Table 2, which is what the notebook draws.`,
    `With the ${all.sweep.loss.length - kept.sweep.loss.length} runs of highest loss it would be ${inWords(ratioAt(all.huber, CHINCHILLA))} (${span(all, CHINCHILLA)}).`,
  ];
}

function ratioChart({ kept, all }: EpochFits): Chart {
  const x = CHART_BUDGETS;
  const line = (name: string, mark: ChartSeries['mark'], params: Params): ChartSeries => ({ name, mark, x, y: x.map((C) => ratioAt(params, C)) });
  const band = (name: string, mark: ChartSeries['mark'], fitted: Fitted): ChartSeries =>
    ({ ...line(name, mark, fitted.huber), low: x.map((C) => bandAt(fitted, C)[0]), high: x.map((C) => bandAt(fitted, C)[1]) });
  return {
    name: 'tokens-per-parameter',
    title: 'Compute-optimal tokens per parameter',
    caption: `Fits of Epoch's runs with 80 % of their resamples, beside Hoffmann et al. and the rule of ${CHINCHILLA_RATIO}. Chinchilla has 70B parameters and 1.4T tokens.`,
    x: { title: 'training compute, FLOPs', log: true },
    y: { title: 'tokens per parameter', log: true },
    series: [
      band(`refit, ${kept.sweep.loss.length} runs`, 'line', kept),
      band(`with the outliers, ${all.sweep.loss.length} runs`, 'dashed', all),
      line('Hoffmann et al., Eq. 10 unrounded', 'line', EQ10),
      line('Hoffmann et al., Eq. 10 as printed', 'dashed', EQ10_ROUNDED),
      { name: `${CHINCHILLA_RATIO} tokens per parameter`, mark: 'dashed', x: [x[0], x.at(-1)!], y: [CHINCHILLA_RATIO, CHINCHILLA_RATIO] },
      { name: 'Chinchilla', mark: 'points', x: [CHINCHILLA], y: [CHINCHILLA_RATIO] },
    ],
  };
}

/** Their Table 3: the same with the five runs of highest loss. */
export function outliersSection({ all }: EpochFits): Section {
  const runs = all.sweep.loss.length;
  return {
    title: 'With the five outliers',
    data: `Epoch's ${runs} runs, ${all.resamples['a'].length} resamples`,
    comparisons: [
      ...NAMES.map((name) => estimateOf(name, all)),
      ...NAMES.map((name) => compareError(name, 'Table 3, second-hand', BESIROGLU_OUTLIERS.errors[name], all.resamples[name], `resamples of ${runs} runs, Huber fits`)),
    ],
    findings: [
      `With the outliers too the printed estimates are those of least absolute error; the Huber loss has its minimum at ` +
        `${NAMES.map((name) => `${name} ${all.huber[name].toPrecision(5)}`).join(', ')}.`,
    ],
    charts: [],
  };
}

function estimateOf(name: (typeof NAMES)[number], { sweep, absolute }: Fitted): Comparison {
  return comparePrinted(BESIROGLU_OUTLIERS.estimates[name], {
    quantity: name, where: 'Table 3, second-hand', ours: absolute[name], from: `least absolute error, ${sweep.loss.length} runs`,
  });
}
