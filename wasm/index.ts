/**
 * The arithmetic on columns of src/math/arithmetic.ts, two points at a time: AssemblyScript, compiled by vite.wasm.ts to
 * WebAssembly with f64x2. Columns are addresses in its memory, from `heap` on; a column begins at a multiple of 16.
 */
export { addProduct, addScaled, dot, dotOfThree, line, logarithm as log, logDifference, power, product, shares } from './columns';
export { columnList, gram, orderLimit } from './gram';
export { huberSum, huberWeigh } from './huber';
export { smoothMax } from './smooth-max';

export function heap(): usize { return __heap_base; }
