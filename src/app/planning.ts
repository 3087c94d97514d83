/** A plan in the worker: every answer of the fit and of each resample, and charts of them; loaded when it is asked for first. */
import {
  emergenceFigure, emergenceJson, emergenceOf, InputError, planFigures, planOf, publishedDecay, publishedGranularity, publishedPrecision, publishedQuantising,
  publishedRouting, publishedRules, publishedSparsity, rangesOf, wellKnownModels, type Emergence, type EmergenceOptions, type Family,
  type Figure, type Fit, type LookOptions, type Plan, type PlanBasis, type PlanOptions, type Resampling, type Sweep,
} from '../index.ts';
import { EXCESSES } from './plan-excesses.ts';
import type { Part } from './plan-settings.ts';

/** A budget, training FLOPs, or a loss, nats per token; one of them. */
export interface Goal {
  readonly budgets: readonly number[];
  readonly losses: readonly number[];
}

/** What the parts are asked beside the goal. */
export interface PlanRequest {
  /** Of a fit of groups: the one to plan by. */
  readonly group?: string | undefined;
  readonly goal: Goal;
  /** Those that are unfolded. */
  readonly parts: readonly Part[];
  readonly cost: Pick<PlanOptions, 'cluster' | 'layout' | 'failures'>;
  readonly asides: NonNullable<PlanOptions['asides']>;
  readonly serving: NonNullable<PlanOptions['serving']>;
  /** Unique tokens. */
  readonly unique: readonly number[];
  readonly shapes: { readonly count: number; readonly contexts: readonly number[]; readonly family: Family; readonly recompute?: true };
  /** Bit widths: to train in, and to quantise to. */
  readonly bits: readonly number[];
  readonly quantised: readonly number[];
  /** Of mixtures of experts: granularities, shares of inactive parameters, parameters, experts. */
  readonly mixtures: Readonly<Record<'granularity' | 'sparsity' | 'sizes' | 'experts', readonly number[]>>;
  readonly emergence: EmergenceOptions & { readonly errorSource?: string };
  /** Absent where no charts are wanted yet. */
  readonly look?: LookOptions;
}

export interface PlanChart {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly figure: Figure;
}

/** What rulers show, and what is to be said of it, a sentence each. */
export interface Rulers extends Emergence {
  readonly verdict: string;
  readonly resolution: readonly string[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** Of a part its plan, of the architectures one for each context length, and its charts; of emergence what the rulers show. Or why there is none. */
export type Planned =
  | { readonly plans: readonly Plan[]; readonly charts: readonly PlanChart[]; readonly rulers?: Rulers; readonly problem?: never }
  | { readonly plans?: never; readonly charts?: never; readonly rulers?: never; readonly problem: string };
export type Planning = Readonly<Partial<Record<Part | 'goal', Planned>>>;

/** Which charts of a plan belong to a part; the goal has its own in the view. */
const CHARTS: Readonly<Record<Part | 'goal', readonly string[]>> = {
  goal: [], cost: ['devices'], aside: ['penalty'], models: ['models'], serving: ['serving', 'serving-2'], repetition: ['epochs', 'epoch-value'],
  shapes: ['context'], precision: ['bits'], mixtures: ['granularity', 'sparsity', 'sparsity-2', 'experts'], emergence: [],
};

/** @throws what is no mistake of the request. */
export function planFor(sweep: Sweep, fit: Fit, resampling: Resampling | undefined, request: PlanRequest): Planning {
  const alone: PlanBasis = { law: fit.law, params: fit.params, ranges: rangesOf(sweep) };
  const basis = { ...alone, ...(resampling && { resampling }) };
  const asked = asksOf(request);
  const answered = (part: Part | 'goal') => orProblem(() => {
    if (part === 'emergence') return emergenceFor({ ...basis, source: sweep.name }, request);
    const each = asked[part].map((options) => ({ ...request.goal, ...options }));
    const plans = each.map((options) => planOf(part === 'shapes' ? alone : basis, options));
    const [plan, options] = [plans.at(-1), each.at(-1)];
    const charts = plan && options && request.look ? chartsOf(part, { ...basis, source: sweep.name, fit, plan, options }, request.look) : [];
    return { plans, charts };
  });
  return Object.fromEntries((['goal', ...request.parts] as const).map((part) => [part, answered(part)]));
}

/** What each part asks beside the goal; each a plan. */
function asksOf({ cost: { layout, ...cost }, asides, serving, unique, shapes: { contexts, ...shapes }, bits, quantised, mixtures }: PlanRequest): Readonly<Record<Part | 'goal', readonly PlanOptions[]>> {
  const afterwards = quantised.length > 0 && { afterwards: { widths: quantised, quantising: publishedQuantising } };
  return {
    goal: EXCESSES.map((excess) => ({ excess })),
    cost: [{ ...cost, ...(layout && { layout }) }],
    aside: [{ asides, rules: publishedRules }],
    models: [{ models: wellKnownModels }],
    serving: [{ serving, ...cost }], // without the layout, which models the utilisation of one size
    repetition: [{ repetition: { unique, decay: publishedDecay } }],
    shapes: contexts.map((context) => ({ shapes: { ...shapes, context } })),
    precision: [{ precision: { widths: bits, scales: publishedPrecision, ...afterwards } }],
    mixtures: [{ mixtures: mixturesOf(mixtures), ...(isServed(serving) && { serving: { demand: serving.demand } }) }],
    emergence: [],
  };
}

function mixturesOf({ granularity, sparsity, sizes, experts }: PlanRequest['mixtures']): NonNullable<PlanOptions['mixtures']> {
  return {
    granularity: { laws: publishedGranularity, each: granularity },
    sparsity: { law: publishedSparsity, each: sparsity, sizes },
    experts: { law: publishedRouting, each: experts },
  };
}

function isServed({ demand: { inputTokens, outputTokens } }: PlanRequest['serving']): boolean {
  return inputTokens + outputTokens > 0;
}

/** Over budgets of its own, whatever the goal. */
function emergenceFor(basis: PlanBasis & { readonly source: string }, { emergence: { errorSource, ...options }, look }: PlanRequest): Planned {
  const emergence = emergenceOf(basis, options);
  const { verdict, resolution = [], warnings, notes } = emergenceJson({ ...basis, options, emergence, ...(errorSource !== undefined && { errorSource }) });
  const confidence = basis.resampling?.bootstrap.confidence;
  const chart = (theirs: LookOptions): PlanChart => ({
    name: 'emergence', title: 'The same models under each ruler',
    caption: 'Each panel reads the same losses with another ruler; where the items of a test are given, bars are its noise.',
    figure: emergenceFigure(emergence, { ...theirs, ...(confidence !== undefined && { confidence }) }),
  });
  return { plans: [], charts: look ? [chart(look)] : [], rulers: { ...emergence, verdict, resolution, warnings, notes: notes.map((note) => note.replace(/, as --budgets \S+ does/, '')) } };
}

/** Those whose every point is asked of every resample take a while: none is made that is not shown. */
function chartsOf(part: Part | 'goal', report: Parameters<typeof planFigures>[0], look: LookOptions): PlanChart[] {
  return planFigures(report).filter(({ name }) => CHARTS[part].includes(name)).map(({ name, title, caption, figure }) => ({ name, title, caption, figure: figure(look) }));
}

function orProblem(plan: () => Planned): Planned {
  try {
    return plan();
  } catch (error) {
    if (error instanceof InputError) return { problem: error.message };
    throw error;
  }
}
