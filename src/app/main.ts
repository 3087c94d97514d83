/** The page: asks the worker for a fit, keeps the state, and shows it. */
import { proxy, wrap } from 'comlink';
import { isolossFigure, type Progress } from '../index.ts';
import { byId } from './dom.ts';
import { findings } from './findings.ts';
import { seconds } from './numbers.ts';
import { draw, save } from './plot.ts';
import { createStore, type Outcome, type State } from './state.ts';
import type { LabWorker } from './worker.ts';

const status = byId('status', HTMLElement);
const bar = byId('progress', HTMLProgressElement);
const notice = byId('notice', HTMLElement);
const trouble = byId('trouble', HTMLElement);
const results = byId('results', HTMLElement);
const chart = byId('chart', HTMLElement);

const dark = matchMedia('(prefers-color-scheme: dark)');
const narrow = matchMedia('(max-width: 40rem)');

const store = createStore(render);

function render(state: State, before: State): void {
  showStatus(state);
  if (state.trouble !== before.trouble) showText(trouble, state.trouble);
  if (state.outcome !== before.outcome && state.outcome) showOutcome(state.outcome);
}

function showStatus({ progress, outcome, trouble }: State): void {
  const text = trouble ? 'Stopped.' : outcome ? summary(outcome) : sentence(progress);
  if (status.textContent !== text) status.textContent = text; // a live region speaks whenever it is written
  bar.hidden = Boolean(trouble ?? outcome);
  if (progress) bar.value = progress.done / progress.total;
}

function sentence(progress: Progress | undefined): string {
  if (!progress) return 'Fitting the bundled sweep …';
  const verb = { search: 'Searching', descend: 'Descending', bootstrap: 'Resampling', influence: 'Omitting runs', simulate: 'Simulating' }[progress.stage];
  return `${verb}: ${progress.total} fits …`;
}

function summary({ fit: { points, backend, timings } }: Outcome): string {
  const total = Object.values(timings).reduce((sum, time) => sum + time, 0);
  return `Fitted ${points} runs on the ${backend.name.toUpperCase()} (${backend.adapter}) in ${seconds(total)}.`;
}

function showText(place: HTMLElement, text: string | undefined): void {
  place.hidden = text === undefined;
  place.textContent = text ?? '';
}

function showOutcome(outcome: Outcome): void {
  showText(notice, outcome.withoutGpu && `The CPU did the work. ${outcome.withoutGpu}`);
  for (const [id, content] of Object.entries(findings(outcome))) byId(id, HTMLElement).replaceChildren(...content);
  results.hidden = false;
  drawChart();
}

function drawChart(): void {
  const { outcome } = store.state;
  if (!outcome) return;
  const options = { theme: dark.matches ? 'dark' : 'light', compact: narrow.matches } as const;
  draw(chart, isolossFigure(outcome.sweep, outcome.fit, options)).catch(fail);
}

function fail(error: unknown): void {
  store.update({ trouble: error instanceof Error ? error.message : String(error) });
}

function start(): void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('error', ({ message }) => fail(message || 'The worker did not start. Reload the page.'));
  wrap<LabWorker>(worker).fitReplica(proxy((progress) => store.update({ progress })))
    .then((outcome) => store.update({ outcome }))
    .catch(fail)
    .finally(() => worker.terminate());
}

dark.addEventListener('change', drawChart);
narrow.addEventListener('change', drawChart);
for (const format of ['png', 'svg'] as const) {
  byId(format, HTMLButtonElement).addEventListener('click', () => { save(chart, format, 'isoloss').catch(fail); });
}
start();
