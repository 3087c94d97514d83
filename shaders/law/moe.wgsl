// Chinchilla's law of fine-grained mixtures of experts: predicted loss and the gradient of its log in
// x = (e, a, b, alpha, beta, h, gamma), centred. Derivation, units and reference: src/laws/moe.ts (CPU twin).

const PARAMS = 7u;
const INPUTS = 3u; // log N, log D, log G, centred
const PACKED = 28u;

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let floor = exp(x[0]);
  let size = exp(x[1] - x[3] * at[0]);
  let data = exp(x[2] - x[4] * at[1]);
  let grain = exp(x[5] - x[3] * at[0] - x[6] * at[2]);
  let sum = floor + size + data + grain;
  let inverse = 1.0 / sum;
  let share_a = size * inverse;
  let share_b = data * inverse;
  let share_g = grain * inverse;
  *row = Theta(floor * inverse, share_a, share_b, -at[0] * (share_a + share_g), -at[1] * share_b, share_g, -at[2] * share_g);
  return sum;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  (*hessian)[0] += scale * row[0];
  (*hessian)[2] += scale * row[1];
  (*hessian)[5] += scale * row[2];
  (*hessian)[7] -= scale * at[0] * row[1];
  (*hessian)[9] -= scale * at[0] * row[3];
  (*hessian)[12] += scale * row[4];
  (*hessian)[14] -= scale * at[1] * row[4];
  (*hessian)[18] -= scale * at[0] * row[5];
  (*hessian)[20] += scale * row[5];
  (*hessian)[24] -= scale * at[0] * row[6];
  (*hessian)[26] += scale * row[6];
  (*hessian)[27] -= scale * at[2] * row[6];
}
