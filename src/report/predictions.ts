/** The loss of models that were asked for. */
import { predictLoss } from '../plan/frontier.ts';
import type { Bootstrap, Fit, Influence, Model } from '../types.ts';

/** What a report can say beside the fit. */
export interface Beside {
  readonly bootstrap?: Bootstrap;
  readonly influence?: Influence;
  /** Models whose loss is to be predicted. */
  readonly predict?: readonly Model[];
}

/** Predicted loss of each model, nats per token; NaN where a parameter is not finite. */
export function predictions({ law, params }: Fit, models: readonly Model[]): (Model & { readonly loss: number })[] {
  const usable = Object.values(params).every(Number.isFinite);
  return models.map((model) => ({ ...model, loss: usable ? predictLoss(law, params, model) : NaN }));
}

/** What these models say: N and D first. */
export function rolesOf(models: readonly Model[]): (keyof Model)[] {
  const said = new Set(models.flatMap((model) => Object.keys(model) as (keyof Model)[]));
  return [...(['N', 'D'] as const).filter((role) => said.delete(role)), ...said];
}
