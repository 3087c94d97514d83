/** The design of the bundled replica: the published models on the published IsoFLOP budgets. */
import { frontier } from '../plan/frontier.ts';
import type { Design } from '../types.ts';
import { EQ10, ISOFLOP_BUDGETS, TABLE_A9_MILLIONS } from './hoffmann.ts';

/** Models of a budget lie within this factor of its optimal size, as the slices of the paper's Fig. 3 do. */
const WIDTH = 8;

/** 327 runs, in order of budget, then size: N parameters on D = C/(6N) training tokens. */
export function paperDesign(): Design {
  const runs = ISOFLOP_BUDGETS.flatMap(slice);
  return {
    name: 'IsoFLOP sweep of Hoffmann et al. 2022',
    N: Float64Array.from(runs, ({ N }) => N),
    D: Float64Array.from(runs, ({ N, C }) => C / (6 * N)),
    trainingSeed: new Uint32Array(runs.length),
  };
}

function slice(budget: number): { N: number; C: number }[] {
  const [{ N: optimal }] = frontier('chinchilla', EQ10, [budget]);
  return TABLE_A9_MILLIONS.map((millions) => millions * 1e6)
    .filter((N) => N > optimal / WIDTH && N < optimal * WIDTH)
    .map((N) => ({ N, C: budget }));
}
