/** `isoloss compare` as it is asked for. */
import { lawIds } from '../laws/registry.ts';
import type { RolloutSteps } from '../stats/compare-steps.ts';
import type { Options, Spec } from './command.ts';
import { beginTable, FITTED_TABLE_OPTIONS, type FittedTable } from './table-options.ts';
import { refusal } from './usage.ts';
import { oneOf, readConfidence, readNumber, readReplicates, refused } from './values.ts';

/** What is absent was not given. */
export interface CompareCommand extends FittedTable {
  readonly name: 'compare';
  readonly compare: { laws?: readonly string[]; steps?: RolloutSteps; replicates?: number; confidence?: number };
}

const MOST_STEPS = 100;

/** Of a table that is fitted, without what is asked of one law, or of an envelope alone. */
const { law: _law, envelope: _envelope, ...TABLE } = FITTED_TABLE_OPTIONS;

/** The last of an option counts, and all of --where, --exclude, --columns, --fix and --bound. */
const OPTIONS: Options<CompareCommand> = {
  ...TABLE,
  laws: { set({ compare }, value, where) { compare.laws = readLaws(value, where); } },
  steps: { set({ compare }, value, where) { compare.steps = readSteps(value, where); } },
  bootstrap: { set({ compare }, value, where) { compare.replicates = readReplicates(value, where); } },
  confidence: { set({ compare }, value, where) { compare.confidence = readConfidence(value, where); } },
};

export const compareSpec: Spec<CompareCommand> = {
  options: OPTIONS,
  begin: (sources) => ({ ...beginTable(sources, 'isoloss compare'), name: 'compare', compare: {} }),
  check,
  help: async () => (await import('./compare-help.ts')).COMPARE_HELP,
  run: async (command, signal) => (await import('./compare.ts')).runCompare(command, signal),
};

function readLaws(value: string, where: string): string[] {
  const laws = value.split(',').map((id) => oneOf(lawIds, id.trim(), where));
  if (new Set(laws).size === laws.length && laws.length > 1) return laws;
  throw refused(where, 'at least two laws, each once, such as chinchilla,kaplan', value, `There are ${lawIds.join(', ')}.`);
}

function readSteps(value: string, where: string): RolloutSteps {
  if (value === 'slices') return value;
  const steps = readNumber(value);
  if (Number.isInteger(steps) && steps >= 0 && steps <= MOST_STEPS) return steps;
  throw refused(where, `slices or a whole number from 0 to ${MOST_STEPS}`, value, 'With 0 there is no rollout.');
}

function check({ fit: { loss } }: CompareCommand): void {
  if (loss !== 'lower-log') return;
  throw refusal('isoloss compare --loss', 'a loss that is a likelihood of the runs', loss, 'Its law is to lie below most of them. Take huber-log.');
}
