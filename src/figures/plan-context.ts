/**
 * Training FLOPs of a token against the context: counted matrix by matrix, the part that grows with the context, and 6·N, or 8·N
 * with recomputation, which knows of neither. See src/plan/flops.ts.
 */
import { logSpaced } from '../math/log-spaced.ts';
import { countParameters, type Architecture } from '../plan/architecture.ts';
import { approximateFlops, forwardFlops, quadraticContext, trainingFlops } from '../plan/flops.ts';
import { formatCount, formatInteger, formatNumber } from '../units.ts';
import { lookOf, type Figure, type LookOptions } from './figure.ts';
import { markTrace, planFigure } from './plan-marks.ts';
import { formatFlops } from './units.ts';

export interface ContextFigureOptions extends LookOptions {
  /** Tokens of a sequence to mark. Default 4096. */
  readonly context?: number;
  /** Count only positions that a token sees. Default false, as published counts do. */
  readonly causal?: boolean;
  /** Do the layers once more on the way back: 8·N of each token. Default false. */
  readonly recompute?: boolean;
}

/** Contexts that are drawn at least, tokens, and points between them. */
const [SHORTEST, LONGEST, POINTS] = [512, 131_072, 60];

/**
 * A pure function of its arguments; the result is plain JSON.
 * @throws InputError where a size or the context is not a whole number.
 */
export function contextFigure(architecture: Architecture, options: ContextFigureOptions = {}): Figure {
  const look = lookOf(options);
  const { context = 4096, causal = false, recompute = false } = options;
  const { total: N } = countParameters(architecture);
  const quadratic = quadraticContext(architecture, causal, recompute);
  const x = logSpaced([SHORTEST, Math.max(LONGEST, 2 * context)], POINTS).map(Math.round);
  const flops = (tokens: number) => trainingFlops(architecture, { D: 1, context: tokens, causal, recompute });
  const attention = (tokens: number) => (recompute ? 4 : 3) * forwardFlops(architecture, { context: tokens, causal }).attention;
  const at = flops(context);
  const [rule, approximate] = [recompute ? '8N' : '6N', approximateFlops({ N, D: 1 }, recompute)];
  const share = `${formatNumber(at / approximate, 3)} × ${rule}`;
  const { layers, width, heads } = architecture;
  return planFigure({
    name: 'context', title: `Training FLOPs of a token: ${formatInteger(layers)} layers, width ${formatInteger(width)}, ${formatInteger(heads)} heads`,
    x: { title: 'context, tokens', log: true }, y: { title: 'training FLOPs per token', log: true },
    series: [
      { name: 'counted', mark: 'line', x, y: x.map(flops) },
      { name: 'attention, quadratic', mark: 'line', x, y: x.map(attention) },
      { name: `${rule}, ${formatCount(N)} parameters`, mark: 'dashed', x, y: x.map(() => approximate) },
    ],
  }, [
    ...markTrace({
      x: context, y: at, position: 'top left', label: `<b>${share}</b>`,
      hover: `<b>context ${formatInteger(context)}</b><br>${formatFlops(at)} a token, ${share}`,
    }, look),
    ...(quadratic <= x.at(-1)! ? markTrace({
      x: quadratic, y: 2 * attention(Math.max(1, Math.round(quadratic))), open: true,
      position: 'top left', label: look.compact ? '' : 'half is attention', hover: `<b>half is attention</b><br>context ${formatCount(quadratic)}`,
    }, look) : []),
  ], options);
}
