// What repetition is worth, F(t, g) and its derivatives. Derivation: src/math/decay.ts (CPU twin).

struct Decay { value: f32, t: f32, g: f32, tt: f32, tg: f32, gg: f32 }

const FARTHEST_REPETITION = 20.0;

fn decay(t: f32, g: f32) -> Decay {
  let rho = exp(g);
  let grown = exp(min(t, FARTHEST_REPETITION));
  let z = (grown - 1.0) / rho;
  let q = exp(-z);
  let inverse = 1.0 / (1.0 + rho * gained(z, q));
  let slope = grown * q * inverse;
  let along = rho * lost(z, q) * inverse;
  return Decay(-log(inverse), slope, along, slope * (1.0 - grown / rho - slope), slope * (z - along),
               along - rho * z * z * q * inverse - along * along);
}

// 1 - exp(-z); a series where that cancels.
fn gained(z: f32, q: f32) -> f32 {
  if z >= 0.25 { return 1.0 - q; }
  return z * (1.0 - z * (0.5 - z * (1.0 / 6.0 - z * (1.0 / 24.0 - z * (1.0 / 120.0 - z / 720.0)))));
}

// 1 - (1 + z) * exp(-z).
fn lost(z: f32, q: f32) -> f32 {
  if z >= 0.25 { return 1.0 - (1.0 + z) * q; }
  return z * z * (0.5 - z * (1.0 / 3.0 - z * (0.125 - z * (1.0 / 30.0 - z * (1.0 / 144.0 - z / 840.0)))));
}
