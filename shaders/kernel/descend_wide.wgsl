// Batched descent, one workgroup a fit: its lanes share the points, for batches too small to fill the device with one
// lane a fit. All lanes carry the same state and take the same step from the same sums; the first one writes it.
// The method: shaders/lib/descent.wgsl; rounds and numbering: descend.wgsl. Layouts: src/backend/gpu/layouts.ts.

// #include lib/descent.wgsl

override WORKGROUP_SIZE = 64u; // a power of two

// Half the lanes hand theirs to the other half: a law of ten parameters has 66 sums, and all lanes' would not fit 16 KiB.
var<workgroup> models: array<Model, WORKGROUP_SIZE / 2u>;
var<workgroup> verdict: u32;

// The sum of the models of all lanes, by a tree, always in the same order.
fn sum_models(own: Model, lane: u32) -> Model {
  var model = own;
  for (var half = WORKGROUP_SIZE / 2u; half > 0u; half /= 2u) {
    if lane >= half && lane < 2u * half { models[lane - half] = model; }
    workgroupBarrier();
    if lane < half {
      model.value += models[lane].value;
      for (var j = 0u; j < PARAMS; j++) { model.gradient[j] += models[lane].gradient[j]; }
      for (var j = 0u; j < PACKED; j++) { model.hessian[j] += models[lane].hessian[j]; }
    }
    workgroupBarrier();
  }
  if lane == 0u { models[0] = model; }
  workgroupBarrier();
  let sum = models[0];
  workgroupBarrier();
  return sum;
}

fn assemble(x: Theta, replicate: u32, look: Look, lane: u32) -> Model {
  var model = Model();
  let count = count_of(replicate);
  for (var k = lane; k < count; k += WORKGROUP_SIZE) { add_counted(&model, x, k, replicate, look); }
  return sum_models(model, lane);
}

// The largest of all lanes, by way of the gradients; the first lane's.
fn reach_of(x: Theta, replicate: u32, lane: u32) -> Theta {
  var reach = Theta();
  let count = count_of(replicate);
  for (var k = lane; k < count; k += WORKGROUP_SIZE) { extend_reach(&reach, x, k, replicate); }
  for (var half = WORKGROUP_SIZE / 2u; half > 0u; half /= 2u) {
    if lane >= half && lane < 2u * half { models[lane - half].gradient = reach; }
    workgroupBarrier();
    if lane < half {
      for (var j = 0u; j < PARAMS; j++) { reach[j] = max(reach[j], models[lane].gradient[j]); }
    }
    workgroupBarrier();
  }
  return reach;
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
