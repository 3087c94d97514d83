// Keeps the best starts of each replicate: merges the values of one chunk of starts into the best so far, lowest
// first, the lower index first where two are equal. One workgroup a replicate; each of its `keep` rounds finds the
// next pair above the last one taken, by a tree of minima. Layouts: src/backend/gpu/layouts.ts.

// #include lib/float.wgsl

override WORKGROUP_SIZE = 64u; // a power of two

var<workgroup> nearest_value: array<f32, WORKGROUP_SIZE>;
var<workgroup> nearest_start: array<u32, WORKGROUP_SIZE>;

// Is (value, start) before (other, at) in the order kept?
fn before(value: f32, start: u32, other: f32, at: u32) -> bool {
  return value < other || (value == other && start < at);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn keep_best(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = keepLayout.$.run;
  let replicate = group.x + group.y * (run.rowSize / WORKGROUP_SIZE);
  if replicate >= run.replicates { return; }
  let kept = replicate * run.keep;
  var last_value = -1.0; // objectives are not negative
  var last_start = 0u;
  for (var k = 0u; k < run.keep; k++) {
    var value = LARGEST;
    var start = NONE;
    for (var s = lane; s < run.starts + run.keep; s += WORKGROUP_SIZE) {
      var candidate = LARGEST;
      var index = NONE;
      if s < run.starts {
        candidate = keepLayout.$.values[replicate * run.starts + s];
        index = run.firstStart + s;
      } else {
        candidate = keepLayout.$.bestBefore[kept + s - run.starts].value;
        index = keepLayout.$.bestBefore[kept + s - run.starts].start;
      }
      let later = before(last_value, last_start, candidate, index) || last_value < 0.0;
      if later && before(candidate, index, value, start) {
        value = candidate;
        start = index;
      }
    }
    nearest_value[lane] = value;
    nearest_start[lane] = start;
    for (var half = WORKGROUP_SIZE / 2u; half > 0u; half /= 2u) {
      workgroupBarrier();
      if lane < half && before(nearest_value[lane + half], nearest_start[lane + half], nearest_value[lane], nearest_start[lane]) {
        nearest_value[lane] = nearest_value[lane + half];
        nearest_start[lane] = nearest_start[lane + half];
      }
    }
    workgroupBarrier();
    last_value = nearest_value[0];
    last_start = nearest_start[0];
    if lane == 0u {
      keepLayout.$.best[kept + k].value = last_value;
      keepLayout.$.best[kept + k].start = last_start;
    }
    workgroupBarrier();
  }
}
