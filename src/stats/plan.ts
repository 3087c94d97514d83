/**
 * What to train next: all that is asked of a law, answered with intervals. Budgets come as FLOPs, or from what hours, money or
 * energy allow; targets as losses. Each answer says how far beyond the runs it is.
 */
import { positive } from '../check.ts';
import { optionError } from '../errors.ts';
import { beyondRange, type Columns, type Ranges } from '../plan/extrapolation.ts';
import { betweenFailures, goodputOf, type Goodput } from '../plan/failures.ts';
import { approximateFlops, trainingFlops } from '../plan/flops.ts';
import { checkBudgets, type Params } from '../plan/frontier.ts';
import type { WellKnownModel } from '../plan/models.ts';
import {
  asideWith, flatnessAt, inProportion, modelAgainst, optimumFor, optimumWith, penaltyFor, repetitionAt,
  type Aside, type Goal, type ModelName, type OptimumName, type PenaltyName, type ReachingName, type RepetitionName,
} from '../plan/questions.ts';
import type { Decay } from '../plan/repetition.ts';
import { ratioRule } from '../plan/rules.ts';
import { nearestShapes, type Family, type NearShape } from '../plan/shapes.ts';
import type { Size } from '../plan/terms.ts';
import { computeWithin, trainingRun, type Cluster, type Limits, type TrainingRun } from '../plan/training-run.ts';
import { modelledUtilisation, type Layout, type ModelledUtilisation } from '../plan/utilisation.ts';
import { formatPower } from '../units.ts';
import { asker, type Answers, type Ask } from './answers.ts';
import type { Resampling } from './bootstrap.ts';
import { mixturesFor, type MixtureOptions, type MixturePlans } from './plan-mixtures.ts';
import { precisionFor, type PrecisionOptions, type PrecisionPlans } from './plan-precision.ts';
import { servingFor, withGoodput, type ServingOptions, type ServingPlans } from './plan-serving.ts';

/** The law that is asked. */
export interface PlanBasis {
  readonly law: string;
  /** Natural parameters by name. */
  readonly params: Params;
  /** Of the runs, as far as they are known. */
  readonly ranges?: Ranges;
  /** Without it answers have no intervals. */
  readonly resampling?: Resampling;
}

/** A size for a compute that is not from the law: a rule of thumb. */
export interface SizingRule {
  readonly name: string;
  readonly source: string;
  /** For C training FLOPs. */
  size(compute: number): Size;
}

export interface PlanOptions {
  /** Training FLOPs. */
  readonly budgets?: readonly number[];
  /** Nats per token. */
  readonly losses?: readonly number[];
  /** One more budget: what they allow. */
  readonly limits?: Limits;
  /** What trains. Needed by `limits`; with it each answer has time, and money and energy where they are known. */
  readonly cluster?: Cluster;
  /**
   * How the training is laid out over the cluster: its utilisation is then what a device reaches by itself, and what the
   * pipeline and the communication take off is modelled for each optimal size. Not with limits.
   */
  readonly layout?: ClusterLayout;
  /** Hours: mean time between failures of one device, of a checkpoint, of a restart. They make the goodput of the cluster. */
  readonly failures?: { readonly ofOneDevice: number; readonly checkpoint: number; readonly restart?: number };
  /** Share of the best loss that sizes may give up to be nearly as good. Default 0.001. */
  readonly excess?: number;
  /** Set beside the optimum of each budget. */
  readonly rules?: readonly SizingRule[];
  /** Models off the frontier: at each budget, and for each loss. */
  readonly asides?: readonly Aside[];
  /** What is served over the life of the model; with `hardware` in money too. */
  readonly serving?: ServingOptions;
  /** Unique tokens that there are, and what repeating them is worth. */
  readonly repetition?: { readonly unique: readonly number[]; readonly decay: Decay };
  /** The nearest architectures to each optimal size; with `recompute` their layers are counted again on the way back. */
  readonly shapes?: { readonly count: number; readonly context: number; readonly family?: Family; readonly recompute?: boolean };
  /** Bit widths at each budget. */
  readonly precision?: PrecisionOptions;
  /** Mixtures of experts at each budget, by published laws of their own. */
  readonly mixtures?: MixtureOptions;
  /** Trained models, to be set against the frontier. */
  readonly models?: readonly WellKnownModel[];
}

export type ClusterLayout = Pick<Layout, 'batch' | 'pipeline' | 'tensorParallel' | 'bandwidth' | 'overlap'>;

export interface Plan {
  readonly budgets: readonly BudgetPlan[];
  readonly targets: readonly TargetPlan[];
  readonly goodput?: Goodput;
  readonly models?: readonly PlacedModel[];
}

/** A trained model against the frontier. */
export interface PlacedModel extends Placed {
  readonly model: WellKnownModel;
  readonly answers: Answers<ModelName>;
}

/** By what factor an answer is beyond the runs, of each range that is known: 1 within. */
export type Beyond = Partial<Columns<number>>;

/** The name of a rule, or a model off the frontier. */
export type Beside = { readonly rule: string } | Aside;

interface Placed {
  readonly beyond: Beyond;
}

export interface BudgetPlan extends Placed {
  /** Training FLOPs. */
  readonly C: number;
  /** Which limit it is from. */
  readonly limit?: keyof Limits;
  readonly optimum: Answers<OptimumName>;
  readonly flatness: { readonly excess: number; readonly N: Answers<'smallest' | 'largest'> };
  /** The rules, then the models off the frontier. */
  readonly beside: readonly (Placed & Size & { readonly what: Beside; readonly answers: Answers<PenaltyName> })[];
  readonly training?: TrainingRun;
  /** Where there is a layout, of the optimal size. */
  readonly utilisation?: ModelledUtilisation;
  readonly serving?: ServingPlans;
  readonly repetition: readonly (Placed & { readonly unique: number; readonly answers: Answers<RepetitionName> })[];
  readonly shapes: readonly PlannedShape[];
  readonly precision?: PrecisionPlans;
  readonly mixtures?: MixturePlans;
}

export interface TargetPlan extends Placed {
  /** Nats per token. */
  readonly loss: number;
  readonly optimum: Answers<ReachingName>;
  readonly beside: readonly (Placed & { readonly what: Aside; readonly answers: Answers<ReachingName | 'overhead'> })[];
  readonly training?: TrainingAnswers;
  /** Where there is a layout, of the optimal size; the same in every resample. */
  readonly utilisation?: ModelledUtilisation;
  readonly serving?: ServingPlans;
  readonly shapes: readonly PlannedShape[];
}

/** Hours, deviceHours, money and energy, of a training whose compute has an interval. */
export type TrainingAnswers = Partial<Answers<keyof TrainingRun>>;

/** An architecture, trained on the optimal tokens. */
export interface PlannedShape extends NearShape {
  /** 6·N·D of its own N, 8·N·D with recomputation. */
  readonly approximate: number;
  /** Counted matrix by matrix, with its context. */
  readonly counted: number;
}

const EXCESS = 0.001;

/**
 * @throws InputError where an option cannot be used, or the law is none of two power terms.
 */
export function planOf(basis: PlanBasis, options: PlanOptions): Plan {
  const { budgets = [], losses = [], limits } = options;
  checkBudgets(budgets);
  for (const loss of losses) positive('losses', loss, 'nats per token such as 2.1');
  const goodput = options.failures && goodputFor(options.failures, options.cluster);
  const cluster = options.cluster && { ...options.cluster, ...(goodput && { goodput: goodput.goodput }) };
  const hardware = options.serving?.hardware && withGoodput(options.serving.hardware, goodput);
  const planner: Planner = {
    ...basis, ...options, ...(cluster && { cluster }), ...(hardware && { serving: { ...options.serving!, hardware } }), ask: asker(basis.law, basis.params, basis.resampling),
  };
  return {
    budgets: [...budgets.map((C) => budgetPlan(planner, C)), ...(limits ? [limitedPlan(planner, limits)] : [])],
    targets: losses.map((loss) => targetPlan(planner, loss)),
    ...(goodput && { goodput }),
    ...(options.models && { models: options.models.map((model) => placedModel(planner, model)) }),
  };
}

function placedModel(planner: Planner, model: WellKnownModel): PlacedModel {
  return { model, beyond: beyondOf(planner, model), answers: planner.ask(modelAgainst(model)) };
}

interface Planner extends PlanBasis, PlanOptions {
  readonly ask: Ask;
}

function goodputFor({ ofOneDevice, checkpoint, restart }: NonNullable<PlanOptions['failures']>, cluster: Cluster | undefined): Goodput {
  if (!cluster) throw optionError('failures', 'expected a cluster beside them, got none.');
  const between = betweenFailures(ofOneDevice, cluster.devices);
  return goodputOf({ between, checkpoint, ...(restart !== undefined && { restart }) });
}

function limitedPlan(planner: Planner, limits: Limits): BudgetPlan {
  if (!planner.cluster) throw optionError('limits', 'expected a cluster beside them, got none.');
  if (planner.layout) throw optionError('limits', 'expected no layout beside them, got one. How well devices are used depends on the size.');
  const { compute, limit } = computeWithin(limits, planner.cluster);
  return { ...budgetPlan(planner, compute), limit };
}

function budgetPlan(planner: Planner, C: number): BudgetPlan {
  const { ask, excess = EXCESS, repetition } = planner;
  const optimum = ask(optimumFor(C));
  const best = valuesOf(optimum);
  return {
    C,
    optimum,
    beyond: beyondOf(planner, best),
    flatness: { excess, N: ask(flatnessAt(C, excess)) },
    beside: modelsBeside(planner, C).map(({ what, N, D }) =>
      ({ what, N, D, beyond: beyondOf(planner, { N, D }), answers: ask(penaltyFor({ N, D })) })),
    ...trainingOf(planner, best, (cluster) => trainingRun(C, cluster)),
    ...servingOf(planner, { compute: C }),
    repetition: (repetition?.unique ?? []).map((unique) => {
      const answers = ask(repetitionAt(C, unique, repetition!.decay));
      return { unique, beyond: beyondOf(planner, valuesOf(answers)), answers };
    }),
    shapes: shapesFor(planner, best),
    ...(planner.precision && { precision: precisionFor(ask, C, planner.precision, (size) => beyondOf(planner, size)) }),
    ...(planner.mixtures && { mixtures: mixturesFor(ask, C, planner.mixtures, planner.serving?.demand) }),
  };
}

function modelsBeside({ rules = [], asides = [] }: Planner, C: number): (Size & { what: Beside })[] {
  return [
    ...rules.map((rule) => ({ what: { rule: rule.name }, ...rule.size(C) })),
    ...asides.map((aside) => ({ what: aside, ...offFrontier(C, aside) })),
  ];
}

/** @throws InputError that names the size, or the ratio, where what follows from it for C training FLOPs is too small or too large a number. */
function offFrontier(C: number, aside: Aside): Size {
  const { N, D } = 'ratio' in aside ? ratioRule(C, aside.ratio) : { N: aside.N, D: C / (6 * aside.N) };
  if (N > 0 && D > 0 && Number.isFinite(N + D)) return { N, D };
  const budget = formatPower(C, 4);
  if ('N' in aside) throw optionError('size', `expected parameters such as 7e9, for which ${budget} FLOPs are a number of training tokens, got ${aside.N}.`);
  throw optionError('ratio', `expected tokens per parameter such as 20, for which ${budget} FLOPs are a size, got ${aside.ratio}.`);
}

function targetPlan(planner: Planner, loss: number): TargetPlan {
  const { ask, asides = [] } = planner;
  const optimum = ask(optimumWith(loss));
  const best = valuesOf(optimum);
  return {
    loss,
    optimum,
    beyond: beyondOf(planner, best),
    beside: asides.map((aside) => {
      const answers = ask(asideWith(loss, aside));
      return { what: aside, beyond: beyondOf(planner, valuesOf(answers)), answers };
    }),
    ...trainingOf(planner, best, (cluster) => ask(inProportion(loss, { ...trainingRun(1, cluster) }))),
    ...servingOf(planner, { loss }),
    shapes: shapesFor(planner, best),
  };
}

/** What training takes on the cluster; nothing where its utilisation is to be modelled and there is no size. */
function trainingOf<T>({ cluster, layout }: Planner, { N }: Size, take: (cluster: Cluster) => T): { training?: T; utilisation?: ModelledUtilisation } {
  if (!cluster) return {};
  if (!layout) return { training: take(cluster) };
  if (Number.isNaN(N)) return {};
  const replicas = cluster.devices / ((layout.tensorParallel ?? 1) * (layout.pipeline?.stages ?? 1));
  const utilisation = modelledUtilisation({ ...cluster, ...layout, N, replicas, kernel: cluster.utilisation });
  return { training: take({ ...cluster, utilisation: utilisation.utilisation }), utilisation };
}

function servingOf(planner: Planner, goal: Goal): { serving?: ServingPlans } {
  const { ask, serving, asides } = planner;
  return serving ? { serving: servingFor(ask, goal, serving, asides, (size) => beyondOf(planner, size)) } : {};
}

function shapesFor({ shapes }: Planner, { N, D }: Size): PlannedShape[] {
  if (!shapes || !Number.isFinite(N + D)) return [];
  return nearestShapes(N, shapes.family, shapes.count).map((shape) => ({
    ...shape,
    approximate: approximateFlops({ N: shape.parameters[shapes.family?.counted ?? 'total'], D }, shapes.recompute),
    counted: trainingFlops(shape.architecture, { D, context: shapes.context, recompute: shapes.recompute ?? false }),
  }));
}

function valuesOf({ N, D }: Answers<'N' | 'D'>): Size {
  return { N: N.value, D: D.value };
}

/** NaN where the answer has no N and D. */
function beyondOf({ ranges = {} }: Planner, { N, D }: Size): Beyond {
  const values = Object.entries({ N, D, C: 6 * N * D }) as [keyof Columns<number>, number][];
  return Object.fromEntries(values.flatMap(([name, value]) => (ranges[name] ? [[name, beyondRange(ranges[name], value)]] : [])));
}
