/**
 * Every loss on the GPU (float32) against the CPU (float64), stage by stage: value, gradient and Hessian model, the search,
 * whole descents. The law is Chinchilla's: a loss knows nothing of it.
 *
 * Tolerance of a model: z = log L̂ errs by Δz as in model.test.ts, and r by Δr = s·Δz/δ with the steepness s = ∂(δr)/∂z, 1 or L̂.
 * With |ρ″| ≤ 1 along r, and n roundings of each sum,
 *
 *   |Δf| ≤ Σ w(|ρ′|Δr + Δr² + 2nερ)    |Δgⱼ| ≤ Σ w|Jⱼ|s(Δr + |ρ′|(4Δz + 2nε))    |ΔHⱼₖ| ≤ Σ w|JⱼJₖ|(s²(m(4Δz + 2nε) + Δr) + sδ…)
 *
 * where m ≤ 1 is the curvature given, and the last term, of the law's curvature, is the error of the gradient times
 * δ(1 + |u| + |v|)². Where Δr reaches a kink of ρ′, at |r| = 1 or, of an envelope, at 0, the curvature may be the other side's.
 */
import { describe, expect, it } from 'vitest';
import { d } from 'typegpu';
import type { Batch } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { closeSession, openChunk, openSession } from '../../src/backend/gpu/descend.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { stagesOf } from '../../src/backend/schedule.ts';
import type { Loss } from '../../src/losses/loss.ts';
import { lossIds, lossOf, RESIDUALS, SHAPES } from '../../src/losses/registry.ts';
import { packedIndex } from '../../src/math/packed.ts';
import { METHOD } from '../../src/optim/descent.ts';
import { assemble, localModel, workspace, type Problem } from '../../src/optim/objective.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { worst } from '../support/close.ts';
import { batchCase, startsCase } from './cases.ts';
import { openTestDevice } from './gpu.ts';

const EPS = 2 ** -24;
const TINY = 2 ** -100;
const C = 16;
const ORDER = 5;
const CURVED = METHOD.ACCEPTED_BEFORE_CURVATURE + 1;
const KAPPA = METHOD.KAPPA_FALL;
const device = await openTestDevice();
const gpu = typeof device === 'string' ? undefined : gpuBackend(device);
const cpu = cpuBackend(1);
const LOSSES = lossIds.map((id) => lossOf({ loss: id }));

function caseOf(loss: Loss, replicates = 1): Batch {
  return { ...batchCase({ points: 101, replicates }), loss };
}

describe.skipIf(!gpu).each(LOSSES)('$id on the GPU', (loss) => {
  const starts = startsCase(29);

  it.each([0, CURVED])('has value, gradient and Hessian of the CPU reference, %d steps accepted', async (accepted) => {
    const states = await statesOf(loss, starts, accepted);
    expect(states.length).toBeGreaterThan(20);
    const { ratio, where } = compare(states, loss, loss, accepted);
    expect(ratio, where).toBeLessThan(1);
    // The absolute loss is Huber's of another δ.
    for (const other of LOSSES.filter(({ residual, shape }) => residual !== loss.residual || shape !== loss.shape)) {
      expect(compare(states, loss, other, accepted).ratio, other.id).toBeGreaterThan(1);
    }
    expect(compare(states, loss, loss, accepted > 0 ? 0 : CURVED).ratio, 'curvature').toBeGreaterThan(1);
    expect(compare(states, loss, { ...loss, unit: 1.001 * loss.unit }, accepted).ratio).toBeGreaterThan(1);
  });

  it.skipIf(loss.shape !== 'lower')('has the envelope that is asked for', async () => {
    const states = await statesOf({ ...loss, envelope: 0.25 }, starts, 0);
    expect(compare(states, loss, { ...loss, envelope: 0.25 }, 0).ratio).toBeLessThan(1);
    expect(compare(states, loss, { ...loss, envelope: 0.2525 }, 0).ratio).toBeGreaterThan(1);
  });

  it('keeps the best starts of the CPU in a search', async () => {
    const batch = caseOf(loss, 3);
    const got = await gpu!.search(batch, starts, 7, loss.unit);
    const want = await cpu.search(batch, starts, 7, loss.unit);
    const apart = (other: Float64Array) => got.objective.reduce((most, value, k) => Math.max(most, Math.abs(value / other[k]! - 1)), 0);
    expect(got.index).toEqual(want.index);
    // A start off by 0.1 nats, of which 1e-6 are rounding; squares have twice the relative error.
    expect(apart(want.objective)).toBeLessThan(2e-5);
    const moved = await cpu.search({ ...batch, logLoss: batch.logLoss.map((y) => y + 1e-4) }, starts, 7, loss.unit);
    expect(apart(moved.objective)).toBeGreaterThan(2e-5);
  });

  it('descends to the ends of the CPU', async () => {
    const batch = caseOf(loss);
    const few = startsCase(6);
    const got = await gpu!.descend(batch, few, stagesOf(loss, gpu!.tolerance));
    const want = await cpu.descend(batch, few, stagesOf(loss, cpu.tolerance));
    const settled = (code: number) => ['converged', 'stalled'].includes(TERMINATIONS[code]!);
    const both = [...want.objective.keys()].filter((f) => settled(want.termination[f]!) && settled(got.termination[f]!));
    expect(both.length).toBeGreaterThanOrEqual(7); // the truth and six drawn; the dead one may come back
    for (const f of both) expect(Math.abs(got.objective[f]! / want.objective[f]! - 1)).toBeLessThan(1e-5); // as in fits.test.ts
    const other = lossOf({ loss: loss.id === 'squares-log' ? 'squares' : 'squares-log' });
    const apart = await cpu.descend({ ...batch, loss: other }, few, stagesOf(other, cpu.tolerance));
    expect(Math.abs(got.objective[0]! / apart.objective[0]! - 1)).toBeGreaterThan(1e-3);
  });
});

interface State {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: readonly number[];
  readonly hessian: readonly number[];
}

/** The finite models of the first evaluation, as if so many steps had been accepted before it. */
async function statesOf(loss: Loss, starts: Float64Array, accepted: number): Promise<State[]> {
  const fits = starts.length / ORDER;
  const session = await openSession(device as Device, caseOf(loss), starts, [{ delta: loss.unit, tolerance: 0, steps: 1000 }]);
  const chunk = openChunk(session, 0, fits);
  const state = session.device.root.createBuffer(d.arrayOf(session.layouts.Descent, fits), chunk.buffers.state);
  await chunk.round(fits, 0); // fills the states with the starts
  // A later evaluation than the first has κ below 1, so that what is outside shows.
  state.write((await state.read()).map((row) => ({ ...row, accepted, stageSteps: accepted > 0 ? 1 : 0, value: 1e38 })));
  await chunk.round(fits, 1);
  const rows = await state.read();
  chunk.destroy();
  closeSession(session);
  return rows.filter(({ value }) => value < 1e30).map(({ x, value, gradient, hessian }) => ({ x: Float64Array.from(x), value, gradient, hessian }));
}

/** States of `made` against the CPU's models of `other`. */
function compare(states: readonly State[], made: Loss, other: Loss, accepted: number) {
  const got: number[] = [], want: number[] = [], tolerance: number[] = [];
  const kappa = accepted > 0 ? KAPPA : 1;
  for (const { x, value, gradient, hessian } of states) {
    const model = localModel(ORDER);
    const problem = problemOf(other);
    assemble(problem, x, kappa, accepted > 0, workspace(problem), model);
    got.push(value, ...gradient, ...hessian);
    want.push(model.value, ...model.gradient, ...model.hessian);
    tolerance.push(...bounds(problemOf(made), x, kappa, accepted > 0));
  }
  return worst(got, want, tolerance);
}

function problemOf(loss: Loss): Problem {
  const { law, inputs, logLoss, weight } = caseOf(loss);
  return { law, inputs, logLoss, weight, loss, delta: loss.unit };
}

function bounds(problem: Problem, x: Float64Array, kappa: number, curved: boolean): number[] {
  const { law, inputs: [logN, logD], logLoss, weight, loss, delta } = problem;
  const { prediction, jacobian, residual } = workspace(problem);
  law.predict(x, problem.inputs, prediction, jacobian);
  const n = logLoss.length;
  const [shape, kind] = [SHAPES[loss.shape], RESIDUALS[loss.residual]];
  kind.fill(prediction, logLoss, delta, residual, 0, n);
  const slope = new Float64Array(1);
  const mass = new Float64Array(1);
  let value = TINY;
  const gradient = Array.from({ length: ORDER }, () => TINY);
  const hessian = Array.from({ length: (ORDER * (ORDER + 1)) / 2 }, () => TINY);
  for (let i = 0; i < n; i++) {
    const r = residual[i]!;
    const rho = shape.weigh(Float64Array.of(r), Float64Array.of(1), kappa, slope, mass, 0, 1, loss.envelope);
    const [psi, m] = [Math.abs(slope[0]!), mass[0]!];
    const [u, v] = [Math.abs(logN![i]!), Math.abs(logD![i]!)];
    const s = kind.steepness(prediction[i]!);
    const dz = C * EPS * (1 + Math.max(Math.abs(x[0]!), Math.abs(x[1]!) + Math.abs(x[3]!) * u, Math.abs(x[2]!) + Math.abs(x[4]!) * v));
    const dr = (s * dz) / delta;
    const w = weight[i]!;
    const kinked = loss.shape === 'lower' && Math.abs(r) <= dr;
    const jump = loss.shape !== 'squares' && (Math.abs(Math.abs(r) - 1) <= dr || kinked) ? 1 : 0;
    const pull = s * (dr + psi * (4 * dz + 2 * n * EPS));
    value += w * (psi * dr + dr * dr + 2 * n * EPS * rho);
    for (let j = 0; j < ORDER; j++) {
      const a = Math.abs(jacobian[j]![i]!);
      gradient[j]! += w * a * pull;
      for (let k = 0; k <= j; k++) {
        const b = Math.abs(jacobian[k]![i]!);
        const bend = curved ? delta * (1 + u + v) ** 2 * pull * Math.sqrt(a * b) : 0;
        hessian[packedIndex(j, k)]! += w * (a * b * s * s * (m * (4 * dz + 2 * n * EPS) + dr + jump) + bend);
      }
    }
  }
  return [value, ...gradient, ...hessian];
}
