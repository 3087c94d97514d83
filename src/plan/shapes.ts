/**
 * The nearest real architecture to a number of parameters: whole layers, heads and widths.
 *
 * A family fixes what does not follow from the size. Of each width, a multiple of the head size, those numbers of layers are
 * tried whose aspect, width/layers, is within a factor of the family's; the shapes nearest in N are returned. By default the
 * family is that of Hoffmann et al. 2022, arXiv:2203.15556, Table A9: heads of 64 below width 1280 and of 128 from there on,
 * feed-forward 4·width, 32,000 tokens, and an aspect of 6.25·width^0.33, the line through its 50 models in logs by least
 * squares, all of which are within a factor 1.32 of it. How wide or deep a model of a given N is matters little to its loss
 * (Kaplan et al. 2020, arXiv:2001.08361, §3.1).
 */
import { positive, whole } from '../check.ts';
import { optionError } from '../errors.ts';
import { countParameters, type Architecture, type ParameterCount } from './architecture.ts';

/** What the shapes have in common. */
export interface Family {
  /** Taken over as they are. */
  readonly common?: Pick<Architecture, 'gated' | 'tied' | 'normVectors' | 'biases' | 'relativePositions'>;
  /** Default that of Table A9: 64, and 128 from width 1280 on. */
  readonly headSize?: number;
  /** Of every shape, whatever its width, which then need not be a multiple of the head size. Default width over head size. */
  readonly heads?: number;
  /** Heads that share their keys and values. Default 1. */
  readonly group?: number;
  /** Of which the width is a multiple beside that of the head size: 1024, so that heads divide among eight devices. Default 1. */
  readonly widthMultiple?: number;
  /** Width/layers. Default that of Table A9, 49 at width 512 and 122 at 8192. */
  readonly aspect?: number;
  /** Factor on either side of the aspect that is accepted. Default 1.35. */
  readonly within?: number;
  /** Feed-forward width over width, rounded up to a multiple of 256. Default 4, and 8/3 where it is gated. */
  readonly expansion?: number;
  /** Tokens. Default 32,000. */
  readonly vocabulary?: number;
  /** Is N to be met with embeddings (Hoffmann et al.) or without (Kaplan et al.)? Default with. */
  readonly counted?: 'total' | 'withoutEmbeddings';
}

export interface NearShape {
  readonly architecture: Architecture;
  readonly parameters: ParameterCount;
  /** What it has over what was asked for, less 1. */
  readonly error: number;
  /** Width/layers. */
  readonly aspect: number;
}

const [NARROW, BROAD, BROAD_FROM] = [64, 128, 1280];
const FORWARD_MULTIPLE = 256;
/** A shape has at most so many times what was asked for, and at least the inverse. */
const FARTHEST = 2;
/** Beyond, the widths to try are too many. */
const LARGEST = 1e18;

/**
 * The shapes of a family nearest to N parameters, nearest first; none where it has none within a factor 2.
 * @throws InputError where a number is not positive, or a size not whole.
 */
export function nearestShapes(N: number, family: Family = {}, count = 5): NearShape[] {
  if (!(N > 0 && N <= LARGEST)) throw optionError('N', `expected positive parameters such as 7e9, at most ${LARGEST}, got ${N}.`);
  whole('count', count, 'shapes');
  const distance = ({ error }: NearShape) => Math.abs(Math.log1p(error));
  return candidates(N, family)
    .filter((shape) => distance(shape) < Math.log(FARTHEST))
    .toSorted((one, other) => distance(one) - distance(other))
    .slice(0, count);
}

/** Width/layers of Table A9, by width. */
export function aspectOfTableA9(width: number): number {
  return 6.249401 * width ** 0.3298347;
}

/** Of each width at most two, with the whole numbers of layers on either side of N. */
function candidates(N: number, family: Family): NearShape[] {
  const found: NearShape[] = [];
  const headSize = whole('headSize', family.headSize ?? NARROW, 'dimensions');
  const step = family.heads === undefined ? headSize : NARROW;
  if (!isShared(family)) return [];
  for (let width = step; ; width += step) {
    if (!isDivided(width, family)) continue;
    const [first, last] = depths(width, family);
    const [one, two] = [1, 2].map((layers) => counted(architectureOf(width, layers, family), family));
    if (one + (first - 1) * (two - one) > FARTHEST * N) return found;
    const fitting = 1 + (N - one) / (two - one);
    for (const layers of new Set([Math.floor(fitting), Math.ceil(fitting)])) {
      if (layers >= first && layers <= last) found.push(nearShape(N, architectureOf(width, layers, family), family));
    }
  }
}

/** Fewest and most layers of a width. */
function depths(width: number, { aspect = aspectOfTableA9(width), within = 1.35 }: Family): [first: number, last: number] {
  const middle = width / positive('aspect', aspect, 'width/layers such as 100');
  if (!(within >= 1)) throw optionError('within', `expected a factor of 1 or more such as 1.35, got ${within}.`);
  return [Math.max(1, Math.ceil(middle / within)), Math.floor(middle * within)];
}

function headSizeOf(width: number, { headSize }: Family): number {
  return headSize ?? (width < BROAD_FROM ? NARROW : BROAD);
}

/** Do groups divide the heads, where their number is given? No width helps where they do not. */
function isShared({ heads, group = 1 }: Family): boolean {
  const shared = whole('group', group, 'heads');
  return heads === undefined || whole('heads', heads, 'heads') % shared === 0;
}

function isDivided(width: number, family: Family): boolean {
  const { group = 1, widthMultiple = 1, heads } = family;
  const fits = heads !== undefined || width % (headSizeOf(width, family) * group) === 0;
  return fits && width % whole('widthMultiple', widthMultiple, 'dimensions') === 0;
}

function architectureOf(width: number, layers: number, family: Family): Architecture {
  const { group = 1, vocabulary = 32_000, common = {} } = family;
  const expansion = positive('expansion', family.expansion ?? (common.gated === true ? 8 / 3 : 4), 'feed-forward width over width such as 4');
  const headSize = headSizeOf(width, family);
  const heads = family.heads ?? width / headSize;
  const feedForward = FORWARD_MULTIPLE * Math.ceil((expansion * width) / FORWARD_MULTIPLE);
  return { layers, width, heads, keyValueHeads: heads / group, headSize, feedForward, vocabulary, ...common };
}

function counted(architecture: Architecture, family: Family): number {
  return countParameters(architecture)[family.counted ?? 'total'];
}

function nearShape(N: number, architecture: Architecture, { counted: name = 'total' }: Family): NearShape {
  const parameters = countParameters(architecture);
  return { architecture, parameters, error: parameters[name] / N - 1, aspect: architecture.width / architecture.layers };
}
