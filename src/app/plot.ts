/**
 * Draws a figure. The only file that loads plotly (1.5 MB, its bundle of charts in a plane), when the first chart is drawn. It is
 * a classic script, one file of the build as it was published: a report carries the same file within itself.
 */
import type * as Plotly from 'plotly.js-dist-min';
import address from 'plotly.js-cartesian-dist-min/plotly-cartesian.min.js?url';
import { RUNS, type Figure } from '../index.ts';
import { nextTask } from './turns.ts';

/** Its types leave out `Fx`. */
type Plotting = typeof Plotly & { readonly Fx: { unhover(host: HTMLElement): void } };

let loading: Promise<Plotting> | undefined;
let prefetched = false;

/** Loaded once; after a failure, again with the next chart. */
function load(): Promise<Plotting> {
  return loading ??= loadScript().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
}

/** The script names its one global `Plotly`. */
async function loadScript(): Promise<Plotting> {
  const script = document.createElement('script');
  script.src = address;
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error('The charts did not load. Reload the page.')));
    document.head.append(script);
  });
  return (globalThis as unknown as { Plotly: Plotting }).Plotly;
}

/** Fetches the script, so that it is there when the first chart is drawn: only evaluating it keeps the page from answering. */
export function prefetch(): void {
  if (loading || prefetched) return;
  prefetched = true;
  document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'script', href: address }));
}

/** plotly's source, for a page that is to work alone. Throws where it cannot be loaded. */
export async function plotlySource(): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The charts did not load: ${answer.status} ${answer.statusText}. Reload the page.`);
  return answer.text();
}

/**
 * Draws, or redraws what changed, in a task of its own; resolves to the milliseconds that it took. A zoom stays while
 * `revision` does; runs can be selected, by box or lasso.
 */
export async function draw(host: HTMLElement, { data, layout, config }: Figure, revision: string): Promise<number> {
  const plotly = await load();
  await nextTask();
  const since = performance.now();
  const selectable = data.some(({ meta }) => meta === RUNS);
  await plotly.react(
    host, data,
    { ...layout, uirevision: revision, selectionrevision: performance.now() },
    selectable ? { ...config, modeBarButtonsToRemove: ['autoScale2d'] } : config,
  );
  return performance.now() - since;
}

/** Pixels between the clicks of a double click at most, and between the taps of one. */
const ONE_PLACE = { mouse: 10, finger: 40 } as const;

/**
 * `chosen` is called with the lines of runs that are clicked, or selected together; after a double click, which is for the zoom,
 * with those of the first of its clicks again. Once for what was drawn.
 */
export function onRuns(host: HTMLElement, chosen: (lines: readonly number[]) => void): void {
  const plot = host as unknown as Plotly.PlotlyHTMLElement;
  let [x, y] = [NaN, NaN]; // of the click before
  let [before, now]: [readonly number[], readonly number[]] = [[], []]; // by the click before, and by this one
  let double = false;
  const take = (event?: { readonly points?: readonly Plotly.PlotDatum[] }) => {
    const lines = (event?.points ?? []).filter(({ data }) => data.meta === RUNS).map(({ customdata }) => Number(customdata));
    if (lines.length > 0) chosen(lines);
    return lines;
  };
  const undo = () => { // comes before the second click, which may be on another run: the zoom is another
    double = true;
    if (before.length > 0) chosen(before);
  };
  host.querySelector('.plot-container')!.addEventListener('pointerdown', (event) => { // it goes with what was drawn
    const { clientX, clientY, pointerType, isPrimary } = event as PointerEvent;
    if (!isPrimary) return;
    const { [pointerType === 'mouse' ? 'mouse' : 'finger']: near } = ONE_PLACE;
    if (Math.hypot(clientX - x, clientY - y) > near) Object.assign(host, { _mouseDownTime: 0 }); // to plotly two clicks at any places are a double click
    [x, y] = [clientX, clientY];
    [before, now] = [now, []];
    double = false;
    // plotly looks for a run every 50 ms at most, and finds none while the button is down: without this, none for 50 ms more
    document.addEventListener('pointerup', () => { void loading?.then(({ Fx }) => Fx.unhover(host)); }, { capture: true, once: true });
  }, { capture: true });
  plot.on('plotly_click', (event) => { if (!double) now = take(event); });
  plot.on('plotly_doubleclick', undo);
  plot.on('plotly_deselect', undo); // with the lasso or the box
  plot.on('plotly_selected', take);
}

/** Frees what was drawn. */
export function erase(host: HTMLElement): void {
  void loading?.then((plotly) => plotly.purge(host));
}

/** Downloads the chart as it stands: PNG at three times the pixels, or SVG. */
export async function save(host: HTMLElement, format: 'png' | 'svg', filename: string): Promise<void> {
  const plotly = await load();
  const { width, height } = host.getBoundingClientRect();
  await plotly.downloadImage(host, { format, filename, width, height, scale: format === 'png' ? 3 : 1 });
}
