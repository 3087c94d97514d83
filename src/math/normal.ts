/**
 * Draws from two words of Philox, u = (first + ½)/2³² and v = (second + ½)/2³²: the same formulas in WGSL.
 * GPU twin: shaders/lib/normal.wgsl.
 */

const WORD = 2 ** 32;

/** A standard normal: √(−2 log u)·cos 2πv. Box and Muller 1958. */
export function normal(first: number, second: number): number {
  return Math.sqrt(2 * minusLogUniform(first)) * cosTurn(second);
}

/**
 * Student's t with so many degrees of freedom ν > 0: √(ν(u^(−2/ν) − 1))·cos 2πv. Bailey 1994, "Polar generation of random
 * variates with the t-distribution", Mathematics of Computation 62.
 */
export function student(first: number, second: number, degrees: number): number {
  return Math.sqrt(degrees * Math.expm1((2 / degrees) * minusLogUniform(first))) * cosTurn(second);
}

function minusLogUniform(word: number): number {
  return -Math.log((word + 0.5) / WORD);
}

function cosTurn(word: number): number {
  return Math.cos(2 * Math.PI * ((word + 0.5) / WORD));
}
