/**
 * Mixtures of experts against dense models: loss against compute at each granularity, loss against the share of parameters that is
 * inactive, and what the compute-optimal model counts for with more experts. Krajewski et al. 2024, arXiv:2402.07871; Abnar et al.
 * 2025, arXiv:2501.12370; Clark et al. 2022, arXiv:2202.01169; see src/plan/experts.ts and sparsity.ts.
 */
import { logSpaced } from '../math/log-spaced.ts';
import { expertModels, type GranularLaws, type RoutingLaw } from '../plan/experts.ts';
import { bestSparsity, optimumAtSparsity, sparseLoss, type SparsityLaw } from '../plan/sparsity.ts';
import { asker } from '../stats/answers.ts';
import type { PlanBasis } from '../stats/plan.ts';
import { effectiveFor } from '../stats/plan-mixtures.ts';
import { formatCount, formatNumber, formatShare } from '../units.ts';
import { lookOf, type Figure, type LookOptions } from './figure.ts';
import { answerSeries, markTrace, planFigure, type Mark } from './plan-marks.ts';
import { formatFlops } from './units.ts';

const POINTS = 60;
/** Drawn from the least budget to the most, a factor beyond either. */
const AROUND = 30;

/**
 * `computes`: training FLOPs that are marked, at least one; `each`: granularities. A pure function of its arguments; the result is plain JSON.
 * @throws InputError where a number is not positive, or a granularity below 1.
 */
export function granularityFigure(laws: GranularLaws, computes: readonly number[], each: readonly number[], options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const C = logSpaced([Math.min(...computes) / AROUND, Math.max(...computes) * AROUND], POINTS);
  const rows = C.map((compute) => expertModels(laws, compute, each));
  const names = ['dense', ...each.map((granularity) => `${laws.expansion} experts, G = ${granularity}`)];
  const marks = computes.flatMap((compute) => expertModels(laws, compute, each).flatMap((model, k) => markTrace({
    x: compute, y: model.loss, open: model.granularity === undefined, position: model.granularity === undefined ? 'top right' : 'bottom left',
    label: k === each.length && k > 0 ? `<b>${formatNumber(model.denseCompute, 3)}×</b>` : '',
    hover: `<b>${names[k]}</b><br>${formatFlops(compute)}<br>loss ${formatNumber(model.loss, 4)}<br>${formatCount(model.N)} parameters, ${formatCount(model.active)} active` +
      `<br>a dense model takes ${formatNumber(model.denseCompute, 3)}× the compute`,
  }, look)));
  return planFigure({
    name: 'granularity', title: 'Loss of mixtures of experts and of dense models',
    x: { title: 'C, training FLOPs', log: true, range: [C[0], C[C.length - 1]] }, y: { title: 'loss, nats/token' },
    series: names.map((name, k) => ({ name, mark: 'line', x: C, y: rows.map((models) => models[k]?.loss ?? NaN) })),
  }, marks, options);
}

/** Shares that are drawn, evenly in the parameters over the active ones, up to this many. */
const SPARSEST = 100;

/**
 * `compute`: training FLOPs; `sizes`: parameters of models that are held, each with its best share marked. A pure function of its
 * arguments; the result is plain JSON. @throws InputError where one is not positive.
 */
export function sparsityFigure(law: SparsityLaw, compute: number, options: LookOptions & { readonly sizes?: readonly number[] } = {}): Figure {
  const look = lookOf(options);
  const { sizes = [] } = options;
  const over = logSpaced([1, SPARSEST], POINTS);
  const shares = over.map((times) => 1 - 1 / times);
  const held = (N: number, share: number) => sparseLoss(law, { N, D: compute / (6 * (1 - share) * N) }, share);
  const marks = sizes.flatMap((N) => {
    const best = bestSparsity(law, compute, N);
    if (!best || 1 / (1 - best.sparsity) > SPARSEST) return [];
    return [{ x: 1 / (1 - best.sparsity), y: best.loss, position: 'top center' as const, best }];
  });
  return planFigure({
    name: 'sparsity', title: `Loss against sparsity, ${formatNumber(compute, 3)} FLOPs`,
    x: { title: look.compact ? 'N over active N' : 'all parameters over active ones, 1/(1 − S)', log: true, range: [1 / 1.1, SPARSEST * 1.1] }, y: { title: 'loss, nats/token' },
    series: [
      { name: 'best N', mark: 'line', x: over, y: shares.map((share) => optimumAtSparsity(law, compute, share)?.loss ?? NaN) },
      ...sizes.map((N) => ({ name: `N = ${formatCount(N)}`, mark: 'line' as const, x: over, y: shares.map((share) => held(N, share)) })),
    ],
  }, marks.flatMap(({ best, ...mark }): ReturnType<typeof markTrace> => markTrace({
    ...mark, label: `<b>${formatShare(best.sparsity, 1)}</b>`,
    hover: `<b>${formatShare(best.sparsity, 1)} inactive</b><br>N ${formatCount(best.N)}, active ${formatCount(best.active)} · D ${formatCount(best.D)}<br>loss ${formatNumber(best.loss, 4)}`,
  } satisfies Mark, look)), options);
}

/** Experts that are drawn, at least, and beyond those that are marked, a factor. */
const [MOST, BEYOND] = [512, 2];

/**
 * `compute`: training FLOPs of the optimum by the law that is asked; `each`: experts that are marked. A pure function of its arguments;
 * the result is plain JSON. @throws InputError where the law is none of two power terms, or there is less than one expert.
 */
export function expertsFigure(basis: PlanBasis, law: RoutingLaw, compute: number, each: readonly number[], options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const ask = asker(basis.law, basis.params, basis.resampling);
  const x = logSpaced([1, Math.max(MOST, ...each.map((count) => BEYOND * count))], POINTS);
  const marks = each.flatMap((count) => {
    const { effective, times } = ask(effectiveFor(law, compute, count));
    return markTrace({
      x: count, y: times.value, position: 'bottom right', label: `<b>${formatNumber(times.value, 3)}×</b>`,
      hover: `<b>${formatNumber(count, 6)} experts</b><br>as good as ${formatCount(effective.value)} parameters, dense<br>${formatNumber(times.value, 3)}× the optimal size`,
    }, look);
  });
  return planFigure({
    name: 'experts', title: `What the optimum for ${formatNumber(compute, 3)} FLOPs counts for with more experts`,
    x: { title: 'experts', log: true }, y: { title: look.compact ? 'times N_opt' : 'parameters that it counts for, times N_opt' },
    series: [answerSeries('optimal size', 'line', x, x.map((count) => ask(effectiveFor(law, compute, count)).times))],
  }, marks, options);
}
