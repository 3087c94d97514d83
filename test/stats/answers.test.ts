/** Answers with intervals: each number is computed in every resample, and the interval is theirs. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { packedIndex } from '../../src/math/packed.ts';
import { quantilesOf } from '../../src/math/quantile.ts';
import { studentQuantile } from '../../src/math/student.ts';
import { optimumFor, optimumWith } from '../../src/plan/questions.ts';
import { optimumAt, optimumReaching } from '../../src/plan/terms.ts';
import { asker, termsOf } from '../../src/stats/answers.ts';
import type { Resampling } from '../../src/stats/bootstrap.ts';
import type { Replicates } from '../../src/stats/fits.ts';
import type { Bootstrap } from '../../src/types.ts';

const PARAMS = { E: 1.7, A: 400, B: 420, alpha: 0.34, beta: 0.28 };
const TWO_TERMS = lawIds.filter((id) => lawById(id).terms).join(', ');
/** Two of them have no frontier or are no fit; the fourth has a floor above 2. */
const FITS = [
  [1.6, 380, 430, 0.35, 0.28], [1.75, 420, 400, 0.33, 0.29], [1.7, 400, 420, -0.1, 0.28], [2.2, 300, 500, 0.36, 0.27],
  [1.7, 400, 420, 0.34, 0.28],
];
const OBJECTIVES = [1, 1, 1, 1, NaN];

function replicates(fits: readonly (readonly number[])[], objectives = fits.map(() => 1)): Replicates {
  return { natural: Float64Array.from(fits.flat()), objective: Float64Array.from(objectives), termination: new Uint8Array(fits.length) };
}

function resampling(interval: Bootstrap['interval'], more: Partial<Resampling> = {}): Resampling {
  const bootstrap = { confidence: 0.9, interval } as Bootstrap;
  return { bootstrap, replicates: replicates(FITS, OBJECTIVES), ...more };
}

const termsOfFit = ([E, A, B, alpha, beta]: readonly number[]) => ({ E: E!, A: A!, B: B!, alpha: alpha!, beta: beta! });

describe('percentile intervals', () => {
  const ask = asker('chinchilla', PARAMS, resampling('percentile'));

  it('are of the number in each resample that has it', () => {
    const { N, loss } = ask(optimumFor(1e23));
    const each = [0, 1, 3].map((r) => optimumAt(termsOfFit(FITS[r]!), 1e23)!);
    const quantiles = (values: readonly number[]) => quantilesOf(Float64Array.from(values), [(1 - 0.9) / 2, 1 - (1 - 0.9) / 2]);
    expect(N).toEqual({ value: optimumAt(PARAMS, 1e23)!.N, interval: quantiles(each.map((at) => at.N)), unanswered: 1 - 3 / 5 });
    expect(loss.interval![0]).toBeCloseTo(quantiles(each.map((at) => at.loss))[0]!, 9);
    expect(N.interval).not.toEqual(quantiles(each.slice(0, 2).map((at) => at.N)));
  });

  it('count what a resample does not reach', () => {
    const { C } = ask(optimumWith(2));
    expect([C.value, C.unanswered]).toEqual([optimumReaching(PARAMS, 2)!.C, 1 - 2 / 5]);
  });

  it('are of no number where no resample has it', () => {
    expect(ask(optimumWith(1.5)).C).toEqual({ value: NaN, interval: [NaN, NaN], unanswered: 1 });
  });
});

it('basic intervals are reflected about the number of the fit', () => {
  const [percentile, basic] = (['percentile', 'basic'] as const).map((kind) => asker('chinchilla', PARAMS, resampling(kind))(optimumFor(1e23)).N);
  const [low, high] = percentile!.interval!;
  expect(basic!.interval).toEqual([2 * basic!.value - high, 2 * basic!.value - low]);
});

it('sandwich intervals are of the covariance: with an error of log A alone those of N in logs', () => {
  const x = chinchilla.toWorking(Object.values(PARAMS), [0, 0]);
  const covariance = new Float64Array(15).with(packedIndex(1, 1), 0.1 ** 2);
  const sandwich = { x, centre: [0, 0], covariance, degrees: 95, idle: [], atBounds: [] };
  const { N } = asker('chinchilla', PARAMS, resampling('sandwich', { sandwich }))(optimumFor(1e23));
  const off = studentQuantile(0.95, 95) * 0.1 / (PARAMS.alpha + PARAMS.beta); // N is A^(1/(α + β)) times what A does not move
  expect(N.interval!.map((end) => Math.log(end / N.value))).toEqual([-off, off].map((end) => expect.closeTo(end, 6)));
});

it('without resamples there is a value and nothing else', () => {
  expect(asker('chinchilla', PARAMS)(optimumFor(1e23)).N).toEqual({ value: optimumAt(PARAMS, 1e23)!.N });
});

it('a law that has no frontier answers nothing', () => {
  expect(asker('chinchilla', { ...PARAMS, beta: -0.1 })(optimumFor(1e23)).N).toEqual({ value: NaN });
});

it('a law that is none of two terms is refused, and so is one that lacks a parameter', () => {
  const { terms, ...odd } = chinchilla;
  expect(termsOf(chinchilla)).toBe(terms);
  expect(() => termsOf({ ...odd, id: 'odd' })).toThrow(new InputError(
    `law: expected a law of two power terms of N and D (${TWO_TERMS}), got "odd". Take one of these.`));
  expect(() => asker('chinchilla', { ...PARAMS, E: NaN })).toThrow(new InputError(
    'params: expected a finite E of law chinchilla, got NaN. It has E, A, B, alpha, beta.'));
});
