/** `isoloss fit` as it is asked for. */
import { FURTHER } from '../data/columns.ts';
import { readCount } from '../data/counts.ts';
import type { Model } from '../types.ts';
import { BOOTSTRAP_OPTIONS, checkBootstrap, type Bootstrapped } from './bootstrap-options.ts';
import type { Options, Spec } from './command.ts';
import { beginTable, FITTED_TABLE_OPTIONS, type FittedTable } from './table-options.ts';
import { refusal } from './usage.ts';
import { refused } from './values.ts';

/** What is absent was not given. */
export interface FitCommand extends FittedTable, Bootstrapped {
  readonly name: 'fit';
  influence: boolean;
  /** Models whose loss is to be predicted. */
  readonly predict: Model[];
}

/** The last of an option counts, and all of --where, --exclude, --columns, --fix, --bound and --predict. */
const OPTIONS: Options<FitCommand> = {
  ...FITTED_TABLE_OPTIONS,
  ...BOOTSTRAP_OPTIONS,
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

const SAID: ReadonlySet<string> = new Set(['N', 'D', ...FURTHER]);

/** "N=70B,D=1.4T", in any order, and what else a law reads: "N=8B,D=200B,U=100B", "x=1e9". */
function readModel(value: string, where: string): Model {
  const parts = value.split(/,(?=\s*\w+\s*=)/).map((part) => /^\s*(\w+)\s*=(.*)$/.exec(part));
  const model: Model = Object.fromEntries(parts.map((part) => [part?.[1] ?? '', readCount(part?.[2] ?? '')]));
  const counts = Object.entries(model);
  const usable = counts.every(([role, count]) => SAID.has(role) && count < Infinity && (count > 0 || (role === 'S' && count >= 0)));
  const said = (model.N !== undefined && model.D !== undefined) || model.x !== undefined || model.experts !== undefined;
  if (counts.length === parts.length && usable && said) return model;
  const remedy = 'Give both, parameters N and training tokens D, as positive counts.';
  throw refused(where, 'a model such as N=70B,D=1.4T', value, remedy);
}

function check({ bootstrap, influence, source, fit: { loss } }: FitCommand): void {
  checkBootstrap('isoloss fit', bootstrap, source, influence);
  const { kind } = bootstrap;
  if (loss === 'lower-log' && (kind === 'wild' || kind === 'parametric')) {
    const remedy = 'These take the noise as symmetric about the law, which an envelope is not.';
    throw refusal('isoloss fit --bootstrap-kind', 'pairs, cluster or residual beside --loss lower-log', kind, remedy);
  }
}
