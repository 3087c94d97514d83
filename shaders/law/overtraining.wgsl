// The over-training law: predicted loss and the gradient of its log in x = (e, p, q, eta), centred.
// Derivation, units and reference: src/laws/overtraining.ts (CPU twin).

const PARAMS = 4u;
const INPUTS = 2u; // log C, log M, centred
const PACKED = 10u;

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let rise = at[1] - at[0];
  let fall = -at[1] - at[0];
  let floor = exp(x[0]);
  let rising = exp(x[1] + x[3] * rise);
  let falling = exp(x[2] + x[3] * fall);
  let sum = floor + rising + falling;
  let inverse = 1.0 / sum;
  let share_a = rising * inverse;
  let share_b = falling * inverse;
  *row = Theta(floor * inverse, share_a, share_b, rise * share_a + fall * share_b);
  return sum;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let rise = at[1] - at[0];
  let fall = -at[1] - at[0];
  let rising = scale * row[1];
  let falling = scale * row[2];
  (*hessian)[0] += scale * row[0];
  (*hessian)[2] += rising;
  (*hessian)[5] += falling;
  (*hessian)[7] += rise * rising;
  (*hessian)[8] += fall * falling;
  (*hessian)[9] += rise * rise * rising + fall * fall * falling;
}
