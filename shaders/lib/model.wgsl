// The local model of the objective, one point at a time: value, gradient, and a Hessian whose points outside
// delta weigh kappa/|r|. CPU twin: assemble in src/optim/objective.ts; law, Theta and Packed come first.

struct Model {
  value: f32,
  gradient: Theta,
  hessian: Packed,
}

// #include gram

// x = where the model is; ratio = predicted over measured loss; row = gradient of log predicted loss.
fn add_point(model: ptr<function, Model>, x: Theta, ratio: f32, row: Theta, at: Inputs, weight: f32, delta: f32,
             kappa: f32, second_order: bool) {
  let r = log_ratio(ratio) / delta;
  let size = abs(r);
  let slope = weight * huber_slope(r);
  let curve = select(0.0, slope * delta, second_order);
  let mass = weight * select(kappa / size, 1.0, size <= 1.0) - curve;
  (*model).value += weight * huber(r);
  add_products(model, row, slope, mass);
  if second_order { add_curvature(row, at, curve, &(*model).hessian, x); }
}
