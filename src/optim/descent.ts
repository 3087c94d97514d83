/**
 * Descent from one start to a minimum of the objective by damped normal equations, as it is for Huber's loss.
 *
 *   (H + λ·diag S) d = −g,   x ← x + clamp(δ·d)
 *
 * The objective is nearly an L1 norm: most residuals lie outside δ, where ρ″ = 0. H therefore slides with κ
 * (see objective.ts) from reweighting, which is safe, to Newton on the inner points, which is fast: κ falls by
 * 0.3 with each accepted step and rises fourfold with a rejected one; the law's own curvature joins after eight
 * accepted steps. λ follows Marquardt's rule, S the largest recent diagonal. Each coordinate moves at most 5 a
 * step: where a term has nearly vanished, its gradient s and curvature s² promise steps of 1/s, and the clamp
 * lets the term come back instead of freezing it.
 *
 * The threshold is lowered in stages, from about one nat (least squares) to δ: see Stage and
 * src/backend/schedule.ts. A stage stops on what the model still promises, and takes that last step unmeasured: the
 * gradient resolves x far better than the objective does, in float32 above all.
 * Which loss it is (src/losses) only the model knows: for least squares every point is inside and κ has nothing to do.
 * The wide stages only find the neighbourhood, and for that a part of the points is enough: see part.ts.
 * Bounds are an active set: see box.ts. One flat accept/reject loop, so that it batches. GPU twin: shaders/lib/descent.wgsl, which uses all points.
 */
import type { Law } from '../laws/law.ts';
import { choleskyDamped, choleskySolve, packedIndex, packedLength } from '../math/packed.ts';
import { heldAt, inBox, type Box } from './box.ts';
import { assemble, columnsOf, localModel, workspace, type LocalModel, type Problem, type Workspace } from './objective.ts';
import { partOf } from './part.ts';
import type { Termination } from './termination.ts';

/** One descent of the schedule, from where the last one ended. */
export interface Stage {
  /** Huber threshold, nats. */
  readonly delta: number;
  /** Promised decrease, relative to the objective, that is not worth a step. */
  readonly tolerance: number;
  /** Evaluations allowed. */
  readonly steps: number;
  /** A later stage follows at a smaller threshold: this one may look at a part of the points. */
  readonly coarse?: boolean;
}

export interface Descent {
  /** Working coordinates of the lowest point found. */
  readonly x: Float64Array;
  /** Lowest f measured, nats², at the threshold of the last stage; f(x) but for the last step, which is not measured. */
  readonly objective: number;
  /** Evaluations of the objective and its model, all stages. */
  readonly steps: number;
  readonly termination: Termination;
}

/** Numbers of the method; the same stand in shaders/lib/descent.wgsl, and a test compares them. */
export const METHOD = {
  LAMBDA_START: 1e-5,
  LAMBDA_MIN: 1e-9,
  LAMBDA_MAX: 1e6,
  LAMBDA_FALL: 0.2,
  LAMBDA_RISE: 8,
  LAMBDA_FLOOR: 1e-6,
  LAMBDA_STOP: 1e-2,
  KAPPA_MIN: 1e-3,
  KAPPA_FALL: 0.3,
  KAPPA_RISE: 4,
  ACCEPTED_BEFORE_CURVATURE: 8,
  SCALE_MIN: 1e-12,
  PIVOT_MIN: 1e-7,
  STEP_MAX: 5,
  /** Objective of a point that is as good as fitted, in units of δ²: noise-free data have nothing to be relative to. */
  VALUE_MIN: 1e-4,
  VANISHED: 1e-6,
} as const;

/** Scratch of descents on one problem, and the part of it that its coarse stages look at. */
export interface DescentWorkspace {
  readonly whole: Workspace;
  /** Kept from start to start. */
  readonly stepper?: Stepper;
  readonly part?: { readonly problem: Omit<Problem, 'delta'>; readonly work: Workspace };
}

/** Columns of the points of a problem that its descents need, those of the part of it too. */
export function columnsOfDescent(law: Law): number {
  return 2 * columnsOf(law);
}

export function descentWorkspace(problem: Omit<Problem, 'delta'>, stages: readonly Stage[]): DescentWorkspace {
  const part = stages.some(({ coarse }) => coarse) ? partOf(problem) : undefined;
  return { whole: workspace(problem), stepper: new Stepper(problem.law.params.length), ...(part && { part: { problem: part, work: workspace(part) } }) };
}

/** Runs the stages one after another, inside the problem's box. Coordinates that are `pinned` stay. The best x always comes back, whatever stopped it. */
export function descend(problem: Omit<Problem, 'delta'>, start: ArrayLike<number>, stages: readonly Stage[],
                        work: DescentWorkspace = descentWorkspace(problem, stages), pinned: readonly boolean[] = []): Descent {
  let x: Float64Array = inBox(Float64Array.from(start), problem.box, pinned);
  const { stepper = new Stepper(x.length) } = work;
  let steps = 0;
  let end: Run | undefined;
  for (const stage of stages) {
    const seen = stage.coarse && work.part ? work.part : { problem, work: work.whole };
    end = run({ ...seen.problem, delta: stage.delta }, x, stage, seen.work, stepper, pinned);
    x = end.x;
    steps += end.steps;
  }
  if (!end) throw new RangeError('descend: expected at least one stage, got none.');
  const termination = classify(problem, end, work.whole, pinned);
  return { x, steps, objective: end.value * stages[stages.length - 1].delta ** 2, termination };
}

function classify(problem: Omit<Problem, 'delta'>, { x, termination }: Run, work: Workspace, pinned: readonly boolean[]): Termination {
  const settled = termination === 'converged' || termination === 'stalled';
  return settled && vanishedParams(problem, x, work, pinned).length > 0 ? 'vanished' : termination;
}

/** Indices of free parameters that move no prediction: |∂log L̂/∂xⱼ| below 1e-6 at every point. */
export function vanishedParams(problem: Omit<Problem, 'delta'>, x: ArrayLike<number>, work: Workspace = workspace(problem),
                               pinned: readonly boolean[] = problem.pinned ?? []): number[] {
  problem.law.predict(x, problem.inputs, work.prediction, work.jacobian, 0, work.prediction.length, problem.arithmetic);
  const seen = (column: Float64Array) => column.some((slope) => Math.abs(slope) >= METHOD.VANISHED);
  return [...work.jacobian.keys()].filter((j) => !pinned[j] && !seen(work.jacobian[j]));
}

interface Run {
  readonly x: Float64Array;
  readonly value: number;
  readonly steps: number;
  readonly termination: Termination;
}

function run(problem: Problem, start: ArrayLike<number>, stage: Stage, work: Workspace, step: Stepper, pinned: readonly boolean[]): Run {
  const x = Float64Array.from(start);
  const { xTrial } = step;
  let { best, trial } = step;
  step.begin();
  assemble(problem, x, 1, false, work, best);
  pin(best, heldAt(x, best.gradient, problem.box, pinned));
  const stop = (termination: Termination, steps: number): Run => ({ x, value: best.value, steps, termination });
  if (!Number.isFinite(best.value)) return stop('nonfinite', 1);

  let kappa = 1;
  let accepted = 0;
  for (let steps = 1; steps < stage.steps; steps++) {
    let promised = step.solve(best);
    if (step.lambda > METHOD.LAMBDA_MAX) return stop('stalled', steps);
    const sides = problem.box && step.turnInside(best, x, problem.box, pinned, problem.delta);
    if (sides) promised = step.promise(best);
    let clamped = false;
    for (let j = 0; j < x.length; j++) {
      const move = problem.delta * step.direction[j];
      const isClamped = !(Math.abs(move) < METHOD.STEP_MAX);
      const side = isClamped ? undefined : sides?.[j];
      xTrial[j] = side ?? x[j] + Math.max(-METHOD.STEP_MAX, Math.min(METHOD.STEP_MAX, move));
      clamped ||= isClamped;
    }
    const scale = best.value + METHOD.VALUE_MIN * problem.logLoss.length;
    if (promised < stage.tolerance * scale && step.lambda < METHOD.LAMBDA_STOP) {
      if (!clamped) x.set(xTrial); // too little to measure, but the gradient still knows the way
      return stop('converged', steps);
    }
    const nextKappa = Math.max(kappa * METHOD.KAPPA_FALL, METHOD.KAPPA_MIN);
    assemble(problem, xTrial, nextKappa, accepted >= METHOD.ACCEPTED_BEFORE_CURVATURE, work, trial, best.value);
    if (trial.value < best.value) { // false for NaN
      x.set(xTrial);
      pin(trial, heldAt(x, trial.gradient, problem.box, pinned));
      [best, trial] = [trial, best];
      kappa = nextKappa;
      accepted++;
      step.lambda = Math.max(step.lambda * METHOD.LAMBDA_FALL, METHOD.LAMBDA_MIN);
    } else {
      kappa = Math.min(kappa * METHOD.KAPPA_RISE, 1);
      step.lambda = Math.max(step.lambda * METHOD.LAMBDA_RISE, METHOD.LAMBDA_FLOOR);
    }
  }
  return stop('iterations', stage.steps);
}

/** Takes pinned coordinates out of the model: no gradient, no coupling, and so no step. */
export function pin({ gradient, hessian }: LocalModel, pinned: readonly boolean[]): void {
  pinned.forEach((isPinned, j) => {
    if (!isPinned) return;
    gradient[j] = 0;
    for (let k = 0; k < gradient.length; k++) hessian[packedIndex(Math.max(j, k), Math.min(j, k))] = j === k ? 1 : 0;
  });
}

/** The damped normal equations, with the damping and the scale that they carry from step to step, and the models of a run. */
class Stepper {
  lambda: number = METHOD.LAMBDA_START;
  readonly best: LocalModel;
  readonly trial: LocalModel;
  readonly xTrial: Float64Array;
  readonly direction: Float64Array;
  private readonly scale: Float64Array;
  private readonly factor: Float64Array;

  constructor(order: number) {
    this.best = localModel(order);
    this.trial = localModel(order);
    this.xTrial = new Float64Array(order);
    this.direction = new Float64Array(order);
    this.scale = new Float64Array(order);
    this.factor = new Float64Array(packedLength(order));
  }

  begin(): void {
    this.lambda = METHOD.LAMBDA_START;
    this.scale.fill(0);
  }

  /** Writes the direction, raising λ until H + λS is positive definite; returns the promised decrease of f. */
  solve({ gradient, hessian }: LocalModel): number {
    const { direction, scale, factor } = this;
    for (let j = 0; j < scale.length; j++) {
      scale[j] = Math.max(scale[j] / 2, Math.abs(hessian[packedIndex(j, j)]), METHOD.SCALE_MIN);
      direction[j] = -gradient[j];
    }
    while (!choleskyDamped(hessian, scale, this.lambda, METHOD.PIVOT_MIN, factor)) {
      this.lambda = Math.max(this.lambda * 10, METHOD.LAMBDA_FLOOR);
      if (this.lambda > METHOD.LAMBDA_MAX) return 0;
    }
    choleskySolve(factor, direction, direction);
    let promised = 0;
    for (let j = 0; j < scale.length; j++) {
      promised += 0.5 * direction[j] * (this.lambda * scale[j] * direction[j] - gradient[j]);
    }
    return promised;
  }

  /**
   * Turns a direction that leaves the box: the coordinate that crosses its side first goes to it, and the others are solved again
   * for that, until none crosses; each time the model falls. Returns where those go to, undefined for the others; undefined where
   * none crosses.
   */
  turnInside({ gradient, hessian }: LocalModel, x: ArrayLike<number>, box: Box, pinned: readonly boolean[],
             delta: number): (number | undefined)[] | undefined {
    const { direction, scale, factor } = this;
    const sides = box.lower.map((): number | undefined => undefined);
    const rest = { value: 0, gradient: gradient.slice(), hessian: hessian.slice() };
    const from = Float64Array.from(x);
    for (let turned = false; ; turned = true) {
      const first = firstCrossing(from, direction.map((d, j) => x[j] + delta * d), box, (j) => pinned[j] || sides[j] !== undefined);
      if (!first) return turned ? sides : undefined;
      const { coordinate: at, side } = first;
      sides[at] = side;
      const step = (side - x[at]) / delta;
      for (let k = 0; k < sides.length; k++) rest.gradient[k] += hessian[packedIndex(Math.max(at, k), Math.min(at, k))] * step;
      pin(rest, sides.map((to) => to !== undefined));
      choleskyDamped(rest.hessian, scale, this.lambda, METHOD.PIVOT_MIN, factor); // a part of what was positive definite
      for (let j = 0; j < sides.length; j++) direction[j] = -rest.gradient[j];
      choleskySolve(factor, direction, direction);
      sides.forEach((to, j) => { if (to !== undefined) direction[j] = (to - x[j]) / delta; });
    }
  }

  /** The decrease of f that the model has along the direction, whatever that is. */
  promise({ gradient, hessian }: LocalModel): number {
    const { direction } = this;
    let promised = 0;
    for (let j = 0; j < direction.length; j++) {
      promised -= direction[j] * (gradient[j] + 0.5 * hessian[packedIndex(j, j)] * direction[j]);
      for (let k = 0; k < j; k++) promised -= direction[j] * hessian[packedIndex(j, k)] * direction[k];
    }
    return promised;
  }
}

/** Which coordinate crosses a side first on the way between two points, and where; moves `from` there. */
function firstCrossing(from: Float64Array, to: Float64Array, { lower, upper }: Box, isHeld: (j: number) => boolean | undefined) {
  let share = Infinity;
  let first: { readonly coordinate: number; readonly side: number } | undefined;
  for (let j = 0; j < to.length; j++) {
    const side = to[j] < lower[j] ? lower[j] : to[j] > upper[j] ? upper[j] : undefined;
    if (side === undefined || isHeld(j)) continue;
    const way = (side - from[j]) / (to[j] - from[j]);
    if (way < share) [share, first] = [way, { coordinate: j, side }];
  }
  if (first) for (let j = 0; j < to.length; j++) from[j] += share * (to[j] - from[j]);
  return first;
}
