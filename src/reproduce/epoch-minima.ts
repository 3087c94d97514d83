/** Besiroglu et al. 2024, the point estimates: which loss do the printed constants minimise? */
import { chinchilla } from '../laws/chinchilla.ts';
import { huber } from '../math/huber.ts';
import { BESIROGLU_NOTEBOOK } from '../paper/besiroglu-results.ts';
import { BESIROGLU, BESIROGLU_UNROUNDED } from '../paper/besiroglu.ts';
import { EQ10, EQ10_ROUNDED } from '../paper/hoffmann.ts';
import type { Params } from '../plan/frontier.ts';
import { huberLikelihood } from '../stats/huber-likelihood.ts';
import type { Sweep } from '../types.ts';
import { compare } from './comparison.ts';
import { DELTA, exponentOf, named, NAMES, residualsAt, type Fitted } from './epoch-fits.ts';
import { comparePrinted } from './printed.ts';
import type { Chart, ChartSeries, Section } from './reproduction.ts';
import { inWords } from './words.ts';

/** Absolute decrease that ends the notebook's L-BFGS-B, of the sum that it compares with 1. */
const STOP = 1e7 * Number.EPSILON;

/** The two losses at a point: Σ Huber(r) in nats², and Σ|r|, both of log residuals. */
export interface Sums {
  readonly huber: number;
  readonly absolute: number;
}

export function sumsAt(sweep: Sweep, params: Params): Sums {
  const residuals = residualsAt(sweep, params);
  return {
    huber: residuals.reduce((sum, r) => sum + DELTA * DELTA * huber(r / DELTA), 0),
    absolute: residuals.reduce((sum, r) => sum + Math.abs(r), 0),
  };
}

export function minimaSection({ sweep, huber: byHuber, absolute }: Fitted): Section {
  const lowest = sumsAt(sweep, byHuber);
  return {
    title: 'Point estimates: two losses, two minima',
    data: `Epoch's ${sweep.loss.length} runs`,
    comparisons: [
      ...NAMES.map((name) => comparePrinted(String(BESIROGLU[name]), {
        quantity: name, where: 'Table 1, second-hand', ours: absolute[name], from: LEAST_ABSOLUTE, because: whyNot(name, byHuber),
      })),
      ...NAMES.map((name) => comparePrinted(BESIROGLU_NOTEBOOK.estimates[name], {
        quantity: name, where: 'notebook', ours: absolute[name], from: LEAST_ABSOLUTE,
      })),
      comparePrinted(BESIROGLU_NOTEBOOK.estimates.a, { quantity: 'exponent a', where: 'notebook', ours: exponentOf(absolute), from: LEAST_ABSOLUTE }),
      comparePrinted(BESIROGLU_NOTEBOOK.minusLogScale, {
        quantity: '−log of the fitted scale', where: 'notebook', ours: -Math.log(scaleAt(sweep, absolute)), from: LEAST_ABSOLUTE,
      }),
      ...NAMES.map((name) => comparePrinted(String(BESIROGLU[name]), {
        quantity: name, where: 'Table 1, second-hand', ours: byHuber[name], from: LEAST_HUBER,
        because: 'what is printed minimises the absolute error, not the Huber loss that its standard error belongs to',
      })),
      compare({
        quantity: 'lowest sum of Huber losses, nats²', where: 'notebook, its grid of 1000 starts', published: BESIROGLU_NOTEBOOK.lowest, ours: lowest.huber,
        from: LEAST_HUBER, tolerance: STOP / BESIROGLU_NOTEBOOK.lowest, because: 'its descents stop early',
      }),
    ],
    findings: findings(sweep, byHuber, absolute),
    charts: [pathChart(sweep, byHuber, absolute)],
  };
}

const LEAST_ABSOLUTE = 'fit of the Huber likelihood with its scale: least absolute error';
const LEAST_HUBER = `fit of the summed Huber loss, threshold ${DELTA}`;

/** Why the least absolute error does not give a number of Table 1. */
function whyNot(name: (typeof NAMES)[number], byHuber: Params): string {
  const { length } = String(BESIROGLU[name]).split('.')[1];
  if (byHuber[name].toFixed(length) === String(BESIROGLU[name])) return 'the printed one is that of the Huber fit';
  return `the notebook has ${BESIROGLU_UNROUNDED[name].toFixed(length + 1)}: printed with its last digits cut off, not rounded`;
}

function findings(sweep: Sweep, byHuber: Params, absolute: Params): string[] {
  const points: readonly (readonly [string, Params])[] = [
    ['at the minimum of the Huber loss', byHuber], ['at that of the absolute error', absolute],
    ['at Eq. 10 unrounded', EQ10], ['at Eq. 10 as printed', EQ10_ROUNDED],
  ];
  const sums = points.map(([where, params]) => ({ where, ...sumsAt(sweep, params) }));
  const scale = scaleAt(sweep, absolute);
  const outside = residualsAt(sweep, absolute).filter((r) => Math.abs(r) > DELTA * scale).length;
  const cited = NAMES.filter((name) => name !== 'E').join(', ');
  return [
    `The printed ${cited} are the minimum of the sum of absolute log residuals: ${listed(absolute)}. The summed Huber loss with ` +
      `threshold ${DELTA} has its minimum at ${listed(byHuber)}; of that fit are the printed E and the resamples behind the standard errors.`,
    `The notebook fits the likelihood of a Huber density together with its scale, ${inWords(scale)}. The threshold counts in that scale and is ` +
      `${inWords(DELTA * scale)} nats: ${outside} of ${sweep.loss.length} runs lie outside it, and the loss is the absolute error.`,
    `Sum of Huber losses: ${sums.map(({ where, huber: sum }) => `${sum.toPrecision(6)} ${where}`).join(', ')}.`,
    `Sum of absolute log residuals: ${sums.map(({ where, absolute: sum }) => `${sum.toPrecision(6)} ${where}`).join(', ')}.`,
  ];
}

function scaleAt(sweep: Sweep, params: Params): number {
  return huberLikelihood(residualsAt(sweep, params), DELTA).scale;
}

function listed(params: Params): string {
  return NAMES.map((name) => `${name} ${params[name].toPrecision(6)}`).join(', ');
}

const STEPS = 60;

/** Both losses on the line through the two minima in the coordinates of their notebook. */
function pathChart(sweep: Sweep, byHuber: Params, absolute: Params): Chart {
  const ends = [byHuber, absolute].map((params) => chinchilla.toWorking(chinchilla.params.map((name) => params[name]), [0, 0]));
  const share = Array.from({ length: STEPS + 1 }, (_, k) => -1 + (3 * k) / STEPS);
  const sums = share.map((t) => {
    return sumsAt(sweep, named(chinchilla.toNatural(ends[0].map((value, j) => value + t * (ends[1][j] - value)), [0, 0])));
  });
  const lowest = { huber: sumsAt(sweep, byHuber).huber, absolute: sumsAt(sweep, absolute).absolute };
  const line = (name: string, of: keyof Sums, mark: ChartSeries['mark']): ChartSeries =>
    ({ name, mark, x: share, y: sums.map((at) => 100 * (at[of] / lowest[of] - 1)) });
  return {
    name: 'two-minima',
    title: 'Two losses along the line through their minima',
    caption: 'Excess of each loss over its own minimum, from that of the Huber loss (0) to that of the absolute error (1).',
    x: { title: 'share of the way' },
    y: { title: 'excess, %' },
    series: [line('sum of Huber losses', 'huber', 'line'), line('sum of absolute errors', 'absolute', 'dashed')],
  };
}
