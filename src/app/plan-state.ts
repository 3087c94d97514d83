/** The plan of the page: asked in the worker while its view is open, of the fit and its resamples so far. */
import { signal } from '@preact/signals';
import type { Fit } from '../index.ts';
import { clear, fail, inWorker } from './engine.ts';
import type { Goal, Planned, Planning, PlanRequest } from './planning.ts';
import * as settings from './plan-settings.ts';
import * as state from './state.ts';
import { look } from './look.ts';

/** What was answered last, and to what. */
export const planned = signal<{ readonly of: Fit; readonly request: PlanRequest; readonly planning: Planning } | undefined>(undefined);

/** What was asked for last: the request, the fit, its resamples. */
let asked: readonly unknown[] = [];
/** One question at a time; while resamples stream in, no more than so often. */
let asking = false;
const PACE = 700;

/** In the view's effect: asks again where something changed. */
export function follow(): void {
  const request = requestOf();
  const { value: found } = state.found;
  const asks = [JSON.stringify(request), found?.fit, state.resampling.value];
  if (!found || state.view.value !== 'plan' || asking || asks.every((part, k) => part === asked[k])) return;
  asked = asks;
  void ask(request, found.fit);
}

async function ask(request: PlanRequest, of: Fit): Promise<void> {
  asking = true;
  try {
    const planning = await (await inWorker()).plan(request);
    clear('plan');
    if (planning) planned.value = { of, request, planning: request.look ? planning : withCharts(planning, planned.peek()?.planning) };
    if (state.busy.peek()) await new Promise((resolve) => { setTimeout(resolve, PACE); });
  } catch (error) {
    fail('plan', error);
  } finally {
    asking = false;
    follow(); // what changed meanwhile
  }
}

/** While resamples stream in, the charts of before. */
function withCharts(planning: Planning, before: Planning = {}): Planning {
  const parts = Object.entries(planning) as [settings.Part | 'goal', Planned][];
  return Object.fromEntries(parts.map(([part, now]) => [part, now.plans ? { ...now, charts: before[part]?.charts ?? [] } : now]));
}

/** The answers of a part, to `planned.request`; undefined until they are there. */
export function answersOf(part: settings.Part | 'goal'): Planned | undefined {
  return planned.value?.planning[part];
}

/** A loss, or the budget of the settings. */
function goalOf(): Goal {
  const { means, targetLoss } = settings;
  return means.value === 'loss' ? { budgets: [], losses: [targetLoss.value] } : { budgets: [state.budget.value], losses: [] };
}

/** Charts wait for the resamples to be done. */
function requestOf(): PlanRequest {
  const { countsOf, numbersOf, ratios, sizes, unique, shapeCount, contexts, vocabulary, gated, bits, quantised } = settings;
  return {
    goal: goalOf(),
    parts: settings.PARTS.filter((part) => settings.unfolded.value.includes(part)),
    cost: { cluster: settings.cluster(), ...settings.layoutOptions(), ...settings.failures() },
    asides: [...countsOf(ratios.value).map((ratio) => ({ ratio })), ...countsOf(sizes.value).map((N) => ({ N }))],
    serving: settings.serving(),
    unique: countsOf(unique.value),
    shapes: {
      count: shapeCount.value, contexts: countsOf(contexts.value), ...settings.recomputed(),
      family: { vocabulary: vocabulary.value, ...(gated.value === 'yes' && { common: { gated: true } }) },
    },
    bits: countsOf(bits.value), quantised: countsOf(quantised.value),
    mixtures: {
      granularity: numbersOf(settings.granularities.value), sparsity: numbersOf(settings.sparsities.value), sizes: countsOf(settings.sparseSizes.value),
      experts: numbersOf(settings.experts.value),
    },
    emergence: settings.emergence(),
    ...(state.groupOnScreen.value !== undefined && { group: state.groupOnScreen.value }),
    ...(!state.busy.value && { look: look.value }),
  };
}
