// Batched descent, one invocation a fit: damped normal equations with sliding weights, through the stages of the
// threshold. The method and its reasons: src/optim/descent.ts (CPU twin), same names, same numbers.
//
// A descent outlives a dispatch, which must stay short: its state rests in `state` between rounds, every round
// takes up to run.rounds evaluations, and the fits that are still running are listed in `next` for the next round.
// Fits number replicates side by side: fit = start * replicates + replicate, so that neighbours read the same
// point at the same time. Every var array has an initialiser: not all drivers zero one inside a loop.
// Layouts: src/backend/gpu/layouts.ts.

// #include law
// #include lib/float.wgsl
// #include lib/huber.wgsl
// #include lib/model.wgsl
// #include lib/packed.wgsl
// #include lib/stage.wgsl
// #include lib/termination.wgsl

override WORKGROUP_SIZE = 64u;

const LAMBDA_MIN = 1e-9;
const LAMBDA_MAX = 1e6;
const LAMBDA_FALL = 0.2;
const LAMBDA_RISE = 8.0;
const LAMBDA_FLOOR = 1e-6;
const LAMBDA_STOP = 1e-2;
const KAPPA_MIN = 1e-3;
const KAPPA_FALL = 0.3;
const KAPPA_RISE = 4.0;
const ACCEPTED_BEFORE_CURVATURE = 8u;
const SCALE_MIN = 1e-12;
const PIVOT_MIN = 1e-7;
const STEP_MAX = 5.0;
const VALUE_MIN = 1e-4;
const VANISHED = 1e-6;

const BLOCK = 32u; // points summed before they join the value: less rounding than one long sum

// The model at x for one replicate.
fn assemble(x: Theta, replicate: u32, delta: f32, kappa: f32, second_order: bool) -> Model {
  let run = descendLayout.$.run;
  var model = Model();
  var row = Theta();
  var total = 0.0;
  for (var i = 0u; i < run.points; i++) {
    let at = descendLayout.$.inputs[i];
    let weight = descendLayout.$.weight[i * run.weightColumns + min(replicate, run.weightColumns - 1u)];
    let inverse_loss = descendLayout.$.inverseLoss[i * run.lossColumns + min(replicate, run.lossColumns - 1u)];
    add_point(&model, predict(x, at, &row) * inverse_loss, row, at, weight, delta, kappa, second_order);
    if i % BLOCK == BLOCK - 1u {
      total += model.value;
      model.value = 0.0;
    }
  }
  model.value += total;
  return model;
}

// Does some parameter move no prediction? Points of weight zero do not count.
fn has_vanished(x: Theta, replicate: u32) -> bool {
  let run = descendLayout.$.run;
  var reach = Theta();
  var row = Theta();
  for (var i = 0u; i < run.points; i++) {
    if descendLayout.$.weight[i * run.weightColumns + min(replicate, run.weightColumns - 1u)] > 0.0 {
      _ = predict(x, descendLayout.$.inputs[i], &row);
      for (var j = 0u; j < PARAMS; j++) { reach[j] = max(reach[j], abs(row[j])); }
    }
  }
  var vanished = false;
  for (var j = 0u; j < PARAMS; j++) { vanished = vanished || !(reach[j] >= VANISHED); }
  return vanished;
}

// Solves for the direction, raising lambda until the matrix is positive definite; the promised decrease of f.
fn solve(s: ptr<function, Descent>, direction: ptr<function, Theta>) -> f32 {
  var gradient = (*s).gradient;
  var hessian = (*s).hessian;
  var scale = (*s).scale;
  for (var j = 0u; j < PARAMS; j++) {
    scale[j] = max(scale[j] * 0.5, max(abs(hessian[j * (j + 3u) / 2u]), SCALE_MIN));
    (*direction)[j] = -gradient[j];
  }
  (*s).scale = scale;
  var factor = Packed();
  while !cholesky_damped(&hessian, &scale, (*s).lambda, PIVOT_MIN, &factor) {
    (*s).lambda = max((*s).lambda * 10.0, LAMBDA_FLOOR);
    if (*s).lambda > LAMBDA_MAX { return 0.0; }
  }
  cholesky_solve(&factor, direction);
  var promised = 0.0;
  for (var j = 0u; j < PARAMS; j++) {
    promised += 0.5 * (*direction)[j] * ((*s).lambda * scale[j] * (*direction)[j] - gradient[j]);
  }
  return promised;
}

// Takes the model of the trial point if it is lower, and steers damping and kappa. False where a start is not finite.
fn judge(s: ptr<function, Descent>, model: Model, kappa: f32) -> bool {
  let finite = is_finite(model.value);
  let first = (*s).stageSteps == 0u;
  (*s).steps += 1u;
  (*s).stageSteps += 1u;
  if first && !finite {
    (*s).value = LARGEST;
    return false;
  }
  if first || (finite && model.value < (*s).value) {
    (*s).x = (*s).trial;
    (*s).value = model.value;
    (*s).gradient = model.gradient;
    (*s).hessian = model.hessian;
    if !first {
      (*s).kappa = kappa;
      (*s).accepted += 1u;
      (*s).lambda = max((*s).lambda * LAMBDA_FALL, LAMBDA_MIN);
    }
  } else {
    (*s).kappa = min((*s).kappa * KAPPA_RISE, 1.0);
    (*s).lambda = max((*s).lambda * LAMBDA_RISE, LAMBDA_FLOOR);
  }
  return true;
}

// The next trial point, or how the stage ends.
fn advance(s: ptr<function, Descent>, delta: f32, tolerance: f32, limit: u32) -> u32 {
  if (*s).stageSteps >= limit { return ITERATIONS; }
  var direction = Theta();
  let promised = solve(s, &direction);
  if (*s).lambda > LAMBDA_MAX { return STALLED; }
  var clamped = false;
  for (var j = 0u; j < PARAMS; j++) {
    let change = delta * direction[j];
    (*s).trial[j] = (*s).x[j] + clamp(change, -STEP_MAX, STEP_MAX);
    clamped = clamped || !(abs(change) < STEP_MAX);
  }
  let scale = (*s).value + VALUE_MIN * f32(descendLayout.$.run.points);
  if promised < tolerance * scale && (*s).lambda < LAMBDA_STOP {
    if !clamped { (*s).x = (*s).trial; }
    return CONVERGED;
  }
  return RUNNING;
}

// One evaluation and what follows from it; returns how the whole descent ended, or RUNNING.
fn take_step(s: ptr<function, Descent>, replicate: u32) -> u32 {
  let stage = descendLayout.$.run.stages[(*s).stage]; // threshold, tolerance, evaluations allowed
  let first = (*s).stageSteps == 0u;
  let kappa = select(max((*s).kappa * KAPPA_FALL, KAPPA_MIN), 1.0, first);
  let model = assemble((*s).trial, replicate, stage.x, kappa, (*s).accepted >= ACCEPTED_BEFORE_CURVATURE);
  var ended = NONFINITE;
  if judge(s, model, kappa) { ended = advance(s, stage.x, stage.y, u32(stage.z)); }
  if ended == RUNNING || ended == NONFINITE { return ended; }
  if (*s).stage + 1u < descendLayout.$.run.stageCount {
    (*s).stage += 1u;
    begin_stage(s);
    return RUNNING;
  }
  if ended != ITERATIONS && has_vanished((*s).x, replicate) { return VANISHED_TERM; }
  return ended;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn descend(@builtin(global_invocation_id) id: vec3u) {
  let run = descendLayout.$.run;
  let slot = id.x + id.y * run.rowSize;
  if slot >= run.running { return; }
  let fit = descendLayout.$.fits[slot]; // in this chunk
  let replicate = (run.firstFit + fit) % run.replicates;
  var s = descendLayout.$.state[fit];
  var ended = RUNNING;
  for (var k = 0u; k < run.rounds && ended == RUNNING; k++) { ended = take_step(&s, replicate); }
  descendLayout.$.state[fit] = s;
  if ended == RUNNING {
    descendLayout.$.next[atomicAdd(&descendLayout.$.running, 1u)] = fit;
  } else {
    descendLayout.$.ends[fit] = End(s.x, s.value, s.steps, ended);
  }
}
