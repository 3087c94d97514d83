// Keeps the best end of each replicate: takes the ends of one chunk into the best so far, in the order of the starts. One
// invocation a replicate. CPU twin: takeEnd in src/backend/cpu/best.ts. Layouts: src/backend/gpu/layouts.ts.

// #include law
// #include lib/float.wgsl
// #include lib/termination.wgsl

override WORKGROUP_SIZE = 64u;

const AGREE = 1e-4;

@compute @workgroup_size(WORKGROUP_SIZE)
fn keep_end(@builtin(global_invocation_id) id: vec3u) {
  let run = keepEndLayout.$.run;
  let replicate = id.x + id.y * run.rowSize;
  if replicate >= run.replicates { return; }
  var kept = keepEndLayout.$.best[replicate];
  // Fits of this replicate stand `replicates` apart, from the first that is not before the chunk.
  let before = run.firstFit % run.replicates;
  for (var k = (replicate + run.replicates - before) % run.replicates; k < run.count; k += run.replicates) {
    let end = keepEndLayout.$.ends[k];
    kept.steps += end.steps;
    let unseen = kept.ended == RUNNING;
    let value = select(LARGEST, end.value, is_finite(end.value));
    if unseen || value < kept.value {
      kept.agreeing = select(1u, kept.agreeing + 1u, !unseen && kept.value <= value * (1.0 + AGREE));
      kept.x = end.x;
      kept.value = value;
      kept.ended = end.ended;
    } else if value <= kept.value * (1.0 + AGREE) {
      kept.agreeing += 1u;
    }
  }
  keepEndLayout.$.best[replicate] = kept;
}
