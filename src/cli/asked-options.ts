/** The law that a command asks, as it is asked for: one that is given, or one to fit to a table. */
import { BOOTSTRAP_OPTIONS, checkBootstrap, type Bootstrapped } from './bootstrap-options.ts';
import type { Given, Options } from './command.ts';
import { FITTED_TABLE_OPTIONS, type FittedTable } from './table-options.ts';
import { readTruth, type TruthRequest } from './truth-options.ts';
import { refusal } from './usage.ts';
import { OUTPUT_OPTIONS } from './values.ts';

export interface AskedLaw extends FittedTable, Bootstrapped {
  /** All options as they were written. */
  readonly given: readonly Given[];
  /** The law, where none is to be fitted. */
  truth?: TruthRequest;
}

export const ASKED_LAW_OPTIONS: Options<AskedLaw> = {
  ...FITTED_TABLE_OPTIONS,
  ...BOOTSTRAP_OPTIONS,
  truth: { set(command, value, where) { command.truth = readTruth(value, where); } },
};

/** A law that is given is not fitted to a table. `where`: "isoloss plan". @throws UsageError */
export function checkAskedLaw(where: string, { truth, source, given, bootstrap }: AskedLaw): void {
  if (truth === undefined) return checkBootstrap(where, bootstrap, source);
  if (source !== undefined) throw refusal(`${where} --truth`, 'no table beside it', `"${source}"`, 'Leave one out.');
  const ofFit = (name: string) => !Object.hasOwn(OUTPUT_OPTIONS, name) && (Object.hasOwn(FITTED_TABLE_OPTIONS, name) || Object.hasOwn(BOOTSTRAP_OPTIONS, name));
  const stray = given.find(({ name }) => ofFit(name));
  if (stray) throw refusal(`${where} --truth`, `no --${stray.name} beside it`, 'both', 'It fits nothing: leave one out.');
}
