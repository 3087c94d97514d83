/** The losses as the page names them. */
import type { Fit, LossId } from '../index.ts';

export const LOSSES: Readonly<Record<LossId, string>> = {
  'huber-log': 'Huber of log loss',
  'absolute-log': 'Absolute deviations of log loss',
  'squares-log': 'Squares of log loss',
  huber: 'Huber of loss',
  squares: 'Squares of loss',
  'lower-log': 'Lower envelope, of log loss',
};

/** "Huber of log loss, δ = 0.001" */
export function lossInWords({ loss, delta, envelope }: Pick<Fit, 'loss' | 'delta' | 'envelope'>): string {
  const threshold = delta > 0 && delta < Infinity ? [`δ = ${delta}`] : [];
  return [LOSSES[loss], ...(envelope === undefined ? [] : [`share ${envelope}`]), ...threshold].join(', ');
}
