// Codes of how a descent ended: indices into TERMINATIONS of src/optim/termination.ts (twin).

const RUNNING = 0u;
const CONVERGED = 1u;
const STALLED = 2u;
const VANISHED_TERM = 3u;
const ITERATIONS = 4u;
const NONFINITE = 5u;
