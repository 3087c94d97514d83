/**
 * One law of several groups of runs, which share its working coordinates but for some that each group has of its own:
 *
 *   x = (x₁ … x_P of the first group, own coordinates of the second, of the third, …)
 *
 * Such a law is a law again, so that the descent, the polish and the certificate of src/optim and src/fit take it as it is; its
 * Jacobian and curvature are those of the law that is shared, each group's in its own columns. It has no twin in WGSL.
 *
 * One more input stands behind those of the law: the number of the group of each point, 0, 1, …, in rising order.
 */
import type { Batch } from '../backend/backend.ts';
import type { Inputs, Law } from '../laws/law.ts';
import { packedIndex, packedLength } from '../math/packed.ts';

/** `own`: indices of the parameters of which each of the `groups` has its own. */
export function groupedLaw(law: Law, groups: number, own: readonly number[]): Law {
  const order = law.params.length;
  const later = Array.from({ length: groups - 1 }, (_, g) => g + 1);
  /** Where the coordinates of a group stand among all. */
  const places = [0, ...later].map((g) => law.params.map((_, j) => (g > 0 && own.includes(j) ? order + (g - 1) * own.length + own.indexOf(j) : j)));
  const of = (x: ArrayLike<number>, g: number) => Float64Array.from(places[g], (at) => x[at]);
  const append = (x: Float64Array, rest: readonly number[]) => Float64Array.of(...x, ...rest);
  const repeat = (x: Float64Array) => append(x, later.flatMap(() => own.map((j) => x[j])));
  /** Of all groups, by what turns the coordinates of one. */
  const each = (x: ArrayLike<number>, turn: (one: Float64Array) => Float64Array) =>
    append(turn(of(x, 0)), later.flatMap((g) => { const turned = turn(of(x, g)); return own.map((j) => turned[j]); }));
  return {
    ...law,
    id: `${law.id} of ${groups} groups`,
    params: [...law.params, ...later.flatMap((g) => own.map((j) => `${law.params[j]} of group ${g + 1}`))],
    axes: [],
    pairs: [],
    predict(x, inputs, prediction, jacobian, from = 0, to = prediction.length) {
      for (const { group, start, end } of spans(inputs, from, to)) {
        jacobian.forEach((column, j) => { if (!places[group].includes(j)) column.fill(0, start, end); });
        law.predict(of(x, group), inputs, prediction, places[group].map((at) => jacobian[at]), start, end);
      }
    },
    addCurvature(jacobian, inputs, scale, hessian, x) {
      for (const { group, start, end } of spans(inputs, 0, scale.length)) {
        const part = (column: Float64Array) => column.subarray(start, end);
        const added = new Float64Array(packedLength(order));
        law.addCurvature(places[group].map((at) => part(jacobian[at])), inputs.map(part), part(scale), added, of(x, group));
        scatter(added, places[group], hessian);
      }
    },
    toNatural: (x, centre) => each(x, (one) => law.toNatural(one, centre)),
    toWorking: (natural, centre) => each(natural, (one) => law.toWorking(one, centre)),
    drawStart: (lowestLoss, uniform) => repeat(law.drawStart(lowestLoss, uniform)),
    paperStarts: (centre) => law.paperStarts(centre).map(repeat),
    brokenBounds: (natural) => [...new Set([0, ...later].flatMap((g) => law.brokenBounds(of(natural, g))))],
  };
}

/** A batch of the law that is shared as one of the grouped law. `group`: of each point, in rising order; of the law's own pins none is a group's own. */
export function groupedBatch(batch: Batch, group: Float64Array, own: readonly number[]): Batch {
  const groups = group[group.length - 1] + 1;
  const free = Array.from({ length: (groups - 1) * own.length }, () => NaN);
  const { pins, box } = batch;
  return {
    ...batch,
    law: groupedLaw(batch.law, groups, own),
    inputs: [...batch.inputs, group],
    ...(pins && {
      pins: { pinned: [...pins.pinned, ...free.map(() => false)], natural: [...pins.natural, ...free], working: [...pins.working, ...free] },
    }),
    ...(box && { box: { ...openFor(free, box), natural: openFor(free, box.natural) } }),
  };
}

/** Bounds are those of the first group. */
function openFor(others: readonly number[], { lower, upper }: { readonly lower: readonly number[]; readonly upper: readonly number[] }) {
  return { lower: [...lower, ...others.map(() => -Infinity)], upper: [...upper, ...others.map(() => Infinity)] };
}

/** The points from..to of each group. */
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
