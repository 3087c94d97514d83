/** The commands. To add one: its options and its work in files of their own, an entry here, a line in help.ts. */
import type { Spec } from './command.ts';
import { fitSpec } from './fit-options.ts';
import { labSpec } from './lab-options.ts';
import { landscapeSpec } from './landscape-options.ts';
import { simulateSpec } from './simulate-options.ts';

export const COMMANDS: Readonly<Record<string, Spec>> = {
  fit: fitSpec, landscape: landscapeSpec, simulate: simulateSpec, lab: labSpec,
};
