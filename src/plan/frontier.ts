/** The efficient frontier of a fitted law: what to train with C FLOPs. */
import { InputError } from '../errors.ts';
import type { Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import type { FrontierPoint } from '../types.ts';

/** Natural parameters by name, in the order of the law: fit.params. */
export type Params = Readonly<Record<string, number>>;

/**
 * Compute-optimal N, D and loss at each budget, with C = 6·N·D.
 * @throws InputError where a budget is not positive or a parameter of the law is missing.
 */
export function frontier(lawId: string, params: Params, budgets: readonly number[]): FrontierPoint[] {
  const law = lawById(lawId);
  const natural = inOrder(law, params);
  return budgets.map((C) => {
    if (!(C > 0 && Number.isFinite(C))) throw new InputError(`budget: expected positive training FLOPs such as 1e21, got ${C}.`);
    const { N, D } = law.frontier.allocate(natural, C);
    return { C, N, D, loss: predictLoss(lawId, params, { N, D }) };
  });
}

/** Exponents of the frontier: N_opt ∝ C^a, D_opt ∝ C^b. */
export function frontierExponents(lawId: string, params: Params): { a: number; b: number } {
  const law = lawById(lawId);
  return law.frontier.exponents(inOrder(law, params));
}

/** Predicted loss, nats per token, of one model: N parameters, D training tokens. */
export function predictLoss(lawId: string, params: Params, model: { readonly N: number; readonly D: number }): number {
  const law = lawById(lawId);
  const columns = { N: model.N, D: model.D, C: 6 * model.N * model.D };
  const uncentred = law.inputs.map(() => 0);
  const inputs = law.inputs.map((name) => Float64Array.of(Math.log(columns[name])));
  const prediction = new Float64Array(1);
  law.predict(law.toWorking(inOrder(law, params), uncentred), inputs, prediction, law.params.map(() => new Float64Array(1)));
  return prediction[0];
}

function inOrder(law: Law, params: Params): number[] {
  return law.params.map((name) => {
    if (Number.isFinite(params[name])) return params[name];
    throw new InputError(`params: expected a finite ${name} of law ${law.id}, got ${params[name]}. It has ${law.params.join(', ')}.`);
  });
}
