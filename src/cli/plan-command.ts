/** What `isoloss plan` can be asked. */
import type { Tensors } from '../plan/precision.ts';
import type { Aside } from '../plan/questions.ts';
import type { Demand } from '../plan/serving.ts';
import type { AskedLaw } from './asked-options.ts';

/** What is absent was not given. */
export interface PlanCommand extends AskedLaw {
  readonly name: 'plan';
  /** Training FLOPs. */
  readonly budgets: number[];
  /** Nats per token. */
  readonly losses: number[];
  /** Another budget: what they allow. */
  readonly limits: { hours?: number; money?: number; energy?: number };
  readonly asides: Aside[];
  /** Tokens. */
  readonly unique: number[];
  excess?: number;
  readonly hardware: HardwareRequest;
  /** Are the layers done again on the way back? */
  recompute?: true;
  /** Tokens of a step, bytes a second, share. */
  readonly layout: {
    batch?: number; stages?: number; microBatches?: number; chunks?: number; tensorParallel?: number; bandwidth?: number; overlap?: number;
  };
  /** Hours. */
  readonly failures: { mtbf?: number; checkpoint?: number; restart?: number };
  serve?: Demand;
  readonly serving: { device?: Machine; price?: number; utilisation?: { readonly input: number; readonly output: number } };
  readonly shapes: {
    count?: number; context?: number; vocabulary?: number; gated?: true; heads?: number; headSize?: number; widthMultiple?: number;
  };
  /** Bits to train at and to quantise to; γ of weights, activations and cache. */
  readonly precision: { readonly widths: number[]; readonly afterwards: number[]; scales?: Tensors };
  readonly mixtures: { readonly granularity: number[]; readonly sparsity: number[]; readonly experts: number[] };
  /** Are well-known models to be set against the frontier? */
  models?: true;
}

/** A device of the list, or FLOP/s. */
export type Machine = { readonly device: string } | { readonly peakFlops: number };

interface HardwareRequest {
  device?: Machine;
  count?: number;
  utilisation?: number;
  price?: number;
  watts?: number;
  pue?: number;
}
