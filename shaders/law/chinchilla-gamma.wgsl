// Chinchilla law with an exponent on the sum of its terms: predicted loss and the gradient of its log in
// x = (e, a, b, alpha, beta, g), centred; gamma = exp g. Derivation, units and reference: src/laws/chinchilla-gamma.ts
// (CPU twin).

// #include lib/float.wgsl

const PARAMS = 6u;
const INPUTS = 2u; // log N, log D, centred
const PACKED = 21u;

const LEAST_SUM = 1e-30; // a sum of terms below it is nothing: it keeps 0/0 away

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let floor = exp(x[0]);
  let gamma = exp(x[5]);
  let size = exp(x[1] - x[3] * at[0]);
  let data = exp(x[2] - x[4] * at[1]);
  let terms = max(size + data, LEAST_SUM);
  let log_terms = log_ratio(terms);
  let reducible = exp(gamma * log_terms);
  let sum = floor + reducible;
  let inverse = 1.0 / sum;
  let share = reducible * inverse;
  let each = gamma * share / terms;
  let slope_a = each * size;
  let slope_b = each * data;
  *row = Theta(floor * inverse, slope_a, slope_b, -at[0] * slope_a, -at[1] * slope_b, (slope_a + slope_b) * log_terms);
  return sum;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let each = scale / max(row[1] + row[2], LEAST_SUM); // row[1] + row[2] = gamma * sigma
  let outer = exp(x[5]) * each;
  let bend = each * row[1] * row[2];
  let aa = outer * row[1] * row[1] + bend;
  let ab = outer * row[1] * row[2] - bend;
  let bb = outer * row[2] * row[2] + bend;
  let along_g = outer * row[5] + scale;
  (*hessian)[0] += scale * row[0];
  (*hessian)[2] += aa;
  (*hessian)[4] += ab;
  (*hessian)[5] += bb;
  (*hessian)[7] -= at[0] * aa;
  (*hessian)[8] -= at[0] * ab;
  (*hessian)[9] += at[0] * at[0] * aa;
  (*hessian)[11] -= at[1] * ab;
  (*hessian)[12] -= at[1] * bb;
  (*hessian)[13] += at[0] * at[1] * ab;
  (*hessian)[14] += at[1] * at[1] * bb;
  (*hessian)[16] += along_g * row[1];
  (*hessian)[17] += along_g * row[2];
  (*hessian)[18] += along_g * row[3];
  (*hessian)[19] += along_g * row[4];
  (*hessian)[20] += along_g * row[5];
}
