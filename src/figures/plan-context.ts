/**
 * Training FLOPs of a token against the context: counted matrix by matrix, the part that grows with the context, and 6·N, which
 * knows of neither. See src/plan/flops.ts.
 */
import { logSpaced } from '../math/log-spaced.ts';
import { countParameters, type Architecture } from '../plan/architecture.ts';
import { forwardFlops, quadraticContext } from '../plan/flops.ts';
import { formatCount, formatNumber } from '../units.ts';
import { lookOf, type Figure, type LookOptions } from './figure.ts';
import { markTrace, planFigure } from './plan-marks.ts';
import { formatFlops } from './units.ts';

export interface ContextFigureOptions extends LookOptions {
  /** Tokens of a sequence to mark. Default 4096. */
  readonly context?: number;
  /** Count only positions that a token sees. Default false, as published counts do. */
  readonly causal?: boolean;
}

/** Contexts that are drawn at least, tokens, and points between them. */
const [SHORTEST, LONGEST, POINTS] = [512, 131_072, 60];
/** Backward takes twice as much as forward. */
const TRAINING = 3;

/**
 * A pure function of its arguments; the result is plain JSON.
 * @throws InputError where a size or the context is not a whole number.
 */
export function contextFigure(architecture: Architecture, options: ContextFigureOptions = {}): Figure {
  const look = lookOf(options);
  const { context = 4096, causal = false } = options;
  const { total: N } = countParameters(architecture);
  const quadratic = quadraticContext(architecture, causal);
  const x = logSpaced([SHORTEST, Math.max(LONGEST, 2 * context)], POINTS).map(Math.round);
  const flops = x.map((tokens) => forwardFlops(architecture, { context: tokens, causal }));
  const at = TRAINING * forwardFlops(architecture, { context, causal }).total;
  const { layers, width, heads } = architecture;
  return planFigure({
    name: 'context', title: `Training FLOPs of a token: ${layers} layers, width ${width}, ${heads} heads`,
    x: { title: 'context, tokens', log: true }, y: { title: 'training FLOPs per token', log: true },
    series: [
      { name: 'counted', mark: 'line', x, y: flops.map(({ total }) => TRAINING * total) },
      { name: 'attention, quadratic', mark: 'line', x, y: flops.map(({ attention }) => TRAINING * attention) },
      { name: `6N, ${formatCount(N)} parameters`, mark: 'dashed', x, y: x.map(() => 6 * N) },
    ],
  }, [
    ...markTrace({
      x: context, y: at, position: 'top left', label: `<b>${formatNumber(at / (6 * N), 3)} × 6N</b>`,
      hover: `<b>context ${context}</b><br>${formatFlops(at)} a token, ${formatNumber(at / (6 * N), 3)} × 6N`,
    }, look),
    ...(quadratic <= x.at(-1)! ? markTrace({
      x: quadratic, y: 2 * TRAINING * forwardFlops(architecture, { context: Math.max(1, Math.round(quadratic)), causal }).attention, open: true,
      position: 'top left', label: look.compact ? '' : 'half is attention', hover: `<b>half is attention</b><br>context ${formatCount(quadratic)}`,
    }, look) : []),
  ], options);
}
