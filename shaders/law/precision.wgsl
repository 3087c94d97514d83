// Chinchilla's law at few bits: predicted loss and the gradient of its log in x = (e, a, b, alpha, beta, g_w, g_a, g_kv),
// centred; gamma = exp(g/4). Derivation, units and reference: src/laws/precision.ts (CPU twin).

// #include lib/float.wgsl

const PARAMS = 8u;
const INPUTS = 5u; // log N, log D, centred; log P_w, log P_a, log P_kv
const PACKED = 36u;

const FINE = 4.0; // of the coordinates of gamma
// z is taken from within these: it keeps r a number.
const LEAST = vec3f(1e-12);
const MOST = vec3f(80.0);

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

// Of weights, activations and cache: z = P/gamma.
fn widths(x: Theta, at: Inputs) -> vec3f {
  return clamp(exp(vec3f(at[2] - x[5] / FINE, at[3] - x[6] / FINE, at[4] - x[7] / FINE)), LEAST, MOST);
}

// exp(z) - 1; below 0.5 by its series, where the difference has few digits.
fn rises(z: vec3f) -> vec3f {
  let series = z * (1.0 + z / 2.0 * (1.0 + z / 3.0 * (1.0 + z / 4.0 * (1.0 + z / 5.0 * (1.0 + z / 6.0 * (1.0 + z / 7.0))))));
  return select(exp(z) - 1.0, series, z < vec3f(0.5));
}

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let z = widths(x, at);
  let rise = rises(z);
  let left = 1.0 + 1.0 / rise;
  let w = at[0] - log_ratio(left.x * left.y * left.z);
  let floor = exp(x[0]);
  let size = exp(x[1] - x[3] * w);
  let data = exp(x[2] - x[4] * at[1]);
  let sum = floor + size + data;
  let inverse = 1.0 / sum;
  let share_a = size * inverse;
  let share_b = data * inverse;
  let slopes = x[3] * share_a / FINE * (z / rise);
  *row = Theta(floor * inverse, share_a, share_b, -w * share_a, -at[1] * share_b, slopes.x, slopes.y, slopes.z);
  return sum;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let z = widths(x, at);
  let r = z / (FINE * rises(z));
  let alpha = x[3];
  let size = scale * row[1];
  let pull = scale * row[3];
  let w = select(0.0, -row[3] / row[1], row[1] > 0.0);
  let along = size * alpha * r;
  let mixed = (size + alpha * pull) * r;
  let own = along * (alpha * r + (z - 1.0) / FINE + r);
  (*hessian)[0] += scale * row[0];
  (*hessian)[2] += size;
  (*hessian)[5] += scale * row[2];
  (*hessian)[7] += pull;
  (*hessian)[9] -= w * pull;
  (*hessian)[12] += scale * row[4];
  (*hessian)[14] -= scale * at[1] * row[4];
  (*hessian)[16] += along.x;
  (*hessian)[18] += mixed.x;
  (*hessian)[20] += own.x;
  (*hessian)[22] += along.y;
  (*hessian)[24] += mixed.y;
  (*hessian)[26] += along.x * alpha * r.y;
  (*hessian)[27] += own.y;
  (*hessian)[29] += along.z;
  (*hessian)[31] += mixed.z;
  (*hessian)[33] += along.x * alpha * r.z;
  (*hessian)[34] += along.y * alpha * r.z;
  (*hessian)[35] += own.z;
}
