// The points that count in resampled replicates, laid out as lib/counted.wgsl says. One invocation a replicate: only it writes its
// column, which is zero before. How often each point counts stands where its weight will, until what counts moves to the front.
// points: each replicate draws as many points as there are, with replacement. groups: as many groups of each stratum as it has, and
// a point counts as often as its group. leave-out: all points but those of one group.
// CPU twin: drawWeights in src/backend/cpu/draw.ts. Layouts: src/backend/gpu/layouts.ts.

// #include lib/counted.wgsl
// #include lib/philox.wgsl

override WORKGROUP_SIZE = 64u;

const POINTS = 0u;
const GROUPS = 1u; // LEAVE_OUT is what is left

fn place_of(point: u32, replicate: u32) -> u32 {
  return weight_at(point, drawLayout.$.run.points, drawLayout.$.run.replicates, replicate);
}

fn words_of(block: u32, replicate: u32) -> vec4u {
  let run = drawLayout.$.run;
  return philox4x32(vec4u(block, run.first + replicate, run.stream, 0u), vec2u(run.seedLow, run.seedHigh));
}

// What draw_groups draws where each point is a group of its own: the commonest draw, without loops over groups and their points.
fn draw_points(replicate: u32) {
  let points = drawLayout.$.run.points;
  for (var block = 0u; block < points / 4u; block++) {
    let words = words_of(block, replicate);
    drawLayout.$.drawn[place_of(multiply_high(words.x, points), replicate)]++;
    drawLayout.$.drawn[place_of(multiply_high(words.y, points), replicate)]++;
    drawLayout.$.drawn[place_of(multiply_high(words.z, points), replicate)]++;
    drawLayout.$.drawn[place_of(multiply_high(words.w, points), replicate)]++;
  }
  let words = words_of(points / 4u, replicate);
  for (var lane = 0u; lane < points % 4u; lane++) {
    drawLayout.$.drawn[place_of(multiply_high(words[lane], points), replicate)]++;
  }
}

// Points of a group follow each other in `members`; those of group g are members[begin[g] .. begin[g + 1]], and the groups of
// stratum s are strata[s] .. strata[s + 1].
fn draw_groups(replicate: u32) {
  let run = drawLayout.$.run;
  var stratum = 0u;
  var first = 0u;
  var end = drawLayout.$.strata[1];
  for (var block = 0u; block * 4u < run.groups; block++) {
    let words = words_of(block, replicate);
    for (var lane = 0u; lane < 4u && block * 4u + lane < run.groups; lane++) {
      while block * 4u + lane >= end {
        stratum++;
        first = end;
        end = drawLayout.$.strata[stratum + 1u];
      }
      let group = first + multiply_high(words[lane], end - first);
      for (var k = drawLayout.$.begin[group]; k < drawLayout.$.begin[group + 1u]; k++) {
        drawLayout.$.drawn[place_of(drawLayout.$.members[k], replicate)]++;
      }
    }
  }
}

fn leave_out(group: u32, replicate: u32) {
  for (var i = 0u; i < drawLayout.$.run.points; i++) { drawLayout.$.drawn[place_of(i, replicate)] = 1u; }
  for (var k = drawLayout.$.begin[group]; k < drawLayout.$.begin[group + 1u]; k++) {
    drawLayout.$.drawn[place_of(drawLayout.$.members[k], replicate)] = 0u;
  }
}

// Moves what counts to the front, in its order. Every point is written behind those that count: what counts stays there.
fn move_up(replicate: u32) {
  let run = drawLayout.$.run;
  var count = 0u;
  for (var i = 0u; i < run.points; i++) {
    let weight = f32(drawLayout.$.drawn[place_of(i, replicate)]) * drawLayout.$.base[i];
    drawLayout.$.drawn[place_of(count, replicate)] = bitcast<u32>(weight);
    drawLayout.$.drawn[number_at(count, run.replicates, replicate)] = i;
    count += select(0u, 1u, weight > 0.0);
  }
  drawLayout.$.drawn[replicate] = count;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn draw_weights(@builtin(global_invocation_id) id: vec3u) {
  let run = drawLayout.$.run;
  let replicate = id.x + id.y * run.rowSize;
  if replicate >= run.replicates { return; }
  if run.kind == POINTS { draw_points(replicate); }
  else if run.kind == GROUPS { draw_groups(replicate); }
  else { leave_out(run.first + replicate, replicate); }
  move_up(replicate);
}
