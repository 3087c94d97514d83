/** A sweep as a batch of one replicate, checked for what a fit needs. */
import type { Batch } from '../backend/backend.ts';
import { notRead } from '../data/check.ts';
import { valuesOf } from '../data/groups.ts';
import { howToName, isCount, MEANING } from '../data/columns.ts';
import { InputError } from '../errors.ts';
import { inputOf, INPUTS, writtenInput, type InputName } from '../laws/inputs.ts';
import { lawName, type Grouping, type Law } from '../laws/law.ts';
import { inGroups } from '../laws/grouped.ts';
import { lawById } from '../laws/registry.ts';
import type { Loss } from '../losses/loss.ts';
import { HUBER_LOG, lossOf } from '../losses/registry.ts';
import type { Problem } from '../optim/objective.ts';
import type { SweepColumns, Fit, Role, Sweep } from '../types.ts';
import type { Bounds } from './bounds.ts';
import { naturalOf, placed, withPins, type Fixed } from './pins.ts';

/** How a sweep is fitted by a law: Huber's loss of logs with δ = 1e-3, and all parameters free, where it does not say. */
export interface BatchChoice {
  readonly loss?: Loss;
  readonly fix?: Fixed;
  readonly bounds?: Bounds;
}

/**
 * Centres the log inputs and takes the log of the losses.
 * @throws InputError where the sweep cannot determine the law: too few runs, of a group too, or an input that never varies; and as
 *   `withPins` does.
 */
export function batchOf(sweep: Sweep, law: Law, { loss = HUBER_LOG, fix = {}, bounds = {} }: BatchChoice = {}): Batch {
  checkRuns(sweep, law, fix);
  const centre: number[] = [];
  const inputs = law.inputs.map((name) => {
    const logs = inputOf(name, sweep.columns).map(Math.log);
    const used = logs.filter((_, i) => sweep.weight[i] > 0); // a run of weight 0 steers nothing
    const mean = INPUTS[name].centred ? used.reduce((sum, value) => sum + value, 0) / used.length : 0;
    centre.push(mean);
    return logs.map((value) => value - mean);
  });
  return withPins({
    law, centre, loss,
    inputs: law.groups ? [...inputs, groupsOf(sweep, law, law.groups, fix)] : inputs,
    points: sweep.loss.length,
    replicates: 1,
    logLoss: sweep.loss.map(Math.log),
    weight: sweep.weight,
  }, fix, bounds);
}

/** The number of the group of each run; 0 of one of weight 0 that is of none. */
function groupsOf(sweep: Sweep, law: Law, { base, column, names, own, places }: Grouping, fix: Fixed): Float64Array {
  const values = valuesOf(sweep, column);
  const numbers = Float64Array.from(values, (value, i) => (sweep.weight[i] > 0 ? names.indexOf(value) : Math.max(0, names.indexOf(value))));
  const stray = numbers.indexOf(-1);
  if (stray >= 0) throw new InputError(`${sweep.name}, column "${column}": expected one of ${names.join(', ')}, got ${JSON.stringify(values[stray])}.`);
  names.forEach((name, g) => {
    const free = own.filter((j) => !(law.params[places[g][j]] in fix)).map((j) => base.params[j]);
    const runs = numbers.reduce((count, number, i) => count + Number(number === g && sweep.weight[i] > 0), 0);
    if (runs >= free.length) return;
    throw new InputError(`${sweep.name}, ${column} "${name}": expected at least ${free.length} runs, one for each parameter of its own (${free.join(', ')}), ` +
      `got ${runs}. Share more parameters, or leave this group out.`);
  });
  return numbers;
}

/** What of a fit says how it was made. */
export type Made = Pick<Fit, 'law' | 'loss' | 'delta' | 'envelope' | 'fixed' | 'bounds'>;

/** The batch that a fit of `sweep` was made of. @throws InputError as `batchOf` does. */
export function batchFor(sweep: Sweep, fit: Made): Batch {
  return batchOf(sweep, lawById(fit.law), choiceOf(fit));
}

/** How it was made, but for its law. */
export function choiceOf(fit: Omit<Made, 'law'>): BatchChoice {
  return { loss: lossOf(fit), ...(fit.fixed && { fix: fit.fixed }), ...(fit.bounds && { bounds: fit.bounds }) };
}

/** Parameters that are not held. */
export function freeParams({ law, pins }: Pick<Batch, 'law' | 'pins'>): string[] {
  return law.params.filter((_, j) => !pins?.pinned[j]);
}

function checkRuns(sweep: Sweep, law: Law, fix: Fixed): void {
  const used = [...sweep.weight.keys()].filter((i) => sweep.weight[i] > 0);
  if (used.some((i) => !(sweep.loss[i] > 0))) {
    throw new InputError(`${sweep.name}, loss: expected a positive loss of every run, got a table of planned runs. ` +
      'Fit one that has losses, or simulate this one.', { place: { role: 'loss' } });
  }
  const free = law.params.filter((name) => !(name in fix));
  if (used.length < free.length) {
    throw new InputError(`${sweep.name}: expected at least ${free.length} runs, one for each ${free.length < law.params.length ? 'free ' : ''}parameter of ` +
      `${lawName(law)} (${free.join(', ')}), got ${used.length}.${used.length < sweep.weight.length ? ' Runs of weight 0 do not count.' : ''} ` +
      'Add runs, or relax the filters.');
  }
  for (const name of law.inputs) checkInput(sweep, law, name, free.length < law.params.length);
  if (free.length < law.params.length) return; // what is held may stand for the variation: the condition number tells
  for (const name of law.inputs) {
    const values = inputOf(name, sweep.columns);
    const first = values[used[0]];
    if (!used.every((i) => values[i] === first)) continue;
    throw new InputError(`${sweep.name}, ${writtenInput(name)}: expected at least two different values, got ${first} in every run. ` +
      (isCount(name) ? `Without variation in ${name} its term cannot be told from E; add runs at another ${name}.`
        : 'Without variation in it the law\'s parameters cannot be told apart. Add runs at another value, or hold what it determines by --fix.'), { place: { role: INPUTS[name].reads[0] } });
  }
}

/** Roles that a law reads and the sweep does not say. @throws InputError where there is no such law. */
export function rolesLacking({ columns }: Pick<Sweep, 'columns'>, law: string): Role[] {
  return lawById(law).inputs.map((input) => INPUTS[input].reads[0]).filter((role) => !isSaid(columns, role));
}

function isSaid(columns: SweepColumns, role: Role): boolean {
  const known = columns[role as keyof SweepColumns];
  return known !== undefined && !known.some(Number.isNaN);
}

/** @throws InputError where the sweep does not say an input; its usual value does where parameters are held. */
function checkInput({ name: sweep, columns, notes }: Sweep, law: Law, input: InputName, held: boolean): void {
  const { reads: [role], usual } = INPUTS[input];
  if (isSaid(columns, role)) return;
  const unread = notes.find((note) => note.startsWith(notRead(role)));
  if (unread !== undefined) throw new InputError(`${sweep}, ${role}, which law ${lawName(law)} reads: ${unread.slice(notRead(role).length)}`, { place: { role } });
  if (held && usual !== undefined) return;
  const remedy = howToName(role) + (usual === undefined ? '' : ` Or hold what it determines by --fix: then ${writtenInput(input)} is ${usual} in every run.`);
  throw new InputError(`${sweep}: expected a column for ${MEANING[role]}, which law ${lawName(law)} reads, got none. ${remedy}`, { place: { role, remedy } });
}

/** The runs of a batch of one replicate that carry weight, those of a group together, as the problem that is polished and certified. */
export function problemOf({ law, inputs, logLoss, weight, loss, pins, box }: Batch, delta = loss.unit): Problem {
  const runs = inGroups(law, inputs, [...weight.keys()].filter((i) => weight[i] > 0));
  const used = (values: Float64Array) => new Float64Array(runs.length).map((_, k) => values[runs[k]]);
  return { law, loss, delta, ...(pins && { pinned: pins.pinned }), ...(box && { box }), inputs: inputs.map(used), logLoss: used(logLoss), weight: used(weight) };
}

/** Natural parameters by name in the working coordinates of a batch, in the order of its law. */
export function workingOf(batch: Pick<Batch, 'law' | 'centre' | 'pins' | 'box'>, params: Readonly<Record<string, number>>): Float64Array {
  const { law, centre } = batch;
  return placed(law.toWorking(law.params.map((name) => params[name]), centre), batch);
}

/** Natural parameters by name, of working coordinates. */
export function namedOf(batch: Pick<Batch, 'law' | 'centre' | 'pins' | 'box'>, x: Float64Array): Record<string, number> {
  const natural = naturalOf(batch, x);
  return Object.fromEntries(batch.law.params.map((name, j) => [name, natural[j]]));
}

/** Log of the loss that a law with these natural parameters gives each point, nats. */
export function fittedLogs(batch: Pick<Batch, 'law' | 'centre' | 'inputs' | 'points'>, params: Readonly<Record<string, number>>): Float64Array {
  const { law, inputs, points } = batch;
  const prediction = new Float64Array(points);
  law.predict(workingOf(batch, params), inputs, prediction, law.params.map(() => new Float64Array(points)));
  return prediction.map(Math.log);
}
