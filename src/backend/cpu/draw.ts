/** Draws replicates in float64: the same integers as shaders/kernel/draw_weights.wgsl and draw_losses.wgsl. */
import { keyOf, multiplyHigh, philox4x32, STREAM } from '../../math/philox.ts';
import type { Batch, Draw, DrawLosses } from '../backend.ts';

type Data = Pick<Batch, 'logLoss' | 'weight'>;

/** Weights and log losses of replicate r of a batch; as they are where the batch draws nothing. */
export function drawReplicate({ logLoss, weight, draw }: Data & Pick<Batch, 'draw'>, r: number): Data {
  if (!draw) return { logLoss, weight };
  const words = wordsOf(draw, r);
  if (draw.kind === 'groups') return { logLoss, weight: drawWeights(weight, draw.group, draw.groups, words) };
  return { logLoss: drawLosses(logLoss, draw, words), weight };
}

/** Word w of a block of four for this replicate. */
type Words = (block: number) => readonly number[];

function wordsOf({ seed, first }: Draw, r: number): Words {
  const key = keyOf(seed);
  return (block) => philox4x32([block, first + r, STREAM.resample, 0], key);
}

function drawWeights(weight: Float64Array, group: Uint32Array, groups: number, words: Words): Float64Array {
  const counts = new Uint32Array(groups);
  let block: readonly number[] = [];
  for (let j = 0; j < groups; j++) {
    if (j % 4 === 0) block = words(j / 4);
    counts[multiplyHigh(block[j % 4], groups)]++;
  }
  return weight.map((value, i) => value * counts[group[i]]);
}

function drawLosses(logLoss: Float64Array, draw: DrawLosses, words: Words): Float64Array {
  const residual = logLoss.map((value, i) => value - draw.fitted[i]);
  return draw.fitted.map((fitted, i) => {
    const [first, second] = words(i);
    if (draw.kind === 'residual') return fitted + residual[multiplyHigh(first, residual.length)];
    if (draw.kind === 'wild') return fitted + (first < 2 ** 31 ? -residual[i] : residual[i]);
    return fitted + draw.sigma * normal(first, second);
  });
}

/** Box and Muller from two words. */
function normal(first: number, second: number): number {
  const radius = Math.sqrt(-2 * Math.log((first + 0.5) / 2 ** 32));
  return radius * Math.cos(2 * Math.PI * ((second + 0.5) / 2 ** 32));
}
