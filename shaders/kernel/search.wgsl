// Objective of every start on every replicate, in units of delta squared. One invocation a pair, replicates side
// by side, all of them reading the same point at the same time. The values stay on the device: keep_best.wgsl ranks
// them. Layouts: src/backend/gpu/layouts.ts. CPU twin: objective in src/optim/objective.ts.

// #include law
// #include lib/counted.wgsl
// #include lib/float.wgsl
// #include loss
// #include residual

override WORKGROUP_SIZE = 64u;

@compute @workgroup_size(WORKGROUP_SIZE)
fn search(@builtin(global_invocation_id) id: vec3u) {
  let run = searchLayout.$.run;
  let pair = id.x + id.y * run.rowSize;
  if pair >= run.starts * run.replicates { return; }
  let replicate = pair % run.replicates;
  let start = pair / run.replicates;
  let x = searchLayout.$.starts[start];
  var row = Theta();
  var value = 0.0;
  let column = min(replicate, run.weightColumns - 1u);
  let count = searchLayout.$.counted[column];
  for (var k = 0u; k < count; k++) {
    let point = searchLayout.$.counted[number_at(k, run.weightColumns, column)];
    let weight = bitcast<f32>(searchLayout.$.counted[weight_at(k, run.points, run.weightColumns, column)]);
    let inverse_loss = searchLayout.$.inverseLoss[point * run.lossColumns + min(replicate, run.lossColumns - 1u)];
    let prediction = predict(x, searchLayout.$.inputs[point], &row);
    value += weight * loss_of(residual_of(prediction, inverse_loss) / run.delta);
  }
  searchLayout.$.values[replicate * run.starts + start] = select(LARGEST, value, is_finite(value));
}
