/**
 * The interval of the exponent a that Table 2 of Hoffmann et al. 2022 prints for approach 3: beside what fits of many sweeps
 * give, and how many runs it would need.
 */
import { BESIROGLU_RUNS } from '../paper/besiroglu-results.ts';
import { TABLE2 } from '../paper/hoffmann-table2.ts';
import { formatInteger } from '../units.ts';
import { compare, type Comparison } from './comparison.ts';
import { density, percentiles } from './exponent-samples.ts';
import type { Chart } from './reproduction.ts';
import { percent } from './words.ts';

/** The a of approach 3 with its interval. */
export const { a: PRINTED } = TABLE2.rows[2];
export const PRINTED_WIDTH = PRINTED.high - PRINTED.low;
/** Confidence of the interval, and share of the runs in each resample. */
export const { confidence: CONFIDENCE, share: SHARE } = TABLE2.resampling;
/** Beside the confidence of Table 2. */
export const WIDER = 0.95;

/** A number of their text that is quoted from others. */
export const SECOND_HAND = 'Besiroglu et al. 2024, second-hand';
/** Their own figure of the runs that are needed. */
export const ABOUT = { where: SECOND_HAND, published: BESIROGLU_RUNS.printed, printed: BESIROGLU_RUNS.text, digits: 1 } as const;
/** Why the paper's intervals are as narrow as they are. */
export const STOPPED = 'the paper\'s own fits stopped early (Besiroglu et al. 2024)';

/** Runs that an interval of a as narrow as the paper's would need, where so many have one of `width`: it shrinks as 1/√n. */
export function runsNeeded(runs: number, width: number): number {
  return runs * (width / PRINTED_WIDTH) ** 2;
}

/** The width of an interval beside that of the printed one. */
export function compareWidth(quantity: string, ours: number, from: string, because: string): Comparison {
  const printed = `${PRINTED.low} to ${PRINTED.high}`;
  return compare({ quantity, where: 'Table 2, approach 3', published: PRINTED_WIDTH, printed, ours, from, digits: 1, because });
}

/** Both intervals of so many values of a, in words. */
export function rangesOf(a: Float64Array): string {
  return [CONFIDENCE, WIDER].map((confidence) => {
    const { low, high, width } = percentiles(a, confidence);
    return `${percent(confidence)} of fits have a from ${low.toFixed(3)} to ${high.toFixed(3)}, ${width.toFixed(3)} wide`;
  }).join('; ');
}

/** A count to two digits: "270,000". */
export function thousands(count: number): string {
  return formatInteger(Number(count.toPrecision(2)));
}

/** Densities of a, and the printed interval. */
export function chartOf(name: string, title: string, data: string, samples: readonly { readonly name: string; readonly a: Float64Array }[]): Chart {
  const densities = samples.map((sample) => ({ name: sample.name, mark: 'line' as const, ...density(sample.a) }));
  const top = Math.max(...densities.flatMap(({ y }) => [...y]));
  const { low, high } = PRINTED;
  return {
    name, title,
    caption: `Density of a over ${samples[0].a.length} fits, ${data}. The dashed box, as high as the tallest density, is the paper's ` +
      `${percent(CONFIDENCE)} interval.`,
    x: { title: 'exponent a of N_opt' },
    y: { title: 'density' },
    series: [...densities, { name: 'the paper\'s interval', mark: 'dashed', x: [low, low, high, high], y: [0, top, top, 0] }],
  };
}
