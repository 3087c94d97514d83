// Losses of redrawn replicates, as 1/L, [points][replicates]: 1/fitted times e to minus the residual that is drawn.
// One invocation a value, replicates side by side. CPU twin: drawLosses in src/backend/cpu/draw.ts.
// Layouts: src/backend/gpu/layouts.ts.

// #include lib/normal.wgsl
// #include lib/philox.wgsl

override WORKGROUP_SIZE = 64u;

const RESIDUAL = 0u;
const WILD = 1u; // PARAMETRIC is what is left

@compute @workgroup_size(WORKGROUP_SIZE)
fn draw_losses(@builtin(global_invocation_id) id: vec3u) {
  let run = drawLayout.$.run;
  let at = id.x + id.y * run.rowSize;
  if at >= run.points * run.replicates { return; }
  let replicate = at % run.replicates;
  let i = at / run.replicates;
  let words = philox4x32(vec4u(i, run.first + replicate, run.stream, 0u), vec2u(run.seedLow, run.seedHigh));
  var change = 0.0;
  if run.kind == RESIDUAL {
    change = drawLayout.$.residual[multiply_high(words.x, run.points)];
  } else if run.kind == WILD {
    change = select(drawLayout.$.residual[i], -drawLayout.$.residual[i], words.x < 0x80000000u);
  } else {
    change = run.sigma * normal(words.x, words.y);
  }
  drawLayout.$.drawn[at] = drawLayout.$.base[i] * exp(-change);
}
