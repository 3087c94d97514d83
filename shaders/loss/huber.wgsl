// Huber's loss as a shape. CPU twin: src/losses/huber.ts.

// #include lib/huber.wgsl

fn loss_of(r: f32) -> f32 {
  return huber(r);
}

fn loss_slope(r: f32) -> f32 {
  return huber_slope(r);
}

// Curvature given to a point: its own inside, kappa/|r| outside, where it has none.
fn loss_mass(r: f32, kappa: f32) -> f32 {
  let size = abs(r);
  return select(kappa / size, 1.0, size <= 1.0);
}
