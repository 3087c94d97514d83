// Chinchilla law with one exponent: predicted loss and the gradient of its log in x = (e, a, b, alpha), centred.
// Derivation, units and reference: src/laws/chinchilla-tied.ts (CPU twin).

const PARAMS = 4u;
const INPUTS = 2u; // log N, log D, centred
const PACKED = 10u;

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let floor = exp(x[0]);
  let size = exp(x[1] - x[3] * at[0]);
  let data = exp(x[2] - x[3] * at[1]);
  let sum = floor + size + data;
  let inverse = 1.0 / sum;
  let share_a = size * inverse;
  let share_b = data * inverse;
  *row = Theta(floor * inverse, share_a, share_b, -at[0] * share_a - at[1] * share_b);
  return sum;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let size = scale * row[1];
  let data = scale * row[2];
  (*hessian)[0] += scale * row[0];
  (*hessian)[2] += size;
  (*hessian)[5] += data;
  (*hessian)[7] -= size * at[0];
  (*hessian)[8] -= data * at[1];
  (*hessian)[9] += size * at[0] * at[0] + data * at[1] * at[1];
}
