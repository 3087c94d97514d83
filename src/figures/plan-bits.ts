/**
 * Loss against the bit width that training is done in, at one compute: with N and D chosen for each width, and for sizes that are
 * held, whose tokens are what the width leaves; the lowest of each marked. Kumar et al. 2024, arXiv:2411.04330; see
 * src/plan/precision.ts.
 */
import { bestBits, effectiveShare, type Tensors } from '../plan/precision.ts';
import { bestWidthOf, optimumAtWidth, type Question } from '../plan/questions.ts';
import { lossOf } from '../plan/terms.ts';
import type { ChartSeries } from '../reproduce/reproduction.ts';
import { asker } from '../stats/answers.ts';
import type { PlanBasis } from '../stats/plan.ts';
import { formatCount, formatNumber } from '../units.ts';
import { lookOf, type Figure, type LookOptions } from './figure.ts';
import { answerSeries, markTrace, planFigure, type Mark } from './plan-marks.ts';
import { rangeOf } from './plane.ts';
import { formatFlops } from './units.ts';

export interface BitsFigureOptions extends LookOptions {
  /** Parameters of the models that are held. Default: none. */
  readonly sizes?: readonly number[];
}

/** Widths that are drawn, bits, and points between them. */
const [FEWEST, MOST, POINTS] = [2, 16, 85];
/** The highest loss that is drawn: so many times what the lowest curve has at 16 bits above its lowest, above that. */
const HIGH = 4;
/** Of a band, beyond the curves on either side, times their height: a wide one is cut off, or the curves were flat. */
const BESIDE = 1.5;

/**
 * `compute`: training FLOPs of 16 bits; `scales`: γ. A pure function of its arguments; the result is plain JSON.
 * @throws InputError where the law is none of two power terms, or a number cannot be used.
 */
export function bitsFigure(basis: PlanBasis, compute: number, scales: Tensors, options: BitsFigureOptions = {}): Figure {
  const look = lookOf(options);
  const ask = asker(basis.law, basis.params, basis.resampling);
  const x = Array.from({ length: POINTS }, (_, k) => FEWEST + ((MOST - FEWEST) * k) / (POINTS - 1));
  const free = x.map((bits) => ask(optimumAtWidth(compute, scales, bits)).loss);
  const sizes = options.sizes ?? [];
  const series = [
    answerSeries('best N and D', 'line', x, free),
    ...sizes.map((N) => answerSeries(`N = ${formatCount(N)}`, 'line', x, x.map((bits) => ({ value: ask(heldAt(N, compute, scales, bits)).loss.value })))),
  ];
  const best = bestBits(scales) ?? NaN;
  const marks: Pick<Mark, 'x' | 'y' | 'interval' | 'position'>[] = [
    { x: best, y: ask(optimumAtWidth(compute, scales, best > 0 ? best : FEWEST)).loss.value, position: 'bottom center' as const },
    ...sizes.map((N) => {
      const { bits, loss } = ask(bestWidthOf(N, compute, scales));
      return { x: bits.value, y: loss.value, interval: bits.interval, position: 'top center' as const };
    }),
  ].filter(({ x: bits }) => bits >= FEWEST && bits <= MOST);
  return planFigure({
    name: 'bits', title: `Loss against bit width, ${formatFlopsPlain(compute)}`,
    x: { title: look.compact ? 'P, bits' : 'P, bits of weights, activations, keys and values', range: [FEWEST - 0.4, MOST + 0.4] },
    y: { title: 'loss, nats/token', range: withBand(heights(series.map(({ y }) => y)), series[0]) },
    series,
  }, marks.flatMap((mark) => markTrace({
    ...mark, label: `<b>${formatNumber(mark.x, 2)}</b>`, hover: `<b>${formatNumber(mark.x, 3)} bits</b><br>loss ${formatNumber(mark.y, 4)}<br>${formatFlops(compute)}`,
  }, look)), options);
}

/** From below the lowest loss to where the curves are still told apart. */
function heights(curves: readonly (readonly number[])[]): readonly [number, number] {
  const known = curves.map((losses) => losses.filter(Number.isFinite)).filter((losses) => losses.length > 0);
  if (known.length === 0) return [0, 1];
  const lowest = Math.min(...known.flat());
  const usual = Math.max(...known.map((losses) => losses.at(-1)!));
  const [, most] = rangeOf(known.flat());
  const rise = Math.min(most - lowest, Math.max(HIGH * (known[0].at(-1)! - Math.min(...known[0])), 1.3 * (usual - lowest), 0.01 * lowest));
  return [lowest - 0.14 * rise, lowest + rise];
}

/** With the band of the first, so that it is seen to be one. */
function withBand([least, most]: readonly [number, number], { low = [], high = [] }: ChartSeries): readonly [number, number] {
  const [room, [from, to]] = [BESIDE * (most - least), rangeOf([...low, ...high].filter(Number.isFinite))];
  const margin = 0.05 * (Math.max(most, to) - Math.min(least, from));
  if (!(from < to)) return [least, most];
  return [Math.max(least - room, Math.min(least, from - margin)), Math.min(most + room, Math.max(most, to + margin))];
}

function formatFlopsPlain(compute: number): string {
  return `${formatNumber(compute, 3)} FLOPs of 16 bits`;
}

/** Loss of N parameters in so many bits, on the tokens that the compute leaves. */
function heldAt(N: number, compute: number, scales: Tensors, bits: number): Question<'loss'> {
  const share = effectiveShare(scales, { weights: bits, activations: bits, cache: bits });
  return {
    names: ['loss'],
    write(law, numbers) {
      numbers[0] = lossOf(law, { N: N * share, D: (16 * compute) / (6 * N * bits) });
    },
  };
}
