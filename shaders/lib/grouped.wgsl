// One law of several groups of runs about the law of each, whose names begin with base here: BASE_PARAMS parameters of the first group,
// then OWN of each later one, those of which OWN_MASK has a bit. The numbers come from src/backend/gpu/shaders.ts. Derivation:
// src/laws/grouped.ts (CPU twin).

const PACKED = PARAMS * (PARAMS + 1u) / 2u;
const INPUTS = BASE_INPUTS + 1u; // and the number of the group

alias Theta = array<f32, PARAMS>;
alias Inputs = array<f32, INPUTS>;
alias Packed = array<f32, PACKED>;

// Where coordinate j of a group stands among all.
fn place_in(group: u32, j: u32) -> u32 {
  if group == 0u || (OWN_MASK & (1u << j)) == 0u { return j; }
  return BASE_PARAMS + (group - 1u) * OWN + countOneBits(OWN_MASK & ((1u << j) - 1u));
}

fn part_of(x: Theta, group: u32) -> BaseTheta {
  var part = BaseTheta();
  var all = x;
  for (var j = 0u; j < BASE_PARAMS; j++) { part[j] = all[place_in(group, j)]; }
  return part;
}

fn base_inputs(at: Inputs) -> BaseInputs {
  var inputs = BaseInputs();
  var all = at;
  for (var k = 0u; k < BASE_INPUTS; k++) { inputs[k] = all[k]; }
  return inputs;
}

fn predict(x: Theta, at: Inputs, row: ptr<function, Theta>) -> f32 {
  let group = u32(at[BASE_INPUTS]);
  var part = BaseTheta();
  let prediction = base_predict(part_of(x, group), base_inputs(at), &part);
  *row = Theta();
  for (var j = 0u; j < BASE_PARAMS; j++) { (*row)[place_in(group, j)] = part[j]; }
  return prediction;
}

// Adds scale * (Hessian of the prediction)/prediction.
fn add_curvature(row: Theta, at: Inputs, scale: f32, hessian: ptr<function, Packed>, x: Theta) {
  let group = u32(at[BASE_INPUTS]);
  var added = BasePacked();
  base_add_curvature(part_of(row, group), base_inputs(at), scale, &added, part_of(x, group));
  for (var j = 0u; j < BASE_PARAMS; j++) {
    for (var k = 0u; k <= j; k++) {
      let one = place_in(group, j);
      let other = place_in(group, k);
      let high = max(one, other);
      (*hessian)[high * (high + 1u) / 2u + min(one, other)] += added[j * (j + 1u) / 2u + k];
    }
  }
}
