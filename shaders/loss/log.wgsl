// Residuals of logs, nats, from the predicted loss and one over the measured one; slopes and masses along the log of the
// predicted loss. Derivation: src/losses/log.ts (CPU twin).

// #include lib/float.wgsl

fn residual_of(prediction: f32, inverse_loss: f32) -> f32 {
  return log_ratio(prediction * inverse_loss);
}

fn slope_along_log(slope: f32, prediction: f32) -> f32 {
  return slope;
}

// curve = slope * delta where the curvature of the law is added, else 0.
fn mass_along_log(mass: f32, prediction: f32, curve: f32) -> f32 {
  return mass - curve;
}
