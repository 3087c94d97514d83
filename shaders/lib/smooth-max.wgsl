// Smooth maximum of two numbers and its slopes: gamma * log(exp(p/gamma) + exp(q/gamma)), gamma > 0.
// Derivation: src/math/smooth-max.ts (CPU twin).

// #include lib/float.wgsl

const FARTHEST_GAP = 200.0; // exp(-gap) is 0 before it: so that 0 times infinity is not NaN

// The maximum, and its slopes along p, q and gamma.
struct SmoothMax {
  value: f32,
  p: f32,
  q: f32,
  gamma: f32,
}

fn smooth_max(p: f32, q: f32, gamma: f32) -> SmoothMax {
  let gap = abs(p - q) / gamma;
  let ratio = exp(-gap);
  let more = 1.0 / (1.0 + ratio);
  let less = ratio * more;
  let above = log_ratio(1.0 + ratio);
  let first = p > q;
  return SmoothMax(max(p, q) + gamma * above, select(less, more, first), select(more, less, first),
    above + less * min(gap, FARTHEST_GAP));
}
