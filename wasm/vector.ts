/**
 * Two float64 lanes at a time: short names for what the formulas are written in.
 *
 * Columns lie in memory with room for an even number of points. What is computed for each point is computed for whole
 * pairs, the one beside an odd last point too, which nobody reads; what is summed takes the last point alone.
 */

/** A number that the formulas of a loop share: loading it costs less than keeping thirty of them in sixteen registers. */
@inline export function both(constant: usize): v128 { return v128.load64_splat(constant); }
@inline export function splat(x: f64): v128 { return f64x2.splat(x); }
@inline export function add(a: v128, b: v128): v128 { return f64x2.add(a, b); }
@inline export function sub(a: v128, b: v128): v128 { return f64x2.sub(a, b); }
@inline export function mul(a: v128, b: v128): v128 { return f64x2.mul(a, b); }
@inline export function div(a: v128, b: v128): v128 { return f64x2.div(a, b); }
@inline export function select(where: v128, a: v128, b: v128): v128 { return v128.bitselect(a, b, where); }
@inline export function total(a: v128): f64 { return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1); }

@inline export function get(column: usize): v128 { return v128.load(column); }
@inline export function put(column: usize, values: v128): void { v128.store(column, values); }
/** Two points; `last`: one, and 0 beside it. */
@inline export function getOf(column: usize, last: bool): v128 { return last ? v128.load64_zero(column) : v128.load(column); }

/** Bytes of n points, in whole pairs: upwards, and downwards. */
@inline export function upTo(n: i32): usize { return <usize>((n + 1) & ~1) << 3; }
@inline export function pairsOf(n: i32): usize { return <usize>(n & ~1) << 3; }
@inline export function odd(n: i32): bool { return (n & 1) != 0; }
