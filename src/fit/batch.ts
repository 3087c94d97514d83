/** A sweep as a batch of one replicate, checked for what a fit needs. */
import type { Batch } from '../backend/backend.ts';
import { InputError } from '../errors.ts';
import type { Law } from '../laws/law.ts';
import type { Problem } from '../optim/objective.ts';
import type { Sweep } from '../types.ts';

/**
 * Centres the log inputs and takes the log of the losses.
 * @throws InputError where the sweep cannot determine the law: too few runs, or an input that never varies.
 */
export function batchOf(sweep: Sweep, law: Law): Batch {
  checkRuns(sweep, law);
  const centre: number[] = [];
  const inputs = law.inputs.map((name) => {
    const logs = sweep.columns[name].map(Math.log);
    const used = logs.filter((_, i) => sweep.weight[i] > 0); // a run of weight 0 steers nothing
    const mean = used.reduce((sum, value) => sum + value, 0) / used.length;
    centre.push(mean);
    return logs.map((value) => value - mean);
  });
  return {
    law, inputs, centre,
    points: sweep.loss.length,
    replicates: 1,
    logLoss: sweep.loss.map(Math.log),
    weight: sweep.weight,
  };
}

function checkRuns(sweep: Sweep, law: Law): void {
  const used = [...sweep.weight.keys()].filter((i) => sweep.weight[i] > 0);
  if (used.some((i) => !(sweep.loss[i] > 0))) {
    throw new InputError(`${sweep.name}, loss: expected a positive loss of every run, got a table of planned runs. ` +
      'Fit one that has losses, or simulate this one.', { place: { role: 'loss' } });
  }
  const needed = law.params.length;
  if (used.length < needed) {
    throw new InputError(`${sweep.name}: expected at least ${needed} runs, one for each parameter of ${law.id} ` +
      `(${law.params.join(', ')}), got ${used.length}.${used.length < sweep.weight.length ? ' Runs of weight 0 do not count.' : ''} ` +
      'Add runs, or relax the filters.');
  }
  for (const name of law.inputs) {
    const first = sweep.columns[name][used[0]];
    if (!used.every((i) => sweep.columns[name][i] === first)) continue;
    throw new InputError(`${sweep.name}, ${name}: expected at least two different values, got ${first} in every run. ` +
      `Without variation in ${name} its term cannot be told from E; add runs at another ${name}.`, { place: { role: name } });
  }
}

/** The runs of a batch of one replicate that carry weight, as the problem that is polished and certified. */
export function problemOf({ law, inputs, logLoss, weight }: Batch, delta: number): Problem {
  const used = (values: Float64Array) => values.filter((_, i) => weight[i] > 0);
  return { law, delta, inputs: inputs.map(used), logLoss: used(logLoss), weight: used(weight) };
}

/** Natural parameters by name in the working coordinates of a batch, in the order of its law. */
export function workingOf({ law, centre }: Pick<Batch, 'law' | 'centre'>, params: Readonly<Record<string, number>>): Float64Array {
  return law.toWorking(law.params.map((name) => params[name]), centre);
}

/** Log of the loss that a law with these natural parameters gives each point, nats. */
export function fittedLogs(batch: Pick<Batch, 'law' | 'centre' | 'inputs' | 'points'>, params: Readonly<Record<string, number>>): Float64Array {
  const { law, inputs, points } = batch;
  const prediction = new Float64Array(points);
  law.predict(workingOf(batch, params), inputs, prediction, law.params.map(() => new Float64Array(points)));
  return prediction.map(Math.log);
}
