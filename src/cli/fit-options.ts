/** `isoloss fit` as it is asked for. */
import type { Model } from '../types.ts';
import { BOOTSTRAP_OPTIONS, checkBootstrap, type Bootstrapped } from './bootstrap-options.ts';
import type { Options, Spec } from './command.ts';
import { readModel } from './model-value.ts';
import { beginTable, FITTED_TABLE_OPTIONS, readGroup, type FittedTable } from './table-options.ts';
import { refusal } from './usage.ts';
import { refused } from './values.ts';

/** What is absent was not given. */
export interface FitCommand extends FittedTable, Bootstrapped {
  readonly name: 'fit';
  influence: boolean;
  /** The column that tells groups of runs apart, and the parameters that they share. */
  group?: string;
  share?: readonly string[];
  /** Models whose loss is to be predicted. */
  readonly predict: Model[];
}

/** The last of an option counts, and all of --where, --exclude, --columns, --fix, --bound and --predict. */
const OPTIONS: Options<FitCommand> = {
  ...FITTED_TABLE_OPTIONS,
  ...BOOTSTRAP_OPTIONS,
  group: { set(command, value, where) { command.group = readGroup(value, where); } },
  share: { set(command, value, where) { command.share = readShared(value, where); } },
  influence: { flag: true, set(command) { command.influence = true; } },
  predict: { set({ predict }, value, where) { predict.push(readModel(value, where)); } },
};

export const fitSpec: Spec<FitCommand> = {
  options: OPTIONS,
  begin,
  check,
  help: async () => (await import('./fit-help.ts')).FIT_HELP,
  run: async (command, signal) => (await import('./fit.ts')).runFit(command, signal),
};

function begin(sources: readonly string[]): FitCommand {
  return { ...beginTable(sources, 'isoloss fit'), name: 'fit', bootstrap: {}, influence: false, predict: [] };
}

/** "alpha,beta"; "none" of them, or nothing. */
function readShared(value: string, where: string): string[] {
  if (value === '' || value === 'none') return [];
  const names = value.split(',').map((name) => name.trim());
  if (names.every((name, k) => /^\w+$/.test(name) && names.indexOf(name) === k)) return names;
  throw refused(where, 'names of parameters such as alpha,beta, or none', value, 'Write each once, with commas between them.');
}

function checkGroups({ group, share, source }: FitCommand): void {
  if (share !== undefined && group === undefined) throw refusal('isoloss fit --share', '--group beside it', 'none', 'Name the column that tells the groups apart.');
  if (group === undefined) return;
  if (share === undefined) {
    throw refusal('isoloss fit --group', '--share beside it', 'none', 'Name the parameters that all groups share: --share alpha,beta; with --share none they share nothing.');
  }
  if (source === undefined) throw refused('isoloss fit --group', 'a table that has this column', group, 'Give a file: the bundled sweep has no such column.');
}

function check(command: FitCommand): void {
  const { bootstrap, influence, source, fit: { loss } } = command;
  checkGroups(command);
  checkBootstrap('isoloss fit', bootstrap, source, influence);
  const { kind } = bootstrap;
  if (loss === 'lower-log' && (kind === 'wild' || kind === 'parametric')) {
    const remedy = 'These take the noise as symmetric about the law, which an envelope is not.';
    throw refusal('isoloss fit --bootstrap-kind', 'pairs, cluster or residual beside --loss lower-log', kind, remedy);
  }
}
