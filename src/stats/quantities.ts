/**
 * The numbers of a fit that are given intervals. A part of them writes the same numbers of every fit to arrays that it is
 * given, so that a million fits are columns, never objects.
 */
import { partOf } from '../laws/grouped.ts';
import { fittedNames, type Law } from '../laws/law.ts';
import { checkBudgets, checkModels, frontierOf, lossPredictor } from '../plan/frontier.ts';
import type { Model } from '../types.ts';
import { finiteAt, type Replicates } from './fits.ts';

/** Some numbers of a fit, `count` of them. */
export interface Quantities {
  readonly count: number;
  /** Are they straight, or exponentials of what is straight, in working coordinates, as parameters are? */
  readonly isStraight?: boolean;
  /** Writes those of one fit, natural parameters in the order of the law, to `numbers` [count]. */
  write(natural: Float64Array, numbers: Float64Array): void;
  /** Fewer of them with the q-th, and its place there. */
  among?(q: number): readonly [few: Quantities, place: number];
}

/** Budgets, or models, of a part: so many columns are held at a time. */
const AT_ONCE = 8;

/** Numbers of a budget: N, D, D/N and loss. */
export const PLANNED = 4;

/** The parameters and the frontier's exponents a and b, as `fittedNames` has them. */
export function parameters(law: Law): Quantities {
  const { frontier, params: { length } } = law;
  return {
    count: fittedNames(law).length,
    isStraight: true,
    write(natural, numbers) {
      numbers.set(natural);
      if (frontier) ({ a: numbers[length], b: numbers[length + 1] } = frontier.exponents(natural));
    },
  };
}

/**
 * The optimum at each budget, some budgets a part: N, D, D/N, loss; NaN where a fit has no optimum.
 * @throws InputError where a budget is not positive.
 */
export function optima(law: Law, budgets: readonly number[]): Quantities[] {
  checkBudgets(budgets);
  return law.frontier ? inParts(budgets).map((few) => optimaAt(law, few)) : [];
}

/** One after another, so many a part. */
function inParts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, k) => all.slice(k * AT_ONCE, (k + 1) * AT_ONCE));
}

function optimaAt(law: Law, budgets: readonly number[]): Quantities {
  const [N, D] = [new Float64Array(budgets.length), new Float64Array(budgets.length)];
  const predict = lossPredictor(law, budgets.length);
  const { allocate } = frontierOf(law);
  return {
    count: PLANNED * budgets.length,
    write(natural, numbers) {
      if (!hasOptimum(law, natural)) {
        numbers.fill(NaN);
        return;
      }
      for (let k = 0; k < budgets.length; k++) ({ N: N[k], D: D[k] } = allocate(natural, budgets[k]));
      const losses = predict(natural, N, D);
      for (let k = 0, at = 0; k < budgets.length; k++) {
        numbers[at++] = N[k];
        numbers[at++] = D[k];
        numbers[at++] = D[k] / N[k];
        numbers[at++] = losses[k];
      }
    },
    ...apart(budgets, PLANNED, (budget) => optimaAt(law, [budget])),
  };
}

/** The numbers of each of `all`, so many for each, by themselves. */
function apart<T>(all: readonly T[], each: number, alone: (one: T) => Quantities): Pick<Quantities, 'among'> {
  if (all.length === 1) return {};
  const made: Quantities[] = [];
  return {
    among(q) {
      const k = Math.floor(q / each);
      return [made[k] ??= alone(all[k]), q % each];
    },
  };
}

/** Do natural parameters leave the law a compute-optimal size? */
export function hasOptimum(law: Law, natural: ArrayLike<number>): boolean {
  return law.frontier !== undefined && law.brokenBounds(natural).length === 0;
}

/** The predicted loss of each model, some models a part. @throws InputError as `checkModels` does. */
export function predictions(law: Law, models: readonly Model[]): Quantities[] {
  checkModels(law, models);
  return inParts(models).map((few) => predictionsOf(law, few));
}

function predictionsOf(law: Law, models: readonly Model[]): Quantities {
  const predict = lossPredictor(law, models.length, (k) => models[k]);
  const [N, D] = (['N', 'D'] as const).map((role) => models.map(({ [role]: count = NaN }) => count));
  return {
    count: models.length,
    write(natural, numbers) {
      numbers.set(predict(natural, N, D));
    },
    ...apart(models, 1, (model) => predictionsOf(law, [model])),
  };
}

/** Numbers of the law of one group, whose parameters stand at `places`, as numbers of the law of all groups. */
export function ofGroup(quantities: Quantities, places: readonly number[]): Quantities {
  const { among } = quantities;
  return {
    ...quantities,
    write: (natural, numbers) => quantities.write(partOf(natural, places), numbers),
    ...(among && {
      among(q) {
        const [few, place] = among(q);
        return [ofGroup(few, places), place];
      },
    }),
  };
}

/** The natural parameters of the finite fits, one after another, flat [fits][P]. */
export function finiteFits(fits: Replicates): Float64Array {
  const { natural, objective } = fits;
  const finite = new Float64Array(natural.length);
  let length = 0;
  for (let r = 0; r < objective.length; r++) {
    const one = finiteAt(fits, r);
    if (!one) continue;
    finite.set(one, length);
    length += one.length;
  }
  return finite.subarray(0, length);
}

/** The numbers of one fit. */
export function numbersOf({ count, write }: Quantities, natural: Float64Array): Float64Array {
  const numbers = new Float64Array(count);
  write(natural, numbers);
  return numbers;
}

/** One array for each number, over the fits that have it: flat natural parameters [fits][P]. */
export function columnsOf({ count, write }: Quantities, natural: Float64Array, order: number): Float64Array[] {
  const fit = new Float64Array(order);
  const numbers = new Float64Array(count);
  const columns = Array.from(numbers, () => new Float64Array(natural.length / order));
  const lengths = new Uint32Array(count);
  for (let at = 0; at < natural.length; at += order) {
    for (let j = 0; j < order; j++) fit[j] = natural[at + j];
    write(fit, numbers);
    for (let q = 0; q < count; q++) if (!Number.isNaN(numbers[q])) columns[q][lengths[q]++] = numbers[q];
  }
  return columns.map((column, q) => column.subarray(0, lengths[q]));
}
