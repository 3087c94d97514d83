/** The loss of models that were asked for. */
import { predictLoss } from '../plan/frontier.ts';
import type { Bootstrap, Fit, Influence } from '../types.ts';

/** What a report can say beside the fit. */
export interface Beside {
  readonly bootstrap?: Bootstrap;
  readonly influence?: Influence;
  /** Models whose loss is to be predicted. */
  readonly predict?: readonly Model[];
}

export interface Model {
  /** Parameters (count). */
  readonly N: number;
  /** Training tokens. */
  readonly D: number;
}

/** Predicted loss of each model, nats per token; NaN where a parameter is not finite. */
export function predictions({ law, params }: Fit, models: readonly Model[]): (Model & { readonly loss: number })[] {
  const usable = Object.values(params).every(Number.isFinite);
  return models.map(({ N, D }) => ({ N, D, loss: usable ? predictLoss(law, params, { N, D }) : NaN }));
}
