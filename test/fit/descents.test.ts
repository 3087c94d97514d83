/** How many descents a fit makes: more where few agree, others about the minimum; and what cannot be computed at all. */
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { sandwichOn } from '../../src/stats/analytic.ts';
import type { FitOptions, Progress } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';

const HUBER = { law: 'chinchilla', loss: 'huber-log', delta: 1e-3 } as const;
const cpu = cpuBackend(1);
const sweep = sweepCase();

/** Fits where of each descent's ends only those that `keeps` are as low as they are, and counts the starts of each. */
async function counted(keeps: (k: number, isAbout: boolean) => boolean, options: FitOptions = {}) {
  const counts: number[] = [];
  const spy: Backend = {
    ...cpu,
    descend: async (batch, starts, stages, run) => {
      counts.push(starts.length / 5);
      const ends = await cpu.descend(batch, starts, stages, run);
      return { ...ends, objective: ends.objective.map((value, k) => (keeps(k, stages.length === 2) ? value : 2 * value)) };
    },
  };
  return { counts, fit: await fitOn(spy, sweep, options) };
}

describe('starts', () => {
  it('that agree are enough, and so are those about the minimum that come back to it', async () => {
    const { counts, fit: { certificate, warnings } } = await counted(() => true);
    expect([counts, certificate.starts, certificate.startsAbout, certificate.startsAgreeing, warnings]).toEqual([[32, 8], 32, 8, 32, []]);
  });

  it('of which few agree are drawn again, up to four times as many; then that is said', async () => {
    const { counts, fit: { certificate, warnings } } = await counted((k, isAbout) => isAbout || k < 2);
    expect([counts, certificate.starts, certificate.startsAgreeing, certificate.startsAboutAgreeing, certificate.verdict]).toEqual([[32, 32, 64, 8], 128, 6, 8, 'pass']);
    expect(warnings).toEqual(['Only 6 of 128 starts agree on this minimum: it may not be the lowest. Fit with --starts paper, or with more.']);
  });

  it('are drawn again until eight agree', async () => {
    const { counts, fit: { certificate, warnings } } = await counted((k, isAbout) => isAbout || k < 4);
    expect([counts, certificate.startsAgreeing, warnings]).toEqual([[32, 32, 8], 8, []]);
  });

  it('of which there are as many as were asked for stay so many, and are told of too', async () => {
    const few = await counted((k, isAbout) => isAbout || k < 3, { starts: 16 });
    expect([few.counts, few.fit.warnings]).toEqual([[16, 8], ['Only 3 of 16 starts agree on this minimum: it may not be the lowest. Fit with --starts paper, or with more.']]);
    const quarter = await counted((k, isAbout) => isAbout || k < 4, { starts: 16 });
    expect(quarter.fit.warnings).toEqual([]);
  });
});

it('drawn starts are others each time, and none are drawn where they are screened', async () => {
  const drawn: string[] = [];
  const spy: Backend = {
    ...cpu,
    descend: async (batch, from, stages, run) => {
      if (stages.length > 2) for (let k = 0; k < from.length; k += 5) drawn.push(from.slice(k, k + 5).join());
      const ends = await cpu.descend(batch, from, stages, run);
      return { ...ends, objective: ends.objective.map((value, k) => (k < 1 ? value : (2 + k) * value)) };
    },
  };
  await fitOn(spy, sweep);
  expect([drawn.length, new Set(drawn).size]).toEqual([128, 128]);
  drawn.length = 0;
  await fitOn(spy, sweep, { screen: 4 });
  expect(drawn).toHaveLength(32); // the list that is picked from
});

describe('starts about the minimum', () => {
  it('of which some end elsewhere are followed by more, and are no starts that agree', async () => {
    const { counts, fit: { certificate } } = await counted((k, isAbout) => !isAbout || k > 0);
    const { starts, startsAgreeing, startsAbout, startsAboutAgreeing, outcomes } = certificate;
    expect([counts, starts, startsAgreeing, startsAbout, startsAboutAgreeing, outcomes]).toEqual([[32, 8, 16, 16, 16], 32, 32, 56, 52, { converged: 32 }]);
  });

  it('do not make up for starts that agree with no other', async () => {
    const { fit: { certificate } } = await counted((k, isAbout) => isAbout || k < 1, { starts: 16 });
    expect([certificate.startsAgreeing, certificate.startsAboutAgreeing, certificate.reasons]).toEqual([1, 8,
      ['Only one of 16 starts ended at this minimum: there may be a lower one. Use more starts.']]);
  });

  it('differ in every round, and by the seed, as wide as twice the noise makes them', async () => {
    const aboutOf = async (seed: number) => {
      const starts: Float64Array[] = [];
      const spy: Backend = {
        ...cpu,
        descend: async (batch, from, stages, run) => {
          if (stages.length === 2) for (let k = 0; k < from.length; k += 5) starts.push(from.slice(k, k + 5));
          const ends = await cpu.descend(batch, from, stages, run);
          return { ...ends, objective: ends.objective.map((value, k) => (stages.length === 2 && k === 0 ? 2 * value : value)) };
        },
      };
      const { params } = await fitOn(spy, sweep, { seed });
      return { starts, params };
    };
    const [one, other] = [await aboutOf(0), await aboutOf(1)];
    // Ends by the two seeds are one but for rounding far below 1e-4.
    const texts = [...one.starts, ...other.starts].map((x) => x.map((value) => Math.round(1e4 * value)).join());
    expect([one.starts.length, new Set(texts.slice(0, 56)).size, new Set(texts).size]).toEqual([56, 56, 112]);
    const away = one.starts.map((x) => x[3]! - one.params['alpha']!);
    const deviation = Math.sqrt(away.reduce((sum, value) => sum + value ** 2, 0) / away.length);
    // Of 56 draws to a tenth; the error of nearly-L1 is √(π/2) times that of least squares, of which the draws are twice.
    const share = deviation / sandwichOn(sweep, { ...HUBER, params: one.params }).standardErrors['alpha']!;
    expect([share > 1, share < 2.5]).toEqual([true, true]);
  });

  it('are not needed for least squares, which have no creases, nor where there is one start', async () => {
    expect((await counted(() => true, { loss: 'squares-log' })).counts).toEqual([32]);
    expect((await counted(() => true, { starts: 1 })).counts).toEqual([1]);
  });
});

describe('progress over the rounds', () => {
  /** A backend that tells of each descent of a round, the ends of which agree or not as `keeps` says. */
  const telling = (keeps: (k: number, isAbout: boolean) => boolean, onRound: (round: number) => void = () => {}): Backend => {
    let round = 0;
    return {
      ...cpu,
      descend: async (batch, starts, stages, { signal: _signal, onProgress, ...rest } = {}) => {
        onRound(round++);
        const count = starts.length / 5;
        const ends = await cpu.descend(batch, starts, stages, rest);
        for (let k = 1; k <= count; k++) onProgress?.(k, count);
        return { ...ends, objective: ends.objective.map((value, k) => (keeps(k, stages.length === 2) ? value : 2 * value)) };
      },
    };
  };

  it.each<[string, (k: number, isAbout: boolean) => boolean, FitOptions, number]>([
    ['where all agree', () => true, {}, 40],
    ['where starts are drawn again', (k, isAbout) => isAbout || k < 2, {}, 136],
    ['where ends about the minimum differ', (k, isAbout) => !isAbout || k > 0, {}, 88],
    ['of least squares', () => true, { loss: 'squares-log' }, 32],
  ])('%s is never less than before, and ends with all done', async (_, keeps, options, total) => {
    const told: Progress[] = [];
    await fitOn(telling(keeps), sweep, { ...options, onProgress: (progress) => { told.push(progress); } });
    const shares = told.map(({ done, total: all }) => done / all);
    expect(told.every(({ stage, done }) => stage === 'descend' && Number.isInteger(done))).toBe(true);
    expect(shares.every((share, k) => share >= (shares[k - 1] ?? 0))).toBe(true);
    expect([told.length, told.at(-1)]).toEqual([total, { stage: 'descend', done: total, total }]);
  });

  it.each([1, 2, 3])('is stopped before round %d', async (last) => {
    const rounds: number[] = [];
    const controller = new AbortController();
    const backend = telling((k, isAbout) => isAbout || k < 2, (round) => {
      rounds.push(round);
      if (round === last - 1) controller.abort(new Error('stopped'));
    });
    await expect(fitOn(backend, sweep, { signal: controller.signal })).rejects.toThrow('stopped');
    expect(rounds).toHaveLength(last);
  });
});

it.each<[FitOptions, string]>([
  [{ fix: { alpha: 1e9 } }, 'fix: expected values that law chinchilla can be computed with on these runs, got alpha = 1000000000. Leave alpha free to see where the runs put it.'],
  [{ fix: { E: 1.7, beta: 50 } }, 'fix: expected values that law chinchilla can be computed with on these runs, got beta = 50. Leave beta free to see where the runs put it.'],
  [{ bounds: { beta: [300, 400] } }, 'bounds: expected values that law chinchilla can be computed with on these runs, got beta from 300 to 400. Leave beta free to see where the runs put it.'],
])('%j is beyond what can be computed, and that is no fault of the runs', async (options, message) => {
  await expect(fitOn(cpu, sweep, options)).rejects.toThrow(new InputError(message));
});
