/** The commands. To add one: its options and its work in files of their own, an entry here, a line in help.ts. */
import { approachesSpec } from './approaches-options.ts';
import type { Spec } from './command.ts';
import { compareSpec } from './compare-options.ts';
import { emergenceSpec } from './emergence-options.ts';
import { fitSpec } from './fit-options.ts';
import { labSpec } from './lab-options.ts';
import { landscapeSpec } from './landscape-options.ts';
import { multiplierSpec } from './multiplier-options.ts';
import { planSpec } from './plan-options.ts';
import { reproduceSpec } from './reproduce-options.ts';
import { sensitivitySpec } from './sensitivity-options.ts';
import { samplesSpec } from './samples-options.ts';
import { simulateSpec } from './simulate-options.ts';

export const COMMANDS: Readonly<Record<string, Spec>> = {
  fit: fitSpec, landscape: landscapeSpec, approaches: approachesSpec, plan: planSpec, emergence: emergenceSpec, samples: samplesSpec, simulate: simulateSpec, reproduce: reproduceSpec, lab: labSpec,
  compare: compareSpec, multiplier: multiplierSpec, sensitivity: sensitivitySpec,
};
