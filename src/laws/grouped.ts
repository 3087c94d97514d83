/**
 * One law of several groups of runs, which share some of its parameters and have the others each of its own:
 *
 *   x = (x₁ … x_P of the first group, own coordinates of the second, of the third, …)
 *
 * Its Jacobian and curvature are those of the law of one group, each group's in its own columns. Natural parameters are named E[a],
 * E[b], … by the groups a, b, …, and as in the law where all groups share them. A shared parameter is one shared coordinate where
 * the inputs are centred so that its coordinate moves with no parameter that groups have of their own: src/fit/pins.ts does.
 *
 * Behind the inputs of the law stands the number of the group of each point, 0, 1, …; points of a group that follow each other are
 * computed together. The whole law is in its id, "chinchilla|corpus|alpha,beta|a|b", so that a worker, or a fit that was saved, has
 * it again. GPU twin: shaders/lib/grouped.wgsl about the twin of the law.
 */
import { optionError } from '../errors.ts';
import { packedIndex, packedLength } from '../math/packed.ts';
import { lawName, type Inputs, type Law } from './law.ts';

/** Parameters of all groups together, at most: the GPU keeps the state of a descent in registers. */
const MOST = 16;

/** Id of a law of groups: that of the law of each, the column that tells them apart, what they share, and their names. */
export function groupedId(base: string, column: string, share: readonly string[], names: readonly string[]): string {
  return [base, column, share.join(), ...names].map((part) => part.replaceAll(/[%|]/g, encodeURIComponent)).join('|');
}

export function isGroupedId(id: string): boolean {
  return id.includes('|');
}

/**
 * The law of such an id.
 * @throws InputError where the base has not the parameters to share, or groups would share all of them, or have too many.
 */
export function groupedOf(id: string, lawById: (base: string) => Law): Law {
  const [baseId, column, list, ...names] = id.split('|').map(decodeURIComponent);
  const base = lawById(baseId);
  const share = list === '' ? [] : list.split(',');
  const stray = share.find((name) => !base.params.includes(name));
  if (stray !== undefined) throw optionError('share', `expected parameters of law ${base.id} (${base.params.join(', ')}), got ${stray}.`);
  const own = [...base.params.keys()].filter((j) => !share.includes(base.params[j]));
  if (own.length === 0) {
    throw optionError('share', `expected a parameter of law ${base.id} that each group has of its own, got all of them shared. That is one law of all runs: fit it without groups.`);
  }
  const count = base.params.length + (names.length - 1) * own.length;
  if (count <= MOST) return groupedLaw(base, id, column, names, own);
  throw optionError('share', `expected at most ${MOST} parameters of all ${names.length} groups together, got ${count}. Share more of them, or fit fewer groups at a time.`);
}

function groupedLaw(base: Law, id: string, column: string, names: readonly string[], own: readonly number[]): Law {
  const order = base.params.length;
  const later = names.slice(1).map((_, g) => g + 1);
  const places = names.map((_, g) => base.params.map((__, j) => (g > 0 && own.includes(j) ? order + (g - 1) * own.length + own.indexOf(j) : j)));
  const nameOf = (j: number, g: number) => (own.includes(j) ? `${base.params[j]}[${names[g]}]` : base.params[j]);
  /** One entry for each parameter, in their order. */
  const each = <T>(of: (j: number, g: number) => T): T[] => [...base.params.map((_, j) => of(j, 0)), ...later.flatMap((g) => own.map((j) => of(j, g)))];
  /** Of all groups, by what turns the coordinates of one. */
  const turned = (x: ArrayLike<number>, turn: (one: Float64Array) => Float64Array) => {
    const groups = places.map((at) => turn(partOf(x, at)));
    return Float64Array.from(each((j, g) => groups[g][j]));
  };
  const repeat = (x: Float64Array) => Float64Array.from(each((j) => x[j]));
  const { frontier: _, terms: __, ...rest } = base;
  return {
    ...rest,
    id,
    groups: { base, column, names, own, places, share: base.params.filter((___, j) => !own.includes(j)) },
    params: each(nameOf),
    meanings: Object.fromEntries(each((j, g) => [nameOf(j, g), base.meanings[base.params[j]]])),
    axes: [],
    pairs: [],
    predict(x, inputs, prediction, jacobian, from = 0, to = prediction.length, arithmetic?) {
      const parts = places.map((at) => partOf(x, at));
      for (const { group, start, end } of spans(inputs, from, to)) {
        const columns = places[group].map((at) => jacobian[at]);
        // Operations on columns take points two by two: the one before, of another group, is computed again and put back.
        const first = start - ((start - from) % 2);
        const before = first < start ? [prediction, ...columns].map((column) => column[first]) : [];
        base.predict(parts[group], inputs, prediction, columns, first, Math.min(to, end + ((end - from) % 2)), arithmetic);
        before.forEach((value, k) => { (k === 0 ? prediction : columns[k - 1])[first] = value; });
        jacobian.forEach((column, j) => { if (!places[group].includes(j)) column.fill(0, start, end); });
      }
    },
    addCurvature(jacobian, inputs, scale, hessian, x) {
      for (const { group, start, end } of spans(inputs, 0, scale.length)) {
        const part = (column: Float64Array) => column.subarray(start, end);
        const added = new Float64Array(packedLength(order));
        base.addCurvature(places[group].map((at) => part(jacobian[at])), inputs.map(part), part(scale), added, partOf(x, places[group]));
        scatter(added, places[group], hessian);
      }
    },
    toNatural: (x, centre) => turned(x, (one) => base.toNatural(one, centre)),
    toWorking: (natural, centre) => turned(natural, (one) => base.toWorking(one, centre)),
    drawStart: (lowestLoss, uniform) => repeat(base.drawStart(lowestLoss, uniform)),
    paperStarts: (centre) => base.paperStarts(centre).map(repeat),
    brokenBounds(natural) {
      const broken = places.map((at) => base.brokenBounds(partOf(natural, at)));
      const of = (rule: string) => names.filter((___, g) => broken[g].includes(rule));
      return [...new Set(broken.flat())].map((rule) => (of(rule).length === names.length ? rule : `${rule} in ${of(rule).join(' and ')}`));
    },
  };
}

/** @throws InputError for a law of groups, of which each says something else. */
export function checkOneLaw({ id, groups }: Pick<Law, 'id' | 'groups'>): void {
  if (!groups) return;
  throw optionError('law', `expected the law of one group of runs, got ${lawName({ id, groups })}, of ${groups.names.join(', ')}. Take the fit of one of them: fitOfGroup.`);
}

/** Points in the order of their groups, which is the fastest one; as they are where there are none. */
export function inGroups({ groups }: Pick<Law, 'groups'>, inputs: Inputs, points: readonly number[]): readonly number[] {
  const numbers = inputs[inputs.length - 1];
  return groups ? points.toSorted((i, k) => numbers[i] - numbers[k]) : points;
}

/** The parameters, or coordinates, of one group of those of all. */
export function partOf(all: ArrayLike<number>, places: readonly number[]): Float64Array {
  const part = new Float64Array(places.length);
  for (let j = 0; j < places.length; j++) part[j] = all[places[j]];
  return part;
}

/** The points from..to, those of one group that follow each other at a time. */
function* spans(inputs: Inputs, from: number, to: number): Generator<{ readonly group: number; readonly start: number; readonly end: number }> {
  const numbers = inputs[inputs.length - 1];
  for (let start = from, end = from; start < to; start = end) {
    while (end < to && numbers[end] === numbers[start]) end++;
    yield { group: numbers[start], start, end };
  }
}

function scatter(added: Float64Array, places: readonly number[], hessian: Float64Array): void {
  for (let j = 0; j < places.length; j++) {
    for (let k = 0; k <= j; k++) {
      const [row, column] = [Math.max(places[j], places[k]), Math.min(places[j], places[k])];
      hessian[packedIndex(row, column)] += added[packedIndex(j, k)];
    }
  }
}
