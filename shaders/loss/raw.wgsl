// Residuals of the loss itself, nats: where the ratio to the measured loss is near 1, the difference from 1 is exact.
// Slopes and masses along the log of the predicted loss. Derivation: src/losses/raw.ts (CPU twin).

fn residual_of(prediction: f32, inverse_loss: f32) -> f32 {
  return (prediction * inverse_loss - 1.0) / inverse_loss;
}

fn slope_along_log(slope: f32, prediction: f32) -> f32 {
  return slope * prediction;
}

fn mass_along_log(mass: f32, prediction: f32, curve: f32) -> f32 {
  return mass * prediction * prediction;
}
