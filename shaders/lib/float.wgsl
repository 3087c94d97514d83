// What f32 needs that f64 does not. WGSL lets a driver assume that NaN and infinity never occur, so that
// x != x may be folded to false: the bits are looked at instead. And log near 1 may be off by 1.7e-7 absolute,
// a tenth of a thousandth of delta in every residual: a series in (x - 1)/(x + 1) is used there, where x - 1 is exact.

const LARGEST = 3.0e38; // stands for an objective that is not finite
const NONE = 0xffffffffu;

fn is_finite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

// log x; the series has relative error 2e-8 at the edge of its range.
fn log_ratio(x: f32) -> f32 {
  let z = (x - 1.0) / (x + 1.0);
  let q = z * z;
  let series = 2.0 * z * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0)))));
  return select(log(x), series, abs(z) < 0.2);
}
