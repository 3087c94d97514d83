/** A chart: a figure that follows the state, its downloads, and runs that can be left out by click or lasso. */
import { effect, signal, useSignal, useSignalEffect, type ReadonlySignal } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { chartTexts, type ChartName, type Figure } from '../index.ts';
import { fail } from './engine.ts';
import { look } from './look.ts';
import { draw, erase, onRuns, save } from './plot.ts';
import { busy, found, table, toggle, type Found } from './state.ts';

interface ChartProps {
  /** Of the downloaded files, and of the element. */
  readonly name: string;
  readonly title: string;
  /** Reads signals; undefined while there is nothing to draw. */
  readonly figure: () => Figure | undefined;
  /** What it shows, in words. */
  readonly children?: ComponentChildren;
  readonly tall?: boolean;
  /** One of many within a section: no landmark, and its title is that of the drawing. */
  readonly nested?: boolean;
}

/** A chart that the report has too, by its words there. */
export function FitChart({ name, children, ...rest }: Omit<ChartProps, 'title'> & { readonly name: ChartName }) {
  const { title, caption } = chartTexts[name];
  return <Chart key={name} name={name} title={title} {...rest}>{caption} {children}</Chart>;
}

/** Milliseconds between drawings while resamples stream in. */
const PACE = 700;
/** Milliseconds of a drawing that a page feels: a long task. */
const LONG = 50;
/** Milliseconds that a chart whose drawing is one waits for the resamples to be done, before it shows a new fit without them. */
const WAIT = 5000;
/** The fit has been there for so long. */
const late = signal(false);
effect(() => {
  late.value = false;
  const timer = found.value && setTimeout(() => { late.value = true; }, WAIT);
  return () => clearTimeout(timer);
});

export function Chart({ name, title, figure, children, tall = false, nested = false }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const pen = useRef(paced());
  const listening = useRef(false);
  const drawn = useRef('');
  const lasted = useRef(0);
  const shown = useRef<Found | undefined>(undefined);
  const visible = useVisible(host);
  useSignalEffect(() => {
    if (!host.current) return;
    const canWait = !visible.value || (lasted.current > LONG && (!late.value || found.value === shown.current));
    if (canWait && busy.value) return; // until the resamples are done
    shown.current = found.value;
    const made = figure();
    const content = made ? JSON.stringify(made) : '';
    if (content === drawn.current || (!made && busy.value)) return; // the next one may come
    drawn.current = content;
    const target = host.current;
    pen.current(busy.peek() ? PACE : 0, async () => {
      if (!made) {
        listening.current = false;
        return erase(target);
      }
      lasted.current = await draw(target, made, `${name} of ${table.peek()?.name}`);
      if (!listening.current && !look.peek().compact) onRuns(target, toggle);
      listening.current = true;
    });
  });
  useEffect(() => {
    const target = host.current;
    const { current: draws } = pen;
    return () => { if (target) draws(0, async () => erase(target)); }; // after a drawing that is under way, which would fail
  }, []);
  const Panel = nested ? 'div' : 'section';
  return (
    <Panel class="chart-panel" role={nested ? 'group' : undefined} aria-label={title}>
      {!nested && <h2>{title}</h2>}
      <div id={`chart-${name}`} class="chart" data-tall={tall} ref={host} />
      <div class="below-chart">
        <p>{children}</p>
        <div class="buttons">
          {(['png', 'svg'] as const).map((format) => (
            <button key={format} type="button" aria-label={`Save ${title} as ${format.toUpperCase()}`}
              onClick={() => { if (host.current) save(host.current, format, `isoloss-${name}`).catch((error: unknown) => fail('page', error)); }}>
              {format.toUpperCase()}
            </button>
          ))}
        </div>
      </div>
    </Panel>
  );
}

/** Is it on the screen? */
function useVisible(host: RefObject<HTMLElement | null>): ReadonlySignal<boolean> {
  const visible = useSignal(false);
  useEffect(() => {
    const observer = new IntersectionObserver(([{ isIntersecting }]) => { visible.value = isIntersecting; });
    if (host.current) observer.observe(host.current);
    return () => observer.disconnect();
  }, []);
  return visible;
}

/** Draws one at a time and the latest only; the first at once, the others no sooner than `wait` after the one before. */
function paced() {
  let next: (() => Promise<void>) | undefined;
  let running = false;
  let last = -Infinity;
  return (wait: number, work: () => Promise<void>) => {
    next = work;
    if (running) return;
    running = true;
    void (async () => {
      while (next) {
        const pause = last + wait - performance.now();
        if (pause > 0) await new Promise((resolve) => { setTimeout(resolve, pause); });
        const mine = next;
        next = undefined;
        await mine().catch((error: unknown) => fail('page', error));
        last = performance.now();
      }
      running = false;
    })();
  };
}
