// A descent between evaluations: damped normal equations with sliding weights, through the stages of the threshold. The
// method and its reasons: src/optim/descent.ts (CPU twin), same names, same numbers. How the model of a point is
// assembled is the kernel's own matter: by one lane (descend.wgsl) or by many (descend_wide.wgsl).
// Every var array has an initialiser: not all drivers zero one inside a loop.

// #include law
// #include lib/counted.wgsl
// #include lib/float.wgsl
// #include lib/model.wgsl
// #include lib/packed.wgsl
// #include lib/stage.wgsl
// #include lib/termination.wgsl

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

// Coordinates that are not free: pinned, or at a side of the box from which the gradient points outward.
fn held_of(s: ptr<function, Descent>) -> u32 {
  let bounded = descendLayout.$.run.bounded;
  var held = descendLayout.$.run.pinned;
  if bounded == 0u { return held; }
  for (var j = 0u; j < PARAMS; j++) {
    let side = descendLayout.$.box[j];
    let outward = ((*s).x[j] <= side.x && (*s).gradient[j] > 0.0) || ((*s).x[j] >= side.y && (*s).gradient[j] < 0.0);
    if (bounded & (1u << j)) != 0u && outward { held |= 1u << j; }
  }
  return held;
}

// Takes held coordinates out of the model: no gradient, no coupling, and so no step.
fn pin(s: ptr<function, Descent>) {
  let held = held_of(s);
  if held == 0u { return; }
  for (var j = 0u; j < PARAMS; j++) {
    if (held & (1u << j)) == 0u { continue; }
    (*s).gradient[j] = 0.0;
    for (var k = 0u; k < PARAMS; k++) { (*s).hessian[place(j, k)] = select(0.0, 1.0, j == k); }
  }
}

fn place(j: u32, k: u32) -> u32 {
  let high = max(j, k);
  return high * (high + 1u) / 2u + min(j, k);
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

struct Crossing { coordinate: u32, side: f32, share: f32 }

// Which coordinate that is not held crosses a side of the box first on the way between two points, and where; NONE where none does.
fn first_crossing(start: Theta, end: Theta, held: u32) -> Crossing {
  var first = Crossing(NONE, 0.0, LARGEST);
  let candidates = descendLayout.$.run.bounded & ~held;
  for (var j = 0u; j < PARAMS; j++) {
    if (candidates & (1u << j)) == 0u { continue; }
    let side = clamp(end[j], descendLayout.$.box[j].x, descendLayout.$.box[j].y);
    if side == end[j] { continue; }
    let share = (side - start[j]) / (end[j] - start[j]);
    if share < first.share { first = Crossing(j, side, share); }
  }
  return first;
}

// Turns a direction that leaves the box: the coordinate that crosses its side first goes to it, and the others are solved again for
// that, until none crosses; each time the model falls. The coordinates that go to a side, a bit each.
fn turn_inside(s: ptr<function, Descent>, direction: ptr<function, Theta>, delta: f32) -> u32 {
  var sides = 0u;
  var scale = (*s).scale;
  var gradient = (*s).gradient;
  var hessian = (*s).hessian;
  var steps = Theta();
  var start = (*s).x;
  for (var turn = 0u; turn < PARAMS; turn++) {
    var end = Theta();
    for (var j = 0u; j < PARAMS; j++) { end[j] = (*s).x[j] + delta * (*direction)[j]; }
    let first = first_crossing(start, end, sides | descendLayout.$.run.pinned);
    if first.coordinate == NONE { break; }
    let at = first.coordinate;
    sides |= 1u << at;
    steps[at] = (first.side - (*s).x[at]) / delta;
    for (var j = 0u; j < PARAMS; j++) {
      start[j] += first.share * (end[j] - start[j]);
      gradient[j] += (*s).hessian[place(at, j)] * steps[at];
    }
    for (var j = 0u; j < PARAMS; j++) {
      hessian[place(at, j)] = select(0.0, 1.0, at == j);
      if (sides & (1u << j)) != 0u { gradient[j] = 0.0; }
    }
    var factor = Packed();
    _ = cholesky_damped(&hessian, &scale, (*s).lambda, PIVOT_MIN, &factor); // a part of what was positive definite
    for (var j = 0u; j < PARAMS; j++) { (*direction)[j] = -gradient[j]; }
    cholesky_solve(&factor, direction);
    for (var j = 0u; j < PARAMS; j++) { if (sides & (1u << j)) != 0u { (*direction)[j] = steps[j]; } }
  }
  return sides;
}

// The decrease of f that the model has along a direction, whatever that is.
fn promise(s: ptr<function, Descent>, direction: Theta) -> f32 {
  var promised = 0.0;
  for (var j = 0u; j < PARAMS; j++) {
    var pull = (*s).gradient[j] + 0.5 * (*s).hessian[place(j, j)] * direction[j];
    for (var k = 0u; k < j; k++) { pull += (*s).hessian[place(j, k)] * direction[k]; }
    promised -= direction[j] * pull;
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
    pin(s);
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
  var promised = solve(s, &direction);
  if (*s).lambda > LAMBDA_MAX { return STALLED; }
  var sides = 0u;
  if descendLayout.$.run.bounded != 0u { sides = turn_inside(s, &direction, delta); }
  if sides != 0u { promised = promise(s, direction); }
  var clamped = false;
  for (var j = 0u; j < PARAMS; j++) {
    let change = delta * direction[j];
    (*s).trial[j] = (*s).x[j] + clamp(change, -STEP_MAX, STEP_MAX);
    if !(abs(change) < STEP_MAX) {
      clamped = true;
    } else if (sides & (1u << j)) != 0u && change != 0.0 {
      (*s).trial[j] = select(descendLayout.$.box[j].y, descendLayout.$.box[j].x, change < 0.0);
    }
  }
  let scale = (*s).value + VALUE_MIN * f32(descendLayout.$.run.points);
  if promised < tolerance * scale && (*s).lambda < LAMBDA_STOP {
    if !clamped { (*s).x = (*s).trial; }
    return CONVERGED;
  }
  return RUNNING;
}

// Where the next evaluation of a descent is due, and how its points are weighed.
struct Look {
  delta: f32,
  kappa: f32,
  second_order: bool,
}

fn look_of(s: ptr<function, Descent>) -> Look {
  let delta = descendLayout.$.run.stages[(*s).stage].x; // threshold, tolerance, evaluations allowed
  let kappa = select(max((*s).kappa * KAPPA_FALL, KAPPA_MIN), 1.0, (*s).stageSteps == 0u);
  return Look(delta, kappa, (*s).accepted >= ACCEPTED_BEFORE_CURVATURE);
}

// What follows from an evaluation; returns how the whole descent ended, or RUNNING.
fn take_step(s: ptr<function, Descent>, look: Look, model: Model) -> u32 {
  let stage = descendLayout.$.run.stages[(*s).stage];
  var ended = NONFINITE;
  if judge(s, model, look.kappa) { ended = advance(s, stage.x, stage.y, u32(stage.z)); }
  if ended == RUNNING || ended == NONFINITE { return ended; }
  if (*s).stage + 1u == descendLayout.$.run.stageCount { return ended; }
  (*s).stage += 1u;
  begin_stage(s);
  return RUNNING;
}

// The column of a replicate, and how many points count in it.
fn column_of(replicate: u32) -> u32 {
  return min(replicate, descendLayout.$.run.weightColumns - 1u);
}

fn count_of(replicate: u32) -> u32 {
  return descendLayout.$.counted[column_of(replicate)];
}

fn point_at(k: u32, replicate: u32) -> u32 {
  return descendLayout.$.counted[number_at(k, descendLayout.$.run.weightColumns, column_of(replicate))];
}

// Adds the k-th of the points that count in a replicate to the model at x.
fn add_counted(model: ptr<function, Model>, x: Theta, k: u32, replicate: u32, look: Look) {
  let columns = descendLayout.$.run.lossColumns;
  let point = point_at(k, replicate);
  let weight = bitcast<f32>(descendLayout.$.counted[weight_at(k, descendLayout.$.run.points, descendLayout.$.run.weightColumns, column_of(replicate))]);
  let at = descendLayout.$.inputs[point];
  let inverse_loss = descendLayout.$.inverseLoss[point * columns + min(replicate, columns - 1u)];
  var row = Theta();
  let prediction = predict(x, at, &row);
  add_point(model, x, prediction, inverse_loss, row, at, weight, look.delta, look.kappa, look.second_order);
}

// Raises `reach` to what each parameter moves the prediction of the k-th point that counts.
fn extend_reach(reach: ptr<function, Theta>, x: Theta, k: u32, replicate: u32) {
  let point = point_at(k, replicate);
  var row = Theta();
  _ = predict(x, descendLayout.$.inputs[point], &row);
  for (var j = 0u; j < PARAMS; j++) { (*reach)[j] = max((*reach)[j], abs(row[j])); }
}

// Does some free parameter move no prediction?
fn has_vanished(reach: Theta) -> bool {
  let pinned = descendLayout.$.run.pinned;
  var vanished = false;
  for (var j = 0u; j < PARAMS; j++) { vanished = vanished || ((pinned & (1u << j)) == 0u && !(reach[j] >= VANISHED)); }
  return vanished;
}

fn is_settled(ended: u32) -> bool {
  return ended == CONVERGED || ended == STALLED;
}

// Ends the descent, or lists it for the next round.
fn leave(s: ptr<function, Descent>, fit: u32, ended: u32) {
  descendLayout.$.state[fit] = *s;
  if ended == RUNNING {
    descendLayout.$.next[atomicAdd(&descendLayout.$.running, 1u)] = fit;
  } else {
    descendLayout.$.ends[fit] = End((*s).x, (*s).value, (*s).steps, ended);
  }
}
