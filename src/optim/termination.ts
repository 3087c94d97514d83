/** Why a descent stopped: the inequality that stopped it. `converged` and `stalled` end at a stationary point. */
export const TERMINATION = {
  running: 'Not stopped yet.',
  converged: 'The decrease that the model promises fell below tolerance × objective.',
  stalled: 'Damping passed its limit: no step lowers the objective to the working precision.',
  vanished: 'A term of the law fell below 1e-6 of the loss at every run: the gradient no longer sees it.',
  iterations: 'Reached the step limit before converging.',
  nonfinite: 'The objective is NaN or infinite at the start.',
} as const;

export type Termination = keyof typeof TERMINATION;

/** The order is that of the codes which the GPU writes (shaders/lib/termination.wgsl). */
export const TERMINATIONS = Object.keys(TERMINATION) as Termination[];

/** How many descents with these codes ended in each way, by name; only codes that `counts` holds of. */
export function countTerminations(codes: Uint8Array, counts: (code: number) => boolean = () => true): Record<string, number> {
  const found: Record<string, number> = {};
  for (const code of codes) if (counts(code)) found[TERMINATIONS[code]] = (found[TERMINATIONS[code]] ?? 0) + 1;
  return found;
}

/** Did a descent with this code end at a stationary point? */
export function isSettled(code: number): boolean {
  return TERMINATIONS[code] === 'converged' || TERMINATIONS[code] === 'stalled';
}
