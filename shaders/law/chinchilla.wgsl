// Chinchilla law: predicted loss and the gradient of its log in x = (e, a, b, alpha, beta), centred.
// Derivation, units and reference: src/laws/chinchilla.ts (CPU twin).

const PARAMS = 5u;
const INPUTS = 2u; // log N, log D, centred
const PACKED = 15u;

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let floor = exp(x[0]);
  let size = exp(x[1] - x[3] * at[0]);
  let data = exp(x[2] - x[4] * at[1]);
  let sum = floor + size + data;
  let inverse = 1.0 / sum;
  let share_a = size * inverse;
  let share_b = data * inverse;
  *row = Theta(floor * inverse, share_a, share_b, -at[0] * share_a, -at[1] * share_b);
  return sum;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  (*hessian)[0] += scale * row[0];
  (*hessian)[2] += scale * row[1];
  (*hessian)[5] += scale * row[2];
  (*hessian)[7] += scale * row[3];
  (*hessian)[9] -= scale * at[0] * row[3];
  (*hessian)[12] += scale * row[4];
  (*hessian)[14] -= scale * at[1] * row[4];
}
