// Losses of redrawn replicates, as 1/L, [points][replicates]: 1/fitted times e to minus what is drawn.
// One invocation a value, replicates side by side. CPU twin: src/backend/cpu/draw.ts. Layouts: src/backend/gpu/layouts.ts.

// #include lib/normal.wgsl
// #include lib/philox.wgsl

override WORKGROUP_SIZE = 64u;

const RESIDUAL = 0u;
const WILD = 1u; // NOISE is what is left
const MOST_NOISE = 60.0; // nats

fn words_of(at: u32, replicate: u32, stream: u32) -> vec4u {
  let run = drawLayout.$.run;
  return philox4x32(vec4u(at, run.first + replicate, stream, 0u), vec2u(run.seedLow, run.seedHigh));
}

// What all points of a group share; 0 where the deviation is.
fn shared_noise(group: u32, replicate: u32, stream: u32, deviation: f32) -> f32 {
  if deviation == 0.0 { return 0.0; }
  let words = words_of(group, replicate, stream);
  return deviation * normal(words.x, words.y);
}

fn noise(i: u32, replicate: u32, words: vec4u) -> f32 {
  let run = drawLayout.$.run;
  var own = 0.0;
  if run.degrees > 0.0 { own = run.sigma * student(words.x, words.y, run.degrees); }
  else { own = run.sigma * normal(words.x, words.y); }
  if words.z < run.outlierLimit { own = abs(own) * run.outlierFactor; }
  let numbers = drawLayout.$.numbers[i]; // of its model size and its training seed
  let change = own + shared_noise(numbers.x, replicate, run.sizeStream, run.bySize)
    + shared_noise(numbers.y, replicate, run.seedStream, run.bySeed);
  return clamp(change, -MOST_NOISE, MOST_NOISE);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn draw_losses(@builtin(global_invocation_id) id: vec3u) {
  let run = drawLayout.$.run;
  let at = id.x + id.y * run.rowSize;
  if at >= run.points * run.replicates { return; }
  let replicate = at % run.replicates;
  let i = at / run.replicates;
  let words = words_of(i, replicate, run.stream);
  var change = 0.0;
  if run.kind == RESIDUAL {
    let stratum = drawLayout.$.numbers[i]; // its first residual, and how many it has
    change = drawLayout.$.residual[stratum.x + multiply_high(words.x, stratum.y)];
  } else if run.kind == WILD {
    change = select(drawLayout.$.residual[i], -drawLayout.$.residual[i], words.x < 0x80000000u);
  } else {
    change = noise(i, replicate, words);
  }
  drawLayout.$.drawn[at] = drawLayout.$.base[i] * exp(-change);
}
