// Standard normals and Student's t from two words of Philox. WGSL allows log near 1 and cos errors of 1e-4 and more, so
// that both are series here. CPU twin: src/math/normal.ts, with the formulas and their sources.

// -log u for u = (word + 1/2)/2^32; where u is above 2/3, from 1 - u, which the inverted word holds exactly.
fn minus_log_uniform(word: u32) -> f32 {
  let u = (f32(word) + 0.5) / 4294967296.0;
  let v = (f32(~word) + 0.5) / 4294967296.0;
  let z = v / (2.0 - v);
  let q = z * z;
  let series = 2.0 * z * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0)))));
  return select(-log(u), series, v < 1.0 / 3.0);
}

// cos of 2 pi (word + 1/2)/2^32: the quadrant from the upper two bits, Taylor series within it.
fn cos_turn(word: u32) -> f32 {
  let angle = 1.5707963267948966 * (f32(word & 0x3fffffffu) + 0.5) / 1073741824.0;
  let s = angle * angle;
  let cosine = 1.0 - s * (1.0 / 2.0 - s * (1.0 / 24.0 - s * (1.0 / 720.0 - s * (1.0 / 40320.0 - s * (1.0 / 3628800.0 - s / 479001600.0)))));
  let sine = angle * (1.0 - s * (1.0 / 6.0 - s * (1.0 / 120.0 - s * (1.0 / 5040.0 - s * (1.0 / 362880.0 - s / 39916800.0)))));
  let quadrant = word >> 30u;
  let size = select(cosine, sine, (quadrant & 1u) == 1u);
  return select(size, -size, quadrant == 1u || quadrant == 2u);
}

fn normal(first: u32, second: u32) -> f32 {
  return sqrt(2.0 * minus_log_uniform(first)) * cos_turn(second);
}

// e^x - 1 for x >= 0: a series where the difference would lose digits.
fn exp_minus_one(x: f32) -> f32 {
  let series = x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0 * (1.0 + x / 6.0 * (1.0 + x / 7.0))))));
  return select(exp(x) - 1.0, series, x < 0.5);
}

fn student(first: u32, second: u32, degrees: f32) -> f32 {
  return sqrt(degrees * exp_minus_one(2.0 / degrees * minus_log_uniform(first))) * cos_turn(second);
}
