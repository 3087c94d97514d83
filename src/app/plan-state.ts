/** The plan of the page: asked in the worker while its view is open, of the fit and its resamples so far. */
import { effect, signal, type Signal } from '@preact/signals';
import { clear, fail, inWorker } from './engine.ts';
import type { Goal, Planned, Planning, PlanRequest } from './planning.ts';
import * as settings from './plan-settings.ts';
import * as state from './state.ts';
import { look } from './look.ts';
import { painted } from './turns.ts';

type Asked = keyof Planning;
/** What was answered last, and to what. */
type Answered = Planned & { readonly request: PlanRequest };

const answers = Object.fromEntries((['goal', ...settings.PARTS] as const).map((part) => [part, signal<Answered | undefined>(undefined)])) as Readonly<Record<Asked, Signal<Answered | undefined>>>;

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
  void ask(request);
}

async function ask(request: PlanRequest): Promise<void> {
  asking = true;
  try {
    const planning = await (await inWorker()).plan(request);
    clear('plan');
    if (planning) await show(planning, request);
    await pace();
  } catch (error) {
    fail('plan', error);
  } finally {
    asking = false;
    follow(); // what changed meanwhile
  }
}

/** Until the resamples are done, and no longer than `PACE`. */
async function pace(): Promise<void> {
  let stop = () => {};
  await new Promise<void>((resolve) => {
    setTimeout(resolve, PACE);
    stop = effect(() => { if (!state.busy.value) resolve(); });
  });
  stop();
}

/** A part a frame, for all of them at once would keep the page from answering. While resamples stream in, with the charts of before. */
async function show(planning: Planning, request: PlanRequest): Promise<void> {
  for (const [part, answer] of Object.entries(answers) as [Asked, Signal<Answered | undefined>][]) {
    const [now, before] = [planning[part], answer.peek()];
    if (!now && !before) continue;
    answer.value = now && { ...(now.plans && !request.look ? { ...now, charts: before?.charts ?? [] } : now), request };
    await painted();
  }
}

/** The answers of a part; undefined until they are there. */
export function answersOf(part: Asked): Answered | undefined {
  return answers[part].value;
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
