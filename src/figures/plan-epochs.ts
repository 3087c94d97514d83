/**
 * Repeating data: what so many epochs of the same tokens are worth, in epochs of fresh ones; and the loss over sizes and epochs
 * of so many unique tokens, with the line of one compute and the best model on it. Muennighoff et al. 2023, arXiv:2305.16264,
 * Fig. 1; see src/plan/repetition.ts.
 */
import { inOrder } from '../plan/frontier.ts';
import { optimumFor, repetitionAt } from '../plan/questions.ts';
import { constrainedModel, valueOfEpochs, type Decay } from '../plan/repetition.ts';
import { lawById } from '../laws/registry.ts';
import { logSpaced } from '../math/log-spaced.ts';
import { asker, termsOf } from '../stats/answers.ts';
import type { PlanBasis } from '../stats/plan.ts';
import type { Interval } from '../types.ts';
import { formatCount, formatNumber } from '../units.ts';
import { baseLayout, chartConfig, countAxis, lookOf, ratioAxis, titleOf, type Figure, type LookOptions } from './figure.ts';
import { legendLayout } from './legend.ts';
import { lossLevels } from './levels.ts';
import { lossContours, type LossGrid } from './loss-contours.ts';
import { markTrace, planFigure } from './plan-marks.ts';
import { formatFlops } from './units.ts';

/** Epochs that are drawn, and those that are marked. */
const [EPOCHS, MARKED] = [[1, 100], [4, 16, 40]] as const;
const POINTS = 80;

/** `decay`: R_D*. A pure function of its arguments; the result is plain JSON. @throws InputError where it is not positive. */
export function epochValueFigure(decay: number, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const x = logSpaced(EPOCHS, POINTS);
  const marks = MARKED.flatMap((epochs, k) => {
    const { fresh, share, marginal } = valueOfEpochs(epochs, decay);
    return markTrace({
      x: epochs, y: fresh, position: k < MARKED.length - 1 ? 'bottom right' : 'bottom center', label: `<b>${formatNumber(100 * share, 3)} %</b>`,
      hover: `<b>${epochs} epochs</b><br>worth ${formatNumber(fresh, 3)} fresh ones, ${formatNumber(100 * share, 3)} %<br>the next one ${formatNumber(100 * marginal, 3)} % of a fresh one`,
    }, look);
  });
  return planFigure({
    name: 'epoch-value', title: 'What repeated tokens are worth',
    x: { title: 'epochs', log: true, range: EPOCHS }, y: { title: 'fresh epochs of equal worth', log: true, range: [1, EPOCHS[1]] },
    series: [
      { name: `repeated, R_D* = ${formatNumber(decay, 3)}`, mark: 'line', x, y: x.map((epochs) => valueOfEpochs(epochs, decay).fresh) },
      { name: 'fresh', mark: 'dashed', x: [...EPOCHS], y: [...EPOCHS] },
    ],
  }, marks, options);
}

export interface Repeated {
  /** Training FLOPs of the line. */
  readonly compute: number;
  /** Tokens. */
  readonly unique: number;
  readonly decay: Decay;
}

/** Nodes of the contour grid along each axis, and how far it goes beyond the best size, a factor. */
const [NODES, AROUND] = [50, 25];
/** Epochs that are drawn at least, and beyond the best, a factor. */
const [LEAST, BEYOND] = [[0.5, 40], 4] as const;

/**
 * A pure function of its arguments; the result is plain JSON.
 * @throws InputError where the law is none of two power terms, or a number is not positive.
 */
export function epochsFigure(basis: PlanBasis, { compute, unique, decay }: Repeated, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const ask = asker(basis.law, basis.params, basis.resampling);
  const [best, free] = [ask(repetitionAt(compute, unique, decay)), ask(optimumFor(compute))];
  if (!Number.isFinite(best.N.value)) return { data: [], layout: { ...baseLayout(look), ...titleOf('No size is optimal with these parameters', look) }, config: chartConfig('epochs', look) };
  const N: Interval = [best.N.value / AROUND, Math.max(best.N.value, free.N.value) * AROUND];
  const epochs: Interval = [LEAST[0], Math.max(LEAST[1], BEYOND * best.epochs.value)];
  const grid = gridOf(basis, N, epochs, unique, decay);
  const levels = lossLevels(grid.z.flat().filter((loss) => loss !== null), [best.loss.value, 1.25 * best.loss.value], look.compact ? 8 : 14);
  const line = logSpaced([Math.max(N[0], compute / (6 * unique * epochs[1])), Math.min(N[1], compute / (6 * unique * epochs[0]))], 60);
  const names = [`${formatNumber(compute, 3)} FLOPs`];
  return {
    data: [
      lossContours(grid, levels, look, { hovertemplate: 'N %{x:.3s} · %{y:.3~f} epochs<br>loss %{z:.4f}<extra></extra>' }),
      {
        type: 'scatter', mode: 'lines', name: `C = ${formatFlops(compute)}`, hoverinfo: 'skip', showlegend: true,
        x: line, y: line.map((size) => compute / (6 * size * unique)), line: { width: 1.8, dash: 'dot', color: look.ink },
      },
      ...markTrace({
        x: free.N.value, y: free.D.value / unique, open: true, position: 'top right', label: look.compact ? '' : 'if all tokens were fresh',
        hover: `<b>if all tokens were fresh</b><br>N ${formatCount(free.N.value)} · D ${formatCount(free.D.value)}<br>loss ${formatNumber(free.loss.value, 4)}`,
      }, look),
      ...markTrace({
        x: best.N.value, y: best.epochs.value, interval: best.N.interval, position: 'bottom left',
        label: `<b>${formatCount(best.N.value)}${look.compact ? '' : `, ${formatNumber(best.epochs.value, 3)} epochs`}</b>`,
        hover: `<b>best with ${formatCount(unique)} unique tokens</b><br>N ${formatCount(best.N.value)} · D ${formatCount(best.D.value)}<br>loss ${formatNumber(best.loss.value, 4)}`,
      }, look),
    ],
    layout: {
      ...baseLayout(look),
      ...titleOf(`Loss by size and epochs of ${formatCount(unique)} unique tokens`, look),
      ...legendLayout({ names: [...names, ''], title: 1 }, look),
      xaxis: countAxis(look, 'N, parameters', N),
      yaxis: ratioAxis(look, 'epochs', epochs),
    },
    config: chartConfig('epochs', look),
  };
}

/** Loss at the nodes, z [epochs][N]. */
function gridOf({ law: id, params }: PlanBasis, sizes: Interval, epochs: Interval, unique: number, decay: Decay): LossGrid {
  const law = lawById(id);
  const terms = termsOf(law)(inOrder(law, params));
  const [x, y] = [logSpaced(sizes, NODES), logSpaced(epochs, NODES)];
  const lossAt = (N: number, count: number) => constrainedModel(terms, decay, { N, D: count * unique }, unique)?.loss ?? NaN;
  return { x, y, z: y.map((count) => x.map((N) => lossAt(N, count))) };
}
