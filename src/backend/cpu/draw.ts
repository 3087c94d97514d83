/** Draws replicates in float64: the same integers as shaders/kernel/draw_weights.wgsl and draw_losses.wgsl. */
import { normal, student } from '../../math/normal.ts';
import { keyOf, multiplyHigh, philox4x32, STREAM } from '../../math/philox.ts';
import { drawsLosses, type Batch, type Draw, type DrawGroups, type DrawNoise, type DrawResiduals } from '../backend.ts';

type Data = Pick<Batch, 'logLoss' | 'weight'>;

/** Weights and log losses of replicate r of a batch; as they are where the batch draws nothing. */
export function drawReplicate({ logLoss, weight, draw }: Data & Pick<Batch, 'draw'>, r: number): Data {
  if (!draw) return { logLoss, weight };
  if (!drawsLosses(draw)) return { logLoss, weight: drawWeights(weight, draw, r) };
  return { logLoss: 'noise' in draw ? drawNoise(draw, r) : drawResiduals(logLoss, draw, r), weight };
}

/** Block `at` of four words of a stream of this replicate. */
type Words = (at: number) => readonly number[];

function wordsOf({ seed, first }: Draw, r: number, stream: number): Words {
  const key = keyOf(seed);
  return (at) => philox4x32([at, first + r, stream, 0], key);
}

function drawWeights(weight: Float64Array, draw: DrawGroups, r: number): Float64Array {
  const { kind, group, groups, first, strata = [0, groups] } = draw;
  if (kind === 'leave-out') return weight.map((value, i) => (group[i] === first + r ? 0 : value));
  const words = wordsOf(draw, r, STREAM.resample);
  const counts = new Uint32Array(groups);
  let block: readonly number[] = [];
  for (let j = 0, stratum = 0; j < groups; j++) {
    if (j % 4 === 0) block = words(j / 4);
    while (j >= strata[stratum + 1]) stratum++;
    counts[strata[stratum] + multiplyHigh(block[j % 4], strata[stratum + 1] - strata[stratum])]++;
  }
  return weight.map((value, i) => value * counts[group[i]]);
}

function drawResiduals(logLoss: Float64Array, draw: DrawResiduals, r: number): Float64Array {
  const words = wordsOf(draw, r, STREAM.resample);
  const residual = logLoss.map((value, i) => value - draw.fitted[i]);
  const strata = draw.stratum && residualsOf(draw.stratum, residual);
  return draw.fitted.map((fitted, i) => {
    const [first] = words(i);
    const own = strata && draw.stratum ? strata[draw.stratum[i]] : residual;
    if (draw.kind === 'residual') return fitted + own[multiplyHigh(first, own.length)];
    return fitted + (first < 2 ** 31 ? -residual[i] : residual[i]);
  });
}

/** The residuals of each stratum, in the order of the points. */
function residualsOf(stratum: Uint32Array, residual: Float64Array): Float64Array[] {
  const strata = stratum.reduce((most, s) => Math.max(most, s), 0) + 1;
  return Array.from({ length: strata }, (_, s) => residual.filter((__, i) => stratum[i] === s));
}

function drawNoise(draw: DrawNoise, r: number): Float64Array {
  const { noise, fitted, sizes, seeds } = draw;
  const words = wordsOf(draw, r, draw.kind === 'synthetic' ? STREAM.noise : STREAM.resample);
  const limit = outlierLimit(noise.outliers?.fraction ?? 0);
  const ofSize = sharedNoise(wordsOf(draw, r, STREAM.noiseOfSize), noise.bySize);
  const ofSeed = sharedNoise(wordsOf(draw, r, STREAM.noiseOfSeed), noise.bySeed);
  return fitted.map((value, i) => {
    const [first, second, third] = words(i);
    const own = noise.sigma * (noise.degrees === undefined ? normal(first, second) : student(first, second, noise.degrees));
    const kept = third < limit ? Math.abs(own) * (noise.outliers?.factor ?? 1) : own;
    const change = kept + ofSize(sizes?.[i] ?? 0) + ofSeed(seeds?.[i] ?? 0);
    return value + Math.max(-MOST_NOISE, Math.min(MOST_NOISE, change));
  });
}

/** Nats: e to it is finite in float32. Student's t with few degrees of freedom goes beyond. */
const MOST_NOISE = 60;

function sharedNoise(words: Words, deviation = 0): (group: number) => number {
  if (deviation === 0) return () => 0;
  const drawn = new Map<number, number>();
  return (group) => {
    let value = drawn.get(group);
    if (value === undefined) {
      const [first, second] = words(group);
      drawn.set(group, (value = deviation * normal(first, second)));
    }
    return value;
  };
}

/** Words below it make an outlier. */
function outlierLimit(fraction: number): number {
  return Math.min(Math.round(fraction * 2 ** 32), 2 ** 32 - 1);
}
