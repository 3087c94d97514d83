/** exp in integers of 160 bits after the point: a reference that shares nothing with any library's. */
const BITS = 160n;
const ONE = 1n << BITS;

/** log 2 = Σ 1/(n·2ⁿ) */
const LOG2 = Array.from({ length: 170 }, (_, n) => ONE / (BigInt(n + 1) << BigInt(n + 1))).reduce((sum, term) => sum + term);

/** exp x = m·2^k with m in 160 bits, 0.7 < m < 1.5. */
function exactExp(x: number): { m: bigint; k: number } {
  const k = Math.round(x / Math.LN2);
  const r = fixed(x) - BigInt(k) * LOG2;
  let [term, m] = [ONE, ONE];
  for (let n = 1n; term !== 0n; n++) m += term = (term * r) / (n * ONE);
  return { m, k };
}

/** Exact for numbers that are 0 or above 2^-100. */
function fixed(x: number): bigint {
  let [whole, bits] = [x, BITS];
  for (; !Number.isInteger(whole); bits--) whole *= 2;
  return BigInt(whole) << bits;
}

/** By how many units in the last place `got` is off exp x, for x whose exp is finite and not 0; Infinity where it is neither. */
export function ulpsOfExp(got: number, x: number): number {
  if (!(got >= 0 && got < Infinity)) return Infinity;
  const { m, k } = exactExp(x);
  const half = Math.trunc(k / 2);
  const scaled = got * 2 ** -half * 2 ** (half - k); // exact: subnormal numbers become normal
  const unit = Math.max(2 ** (Math.floor(Math.log2(Number(m) / 2 ** 160)) - 52), 2 ** (-1074 - half) * 2 ** (half - k));
  return Math.abs(Number(fixed(scaled) - m) / 2 ** 160) / unit;
}

/** The same of log x, by what exp of it is off: log x = y + log(x/exp y), the latter to first order. */
export function ulpsOfLog(got: number, x: number): number {
  if (!Number.isFinite(got)) return Infinity;
  const { m, k } = exactExp(got);
  const half = Math.trunc(k / 2);
  const ratio = Number(fixed(x * 2 ** -half * 2 ** (half - k)) - m) / Number(m);
  return Math.abs(ratio) / 2 ** (Math.floor(Math.log2(Math.abs(got))) - 52);
}
