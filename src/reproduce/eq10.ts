/**
 * Eq. 10 of Hoffmann et al. 2022, the parametric fit: is it found again in sweeps that are drawn from it, and how wide is
 * the interval of its exponent a? Sweeps are `paperRuns` with log-normal noise of 1 %, as the bundled replica has; the
 * paper's own noise is not published.
 */
import { EQ10 } from '../paper/hoffmann.ts';
import { NOISE } from '../paper/replica.ts';
import { paperRuns } from '../paper/schedules.ts';
import { deviation } from '../stats/intervals.ts';
import { compare, type Comparison } from './comparison.ts';
import { epochs } from './eq10-epoch.ts';
import { median, percentiles, QUANTITIES, refitsOf, widthTolerance, type Sample } from './exponent-samples.ts';
import {
  ABOUT, chartOf, compareWidth, CONFIDENCE, PRINTED, PRINTED_WIDTH, rangesOf, runsNeeded, SHARE, STOPPED, thousands, WIDER,
} from './interval-of-a.ts';
import { quantileTolerance } from './monte-carlo.ts';
import type { Recipe, Section } from './reproduction.ts';
import { inWords, percent } from './words.ts';

export const eq10: Recipe = {
  id: 'eq10',
  title: 'Eq. 10: the parametric fit, and how sure it can be',
  paper: 'Hoffmann et al. 2022, arXiv:2203.15556, Eq. 10 and Table 2',
  needs: ['epoch'],
  async run(context) {
    const sizes: Refits[] = [];
    for (const runs of RUNS) sizes.push({ runs, sample: await refitsOf(context, runs, NOISE) });
    return [...sizes.map(recovered), intervals(sizes), await epochs(context)];
  },
};

interface Refits {
  /** In a sweep. */
  readonly runs: number;
  readonly sample: Sample;
}

/** Besiroglu et al. have 240, the paper says "over 400". */
const RUNS: readonly number[] = [240, 400];
/** Standard errors of a fit by which a median may be off and harm nobody. */
const HARMLESS = 0.2;

function recovered({ runs, sample }: Refits): Section {
  const count = sample['a'].length;
  const comparisons = (['E', 'A', 'B', 'alpha', 'beta'] as const).map((name) => compare({
    quantity: name, where: 'Eq. 10, unrounded', published: EQ10[name], ours: median(sample[name]),
    from: `median over fits of ${count} sweeps drawn from it`,
    tolerance: (HARMLESS * deviation(sample[name]) + quantileTolerance(sample[name], 0.5, Infinity)) / EQ10[name],
    because: 'in sweeps of this size and noise the fit is biased',
  }));
  const lost = comparisons.filter(({ verdict }) => verdict !== 'reproduced').map(({ quantity }) => quantity);
  return {
    title: `Eq. 10 found again in sweeps of ${runs} runs`,
    data: `${count} synthetic sweeps drawn from Eq. 10: ${paperRuns(runs).name}, log-normal noise of ${percent(NOISE)}`,
    comparisons,
    findings: [
      lost.length > 0
        ? `Sweeps of ${runs} runs do not give ${lost.join(', ')} of Eq. 10 back.`
        : `Sweeps of ${runs} runs give every constant of Eq. 10 back: medians are off by less than ${HARMLESS} standard errors of a fit and ` +
          'the error of Monte Carlo.',
      `One sweep alone is far less sure. Standard errors: ${QUANTITIES.map((name) => `${name} ${inWords(deviation(sample[name]))}`).join(', ')}.`,
    ],
    charts: [],
  };
}

function intervals(sizes: readonly Refits[]): Section {
  const needed = sizes.map(({ runs, sample }) => ({ runs, ...percentiles(sample['a'], CONFIDENCE) }))
    .map(({ runs, width }) => `about ${thousands(runsNeeded(runs, width))} by sweeps of ${runs}, or noise of ${percent((NOISE * PRINTED_WIDTH) / width)}`);
  return {
    title: 'The interval of a in sweeps of this size',
    data: `the same synthetic sweeps of ${sizes.map(({ runs }) => runs).join(' and ')} runs`,
    comparisons: sizes.flatMap(widths),
    findings: [
      ...sizes.map(({ runs, sample }) => `With ${runs} runs and noise of ${percent(NOISE)}, ${rangesOf(sample['a'])}.`),
      `The paper prints ${PRINTED.low} to ${PRINTED.high}, ${inWords(PRINTED_WIDTH)} wide. Runs that this would take: ${needed.join('; ')}.`,
      `The paper resamples ${percent(SHARE)} of its runs. Without replacement, if that is what it does, intervals are about ` +
        `${inWords(Math.sqrt(1 / SHARE - 1))} times as wide as they should be: not enough to explain the difference.`,
    ],
    charts: [chartOf('interval-of-a', 'a in fits of synthetic sweeps', `noise of ${percent(NOISE)}`,
      sizes.map(({ runs, sample }) => ({ name: `${runs} runs`, a: sample['a'] })))],
  };
}

/** Ends and widths beside the printed ones, and the runs needed. */
function widths({ runs, sample: { a } }: Refits): Comparison[] {
  const { low, high, width } = percentiles(a, CONFIDENCE);
  const from = `fits of ${a.length} sweeps of ${runs} runs`;
  const because = `sweeps of this size with noise of ${percent(NOISE)} leave a that unsure; ${STOPPED}`;
  const part = { where: 'Table 2, approach 3', from, digits: 3, because };
  return [
    compare({ quantity: `10th percentile of a, ${runs} runs`, published: PRINTED.low, ours: low, ...part }),
    compare({ quantity: `90th percentile of a, ${runs} runs`, published: PRINTED.high, ours: high, ...part }),
    compareWidth(`width of the ${percent(CONFIDENCE)} interval of a, ${runs} runs`, width, from, because),
    compareWidth(`width of the ${percent(WIDER)} interval of a, ${runs} runs`, percentiles(a, WIDER).width, from,
      `the printed one is of ${percent(CONFIDENCE)}; ${because}`),
    compare({
      quantity: `runs that such an interval would need, from sweeps of ${runs}`, ...ABOUT,
      ours: runsNeeded(runs, width), from: `n·(width/printed width)² of ${from}`, tolerance: 2 * widthTolerance(a, CONFIDENCE, Infinity),
      because: `the number grows with the square of the noise, here ${percent(NOISE)}, and hangs on how runs are spread; theirs is of Epoch's runs`,
    }),
  ];
}
