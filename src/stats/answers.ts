/**
 * Answers to the questions of a plan (src/plan/questions.ts), with intervals: each number is computed of the fit and of every
 * resample, and its interval made as those of the parameters are (src/stats/intervals.ts).
 */
import { optionError } from '../errors.ts';
import type { Law } from '../laws/law.ts';
import { checkOneLaw } from '../laws/grouped.ts';
import { lawById, lawIds } from '../laws/registry.ts';
import { inOrder, type Params } from '../plan/frontier.ts';
import type { Question } from '../plan/questions.ts';
import { hasFrontier } from '../plan/terms.ts';
import type { Interval } from '../types.ts';
import type { Resampling } from './bootstrap.ts';
import { finiteFits, numbersOf, type Quantities } from './quantities.ts';
import { partsOf } from './summary.ts';

/** A number of a plan. */
export interface Answer {
  /** NaN where the law has none. */
  readonly value: number;
  /** Where there are resamples, of those that have the number; NaN where too few do. Or by the sandwich of the fit. */
  readonly interval?: Interval;
  /** Where there are resamples: the share of them that do not have it, as those have not whose fit is not finite. */
  readonly unanswered?: number;
}

export type Answers<Name extends string> = Readonly<Record<Name, Answer>>;

/** Answers a question. */
export type Ask = <Name extends string>(question: Question<Name>) => Answers<Name>;

/**
 * Asks a law with natural parameters `params`, and its resamples where there are any.
 * @throws InputError where the law is not one of two terms, or a parameter of it is missing or not finite.
 */
export function asker(lawId: string, params: Params, resampling?: Resampling): Ask {
  const law = lawById(lawId);
  const terms = termsOf(law);
  const natural = inOrder(law, params);
  const spread = resampling && spreadOf(resampling);
  return (question) => {
    const quantities = quantitiesOf(terms, question);
    const answers = spread ? spread(law, quantities, natural) : Array.from(numbersOf(quantities, natural), (value) => ({ value }));
    return Object.fromEntries(question.names.map((name, k) => [name, answers[k]])) as Record<typeof question.names[number], Answer>;
  };
}

/** @throws InputError that names the laws that can be asked, where it is none of them. */
export function termsOf(law: Law): NonNullable<Law['terms']> {
  if (law.terms) return law.terms;
  checkOneLaw(law);
  const usable = lawIds.filter((id) => lawById(id).terms !== undefined);
  throw optionError('law', `expected a law of two power terms of N and D (${usable.join(', ')}), got "${law.id}". Take one of these.`);
}

/** The numbers of any natural parameters: NaN without a frontier, and for what is infinite, which no interval can hold. */
function quantitiesOf(terms: NonNullable<Law['terms']>, { names, write }: Question): Quantities {
  return {
    count: names.length,
    write(natural, numbers) {
      numbers.fill(NaN);
      const law = terms(natural);
      if (hasFrontier(law)) write(law, numbers);
      for (let k = 0; k < numbers.length; k++) if (!Number.isFinite(numbers[k])) numbers[k] = NaN;
    },
  };
}

type Spread = (law: Law, quantities: Quantities, natural: Float64Array) => Answer[];

/** Makes answers with intervals of the kind that the bootstrap was made for. */
function spreadOf({ bootstrap: { kind, interval, confidence }, replicates, leftOut, sandwich }: Resampling): Spread {
  const fits = finiteFits(replicates);
  const others = leftOut && finiteFits(leftOut);
  return (law, quantities, natural) => {
    const { estimates, columns, intervals } = partsOf(law, natural, { interval, confidence, others, sandwich })(quantities);
    const values = columns(fits);
    const ranges = intervals(values);
    return values.map(({ length }, k) => ({
      value: estimates[k], interval: ranges[k], ...(kind !== 'sandwich' && { unanswered: 1 - length / replicates.objective.length }),
    }));
  };
}
