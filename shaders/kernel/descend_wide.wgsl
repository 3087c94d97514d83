// Batched descent, one workgroup a fit: its lanes share the points, for batches too small to fill the device with one
// lane a fit. All lanes carry the same state and take the same step from the same sums; the first one writes it.
// The method: shaders/lib/descent.wgsl; rounds and numbering: descend.wgsl. Layouts: src/backend/gpu/layouts.ts.

// #include lib/descent.wgsl

override WORKGROUP_SIZE = 64u; // a power of two

var<workgroup> models: array<Model, WORKGROUP_SIZE>;
var<workgroup> verdict: u32;

// Sums the models of all lanes by a tree, always in the same order.
fn sum_models(lane: u32) {
  for (var half = WORKGROUP_SIZE / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if lane < half {
      models[lane].value += models[lane + half].value;
      for (var j = 0u; j < PARAMS; j++) { models[lane].gradient[j] += models[lane + half].gradient[j]; }
      for (var j = 0u; j < PACKED; j++) { models[lane].hessian[j] += models[lane + half].hessian[j]; }
    }
  }
  workgroupBarrier();
}

fn assemble(x: Theta, replicate: u32, look: Look, lane: u32) -> Model {
  var model = Model();
  for (var i = lane; i < descendLayout.$.run.points; i += WORKGROUP_SIZE) { add_point_at(&model, x, i, replicate, look); }
  models[lane] = model;
  sum_models(lane);
  let sum = models[0];
  workgroupBarrier();
  return sum;
}

// The largest of all lanes, by way of the gradients.
fn reach_of(x: Theta, replicate: u32, lane: u32) -> Theta {
  var reach = Theta();
  for (var i = lane; i < descendLayout.$.run.points; i += WORKGROUP_SIZE) { extend_reach(&reach, x, i, replicate); }
  models[lane].gradient = reach;
  for (var half = WORKGROUP_SIZE / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if lane < half {
      for (var j = 0u; j < PARAMS; j++) {
        models[lane].gradient[j] = max(models[lane].gradient[j], models[lane + half].gradient[j]);
      }
    }
  }
  workgroupBarrier();
  return models[0].gradient;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn descend_wide(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = descendLayout.$.run;
  let slot = group.x + group.y * (run.rowSize / WORKGROUP_SIZE);
  if slot >= run.running { return; }
  let fit = descendLayout.$.fits[slot]; // in this chunk
  let replicate = (run.firstFit + fit) % run.replicates;
  var s = descendLayout.$.state[fit];
  var ended = RUNNING;
  for (var k = 0u; k < run.rounds && ended == RUNNING; k++) {
    let look = look_of(&s);
    let model = assemble(s.trial, replicate, look, lane);
    let after = take_step(&s, look, model);
    if lane == 0u { verdict = after; }
    ended = workgroupUniformLoad(&verdict);
  }
  if is_settled(ended) {
    if has_vanished(reach_of(s.x, replicate, lane)) { ended = VANISHED_TERM; }
  }
  if lane == 0u { leave(&s, fit, ended); }
}
