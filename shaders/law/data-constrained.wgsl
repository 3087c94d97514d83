// The data-constrained law: predicted loss and the gradient of its log in x = (e, a, b, alpha, beta, d, n).
// Derivation, units and reference: src/laws/data-constrained.ts (CPU twin).

// #include lib/decay.wgsl

const PARAMS = 7u;
const INPUTS = 3u; // log N, log D, centred, and log D/U
const PACKED = 28u;

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

// The two terms at a point: their logs, log N' and log D', and what their derivatives are made of.
struct Terms { size: f32, data: f32, log_n: f32, log_d: f32, s: f32, y: f32, over: bool, of_data: Decay, of_size: Decay }

fn terms_of(x: Theta, at: Inputs) -> Terms {
  var terms: Terms;
  terms.s = at[1] - at[2];
  terms.of_data = decay(at[2], x[5]);
  terms.log_d = terms.s + terms.of_data.value;
  terms.y = at[0];
  terms.log_n = at[0];
  if x[3] > 0.0 && x[4] > 0.0 { // else no size is optimal
    let optimal = (log(x[3] / x[4]) + x[1] - x[2] + x[4] * terms.s) / x[3];
    terms.over = optimal < at[0];
    terms.y = select(at[0], optimal, terms.over);
  }
  terms.of_size = decay(at[0] - terms.y, x[6]);
  if terms.over { terms.log_n = terms.y + terms.of_size.value; }
  terms.size = x[1] - x[3] * terms.log_n;
  terms.data = x[2] - x[4] * terms.log_d;
  return terms;
}

// Of the log of the term of size along (a, b, alpha, beta, n).
fn size_slope(x: Theta, terms: Terms) -> array<f32, 5> {
  if !terms.over { return array<f32, 5>(1.0, 0.0, -terms.log_n, 0.0, 0.0); }
  let held = 1.0 - terms.of_size.t;
  return array<f32, 5>(terms.of_size.t, held, -terms.log_n - held * (1.0 / x[3] - terms.y), -held * (terms.s - 1.0 / x[4]),
                       -x[3] * terms.of_size.g);
}

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let terms = terms_of(x, at);
  let slope = size_slope(x, terms);
  let floor = exp(x[0]);
  let size = exp(terms.size);
  let data = exp(terms.data);
  let sum = floor + size + data;
  let share_n = size / sum;
  let share_d = data / sum;
  *row = Theta(floor / sum, share_n * slope[0], share_n * slope[1] + share_d, share_n * slope[2],
               share_n * slope[3] - share_d * terms.log_d, -share_d * x[4] * terms.of_data.g, share_n * slope[4]);
  return sum;
}

const OF_SIZE = array<u32, 5>(1u, 2u, 3u, 4u, 6u);

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let terms = terms_of(x, at);
  let slope = size_slope(x, terms);
  let floor = exp(x[0]);
  let size = exp(terms.size);
  let data = exp(terms.data);
  let c = scale / (floor + size + data);
  (*hessian)[0] += c * floor;

  let worth = terms.of_size;
  let held = 1.0 - worth.t;
  var along_y = array<f32, 5>(1.0 / x[3], -1.0 / x[3], (1.0 / x[3] - terms.y) / x[3], (terms.s - 1.0 / x[4]) / x[3], 0.0);
  var gradient = slope;
  var places = OF_SIZE;
  for (var j = 0u; j < 5u; j++) {
    for (var k = 0u; k <= j; k++) {
      var bend = 0.0;
      if terms.over {
        bend = -x[3] * worth.tt * along_y[j] * along_y[k];
        if j == 4u { bend = x[3] * worth.tg * along_y[k]; }
        if j == 2u && k == 2u { bend += held / (x[3] * x[3]); }
        if j == 3u && k == 3u { bend -= held / (x[4] * x[4]); }
        if j == 4u && k == 2u { bend -= worth.g; }
        if j == 4u && k == 4u { bend = -x[3] * worth.gg; }
      }
      (*hessian)[places[j] * (places[j] + 1u) / 2u + places[k]] += c * size * (gradient[j] * gradient[k] + bend);
    }
  }

  let cd = c * data;
  let along = -x[4] * terms.of_data.g;
  (*hessian)[5] += cd;
  (*hessian)[12] -= cd * terms.log_d;
  (*hessian)[14] += cd * terms.log_d * terms.log_d;
  (*hessian)[17] += cd * along;
  (*hessian)[19] -= cd * (terms.log_d * along + terms.of_data.g);
  (*hessian)[20] += cd * (along * along - x[4] * terms.of_data.gg);
}
