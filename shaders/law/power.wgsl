// A power law of one variable: predicted loss and the gradient of its log in x = (e, a, alpha), centred.
// Derivation, units and reference: src/laws/power.ts (CPU twin).

const PARAMS = 3u;
const INPUTS = 1u; // log x, centred
const PACKED = 6u;

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let floor = exp(x[0]);
  let term = exp(x[1] - x[2] * at[0]);
  let sum = floor + term;
  let inverse = 1.0 / sum;
  let share = term * inverse;
  *row = Theta(floor * inverse, share, -at[0] * share);
  return sum;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  (*hessian)[0] += scale * row[0];
  (*hessian)[2] += scale * row[1];
  (*hessian)[4] += scale * row[2];
  (*hessian)[5] -= scale * at[0] * row[2];
}
