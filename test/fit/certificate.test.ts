import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { batchOf, problemOf } from '../../src/fit/batch.ts';
import { certify, warningsOf } from '../../src/fit/certificate.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { polish } from '../../src/optim/polish.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { grid, LAW, lossOf, NATURAL, sweepCase, type Size } from '../support/cases.ts';

const backend = cpuBackend(1);
const certificateOf = async (...args: Parameters<typeof sweepCase>) =>
  (await fitOn(backend, sweepCase(...args))).certificate;
const EDGE = (bound: string) =>
  `The fit ran to the edge of the law (${bound}): the data do not support all of its terms.`;

describe('a certificate', () => {
  it('passes on a crossed design with noise', async () => {
    const { gradientNorm, conditionNumber, ...rest } = await certificateOf();
    expect(rest).toEqual({
      starts: 32, startsAgreeing: 32, startsAbout: 8, startsAboutAgreeing: 8, outcomes: { converged: 32 }, activeBounds: [], verdict: 'pass', reasons: [],
    });
    expect(gradientNorm).toBeLessThan(1e-12);
    expect(conditionNumber).toBeLessThan(1e5);
  });

  it('passes without noise, where all that is left is rounding', async () => {
    const { verdict, reasons, startsAgreeing } = await certificateOf({ noise: 0 });
    expect({ verdict, reasons, startsAgreeing }).toEqual({ verdict: 'pass', reasons: [], startsAgreeing: 32 });
  });

  it('fails where D = 20N in every run: nothing tells the two terms apart', async () => {
    const sizes = grid().map(({ N }) => ({ N, D: 20 * N }));
    const { verdict, reasons, conditionNumber } = await certificateOf({ sizes });
    expect(verdict).toBe('fail');
    expect(conditionNumber).toBeGreaterThan(1e8);
    const size = conditionNumber.toExponential(1);
    expect(reasons).toContain(
      `The condition number is ${size}, above 1e+8: the runs do not tell the parameters apart.`);
  });

  it('fails where the loss does not depend on D: its term has no effect, or no exponent', async () => {
    const { verdict, activeBounds, reasons, conditionNumber } =
      await certificateOf({ noise: 0, loss: ({ N }) => LAW.E + LAW.A / N ** LAW.alpha });
    expect(verdict).toBe('fail');
    // The minimum has B = 0, where ∂/∂beta is zero, or beta = 0, where B is E: singular, or a bound.
    expect(activeBounds.length > 0 || conditionNumber > 1e8).toBe(true);
    expect(reasons.join(' ')).toMatch(/ran to the edge of the law|do not tell the parameters apart/);
  });

  it('fails where the loss rises with D', async () => {
    const loss = ({ N, D }: Size) => 1 + LAW.A / N ** LAW.alpha + (D / 1e10) ** 0.1;
    const { verdict, reasons } = await certificateOf({ loss });
    expect(verdict).toBe('fail');
    expect(reasons).toContain(EDGE('beta <= 0'));
  });

  it('fails where E has no effect', async () => {
    const { activeBounds, reasons } = await certificateOf({ noise: 0, loss: (size) => lossOf(size) - LAW.E });
    expect(activeBounds).toEqual(['E has no effect']);
    expect(reasons).toContain(EDGE('E has no effect'));
  });

  it('fails with one start', async () => {
    const { certificate } = await fitOn(backend, sweepCase(), { starts: 1 });
    expect(certificate).toMatchObject({
      starts: 1, startsAgreeing: 1, verdict: 'fail', reasons: ['One start proves nothing: use more.'],
    });
  });
});

describe('the evidence', () => {
  const sweep = sweepCase();
  const batch = batchOf(sweep, chinchilla);
  const { law, centre } = batch;
  const problem = problemOf(batch);
  const best = polish(problem, law.toWorking(NATURAL, centre));
  const descents = (objective: number[], outcomes: (typeof TERMINATIONS)[number][]) => ({
    x: new Float64Array(5 * objective.length),
    objective: Float64Array.from(objective),
    steps: new Uint32Array(objective.length),
    termination: Uint8Array.from(outcomes, (outcome) => TERMINATIONS.indexOf(outcome)),
  });

  it('counts starts within 1e-4 of the best, and how each ended', () => {
    const f = best.objective;
    const ends = descents([f, f * (1 + 0.99e-4), f * (1 + 1.01e-4), 2 * f, Infinity, NaN],
      ['converged', 'stalled', 'converged', 'vanished', 'nonfinite', 'iterations']);
    const { starts, startsAgreeing, outcomes } = certify(problem, best, centre, ends);
    expect({ starts, startsAgreeing, outcomes }).toEqual({
      starts: 6, startsAgreeing: 2,
      outcomes: { converged: 2, stalled: 1, vanished: 1, nonfinite: 1, iterations: 1 },
    });
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(starts);
  });

  it('of one start in many is a doubt', () => {
    const ends = descents([1, 2, 3].map((k) => k * best.objective), ['converged', 'converged', 'converged']);
    expect(certify(problem, best, centre, ends).reasons).toEqual([
      'Only one of 3 starts ended at this minimum: there may be a lower one. Use more starts.',
    ]);
  });

  describe('of descents begun about the minimum', () => {
    const f = best.objective;
    const of = (...heights: number[]) => descents(heights.map((height) => height * f), heights.map(() => 'converged'));
    const told = (own: number[], about: number[]) => {
      const certificate = certify(problem, best, centre, of(...own), of(...about));
      const { starts, startsAgreeing, startsAbout, startsAboutAgreeing, startsNear, reasons } = certificate;
      return [starts, startsAgreeing, startsAbout, startsAboutAgreeing, startsNear, reasons, warningsOf(certificate)];
    };

    it('is no agreement of starts: one of three stays a doubt, whatever those about it end at', () => {
      expect(told([1, 2, 3], [1, 1, 1, 2])).toEqual([3, 1, 4, 3, undefined,
        ['Only one of 3 starts ended at this minimum: there may be a lower one. Use more starts.'], []]);
      expect(certify(problem, best, centre, of(1, 2, 3)).startsAbout).toBeUndefined();
    });

    it('tells of a minimum that only they reached; the starts must agree on the one nearby', () => {
      expect(told([1.01, 1.01, 2], [1, 1, 1.01])).toEqual([3, 0, 3, 2, 2, [], [
        'None of 3 starts ended at this minimum, but 2 of 3 begun about a higher one nearby did, on which 2 agree: minima lie together here, ' +
        'and there may be a lower one. Fit with other seeds too, --seed 1.']]);
      expect(told([1.01, 2, 2], [1, 1, 1])).toEqual([3, 0, 3, 3, 1, ['Only one of 3 starts ended near this minimum: there may be a lower one. Use more starts.'], []]);
      expect(told([2, 2, ...Array.from({ length: 30 }, (_, k) => 3 + k)], [1])[6]).toEqual([
        expect.stringContaining('None of 32 starts ended at this minimum, but 1 of 1 begun about'),
        'Only 2 of 32 starts agree on that one: it may not be the lowest. Fit with --starts paper, or with more.']);
    });

    it('is nothing where no descent ended at the fit', () => {
      expect(told([2, 2], [2, 2])).toEqual([2, 0, 2, 0, undefined, ['None of 2 starts ended at this minimum: there may be a lower one. Use more starts.'], []]);
    });
  });

  it.each([[0.99e-6, []], [1.1e-6, ['The relative gradient is 1.1e-6, above 1e-6: this is not a minimum.']],
    [NaN, ['The relative gradient is NaN, above 1e-6: this is not a minimum.']]])(
    'of a gradient of %d is %j', (gradientNorm, reasons) => {
      const ends = descents([best.objective, best.objective], ['converged', 'converged']);
      expect(certify(problem, { ...best, gradientNorm }, centre, ends).reasons).toEqual(reasons);
    });
});
