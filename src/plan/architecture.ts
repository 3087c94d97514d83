/**
 * Parameters of a decoder, counted from its shape. With width d, h heads of size k, g heads of keys and values, feed-forward
 * width f, vocabulary V:
 *
 *   attention      layers·d·k·(2h + 2g)            queries and output h heads, keys and values g; 4·d·k·h where g = h
 *   feed-forward   layers·2·d·f, gated layers·3·d·f
 *   embeddings     V·d, and V·d again for the logits where they are not tied
 *
 * and where asked for, norms (two a layer, one at the end), biases, and the fifth projection that relative positions as in
 * Transformer-XL have: d·k·h a layer. Gopher and Chinchilla have it: with it, and V = 32,000, the counts are those of all 50 models
 * of Hoffmann et al. 2022, arXiv:2203.15556, Table A9, to 0.8 %; without it they are 5 to 8 % below.
 *
 * Kaplan et al. 2020, arXiv:2001.08361, leave the embeddings out and count 12·layers·d²: attention with k·h = d, and f = 4d.
 */
import { whole } from '../check.ts';

export interface Architecture {
  readonly layers: number;
  /** d_model. */
  readonly width: number;
  readonly heads: number;
  /** Heads of keys and values: 1 for multi-query, fewer than `heads` for grouped-query attention. Default: `heads`. */
  readonly keyValueHeads?: number;
  /** Of keys, queries and values. Default width/heads. */
  readonly headSize?: number;
  /** Hidden width of the feed-forward layer. Default 4·width. */
  readonly feedForward?: number;
  /** Three matrices in the feed-forward layer (SwiGLU and its like), not two. Default false. */
  readonly gated?: boolean;
  readonly vocabulary: number;
  /** One matrix for embeddings and logits. Default true. */
  readonly tied?: boolean;
  /** Vectors of a norm: 1 scales, 2 scales and shifts. Default 0, not counted. */
  readonly normVectors?: 0 | 1 | 2;
  /** Of every matrix in the layers. Default false, not counted. */
  readonly biases?: boolean;
  /** Positions projected once more in each layer, as in Transformer-XL. Default false. */
  readonly relativePositions?: boolean;
}

/** Parameters (count), part by part. */
export interface ParameterCount {
  readonly attention: number;
  readonly feedForward: number;
  readonly norms: number;
  readonly biases: number;
  readonly embeddings: number;
  /** All of them: Hoffmann et al.'s N. */
  readonly total: number;
  /** Kaplan et al.'s N. */
  readonly withoutEmbeddings: number;
}

/** An architecture with every choice made. */
export type Shape = Required<Architecture>;

/**
 * The choices that were left to the defaults.
 * @throws InputError where a size is not a whole number.
 */
export function shapeOf(architecture: Architecture): Shape {
  const { width, heads, keyValueHeads = heads, headSize = width / heads, feedForward = 4 * width } = architecture;
  const shape = {
    gated: false, tied: true, normVectors: 0, biases: false, relativePositions: false,
    ...architecture, keyValueHeads, headSize, feedForward,
  } as const;
  for (const [name, what] of SIZES) whole(name, shape[name], what);
  return shape;
}

const SIZES = [
  ['layers', 'layers'], ['width', 'dimensions'], ['heads', 'heads'], ['keyValueHeads', 'heads'], ['headSize', 'dimensions'],
  ['feedForward', 'dimensions'], ['vocabulary', 'tokens'],
] as const;

/** @throws InputError where a size is not a whole number. */
export function countParameters(architecture: Architecture): ParameterCount {
  const shape = shapeOf(architecture);
  const { layers, width, heads, keyValueHeads, headSize, feedForward, vocabulary } = shape;
  const [projections, hidden] = [2 * heads + 2 * keyValueHeads, shape.gated ? 2 : 1];
  const attention = layers * width * headSize * (projections + (shape.relativePositions ? heads : 0));
  const forward = layers * (hidden + 1) * width * feedForward;
  const norms = (2 * layers + 1) * shape.normVectors * width;
  const biases = shape.biases ? layers * ((heads + 2 * keyValueHeads) * headSize + width + hidden * feedForward + width) : 0;
  const embeddings = (shape.tied ? 1 : 2) * vocabulary * width;
  const withoutEmbeddings = attention + forward + norms + biases;
  return { attention, feedForward: forward, norms, biases, embeddings, total: withoutEmbeddings + embeddings, withoutEmbeddings };
}
