// The local model of the objective, one point at a time: value, gradient, and a Hessian whose points outside
// delta weigh kappa/|r|. Which loss it is stands in loss/: a shape and a residual. CPU twin: assemble in
// src/optim/objective.ts; law, Theta and Packed come first.

struct Model {
  value: f32,
  gradient: Theta,
  hessian: Packed,
}

// #include gram
// #include loss
// #include residual

// x = where the model is; prediction = the loss there; row = gradient of its log.
fn add_point(model: ptr<function, Model>, x: Theta, prediction: f32, inverse_loss: f32, row: Theta, at: Inputs, weight: f32,
             delta: f32, kappa: f32, second_order: bool) {
  let r = residual_of(prediction, inverse_loss) / delta;
  let slope = slope_along_log(weight * loss_slope(r), prediction);
  let curve = select(0.0, slope * delta, second_order);
  let mass = mass_along_log(weight * loss_mass(r, kappa), prediction, curve);
  (*model).value += weight * loss_of(r);
  add_products(model, row, slope, mass);
  if second_order { add_curvature(row, at, curve, &(*model).hessian, x); }
}
