/**
 * Training FLOPs: 6·N·D, 8·N·D with full recomputation, and counted matrix by matrix, where a context length makes the
 * difference. A multiplication of a vector by a matrix of m×n is 2·m·n. For one token that attends to s positions, with the
 * names of src/plan/architecture.ts, forward:
 *
 *   projections    layers·2·d·k·(2h + 2g)
 *   attention      layers·4·s·k·h                 scores 2·s·k·h, values 2·s·k·h: the quadratic term of a context
 *   feed-forward   layers·2·(2 or 3)·d·f
 *   logits         2·d·V
 *
 * Backward takes twice as much as forward. Full recomputation does the layers, not the logits, once more. With k·h = d and
 * f = 4d that is 96·layers·d²·(1 + s/(6d) + V/(16·layers·d)) a token of Narayanan et al. 2021, arXiv:2104.04473, Eq. 3, and the
 * attention is the 12·layers·h·k·s that Chowdhery et al. 2022, arXiv:2204.02311, appendix B, add to 6·N.
 *
 * Hoffmann et al. 2022, arXiv:2203.15556, appendix F, count two more: softmax, layers·3·h·s, and embeddings as if a token were
 * multiplied by their matrix, 2·V·d. The ratios to 6·N·D of their Table A4 follow to the two digits printed from the layers and
 * the softmax at s = 2048 alone, without embeddings and logits; with logits they come out 2 to 27 % higher.
 */
import { positiveTokens, whole } from '../check.ts';
import { shapeOf, type Architecture } from './architecture.ts';
import type { Size } from './terms.ts';

/** Forward FLOPs of one token, part by part. */
export interface TokenFlops {
  readonly projections: number;
  /** Grows with the positions attended to. */
  readonly attention: number;
  readonly feedForward: number;
  readonly logits: number;
  /** The four together: what training has to do. */
  readonly total: number;
  /** Not in the total: few FLOPs, none of them on matrix units. */
  readonly softmax: number;
  /** Not in the total: a lookup does no arithmetic. What Hoffmann et al. count for it. */
  readonly embeddings: number;
}

export interface Context {
  /** Tokens of a sequence. */
  readonly context: number;
  /** Count only positions that a token sees, (context + 1)/2 on average. Default false, as published counts do. */
  readonly causal?: boolean;
}

export interface Training extends Context {
  /** Training tokens. */
  readonly D: number;
  /** Do the layers a second time on the way back, so that their activations need not be kept. Default false. */
  readonly recompute?: boolean;
}

/** FLOPs for each parameter and training token: forward 2, backward 4, forward once more 2. */
export function approximateFlops({ N, D }: Size, recompute = false): number {
  return (recompute ? 8 : 6) * N * D;
}

/** FLOPs that devices do for each one of C = 6·N·D: 1, or 8/6 with full recomputation. */
export function flopsDone({ recompute = false }: { readonly recompute?: boolean }): number {
  return recompute ? 8 / 6 : 1;
}

/** @throws InputError where a size or the context is not a whole number. */
export function forwardFlops(architecture: Architecture, { context, causal = false }: Context): TokenFlops {
  const { layers, width, heads, keyValueHeads, headSize, feedForward, gated, vocabulary } = shapeOf(architecture);
  const attended = causal ? (whole('context', context, 'tokens') + 1) / 2 : whole('context', context, 'tokens');
  const projections = layers * 2 * width * headSize * (2 * heads + 2 * keyValueHeads);
  const attention = layers * 4 * attended * headSize * heads;
  const forward = layers * 2 * (gated ? 3 : 2) * width * feedForward;
  const logits = 2 * width * vocabulary;
  return {
    projections, attention, feedForward: forward, logits, total: projections + attention + forward + logits,
    softmax: layers * 3 * heads * attended, embeddings: logits,
  };
}

/**
 * Counted FLOPs of a whole training.
 * @throws InputError as `forwardFlops`, and where D is not positive.
 */
export function trainingFlops(architecture: Architecture, { D, recompute = false, ...context }: Training): number {
  const { total, logits } = forwardFlops(architecture, context);
  return positiveTokens(D) * (3 * total + (recompute ? total - logits : 0));
}

/**
 * The context, in tokens, at which attention takes as many FLOPs as all the rest of training.
 * @throws InputError where a size is not a whole number.
 */
export function quadraticContext(architecture: Architecture, causal = false, recompute = false): number {
  const { attention, total, logits } = forwardFlops(architecture, { context: 1 });
  const attended = (total - attention - (recompute ? logits / 4 : 0)) / attention;
  return causal ? 2 * attended - 1 : attended;
}
