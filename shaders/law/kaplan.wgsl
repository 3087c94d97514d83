// Kaplan's law: predicted loss and the gradient of its log in x = (p, q, alpha_N, g), centred; alpha_D = exp g.
// Derivation, units and reference: src/laws/kaplan.ts (CPU twin).

// #include lib/smooth-max.wgsl

const PARAMS = 4u;
const INPUTS = 2u; // log N, log D, centred
const PACKED = 10u;

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let alpha_d = exp(x[3]);
  let top = smooth_max(x[0] - x[2] * at[0], x[1] - alpha_d * at[1], alpha_d);
  *row = Theta(top.p, top.q, -at[0] * top.p, alpha_d * (top.gamma - at[1] * top.q));
  return exp(top.value);
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let steepness = scale * row[3];
  let bend = scale * row[0] * row[1] * exp(-x[3]);
  let apart = x[1] - x[0] + x[2] * at[0];
  let pp = scale * row[0] * row[0] + bend;
  let pq = scale * row[0] * row[1] - bend;
  let gp = steepness * row[0] + bend * apart;
  (*hessian)[0] += pp;
  (*hessian)[1] += pq;
  (*hessian)[2] += scale * row[1] * row[1] + bend;
  (*hessian)[3] -= at[0] * pp;
  (*hessian)[4] -= at[0] * pq;
  (*hessian)[5] += at[0] * at[0] * pp;
  (*hessian)[6] += gp;
  (*hessian)[7] += steepness * row[1] - bend * apart;
  (*hessian)[8] -= at[0] * gp;
  (*hessian)[9] += steepness * row[3] + bend * apart * apart + steepness;
}
