// Huber loss and slope of a residual in units of its threshold. CPU twin: src/math/huber.ts.

fn huber(r: f32) -> f32 {
  let size = abs(r);
  return select(size - 0.5, 0.5 * r * r, size <= 1.0);
}

fn huber_slope(r: f32) -> f32 {
  return clamp(r, -1.0, 1.0);
}
