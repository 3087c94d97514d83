/**
 * The objective of every loss: value, gradient and Hessian at a point off the truth, and the polish of its minimum. What
 * test/optim/objective.test.ts shows of the default is not shown again.
 */
import { describe, expect, it } from 'vitest';
import { stagesOf } from '../../src/backend/schedule.ts';
import type { Loss } from '../../src/losses/loss.ts';
import { lossIds, lossOf } from '../../src/losses/registry.ts';
import { descend } from '../../src/optim/descent.ts';
import { assemble, height, localModel, objective, workspace, type Problem } from '../../src/optim/objective.ts';
import { polish } from '../../src/optim/polish.ts';
import { worst } from '../support/close.ts';
import { drawnStarts, problemCase } from '../support/cases.ts';

const U = 2 ** -53;
const ORDER = 5;
/** Largest slope ∂log L̂/∂x on the grid of the case, and the largest L̂. */
const [M, TOP] = [3, 6];
const LOSSES = lossIds.map((id) => lossOf({ loss: id }));

const { problem: plain, truth } = problemCase();
const x = truth.map((value, j) => value + 0.004 * (j - 2));

function problemWith(loss: Loss): Problem {
  return { ...plain, loss, delta: loss.unit, weight: plain.weight.map((_, i) => 1 + (i % 3)) };
}

function modelAt(problem: Problem, at: ArrayLike<number>) {
  const work = workspace(problem);
  const model = localModel(ORDER);
  assemble(problem, at, 0, true, work, model);
  return { model, residual: work.residual };
}

/** As the definitions in src/options.ts say it, by plain sums. */
function summed(loss: Loss, at: ArrayLike<number>): number {
  const { law, inputs, logLoss, weight } = problemWith(loss);
  const { prediction, jacobian } = workspace(plain);
  law.predict(at, inputs, prediction, jacobian);
  const huber = (r: number) => (Math.abs(r) <= loss.delta ? (r * r) / 2 : loss.delta * (Math.abs(r) - loss.delta / 2));
  const of: Readonly<Record<string, (z: number, raw: number) => number>> = {
    'huber-log': huber,
    'absolute-log': (z) => Math.abs(z),
    'squares-log': (z) => z * z,
    huber: (_, raw) => huber(raw),
    squares: (_, raw) => raw * raw,
    'lower-log': (z) => (z > 0 ? 0.9 : 0.1) * huber(z),
  };
  return logLoss.reduce((sum, y, i) => sum + weight[i]! * of[loss.id]!(Math.log(prediction[i]!) - y, prediction[i]! - Math.exp(y)), 0);
}

describe.each(LOSSES)('$id', (loss) => {
  const problem = problemWith(loss);

  it('sums what it says, in its own unit', () => {
    const got = height(problem, x, workspace(problem));
    expect(Math.abs(got / summed(loss, x) - 1)).toBeLessThan(1e-10); // residuals of 1e-3 err by 100 roundings of one
    for (const other of LOSSES.filter(({ id }) => id !== loss.id)) expect(Math.abs(got / summed(other, x) - 1), other.id).toBeGreaterThan(1e-2);
    expect(objective(problem, x, workspace(problem))).toBe(modelAt(problem, x).model.value);
  });

  /**
   * Steps of δh. In units of δ the residual has slopes up to sM, second derivatives up to δs M² and so on, s ≤ 6 of the raw one, so
   * that f‴ ≤ Σw·s²M³(3δ + |ρ′|δ²) and f⁗ ≤ Σw·s²M⁴(7δ² + |ρ′|δ³); residuals err by some 30 U·s/δ. None crosses a kink.
   */
  it('has the gradient and the Hessian of central differences', () => {
    const { delta, weight } = problem;
    const h = 3e-3;
    const s = loss.residual === 'raw' ? TOP : 1;
    const total = weight.reduce((sum, w) => sum + w, 0);
    const { model, residual } = modelAt(problem, x);
    const steepest = loss.shape === 'squares' ? Math.max(...residual.map(Math.abs)) : 1;
    const gradient: number[] = [], hessian: number[] = [];
    for (let j = 0; j < ORDER; j++) {
      const [up, down] = [1, -1].map((side) => modelAt(problem, x.with(j, x[j]! + side * delta * h)));
      expect(up!.residual.filter((r, i) => zone(loss, r) !== zone(loss, down!.residual[i]!)).length).toBe(0);
      gradient.push((up!.model.value - down!.model.value) / (2 * h));
      for (let k = 0; k <= j; k++) hessian.push((up!.model.gradient[k]! - down!.model.gradient[k]!) / (2 * h));
    }
    const rounding = (30 * U * s * total) / delta / h;
    const ofGradient = gradient.map(() => (h ** 2 / 6) * total * s ** 2 * M ** 3 * delta * (3 + steepest * delta) + steepest * rounding);
    const ofHessian = hessian.map(() => (h ** 2 / 6) * total * s ** 2 * M ** 4 * delta ** 2 * (7 + steepest * delta) + M * s * rounding);
    const slopes = worst(model.gradient, gradient, ofGradient);
    expect(slopes.ratio, slopes.where).toBeLessThan(1);
    expect(worst(model.gradient.map((g) => 1.0001 * g), gradient, ofGradient).ratio).toBeGreaterThan(1);
    const bends = worst(model.hessian, hessian, ofHessian);
    expect(bends.ratio, bends.where).toBeLessThan(1);
    const flat = localModel(ORDER);
    assemble(problem, x, 0, false, workspace(problem), flat); // without the curvature of the law
    expect(worst(flat.hessian, hessian, ofHessian).ratio).toBeGreaterThan(10);
  });

  it('is polished to a point where its own pulls balance, and not those of another', () => {
    const rough = descend(problem, drawnStarts(1)[0]!, stagesOf(loss, 1e-6)).x.map(Math.fround);
    const polished = polish(problem, rough);
    expect(polished.gradientNorm).toBeLessThan(loss.delta === 0 ? 1e-7 : 1e-12);
    expect(Math.abs(polished.height / summed(loss, polished.x) - 1)).toBeLessThan(1e-10);
    for (let j = 0; j < ORDER; j++) for (const step of [1e-4, -1e-4]) {
      expect(summed(loss, polished.x.with(j, polished.x[j]! + step))).toBeGreaterThan(polished.height);
    }
    for (const other of LOSSES.filter(({ id }) => id !== loss.id)) {
      expect(worst(polish(problemWith(other), rough).x, polished.x, truth.map(() => 1e-6)).ratio, other.id).toBeGreaterThan(1);
    }
  });
});

it('least absolute deviations lie on as many runs as there are parameters', () => {
  const problem = problemWith(lossOf({ loss: 'absolute-log' }));
  const { x: at, objective: narrow } = polish(problem, descend(problem, drawnStarts(1)[0]!, stagesOf(problem.loss, 1e-12)).x);
  const sizes = modelAt(problem, at).residual.map((r) => Math.abs(r) * problem.delta).toSorted();
  expect(sizes[ORDER - 1]).toBeLessThan(1e-9); // the smallest threshold of the polish
  expect(sizes[ORDER]).toBeGreaterThan(1e-7);
  expect(narrow / problem.delta).toBeLessThan(summed(problem.loss, at)); // that of the descents is the Huber sum at 1e-4
});

/** On which of its pieces of ρ a residual is. */
function zone({ shape }: Loss, r: number): number {
  if (shape === 'squares') return 0;
  const outside = Math.abs(r) > 1 ? Math.sign(r) : 0;
  return shape === 'lower' && outside === 0 ? Math.sign(r) / 2 : outside;
}
