// Batched descent, one invocation a fit; many fits fill the device. The method: shaders/lib/descent.wgsl.
//
// A descent outlives a dispatch, which must stay short: its state rests in `state` between rounds, every round
// takes up to run.rounds evaluations, and the fits that are still running are listed in `next` for the next round.
// Fits number replicates side by side: fit = start * replicates + replicate, so that neighbours read the same
// point at the same time. Layouts: src/backend/gpu/layouts.ts.

// #include lib/descent.wgsl

override WORKGROUP_SIZE = 64u;

const BLOCK = 32u; // points summed before they join the value: less rounding than one long sum

fn assemble(x: Theta, replicate: u32, look: Look) -> Model {
  var model = Model();
  var total = 0.0;
  let count = count_of(replicate);
  for (var first = 0u; first < count; first += BLOCK) {
    let end = min(first + BLOCK, count);
    for (var k = first; k < end; k++) { add_counted(&model, x, k, replicate, look); }
    total += model.value;
    model.value = 0.0;
  }
  model.value = total;
  return model;
}

fn reach_of(x: Theta, replicate: u32) -> Theta {
  var reach = Theta();
  let count = count_of(replicate);
  for (var k = 0u; k < count; k++) { extend_reach(&reach, x, k, replicate); }
  return reach;
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
  for (var k = 0u; k < run.rounds && ended == RUNNING; k++) {
    let look = look_of(&s);
    ended = take_step(&s, look, assemble(s.trial, replicate, look));
  }
  if is_settled(ended) && has_vanished(reach_of(s.x, replicate)) { ended = VANISHED_TERM; }
  leave(&s, fit, ended);
}
