/** Mixtures of experts of a plan as tables, as JSON, and whose laws they are by. */
import type { SparseModel } from '../plan/sparsity.ts';
import type { PlanOptions } from '../stats/plan.ts';
import type { MixturePlans } from '../stats/plan-mixtures.ts';
import type { Column } from './layout.ts';
import { answerColumns, formatFlops, formatLoss, formatPercent, formatRatio, shown, type Confidence, type Row } from './plan-tables.ts';
import { formatCount, formatInteger, formatNumber } from '../units.ts';

interface Section {
  readonly title: string;
  readonly columns: readonly Column[];
}

/** `budget`: "1e24 FLOPs". */
export function mixtureSections(plans: MixturePlans, budget: string, { mixtures }: PlanOptions, confidence: Confidence): Section[] {
  const { granularity, sparsity, sizes, experts } = plans;
  const expansion = mixtures?.granularity?.laws.expansion ?? 1;
  return [
    ...(granularity.length > 0 ? [{ title: `Dense, and ${expansion} experts of each granularity, at ${budget}, by Krajewski et al.`, columns: granularColumns(granularity) }] : []),
    ...(sparsity.length > 0 ? [{ title: `The best model of each sparsity at ${budget}, by Abnar et al.`, columns: sparseColumns(sparsity) }] : []),
    ...(sizes.length > 0 ? [{ title: `The best sparsity of a size at ${budget}, by Abnar et al.`, columns: sparseColumns(sizes) }] : []),
    ...(experts.length > 0 ? [{ title: `What the optimum for ${budget} counts for with more experts, by Clark et al.`, columns: answerColumns(expertRows(experts), confidence) }] : []),
  ];
}

function granularColumns(models: MixturePlans['granularity']): Column[] {
  const served = models.some(({ lifetime }) => lifetime);
  return [
    ['l', '', models.map(({ granularity }) => (granularity === undefined ? 'dense' : `G = ${granularity}`))],
    ['r', 'N', models.map(({ N }) => formatCount(N))],
    ['r', 'active', models.map(({ active }) => formatCount(active))],
    ['r', 'D', models.map(({ D }) => formatCount(D))],
    ['r', 'loss', models.map(({ loss }) => formatLoss(loss))],
    ['r', 'dense, same cost', models.map(({ denseLoss }) => formatLoss(denseLoss))],
    ['r', 'dense C for it', models.map(({ denseCompute }) => shown(denseCompute, (factor) => `${formatNumber(factor, 3)}×`))],
    ...(served ? [['r', 'total cost', models.map(({ lifetime }) => shown(lifetime?.total ?? NaN, formatFlops))] as const] : []),
  ];
}

function sparseColumns(models: readonly SparseModel[]): Column[] {
  return [
    ['r', 'inactive', models.map(({ sparsity }) => formatPercent(sparsity))],
    ['r', 'N', models.map(({ N }) => formatCount(N))],
    ['r', 'active', models.map(({ active }) => formatCount(active))],
    ['r', 'D', models.map(({ D }) => formatCount(D))],
    ['r', 'loss', models.map(({ loss }) => formatLoss(loss))],
  ];
}

function expertRows(experts: MixturePlans['experts']): Row[] {
  return experts.flatMap(({ experts: count, answers: { effective, times } }): Row[] => [
    [`parameters with ${formatInteger(count)} experts`, effective, formatCount],
    ['times N_opt', times, formatRatio],
  ]);
}

/** A sentence for each law. */
export function mixtureSources({ mixtures = {} }: PlanOptions): string[] {
  const { granularity, sparsity, experts } = mixtures;
  return [
    ...(granularity ? [`Granularity, by a law of its own and not that of the runs: ${granularity.laws.source}. Same cost: as many active parameters on as many tokens; total cost: of training and serving to the loss of the dense optimum; routers not counted.`] : []),
    ...(sparsity ? [`Sparsity, by a law of its own and not that of the runs: ${sparsity.law.source}. With the size free, sparser is always better there.`] : []),
    ...(experts ? [`Effective parameters: ${experts.law.source}. The optimum is by the law of the runs.`] : []),
  ];
}

export function mixturesJson({ granularity, sparsity, sizes, experts, cutoff }: MixturePlans) {
  return { granularity, sparsity, sizes, experts: experts.map(({ experts: count, answers }) => ({ experts: count, ...answers })), cutoff };
}
