// Damped Cholesky factor and solve for packed lower triangles, element (i, j) at i(i + 1)/2 + j.
// Theta, Packed and PARAMS come from the law. CPU twin: src/math/packed.ts.

// Factor of (matrix + damping * diag(scale)); false where a pivot is not above lowest * scale.
fn cholesky_damped(matrix: ptr<function, Packed>, scale: ptr<function, Theta>, damping: f32, lowest: f32,
                   factor: ptr<function, Packed>) -> bool {
  for (var i = 0u; i < PARAMS; i++) {
    let row_i = i * (i + 1u) / 2u;
    for (var j = 0u; j <= i; j++) {
      let row_j = j * (j + 1u) / 2u;
      var sum = (*matrix)[row_i + j];
      if i == j { sum += damping * (*scale)[i]; }
      for (var k = 0u; k < j; k++) { sum -= (*factor)[row_i + k] * (*factor)[row_j + k]; }
      if i != j {
        (*factor)[row_i + j] = sum / (*factor)[row_j + j];
      } else if sum > lowest * (*scale)[i] {
        (*factor)[row_i + i] = sqrt(sum);
      } else {
        return false;
      }
    }
  }
  return true;
}

// x of (L transpose(L)) x = x.
fn cholesky_solve(factor: ptr<function, Packed>, x: ptr<function, Theta>) {
  for (var i = 0u; i < PARAMS; i++) {
    var sum = (*x)[i];
    for (var k = 0u; k < i; k++) { sum -= (*factor)[i * (i + 1u) / 2u + k] * (*x)[k]; }
    (*x)[i] = sum / (*factor)[i * (i + 3u) / 2u];
  }
  for (var back = 1u; back <= PARAMS; back++) {
    let i = PARAMS - back;
    var sum = (*x)[i];
    for (var k = i + 1u; k < PARAMS; k++) { sum -= (*factor)[k * (k + 1u) / 2u + i] * (*x)[k]; }
    (*x)[i] = sum / (*factor)[i * (i + 3u) / 2u];
  }
}
