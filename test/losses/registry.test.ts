import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { HUBER_LOG, lossFields, lossIds, lossOf, RESIDUALS, SHAPES, toldIn } from '../../src/losses/registry.ts';
import type { LossOptions } from '../../src/types.ts';

describe('a loss', () => {
  it.each([
    [{}, { id: 'huber-log', residual: 'log', shape: 'huber', delta: 1e-3, unit: 1e-3, envelope: 1 }],
    [{ delta: 0.01 }, { id: 'huber-log', residual: 'log', shape: 'huber', delta: 0.01, unit: 0.01, envelope: 1 }],
    [{ loss: 'absolute-log' }, { id: 'absolute-log', residual: 'log', shape: 'huber', delta: 0, unit: 1e-4, envelope: 1 }],
    [{ loss: 'squares-log' }, { id: 'squares-log', residual: 'log', shape: 'squares', delta: Infinity, unit: 1e-3, envelope: 1 }],
    [{ loss: 'huber', delta: 0.1 }, { id: 'huber', residual: 'raw', shape: 'huber', delta: 0.1, unit: 0.1, envelope: 1 }],
    [{ loss: 'squares' }, { id: 'squares', residual: 'raw', shape: 'squares', delta: Infinity, unit: 1e-3, envelope: 1 }],
    [{ loss: 'lower-log', envelope: 0.2 }, { id: 'lower-log', residual: 'log', shape: 'lower', delta: 1e-3, unit: 1e-3, envelope: 0.2 }],
  ] as const)('%j is made of %j', (options, want) => {
    expect(lossOf(options)).toEqual(want);
  });

  it('is made again from what a fit tells of it', () => {
    for (const id of lossIds) expect(lossOf(lossFields(lossOf({ loss: id })))).toEqual(lossOf({ loss: id }));
    const changed = [lossOf({ delta: 0.02 }), lossOf({ loss: 'lower-log', envelope: 0.3, delta: 0.01 })];
    for (const loss of changed) expect(lossOf(lossFields(loss))).toEqual(loss);
    expect(lossOf(lossFields(changed[0]!))).not.toEqual(HUBER_LOG);
  });

  it.each([
    [{ loss: 'lad' }, 'loss: expected one of huber-log, absolute-log, squares-log, huber, squares, lower-log, got "lad".'],
    [{ loss: 'squares', delta: 1e-3 }, 'delta: expected none beside loss squares, which has no threshold, got 0.001. Leave it out.'],
    [{ loss: 'absolute-log', delta: 1e-3 }, 'delta: expected none beside loss absolute-log, which has no threshold, got 0.001. Leave it out.'],
    [{ envelope: 0.1 }, 'envelope: expected loss lower-log beside it, got huber-log. Leave it out.'],
    [{ loss: 'lower-log', envelope: 0 }, 'envelope: expected a share above 0 and at most 0.5 such as 0.1, got 0. Write 10 % as 0.1.'],
    [{ loss: 'lower-log', envelope: 0.6 }, 'envelope: expected a share above 0 and at most 0.5 such as 0.1, got 0.6. Write 10 % as 0.1.'],
    [{ loss: 'lower-log', envelope: NaN }, 'envelope: expected a share above 0 and at most 0.5 such as 0.1, got NaN. Write 10 % as 0.1.'],
  ])('%j is refused', (options, message) => {
    expect(() => lossOf(options as LossOptions)).toThrow(new InputError(message));
  });
});

it('is told in its own unit: half a square as a square, a narrow Huber as |r|', () => {
  const at = (id: typeof lossIds[number]) => toldIn(lossOf({ loss: id }), 0.5 * 0.3 ** 2);
  expect(at('huber-log')).toBe(0.045);
  expect(at('lower-log')).toBe(0.045);
  expect(at('squares')).toBe(0.09);
  expect(toldIn(lossOf({ loss: 'absolute-log' }), 1e-4 * 0.25)).toBeCloseTo(0.25, 15);
});

/** Central differences: of ρ by slopes, of slopes by masses at κ = 0, away from kinks; errors h²/6·ρ‴ = 0 and rounding/h. */
describe.each(['huber', 'squares', 'lower'] as const)('the shape %s', (id) => {
  const shape = SHAPES[id];
  const ENVELOPE = 0.1;
  const points = Float64Array.of(-7, -1.5, -0.6, -0.01, 0.02, 0.7, 1.3, 40);
  const weight = Float64Array.of(1, 2, 3, 1, 0, 1, 2, 1);
  const weighed = (kappa: number, residual = points) => {
    const [slope, mass] = [new Float64Array(8), new Float64Array(8)];
    const value = shape.weigh(residual, weight, kappa, slope, mass, 0, 8, ENVELOPE);
    return { value, slope, mass };
  };
  const alone = (i: number, h: number) => shape.sum(points.map((r) => r + h), Float64Array.from(weight, (w, k) => (k === i ? w : 0)), 0, 8, ENVELOPE);

  it('has the slopes and masses of its sum', () => {
    const { value, slope, mass } = weighed(0);
    const h = 1e-5; // of 800, the largest value, 1e-13 is rounding
    expect(value).toBe(shape.sum(points, weight, 0, 8, ENVELOPE));
    points.forEach((r, i) => {
      const difference = (alone(i, h) - alone(i, -h)) / (2 * h);
      expect(Math.abs(slope[i]! - difference)).toBeLessThan(1e-7);
      expect(slope[i]).toBeCloseTo(weight[i]! * shape.slope(r, ENVELOPE), 12);
      const bend = (shape.slope(r + h, ENVELOPE) - shape.slope(r - h, ENVELOPE)) / (2 * h);
      expect(Math.abs(mass[i]! - weight[i]! * bend)).toBeLessThan(1e-7);
    });
  });

  it('gives points without curvature κ·ρ′/r, and no others', () => {
    const [none, some] = [weighed(0).mass, weighed(0.25).mass];
    points.forEach((r, i) => {
      const outside = id !== 'squares' && Math.abs(r) > 1;
      const want = outside ? (0.25 * weight[i]! * shape.slope(r, ENVELOPE)) / r : none[i]!;
      expect(some[i]).toBeCloseTo(want, 12);
    });
  });

  it('sums from..to alone', () => {
    const parts = [shape.sum(points, weight, 0, 3, ENVELOPE), shape.sum(points, weight, 3, 8, ENVELOPE)];
    expect(parts[0]! + parts[1]!).toBeCloseTo(shape.sum(points, weight, 0, 8, ENVELOPE), 12);
    expect(parts[0]).not.toBe(0);
  });
});

it('an envelope of one half is half of Huber\'s, and a run below the law costs nine times one above at one tenth', () => {
  const sum = (r: number, envelope: number) => SHAPES.lower.sum(Float64Array.of(r), Float64Array.of(1), 0, 1, envelope);
  const huber = SHAPES.huber.sum(Float64Array.of(3), Float64Array.of(1), 0, 1, 1);
  expect(sum(3, 0.5)).toBe(huber / 2);
  expect(sum(3, 0.1) / sum(-3, 0.1)).toBeCloseTo(9, 12);
});

describe('residuals', () => {
  const prediction = Float64Array.of(2, 3.1);
  const logLoss = Float64Array.of(Math.log(2.2), Math.log(3));
  const residuals = (id: 'log' | 'raw') => {
    const into = new Float64Array(2);
    RESIDUALS[id].fill(prediction, logLoss, 0.01, into, 0, 2);
    return into;
  };

  it('are those of logs, or of the loss, over δ', () => {
    expect(residuals('log')[0]).toBeCloseTo(100 * Math.log(2 / 2.2), 10);
    expect(residuals('raw')[0]).toBeCloseTo(-20, 10);
    expect(residuals('raw')[1]).toBeCloseTo(10, 10);
  });

  it('rise with log L̂ by their steepness over δ', () => {
    const h = 1e-6;
    for (const id of ['log', 'raw'] as const) {
      const [up, down] = [new Float64Array(2), new Float64Array(2)];
      RESIDUALS[id].fill(prediction.map((L) => L * Math.exp(h)), logLoss, 0.01, up, 0, 2);
      RESIDUALS[id].fill(prediction.map((L) => L * Math.exp(-h)), logLoss, 0.01, down, 0, 2);
      up.forEach((value, i) => {
        expect((0.01 * (value - down[i]!)) / (2 * h) / RESIDUALS[id].steepness(prediction[i]!)).toBeCloseTo(1, 7);
      });
    }
    expect(RESIDUALS.raw.steepness(3)).not.toBe(RESIDUALS.log.steepness(3));
  });
});
