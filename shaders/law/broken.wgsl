// A power law of one variable that bends once: predicted loss and the gradient of its log in x = (e, a, c_0, c_1,
// kappa, gamma), centred; the last two in eighths of an e-fold. Derivation, units and reference: src/laws/broken.ts (CPU twin).

// #include lib/smooth-max.wgsl

const PARAMS = 6u;
const INPUTS = 1u; // log x, centred
const PACKED = 21u;

const EPSILON = 0.125; // a coordinate of the break or its width is so many e-folds

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let f = exp(EPSILON * x[5]);
  let bend = smooth_max(at[0] - EPSILON * x[4], 0.0, f);
  let floor = exp(x[0]);
  let term = exp(x[1] - x[2] * at[0] - x[3] * bend.value);
  let sum = floor + term;
  let inverse = 1.0 / sum;
  let share = term * inverse;
  let moved = EPSILON * x[3] * share;
  *row = Theta(floor * inverse, share, -at[0] * share, -bend.value * share, bend.p * moved, -f * bend.gamma * moved);
  return sum;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let f = exp(EPSILON * x[5]);
  let z = at[0] - EPSILON * x[4];
  let bend = smooth_max(z, 0.0, f);
  let nearer = EPSILON * bend.p;
  let wider = -EPSILON * f * bend.gamma;
  let along = x[3] * nearer;
  let slope = x[3] * wider;
  let far = clamp(z / f, -FARTHEST_GAP, FARTHEST_GAP);
  let q = EPSILON * along * bend.q;
  let c = scale * row[1];
  (*hessian)[0] += scale * row[0];
  (*hessian)[2] += c;
  (*hessian)[4] -= c * at[0];
  (*hessian)[5] += c * at[0] * at[0];
  (*hessian)[7] -= c * bend.value;
  (*hessian)[8] += c * bend.value * at[0];
  (*hessian)[9] += c * bend.value * bend.value;
  (*hessian)[11] += c * along;
  (*hessian)[12] -= c * along * at[0];
  (*hessian)[13] += c * (nearer - along * bend.value);
  (*hessian)[14] += c * (along * along - q / f);
  (*hessian)[16] += c * slope;
  (*hessian)[17] -= c * slope * at[0];
  (*hessian)[18] += c * (wider - slope * bend.value);
  (*hessian)[19] += c * (slope * along - q * far);
  (*hessian)[20] += c * (slope * slope + EPSILON * slope - q * f * far * far);
}
