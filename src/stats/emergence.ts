/**
 * Emergence or mirage: the losses that a law gives along a scale, under each ruler (src/plan/rulers.ts), with intervals, each
 * reading and each score computed in every resample; and what a test of finitely many items can show of them.
 *
 * The scale is training compute along the law's frontier, or models that are given. The task's loss is the law's own, or
 * L − E + floor where another floor is given: 0 for a task with one right answer. A downstream error is read off the law's own.
 */
import { atLeastZero, positive, whole } from '../check.ts';
import { optionError } from '../errors.ts';
import type { TwoTerms } from '../laws/law.ts';
import { extrapolation } from '../plan/extrapolation.ts';
import { checkBudgets } from '../plan/frontier.ts';
import type { Question } from '../plan/questions.ts';
import {
  checkRulers, isShare, resolutionOf, rulerAt, scoreUnder, shapeOf, type Resolution, type Ruler, type Shape,
} from '../plan/rulers.ts';
import { lossOf, optimumAt, type Size } from '../plan/terms.ts';
import type { Interval } from '../types.ts';
import { asker, type Answer } from './answers.ts';
import type { PlanBasis } from './plan.ts';

export interface EmergenceOptions {
  /** Rising training FLOPs, at which the compute-optimal models are read; or rising models. At least three. */
  readonly scale: { readonly budgets: readonly number[] } | { readonly models: readonly Size[] };
  readonly rulers: readonly Ruler[];
  /** Least loss of the task, nats per token of its answer. Default: the law's E. */
  readonly floor?: number;
  /** Of the test. Without it nothing is said of its resolution. */
  readonly items?: number;
}

/** A model of the scale. */
export interface EmergencePoint {
  /** NaN where the law has no optimum. */
  readonly N: number;
  readonly D: number;
  readonly C: number;
  /** Nats per token, of the task. */
  readonly loss: number;
  /** By what factor it is beyond the runs in N, D or C, whichever is most: 1 within, and where they are not known. */
  readonly beyond: number;
}

/** What one ruler shows. Arrays have one entry a point. */
export interface RulerReading {
  readonly ruler: Ruler;
  readonly values: readonly Answer[];
  /** Positive where models get better; NaN where it is infinite, of which `shape` says more. */
  readonly score: Answer;
  readonly shape: Shape;
  /** Of shares of right answers, where the test's items are known. */
  readonly resolution?: readonly Resolution[];
}

export interface Emergence {
  readonly points: readonly EmergencePoint[];
  readonly readings: readonly RulerReading[];
}

const FEWEST = 3;

/** @throws InputError where an option cannot be used, or the law is none of two power terms. */
export function emergenceOf(basis: PlanBasis, options: EmergenceOptions): Emergence {
  const { rulers, scale, floor, items } = options;
  checkScale(scale);
  checkRulers(rulers);
  if (floor !== undefined) atLeastZero('floor', floor, 'nats per token such as 0');
  if (items !== undefined) whole('items', items, 'items of a test');
  const ask = asker(basis.law, basis.params, basis.resampling);
  const models = valuesOf(Object.values<Answer>(ask(modelsOn(options))));
  const points = Array.from({ length: models.length / 3 }, (_, k) => pointAt(models.slice(3 * k, 3 * k + 3), basis.ranges));
  return { points, readings: rulers.map((ruler) => readingOf(ruler, Object.values<Answer>(ask(readingsUnder(ruler, options))), items)) };
}

function checkScale(scale: EmergenceOptions['scale']): void {
  const along = 'budgets' in scale ? scale.budgets : scale.models.map(({ N }) => N);
  const option = 'budgets' in scale ? 'budgets' : 'sizes';
  if ('budgets' in scale) checkBudgets(scale.budgets);
  else {
    for (const { N, D } of scale.models) {
      positive('sizes', N, 'parameters such as 7e9');
      positive('trainTokens', D, 'training tokens such as 1e12');
    }
  }
  if (along.length < FEWEST) throw optionError(option, `expected at least three, to have two steps to compare, got ${along.length}.`);
  const falls = along.findIndex((value, k) => k > 0 && !(value > along[k - 1]));
  if (falls > 0) throw optionError(option, `expected rising ones, got ${along[falls]} after ${along[falls - 1]}. Sort them, each once.`);
}

/** N, D and the task's loss of the model at place k; NaN where there is none. */
function modelAt(law: TwoTerms, { scale, floor }: Pick<EmergenceOptions, 'scale' | 'floor'>, k: number): readonly [N: number, D: number, loss: number] {
  const model = 'budgets' in scale ? optimumAt(law, scale.budgets[k]) : scale.models[k];
  if (!model) return [NaN, NaN, NaN];
  const loss = lossOf(law, model);
  return [model.N, model.D, floor === undefined ? loss : loss - law.E + floor];
}

function countOf({ scale }: EmergenceOptions): number {
  return 'budgets' in scale ? scale.budgets.length : scale.models.length;
}

/** N, D, loss of each place. */
function modelsOn(options: EmergenceOptions): Question {
  const count = countOf(options);
  return {
    names: Array.from({ length: 3 * count }, (_, k) => `at ${k}`),
    write(law, numbers) { for (let k = 0; k < count; k++) numbers.set(modelAt(law, options, k), 3 * k); },
  };
}

/** The reading at each place, then the score. The downstream error is one of the law's own loss, whatever the task's floor. */
function readingsUnder(ruler: Ruler, options: EmergenceOptions): Question {
  const count = countOf(options);
  const task = ruler.kind === 'error' ? { scale: options.scale } : options;
  return {
    names: [...Array.from({ length: count }, (_, k) => `at ${k}`), 'score'],
    write(law, numbers) {
      for (let k = 0; k < count; k++) numbers[k] = rulerAt(ruler, modelAt(law, task, k)[2]);
      numbers[count] = scoreUnder(ruler, numbers.subarray(0, count));
    },
  };
}

function valuesOf(answers: readonly Answer[]): number[] {
  return answers.map(({ value }) => value);
}

function pointAt([N, D, loss]: readonly number[], ranges: PlanBasis['ranges'] = {}): EmergencePoint {
  const anything: Interval = [0, Infinity];
  const C = 6 * N * D;
  const far = extrapolation({ N: anything, D: anything, C: anything, ...ranges }, { N, D, C });
  return { N, D, C, loss, beyond: Math.max(far.N, far.D, far.C) };
}

function readingOf(ruler: Ruler, answers: readonly Answer[], items: number | undefined): RulerReading {
  const [values, score] = [answers.slice(0, -1), answers.at(-1)!];
  const readings = valuesOf(values);
  return {
    ruler, values, score,
    shape: shapeOf(scoreUnder(ruler, readings), values.length),
    ...(items !== undefined && isShare(ruler) && readings.every(Number.isFinite) && { resolution: readings.map((share) => resolutionOf(share, items)) }),
  };
}
