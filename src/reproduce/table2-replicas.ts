/**
 * The three approaches on replicas of the paper's runs (replica.ts): points are means over many replicas, intervals are of
 * one, by the paper's resampling.
 */
import { envelope, type Envelope } from '../approaches/envelope.ts';
import { isoflopApproach } from '../approaches/isoflop.ts';
import type { Laws } from '../approaches/laws.ts';
import { powerAt } from '../approaches/power.ts';
import { EQ10, ISOFLOP_BUDGETS } from '../paper/hoffmann.ts';
import { frontier } from '../plan/frontier.ts';
import { deviation } from '../stats/intervals.ts';
import { formatCount } from '../units.ts';
import { compare, type Comparison } from './comparison.ts';
import { exponentsChart, optimaChart } from './exponent-charts.ts';
import { STOPPED } from './interval-of-a.ts';
import { approach3 } from './refits.ts';
import { NO_NOISE, NOISE, replicaOf } from './replica.ts';
import type { Context, Section } from './reproduction.ts';
import { EXACTLY, exponentText, GOPHER, LAST, NARROWED, OF_EQ10, pointRow, RESAMPLING, resampled, ROWS, widthRow } from './table2-rows.ts';
import { inWords, percent } from './words.ts';

/** Replicas, at least, and replicates of the context for one more of them: one costs as much as a hundred fits. */
const REPLICAS = 10;
const PER_REPLICA = 100;
/** Standard errors of a mean that are allowed. */
const ERRORS = 3;

/** Points, intervals and projections of all three approaches. */
export async function replicas(context: Context): Promise<Section> {
  const laws = await lawsOfReplicas(context);
  const count = laws[0].length;
  const { curves, sweep } = replicaOf(context.seed, 0, NOISE);
  const { results, envelope: lowest } = await resampled(context, { curves, sweep }, EXACTLY);
  const late = lateShare(lowest!);
  const sizes = laws.map((each) => Math.exp(meanOf(each.map(({ N }) => Math.log(powerAt(N, GOPHER)))).mean));
  return {
    title: 'The three approaches on replicas of the paper\'s runs',
    data: `${count} replicas of ${curves.curves.length} synthetic curves and an IsoFLOP sweep of ${sweep.loss.length - curves.curves.length} runs in the ` +
      `paper's design, drawn from Eq. 10 with log-normal noise of ${percent(NOISE.run)}; approach 3 takes the ends of both`,
    comparisons: [
      ...laws.flatMap((each, k) => [...pointsOf(k + 1, each), ...widthRow(results[k], 'one replica', spreadOf(k + 1))]),
      ...laws.flatMap((each, k) => projectionsOf(k + 1, each)),
      compare({
        quantity: `share of approach 1's points in the last ${percent(LAST)} of training`, where: '§3.1', published: 1, printed: 'all', ours: late,
        from: 'envelope of one replica\'s curves',
        because: 'how much worse a run is before its learning rate has decayed, and by how much runs differ, are choices of ours',
      }),
    ],
    findings: [
      `All see one truth here, a = ${OF_EQ10.a.toFixed(3)}. On average over ${count} replicas approaches 1, 2 and 3 find ` +
        `${laws.map((each) => meanOf(each.map(({ N }) => N.exponent)).mean.toFixed(3)).join(', ')}; in one of them ${results.map(exponentText).join('; ')}.`,
      `At Gopher's budget they say ${sizes.map((count) => formatCount(count)).join(', ')} parameters, the law itself ` +
        `${formatCount(frontier('chinchilla', EQ10, [GOPHER])[0].N)}, the paper ${ROWS.map(({ gopher }) => formatCount(gopher.N)).join(', ')}.`,
      `${percent(late)} of the points of approach 1 are in the last ${percent(LAST)} of a run's training, without noise ` +
        `${percent(lateShare(envelope(replicaOf(0, 0, NO_NOISE).curves)))}; the paper says all.`,
      `The intervals are over ${RESAMPLING.replicates} parts of ${percent(RESAMPLING.share)} of the runs, the paper's way: where runs are ` +
        `independent, about ${inWords(NARROWED)} times as wide as they should be.`,
    ],
    charts: [exponentsChart('exponents', 'a by the three approaches', 'one replica', results), optimaChart(results)],
  };
}

/** By approach, then replica. */
async function lawsOfReplicas(context: Context): Promise<readonly (readonly Laws[])[]> {
  const { replicates, seed, onProgress, signal } = context;
  const count = Math.max(REPLICAS, Math.ceil(replicates / PER_REPLICA));
  const found: Laws[][] = [[], [], []];
  for (let index = 0; index < count; index++) {
    signal?.throwIfAborted();
    const { curves, sweep } = replicaOf(seed, index, NOISE);
    const laws = [envelope(curves), isoflopApproach(sweep, { budgets: ISOFLOP_BUDGETS, tolerance: EXACTLY }), await approach3(context, sweep)];
    laws.forEach((each, k) => { found[k].push(each); });
    onProgress?.({ stage: 'simulate', done: index + 1, total: count });
  }
  return found;
}

/** The mean, and how far it may be off by chance. */
function meanOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, error: (ERRORS * deviation(Float64Array.from(values))) / Math.sqrt(values.length) };
}

/** Why a point differs. */
function reasonOf(approach: number): string {
  if (approach === 3) return 'the fit is biased in this design';
  return `the replicas are drawn from Eq. 10, whose a is ${inWords(OF_EQ10.a)}; the paper's runs, which were never released, say otherwise`;
}

/** Why an interval does. */
function spreadOf(approach: number): string {
  const noise = `parts of the runs spread as these differ from the law, here by noise of ${percent(NOISE.run)}`;
  return approach === 3 ? `${noise}; ${STOPPED}` : `${noise}; the paper does not tell its own`;
}

function pointsOf(approach: number, laws: readonly Laws[]): Comparison[] {
  const [a, b] = [meanOf(laws.map(({ N }) => N.exponent)), meanOf(laws.map(({ D }) => D.exponent))];
  const how = { from: `mean of ${laws.length} replicas`, because: reasonOf(approach) };
  return pointRow(approach, { a: a.mean, b: b.mean }, { a: a.error / a.mean, b: b.error / b.mean }, how);
}

/** To Gopher's budget. The error of a mean of logs is relative. */
function projectionsOf(approach: number, laws: readonly Laws[]): Comparison[] {
  const { gopher } = ROWS[approach - 1];
  return ([['N', 'parameters'], ['D', 'training tokens']] as const).flatMap(([name, unit]) => {
    const published = gopher[name];
    if (published === undefined) return [];
    const { mean, error } = meanOf(laws.map((law) => Math.log(powerAt(law[name], GOPHER))));
    return [compare({
      quantity: `${name}_opt at Gopher's budget, ${unit}`, where: `§3.${approach}`, published, ours: Math.exp(mean), digits: 2, tolerance: error,
      from: `power laws at ${inWords(GOPHER)} FLOPs, geometric mean of ${laws.length} replicas`, because: reasonOf(approach),
    })];
  });
}

/** Of the points that the power laws go through. */
function lateShare({ points }: Envelope): number {
  const used = points.filter((point) => point.used);
  return used.filter(({ share }) => share >= 1 - LAST).length / used.length;
}
