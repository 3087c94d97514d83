/** The page: takes over its address, starts the work, and draws. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { start } from './engine.ts';
import { followAddress } from './link.ts';
import { followMeans } from './plan-budget.ts';
import { busy, found } from './state.ts';

render(<App />, document.getElementById('app')!);
followMeans();
void followAddress().then(start);
/** From then on the page also opens without a network. Fetching all of it waits until there is nothing else to do. */
if (import.meta.env.PROD) {
  const stop = effect(() => {
    if (!found.value || busy.value) return;
    queueMicrotask(() => stop());
    void navigator.serviceWorker?.register('./offline.js').catch(() => {});
  });
}
