/** The efficient frontier of a fitted law: what to train with C FLOPs. */
import { MEANING } from '../data/columns.ts';
import { showNumber } from '../data/counts.ts';
import { InputError, optionError } from '../errors.ts';
import { inputOf, INPUTS, valueOf } from '../laws/inputs.ts';
import { checkOneLaw } from '../laws/grouped.ts';
import type { Frontier, Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import type { FrontierPoint, Model, Role, SweepColumns } from '../types.ts';

/** Natural parameters by name, in the order of the law: fit.params. */
export type Params = Readonly<Record<string, number>>;

/**
 * Compute-optimal N, D and loss at each budget, with C = 6·N·D.
 * @throws InputError where a budget is not positive or a parameter of the law is missing.
 */
export function frontier(lawId: string, params: Params, budgets: readonly number[]): FrontierPoint[] {
  const law = lawById(lawId);
  const natural = inOrder(law, params);
  checkBudgets(budgets);
  const { allocate } = frontierOf(law);
  return budgets.map((C) => {
    const { N, D } = allocate(natural, C);
    return { C, N, D, loss: predictLoss(lawId, params, { N, D }) };
  });
}

/** @throws InputError where one is not positive. */
export function checkBudgets(budgets: readonly number[]): void {
  const wrong = budgets.find((C) => !(C > 0 && Number.isFinite(C)));
  if (wrong !== undefined) throw optionError('budget', `expected positive training FLOPs such as 1e21, got ${wrong}.`);
}

/** Exponents of the frontier: N_opt ∝ C^a, D_opt ∝ C^b. */
export function frontierExponents(lawId: string, params: Params): { a: number; b: number } {
  const law = lawById(lawId);
  return frontierOf(law).exponents(inOrder(law, params));
}

/** @throws InputError where the law has none. */
export function frontierOf(law: Law): Frontier {
  checkOneLaw(law);
  const { id, frontier: its } = law;
  if (its) return its;
  throw optionError('law', `expected one that has a compute-optimal frontier, got ${id}, which has none. Take one of N and D.`);
}

/**
 * Are these models that the law says a loss of?
 * @throws InputError that begins with `predict`, where one does not say what the law reads, or says what it does not.
 */
export function checkModels(law: Law, models: readonly Model[]): void {
  const reads = [...new Set(law.inputs.flatMap((name) => INPUTS[name].reads))];
  for (const model of models) {
    const got = Object.entries(model).map(([role, value]) => `${role}=${showNumber(value)}`).join(',');
    const stray = Object.keys(model).find((role) => !reads.some((read) => read === role) && role !== 'N' && role !== 'D');
    if (stray !== undefined) throw optionError('predict', `expected what law ${law.id} reads (${reads.join(', ')}), got ${got}. Leave out ${stray}, or fit a law that reads it.`);
    const unsaid = law.inputs.find((name) => !(valueOf(name, model) > 0 && valueOf(name, model) < Infinity));
    if (unsaid === undefined) continue;
    const missing = INPUTS[unsaid].reads.filter((role) => !Object.hasOwn(model, role));
    if (missing.length === 0) throw optionError('predict', `expected ${INPUTS[unsaid].meaning} above 0, got ${got}. Law ${law.id} takes the logarithm of it.`);
    const [meanings, examples] = [missing.map((role) => MEANING[role]), missing.map((role) => `${role}=${EXAMPLES[role]}`)];
    throw optionError('predict', `expected a model that says ${meanings.join(' and ')}, which law ${law.id} reads, got ${got}. ` +
      `Add ${examples.join(',')}, say.`);
  }
}

/** Values as they are written. */
const EXAMPLES: Readonly<Record<Role, string>> = {
  N: '70B', D: '1.4T', C: '1e24', loss: '2', weight: '1', x: '1e9', U: '100B', P_w: '8', P_a: '8', P_kv: '8', S: '0.9', experts: '64', G: '4',
};

/** Predicted loss, nats per token, of one model: N parameters, D training tokens, and what else the law reads. */
export function predictLoss(lawId: string, params: Params, model: Model): number {
  const law = lawById(lawId);
  const { N = NaN, D = NaN } = model;
  return lossPredictor(law, 1, () => model)(inOrder(law, params), [N], [D])[0];
}

/** Predicted losses of all runs of a table, nats per token, [runs]. @throws InputError where a parameter of the law is missing. */
export function predictLosses(lawId: string, params: Params, columns: SweepColumns): Float64Array {
  const law = lawById(lawId);
  const logs = law.inputs.map((name) => inputOf(name, columns).map(Math.log));
  const losses = new Float64Array(columns.N.length);
  const jacobian = law.params.map(() => new Float64Array(losses.length));
  law.predict(law.toWorking(inOrder(law, params), logs.map(() => 0)), logs, losses, jacobian);
  return losses;
}

/** Predicted losses of models N[k], D[k], nats per token, by natural parameters in the order of the law. */
export type PredictLosses = (natural: ArrayLike<number>, N: ArrayLike<number>, D: ArrayLike<number>) => Float64Array;

/**
 * Predicts `count` models at a time, for many fits of one law: every call returns the same array, written anew. What the law
 * reads beside N and D is as `others` says of model k, and of its usual value where that does not say.
 */
export function lossPredictor(law: Law, count: number, others: (k: number) => Model = () => ({})): PredictLosses {
  checkOneLaw(law);
  const uncentred = law.inputs.map(() => 0);
  const inputs = law.inputs.map(() => new Float64Array(count));
  const losses = new Float64Array(count);
  const jacobian = law.params.map(() => new Float64Array(count));
  return (natural, N, D) => {
    for (const [j, name] of law.inputs.entries()) {
      for (let k = 0; k < count; k++) inputs[j][k] = Math.log(name === 'N' ? N[k] : name === 'D' ? D[k] : valueOf(name, { ...others(k), N: N[k], D: D[k] }));
    }
    law.predict(law.toWorking(natural, uncentred), inputs, losses, jacobian);
    return losses;
  };
}

/**
 * Natural parameters in the order of the law.
 * @throws InputError where one is missing or not finite.
 */
export function inOrder(law: Law, params: Params): Float64Array {
  return Float64Array.from(law.params, (name) => {
    if (Number.isFinite(params[name])) return params[name];
    throw new InputError(`params: expected a finite ${name} of law ${law.id}, got ${params[name]}. It has ${law.params.join(', ')}.`);
  });
}
