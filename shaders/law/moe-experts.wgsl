// The law of routed language models: predicted loss and the gradient of its log in x = (a, q, c, p, m, n), N centred;
// E_start = exp m, E_max = exp n. Derivation, units and reference: src/laws/moe-experts.ts (CPU twin).

const PARAMS = 6u;
const INPUTS = 2u; // log N, centred; log experts
const PACKED = 21u;

const LN10 = 2.302585092994046;
const OUTSIDE = 80.0; // log of the loss where there is no such law

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

struct Experts {
  sigma: f32,
  mu: f32,
  inside: bool,
  root: f32,
  omega: f32,
  beyond: f32, // 1 - omega
  more: f32, // experts - 1
  counted: f32,
}

fn experts_of(x: Theta, at: Inputs) -> Experts {
  let sigma = exp(-x[4]);
  let mu = exp(-x[5]);
  let inside = sigma > mu;
  let k = max(sigma - mu, 0.0);
  let more = exp(at[1]) - 1.0;
  let root = 1.0 / (1.0 + more * k);
  return Experts(sigma, mu, inside, root, root * root, more * k * root * (1.0 + root), more, 1.0 / (k * root + mu));
}

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let e = experts_of(x, at);
  let y = log(e.counted);
  let steepness = x[1] + x[2] / LN10 * at[0];
  *row = Theta(at[0], y, at[0] * y / LN10, 1.0, steepness * e.counted * e.sigma * e.omega, steepness * e.counted * e.mu * e.beyond);
  return exp(select(OUTSIDE, x[3] + x[0] * at[0] + steepness * y, e.inside));
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let e = experts_of(x, at);
  let bend = -2.0 * e.more * e.omega * e.root;
  let ys = e.counted * e.sigma * e.omega;
  let ym = e.counted * e.mu * e.beyond;
  let steepness = x[1] + x[2] / LN10 * at[0];
  (*hessian)[0] += scale * row[0] * row[0];
  (*hessian)[1] += scale * row[1] * row[0];
  (*hessian)[2] += scale * row[1] * row[1];
  (*hessian)[3] += scale * row[2] * row[0];
  (*hessian)[4] += scale * row[2] * row[1];
  (*hessian)[5] += scale * row[2] * row[2];
  (*hessian)[6] += scale * row[0];
  (*hessian)[7] += scale * row[1];
  (*hessian)[8] += scale * row[2];
  (*hessian)[9] += scale * row[3];
  (*hessian)[10] += scale * row[4] * row[0];
  (*hessian)[11] += scale * (row[4] * row[1] + ys);
  (*hessian)[12] += scale * (row[4] * row[2] + at[0] * ys / LN10);
  (*hessian)[13] += scale * row[4];
  (*hessian)[14] += scale * (row[4] * row[4] + steepness * (ys * ys - e.counted * e.sigma * (e.omega + e.sigma * bend)));
  (*hessian)[15] += scale * row[5] * row[0];
  (*hessian)[16] += scale * (row[5] * row[1] + ym);
  (*hessian)[17] += scale * (row[5] * row[2] + at[0] * ym / LN10);
  (*hessian)[18] += scale * row[5];
  (*hessian)[19] += scale * (row[5] * row[4] + steepness * (ym * ys + e.counted * e.sigma * e.mu * bend));
  (*hessian)[20] += scale * (row[5] * row[5] + steepness * (ym * ym - e.counted * e.mu * (e.beyond + e.mu * bend)));
}
