// Points of resampled replicates that count, with their weights, [points][replicates]. One invocation a replicate: only it writes
// its column, which is zero before: the weight of every point first, and then what is zero is left out.
// groups: each replicate draws as many groups of each stratum as it has, with replacement, and a point's weight is multiplied by
// the count of its group. leave-out: it has all points but those of one group.
// CPU twin: drawWeights in src/backend/cpu/draw.ts. Layouts: src/backend/gpu/layouts.ts.

// #include lib/philox.wgsl

override WORKGROUP_SIZE = 64u;

const GROUPS = 0u;

// Points of a group follow each other in `members`; those of group g are members[begin[g] .. begin[g + 1]], and the groups of
// stratum s are strata[s] .. strata[s + 1].
fn draw_groups(replicate: u32) {
  let run = drawLayout.$.run;
  var stratum = 0u;
  var first = 0u;
  var end = drawLayout.$.strata[1];
  for (var block = 0u; block * 4u < run.groups; block++) {
    let words = philox4x32(vec4u(block, run.first + replicate, run.stream, 0u), vec2u(run.seedLow, run.seedHigh));
    for (var lane = 0u; lane < 4u && block * 4u + lane < run.groups; lane++) {
      while block * 4u + lane >= end {
        stratum++;
        first = end;
        end = drawLayout.$.strata[stratum + 1u];
      }
      let group = first + multiply_high(words[lane], end - first);
      for (var k = drawLayout.$.begin[group]; k < drawLayout.$.begin[group + 1u]; k++) {
        let i = drawLayout.$.members[k];
        drawLayout.$.drawn[i * run.replicates + replicate].weight += drawLayout.$.base[i];
      }
    }
  }
}

fn leave_out(group: u32, replicate: u32) {
  let run = drawLayout.$.run;
  for (var i = 0u; i < run.points; i++) { drawLayout.$.drawn[i * run.replicates + replicate].weight = drawLayout.$.base[i]; }
  for (var k = drawLayout.$.begin[group]; k < drawLayout.$.begin[group + 1u]; k++) {
    drawLayout.$.drawn[drawLayout.$.members[k] * run.replicates + replicate].weight = 0.0;
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn draw_weights(@builtin(global_invocation_id) id: vec3u) {
  let run = drawLayout.$.run;
  let replicate = id.x + id.y * run.rowSize;
  if replicate >= run.replicates { return; }
  if run.kind == GROUPS { draw_groups(replicate); } else { leave_out(run.first + replicate, replicate); }
  move_up(replicate);
}

// Moves those that count to the front, in their order; what follows them has weight zero.
fn move_up(replicate: u32) {
  let run = drawLayout.$.run;
  var count = 0u;
  for (var i = 0u; i < run.points; i++) {
    let weight = drawLayout.$.drawn[i * run.replicates + replicate].weight;
    if weight == 0.0 { continue; }
    drawLayout.$.drawn[count * run.replicates + replicate] = Counted(weight, i);
    count++;
  }
  for (var k = count; k < run.points; k++) { drawLayout.$.drawn[k * run.replicates + replicate].weight = 0.0; }
}
