// Chinchilla law by the exponent of its frontier: predicted loss and the gradient of its log in x = (e, p, q, a, s),
// centred. Derivation, units and reference: src/laws/chinchilla-allocation.ts (CPU twin).

const PARAMS = 5u;
const INPUTS = 2u; // log N, log D, centred
const PACKED = 15u;

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let a = x[3];
  let s = x[4];
  let floor = exp(x[0]);
  let size = exp(x[1] - (1.0 - a) * s * at[0]);
  let data = exp(x[2] - a * s * at[1]);
  let sum = floor + size + data;
  let inverse = 1.0 / sum;
  let share_a = size * inverse;
  let share_b = data * inverse;
  let pull_n = at[0] * share_a;
  let pull_d = at[1] * share_b;
  *row = Theta(floor * inverse, share_a, share_b, s * (pull_n - pull_d), -(1.0 - a) * pull_n - a * pull_d);
  return sum;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let a = x[3];
  let s = x[4];
  let size = scale * row[1];
  let data = scale * row[2];
  // Slopes of the logs of the terms along a and s.
  let size_split = s * at[0];
  let size_sum = (a - 1.0) * at[0];
  let data_split = -s * at[1];
  let data_sum = -a * at[1];
  (*hessian)[0] += scale * row[0];
  (*hessian)[2] += size;
  (*hessian)[5] += data;
  (*hessian)[7] += size * size_split;
  (*hessian)[8] += data * data_split;
  (*hessian)[9] += size * size_split * size_split + data * data_split * data_split;
  (*hessian)[11] += size * size_sum;
  (*hessian)[12] += data * data_sum;
  (*hessian)[13] += size * (size_split * size_sum + at[0]) + data * (data_split * data_sum - at[1]);
  (*hessian)[14] += size * size_sum * size_sum + data * data_sum * data_sum;
}
