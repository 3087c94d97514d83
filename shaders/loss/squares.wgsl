// Least squares, at any size of the residual. CPU twin: src/losses/squares.ts.

fn loss_of(r: f32) -> f32 {
  return 0.5 * r * r;
}

fn loss_slope(r: f32) -> f32 {
  return r;
}

fn loss_mass(r: f32, kappa: f32) -> f32 {
  return 1.0;
}
