/** Σᵢ a[i]·b[i] in four interleaved partial sums: a fixed order, less rounding and latency than one. */
export function dot(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  const body = n - (n % 4);
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (let i = 0; i < body; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = body; i < n; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}
