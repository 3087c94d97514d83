// Huber's loss for the lower envelope: ENVELOPE times for runs above the law, the rest to 1 times for those below it.
// CPU twin: src/losses/lower.ts, with the formulas.

// #include lib/huber.wgsl

override ENVELOPE = 0.1;

// r > 0: the law is above the run.
fn side(r: f32) -> f32 {
  return select(ENVELOPE, 1.0 - ENVELOPE, r > 0.0);
}

fn loss_of(r: f32) -> f32 {
  return side(r) * huber(r);
}

fn loss_slope(r: f32) -> f32 {
  return side(r) * huber_slope(r);
}

fn loss_mass(r: f32, kappa: f32) -> f32 {
  let size = abs(r);
  return side(r) * select(kappa / size, 1.0, size <= 1.0);
}
