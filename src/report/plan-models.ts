/** Well-known models against the frontier of a law, as a table and as JSON. */
import type { PlacedModel } from '../stats/plan.ts';
import type { Column } from './layout.ts';
import { beyondColumn, formatFlops, formatRatio, shareColumns, shown, type Confidence } from './plan-tables.ts';
import { formatCount } from '../units.ts';

/** Is a model smaller than the best of its compute, and so cheaper to serve, or larger? */
function isSmaller({ model: { N, D }, answers: { optimalRatio } }: PlacedModel): boolean {
  return D / N > optimalRatio.value;
}

export function modelColumns(models: readonly PlacedModel[], confidence: Confidence): Column[] {
  return [
    ['l', '', models.map(({ model }) => model.name)],
    ['r', 'N', models.map(({ model }) => formatCount(model.N))],
    ['r', 'D', models.map(({ model }) => formatCount(model.D))],
    ['r', 'D/N', models.map(({ model: { N, D } }) => formatRatio(D / N))],
    ['r', 'best D/N', models.map(({ answers: { optimalRatio } }) => shown(optimalRatio.value, formatRatio))],
    ['l', 'size', models.map((placed) => (Number.isNaN(placed.answers.optimalRatio.value) ? '-' : isSmaller(placed) ? 'small' : 'large'))],
    ...shareColumns('more loss', models.map(({ answers }) => answers.excess), undefined),
    ...shareColumns('more C', models.map(({ answers }) => answers.overhead), confidence),
    ['r', 'that is, FLOP', models.map(({ answers: { surplus } }) => shown(surplus.value, formatFlops))],
    ...beyondColumn(models.map(({ beyond }) => beyond)),
  ];
}

export function modelsJson(models: readonly PlacedModel[]) {
  return models.map(({ model, answers, beyond }) => ({ ...model, C: 6 * model.N * model.D, tokensPerParameter: model.D / model.N, ...answers, beyond }));
}
