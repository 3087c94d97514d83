/** What a fit minimises, in words and with its unit. */
import { lossOf } from '../losses/registry.ts';
import type { Fit } from '../types.ts';

type Made = Pick<Fit, 'loss' | 'delta' | 'envelope'>;

/** "sum of Huber(log L_fit - log L) with delta = 0.001" */
export function sumOf({ loss, delta, envelope = 0 }: Made): string {
  const { residual } = lossOf({ loss });
  const r = residual === 'log' ? 'log L_fit - log L' : 'L_fit - L';
  if (delta === 0) return `sum of |${r}|`;
  if (delta === Infinity) return `sum of (${r})^2`;
  const huber = `sum of Huber(${r}) with delta = ${delta}`;
  return loss === 'lower-log' ? `${huber}, times ${envelope} above the law and ${rest(envelope)} below` : huber;
}

/** The same as a sentence of a methods section has it, after "by minimising the sum over the runs of". */
export function summandOf({ loss, delta, envelope = 0 }: Made): string {
  const logs = lossOf({ loss }).residual === 'log';
  const r = logs ? 'r = log L_fit - log L with natural logarithms' : 'r = L_fit - L in nats per token';
  if (delta === 0) return `|r|, ${r}`;
  if (delta === Infinity) return `r^2, ${r}`;
  const huber = `Huber(r), ${r}, which is r^2/2 up to |r| = delta = ${delta} nats and linear beyond`;
  if (loss !== 'lower-log') return huber;
  return `${huber}, counted ${envelope} times for runs above the law and ${rest(envelope)} times for runs below it, so that the law is a lower envelope of the runs`;
}

/** Of the objective: "nats^2", or "nats" of least absolute deviations. */
export function objectiveUnit({ delta }: Pick<Fit, 'delta'>): string {
  return delta === 0 ? 'nats' : 'nats^2';
}

/** 1 − q, as it is written: 0.9 of 0.1. */
function rest(envelope: number): number {
  return Number((1 - envelope).toPrecision(12));
}
