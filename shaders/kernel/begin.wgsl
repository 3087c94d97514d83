// Sets every descent of a chunk to the start that is its own and lists them all as running. Fits number replicates
// side by side (see descend.wgsl). Layouts: src/backend/gpu/layouts.ts.

// #include law
// #include lib/stage.wgsl

override WORKGROUP_SIZE = 64u;

@compute @workgroup_size(WORKGROUP_SIZE)
fn begin(@builtin(global_invocation_id) id: vec3u) {
  let run = beginLayout.$.run;
  let fit = id.x + id.y * run.rowSize;
  if fit >= run.running { return; }
  let replicate = (run.firstFit + fit) % run.replicates;
  var start = (run.firstFit + fit) / run.replicates;
  if run.picked != 0u { start = beginLayout.$.picks[replicate * run.each + start]; }
  var s = Descent();
  s.x = beginLayout.$.starts[start];
  begin_stage(&s);
  beginLayout.$.state[fit] = s;
  beginLayout.$.fits[fit] = fit;
}
