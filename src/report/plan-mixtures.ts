/** Mixtures of experts of a plan as tables, as JSON, and whose laws they are by. */
import { routingCutoff } from '../plan/experts.ts';
import type { SparseModel } from '../plan/sparsity.ts';
import type { PlanOptions } from '../stats/plan.ts';
import type { MixturePlans } from '../stats/plan-mixtures.ts';
import { formatTimes } from './beyond.ts';
import type { Column } from './layout.ts';
import { answerColumns, formatFlops, formatLoss, formatRatio, shown, type Confidence, type Row } from './plan-tables.ts';
import { formatCount, formatInteger, formatLevel, formatNumber, formatShare } from '../units.ts';

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
    ...(sparsity.length > 0 ? [{ title: `The best model of each sparsity at ${budget}, by Abnar et al.`, columns: sparseColumns(sparsity, formatLevel) }] : []),
    ...(sizes.length > 0 ? [{ title: `The best sparsity of a size at ${budget}, by Abnar et al.`, columns: sparseColumns(sizes, (share) => formatShare(share, 1)) }] : []),
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
    ['r', 'dense loss, same cost', models.map(({ denseLoss }) => formatLoss(denseLoss))],
    ['r', 'dense C for its loss', models.map(({ denseCompute }) => shown(denseCompute, (factor) => formatTimes(factor, 3)))],
    ...(served ? [['r', 'lifetime FLOPs', models.map(({ lifetime }) => shown(lifetime?.total ?? NaN, formatFlops))] as const] : []),
  ];
}

function sparseColumns(models: readonly SparseModel[], format: (share: number) => string): Column[] {
  return [
    ['r', 'inactive', models.map(({ sparsity }) => format(sparsity))],
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
    ...(granularity
      ? [`Granularity, by a law of its own and not that of the runs: ${granularity.laws.source}. Same cost: as many active parameters on ` +
        'as many tokens; dense C: times the budget; lifetime: training to the loss of the dense optimum, and serving; routers not counted. ' +
        'Any granularity from 1 on will do, also between whole ones.']
      : []),
    ...(sparsity
      ? [`Sparsity, by a law of its own and not that of the runs: ${sparsity.law.source}. With the size free, sparser is always better there.`]
      : []),
    ...(experts
      ? [`Effective parameters: ${experts.law.source}. The optimum is by the law of the runs. Experts beyond ` +
        `${formatNumber(experts.law.most, 3)} count for little, and none helps from ${formatCount(routingCutoff(experts.law))} parameters on.`]
      : []),
  ];
}

export function mixturesJson({ granularity, sparsity, sizes, experts, cutoff }: MixturePlans) {
  return { granularity, sparsity, sizes, experts: experts.map(({ experts: count, answers }) => ({ experts: count, ...answers })), cutoff };
}
