/** `isoloss plan`: fit a table, or take a law, and ask it what to train next. */
import { SPARSITY } from '../paper/abnar.ts';
import { publishedRouting } from '../paper/clark.ts';
import { GRANULAR } from '../paper/krajewski.ts';
import { PRECISION_SCALES, QUANTISING } from '../paper/kumar.ts';
import { publishedDecay, publishedRules } from '../paper/sizing.ts';
import { wellKnownModels } from '../plan/models.ts';
import type { Priced } from '../plan/serving.ts';
import type { Cluster } from '../plan/training-run.ts';
import { planJson, planText, planWarnings, type PlanReport } from '../report/plan.ts';
import { planOf, type PlanOptions } from '../stats/plan.ts';
import { askedLaw, resamplingRemarks, type Asked } from './asked.ts';
import { EXIT } from './exit.ts';
import { withOptionNames } from './option-names.ts';
import { asWarnings, checkPlace, deliverResult } from './output.ts';
import type { Machine, PlanCommand } from './plan-command.ts';
import { exitCode, fitRemarks } from './table-fit.ts';

const CONTEXT = 4096;

/** Exit code: 0, 3 where the certificate of the fit fails, 130 where it was stopped and this is what was done. */
export async function runPlan(command: PlanCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const asked = await askedLaw(command, signal);
  const options = optionsOf(command, asked);
  const plan = await withOptionNames(['size', 'ratio', ...(asked.fit ? ['law'] : [])], async () => planOf(asked, options));
  const report: PlanReport = { ...asked, options, plan, ...(command.unique.length > 0 && { decaySource: publishedDecay.source }) };
  await deliverResult({
    json: () => planJson(report), text: () => planText(report),
    page: async (plotly) => (await import('../document/plan.ts')).htmlPlan({ report, plotly }),
  }, {
    unseen: [...asWarnings(planWarnings(report)), ...(asked.fit ? fitRemarks(asked.fit) : [])], always: resamplingRemarks(asked, command),
  }, command);
  return asked.fit ? exitCode(asked.fit, signal) : EXIT.done;
}

function optionsOf(command: PlanCommand, asked: Asked): PlanOptions {
  const { budgets, losses, limits, asides, unique, excess, shapes, failures: { mtbf, checkpoint, restart } } = command;
  const cluster = clusterOf(command);
  const serving = servingOf(command);
  const layout = layoutOf(command);
  return {
    budgets, losses, asides,
    rules: publishedRules,
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(excess !== undefined && { excess }),
    ...(cluster && { cluster }),
    ...(layout && { layout }),
    ...(mtbf !== undefined && checkpoint !== undefined && {
      failures: { ofOneDevice: mtbf, checkpoint, ...(restart !== undefined && { restart }) },
    }),
    ...(serving && { serving }),
    ...(unique.length > 0 && { repetition: { unique, decay: publishedDecay } }),
    ...precisionOf(command, asked),
    ...mixturesOf(command),
    ...(command.models && { models: wellKnownModels }),
    ...(shapes.count !== undefined && {
      shapes: { count: shapes.count, context: shapes.context ?? CONTEXT, family: familyOf(shapes), ...(command.recompute && { recompute: true }) },
    }),
  };
}

function familyOf({ count: _count, context: _context, gated, ...family }: PlanCommand['shapes']): NonNullable<NonNullable<PlanOptions['shapes']>['family']> {
  return { ...family, ...(gated && { common: { gated } }) };
}

/** At each budget, in all the sizes that are asked for; γ that are given, else those of the law, else published ones. */
function precisionOf({ precision: { widths, afterwards, scales }, asides }: PlanCommand, asked: Asked): Pick<PlanOptions, 'precision'> {
  if (widths.length + afterwards.length === 0) return {};
  return {
    precision: {
      widths,
      scales: scales ? { ...scales, source: 'given' } : ownScales(asked) ?? PRECISION_SCALES,
      sizes: widths.length > 0 ? sizesOf(asides) : [],
      ...(afterwards.length > 0 && { afterwards: { widths: afterwards, quantising: QUANTISING } }),
    },
  };
}

/** Those that the law has, 0 of tensors whose bits its runs do not say: it is held there and means nothing. */
function ownScales({ law, params: { gamma_w = 0, gamma_a = 0, gamma_kv = 0 }, fit, ranges = {} }: Asked): NonNullable<PlanOptions['precision']>['scales'] | undefined {
  const of = (role: 'P_w' | 'P_a' | 'P_kv', gamma: number) => (fit && !ranges[role] ? 0 : gamma);
  const scales = { weights: of('P_w', gamma_w), activations: of('P_a', gamma_a), cache: of('P_kv', gamma_kv) };
  if (scales.weights + scales.activations + scales.cache === 0) return undefined;
  return { ...scales, source: `those of the law ${law} above, the same in every resample` };
}

function mixturesOf({ mixtures: { granularity, sparsity, experts }, asides }: PlanCommand): Pick<PlanOptions, 'mixtures'> {
  if (granularity.length + sparsity.length + experts.length === 0) return {};
  return {
    mixtures: {
      ...(granularity.length > 0 && { granularity: { laws: GRANULAR, each: granularity } }),
      ...(sparsity.length > 0 && { sparsity: { law: SPARSITY, each: sparsity, sizes: sizesOf(asides) } }),
      ...(experts.length > 0 && { experts: { law: publishedRouting, each: experts } }),
    },
  };
}

function sizesOf(asides: PlanCommand['asides']): number[] {
  return asides.flatMap((aside) => ('N' in aside ? [aside.N] : []));
}

function clusterOf({ recompute, hardware: { device, count, utilisation, price, watts, pue } }: PlanCommand): Cluster | undefined {
  if (device === undefined || count === undefined || utilisation === undefined) return undefined;
  return {
    ...device, devices: count, utilisation,
    ...(recompute && { recompute }),
    ...(price !== undefined && { pricePerDeviceHour: price }),
    ...(watts !== undefined && { wattsPerDevice: watts }),
    ...(pue !== undefined && { pue }),
  };
}

function layoutOf({ layout: { batch, stages, microBatches = 1, chunks, ...rest } }: PlanCommand): PlanOptions['layout'] {
  if (batch === undefined) return undefined;
  return { batch, ...rest, ...(stages !== undefined && { pipeline: { stages, microBatches, ...(chunks !== undefined && { chunks }) } }) };
}

/** In money too, where it is said how devices serve. */
function servingOf({ serve, serving, hardware, recompute }: PlanCommand): PlanOptions['serving'] {
  if (serve === undefined) return undefined;
  const { device, utilisation, price } = hardware;
  if (!serving.utilisation || device === undefined || utilisation === undefined || price === undefined) return { demand: serve };
  const priced = (machine: Machine, share: number, perHour: number): Priced => ({ ...machine, utilisation: share, pricePerDeviceHour: perHour });
  const serves = (share: number) => priced(serving.device ?? device, share, serving.price ?? price);
  return {
    demand: serve,
    hardware: {
      train: { ...priced(device, utilisation, price), ...(recompute && { recompute }) },
      input: serves(serving.utilisation.input), output: serves(serving.utilisation.output),
    },
  };
}
