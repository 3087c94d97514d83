// Chinchilla's law with sparsity: predicted loss and the gradient of its log in
// x = (e, a, b, alpha, beta, c, lambda, h, delta, gamma), centred. Derivation, units and reference: src/laws/sparsity.ts
// (CPU twin).

const PARAMS = 10u;
const INPUTS = 3u; // log N, log D, log (1 - S), centred
const PACKED = 55u;

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let floor = exp(x[0]);
  let size = exp(x[1] - x[3] * at[0]);
  let data = exp(x[2] - x[4] * at[1]);
  let sparse = exp(x[5] - x[6] * at[2]);
  let both = exp(x[7] - x[8] * at[2] - x[9] * at[0]);
  let sum = floor + size + data + sparse + both;
  let inverse = 1.0 / sum;
  let share_a = size * inverse;
  let share_b = data * inverse;
  let share_c = sparse * inverse;
  let share_g = both * inverse;
  *row = Theta(floor * inverse, share_a, share_b, -at[0] * share_a, -at[1] * share_b, share_c, -at[2] * share_c, share_g,
    -at[2] * share_g, -at[0] * share_g);
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
  (*hessian)[20] += scale * row[5];
  (*hessian)[26] += scale * row[6];
  (*hessian)[27] -= scale * at[2] * row[6];
  (*hessian)[35] += scale * row[7];
  (*hessian)[43] += scale * row[8];
  (*hessian)[44] -= scale * at[2] * row[8];
  (*hessian)[52] += scale * row[9];
  (*hessian)[53] -= scale * at[2] * row[9];
  (*hessian)[54] -= scale * at[0] * row[9];
}
