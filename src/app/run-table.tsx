/** Every run with a switch that leaves it out; only the rows that can be seen exist, so that 100,000 are as light as 100. */
import { computed, effect, signal, useComputed } from '@preact/signals';
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, type VirtualizerOptions } from '@tanstack/virtual-core';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { filterSweep, formatInteger, InputError, predictLoss, runAt, type Sweep } from '../index.ts';
import { fitsOfRuns, lossesOfRuns } from './groups.ts';
import { count, decimals, number } from './numbers.ts';
import { excluded, fitted as made, table, toggle } from './state.ts';
import { painted } from './turns.ts';

/** Pixels; style.css gives the rows the same. */
const ROW = 30;

interface Column {
  readonly title: string;
  readonly value: (sweep: Sweep, i: number) => number;
  readonly write: (value: number) => string;
}

/** The fit; of runs left out a frame later, which then shows what was found without the table's cells. */
const fitted = signal(made.peek());
effect(() => { void follow(made.value); });

async function follow(now: typeof fitted.value): Promise<void> {
  if (now?.isNear) await painted();
  if (made.peek() === now) fitted.value = now;
}

/** Of the law on the screen, of each run of its table: only where that is what they are sorted by. */
const predicted = computed(() => lossesOfRuns(fitted.value!));
const fitOf = computed(() => fitsOfRuns(fitted.value!));
/** By the law of its group where there are any; NaN where there is no law of this table. */
function lossOf({ columns, lines }: Sweep, i: number): number {
  if (fitted.value?.sweep.lines !== lines) return NaN;
  const fit = fitOf.value(i);
  if (!fit || !Object.values(fit.params).every(Number.isFinite)) return NaN;
  return order.value.column >= OF_LAW ? predicted.value[i] : predictLoss(fit.law, fit.params, runAt(columns, i));
}

const loss = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(4));

const COLUMNS: readonly Column[] = [
  { title: 'Line', value: ({ lines }, i) => lines[i], write: String },
  { title: 'N', value: ({ columns: { N } }, i) => N[i], write: count },
  { title: 'D', value: ({ columns: { D } }, i) => D[i], write: count },
  { title: 'C, FLOPs', value: ({ columns: { C } }, i) => C[i], write: (value) => number(value, 3) },
  { title: 'D/N', value: ({ columns: { N, D } }, i) => D[i] / N[i], write: (value) => number(value, 3) },
  { title: 'Loss', value: ({ loss: losses }, i) => losses[i], write: loss },
  { title: 'Law', value: lossOf, write: loss },
  { title: 'Residual, %', value: (sweep, i) => 100 * Math.log(sweep.loss[i] / lossOf(sweep, i)), write: (value) => decimals(value, 2) },
];

/** Those, and which group each run is of. */
const columnsShown = computed((): readonly Column[] => {
  const groups = fitted.value?.fit.groups;
  if (!groups) return COLUMNS;
  return [...COLUMNS, { title: groups.column, value: ({ extra }, i) => groups.names.indexOf(String(extra?.[groups.column]?.[i])), write: (k) => groups.names[k] ?? '–' }];
});

/** The first of the columns that the law has a part in. */
const OF_LAW = COLUMNS.findIndex(({ title }) => title === 'Law');

/** By which column, and whether the other way round. */
const order = signal<{ readonly column: number; readonly falling: boolean }>({ column: 0, falling: false });
const filter = signal('');
/** The row whose switch Tab comes to; from there arrows go up and down. A Tab for each of 100,000 would have no end. */
const current = signal(0);

function rowsOf({ lines }: Sweep): Int32Array {
  return lines.map((_, i) => i);
}

/** What the filter leaves, as indices, or what is wrong with it. */
const chosen = computed((): { readonly of?: Sweep; readonly rows: Int32Array; readonly problem?: string } => {
  const sweep = fitted.value?.sweep;
  if (!sweep) return { rows: new Int32Array(0) };
  const all = rowsOf(sweep);
  if (filter.value.trim() === '') return { of: sweep, rows: all };
  try {
    const kept = new Set(filterSweep(sweep, { where: filter.value.split(';').map((text) => text.trim()).filter(Boolean) }).lines);
    return { of: sweep, rows: all.filter((i) => kept.has(sweep.lines[i])) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { of: sweep, rows: all, problem: error.message };
  }
});

export function RunTable({ sweep }: { readonly sweep: Sweep }) {
  const rows = useComputed(() => {
    const { of = table.value ?? sweep, rows: filtered } = chosen.value;
    return sorted(of, chosen.value.of ? filtered : rowsOf(of));
  }).value;
  const out = new Set(excluded.value);
  const marked = fitted.value?.sweep ?? sweep;
  const { value: columns } = columnsShown;
  const { scroller, items, total, scrolled } = useVirtualRows(rows.length);
  const tabbed = seenOf(items, scrolled);
  const cells = useCells(marked, columns);
  const [before, after] = [items[0]?.start ?? 0, total - (items.at(-1)?.end ?? 0)];
  const shownOut = rows.length <= 5000 && rows.length > 0 && Array.from(rows).every((i) => out.has(marked.lines[i]));
  return (
    <section aria-labelledby="runs-heading" id="runs">
      <h2 id="runs-heading">Runs</h2>
      <div class="way">
        <div class="field">
          <label for="run-filter">Show only</label>
          <input id="run-filter" type="text" spellcheck={false} placeholder="C<1e21; D/N>=5" defaultValue={filter.value} aria-describedby="run-filter-more"
            aria-invalid={chosen.value.problem !== undefined} onChange={(event) => { filter.value = event.currentTarget.value; }} />
          <p id="run-filter-more" class={chosen.value.problem ? 'problem' : 'hint'}>{chosen.value.problem ?? `${formatInteger(rows.length)} of ${formatInteger(sweep.lines.length)} runs; ${formatInteger(out.size)} left out by hand`}</p>
        </div>
        <div class="buttons">
          <button type="button" disabled={rows.length === 0 || rows.length === sweep.lines.length} onClick={() => toggle(Array.from(rows, (i) => marked.lines[i]))}>{shownOut ? 'Take these in' : 'Leave these out'}</button>
          <button type="button" disabled={out.size === 0} onClick={() => { excluded.value = []; }}>Take all back in</button>
        </div>
      </div>
      <div class="runs" ref={scroller} tabIndex={0} role="region" aria-label="Table of runs" aria-describedby="runs-keys" onKeyDown={moveSwitch}>
        <p id="runs-keys" class="unseen">Arrow keys go from run to run, the space bar leaves one out.</p>
        <table aria-rowcount={rows.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">In</th>
              {columns.map(({ title }, k) => <Heading key={k} title={title} column={k} />)}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden="true"><td colSpan={columns.length + 1} style={{ height: `${before}px` }} /></tr>}
            {items.map(({ index }) => {
              const i = rows[index];
              const line = marked.lines[i];
              return (
                <tr key={line} aria-rowindex={index + 2} class={marked.weight[i] > 0 ? '' : 'idle'}>
                  <td><input type="checkbox" tabIndex={index === tabbed ? 0 : -1} onFocus={() => { current.value = index; }} aria-label={`Line ${line} in the fit`} checked={!out.has(line)} onChange={() => toggle([line])} /></td>
                  {cells(i)}
                </tr>
              );
            })}
            {after > 0 && <tr aria-hidden="true"><td colSpan={columns.length + 1} style={{ height: `${after}px` }} /></tr>}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What a run has in each column: the same elements while runs, law and columns are the same, so that they are not drawn anew. Of the rows on the screen. */
function useCells(sweep: Sweep, columns: readonly Column[]): (i: number) => VNode[] {
  const before = useRef<{ readonly of: readonly unknown[]; readonly made: ReadonlyMap<number, VNode[]> }>({ of: [], made: new Map() });
  const of = [sweep, columns, fitted.value];
  const there = of.every((each, k) => each === before.current.of[k]) ? before.current.made : new Map<number, VNode[]>();
  const made = new Map<number, VNode[]>();
  before.current = { of, made };
  return (i) => {
    const cells = there.get(i) ?? columns.map(({ value, write }, k) => <td key={k}>{write(value(sweep, i))}</td>);
    made.set(i, cells);
    return cells;
  };
}

/** The row of `current` where it exists; else the first that is seen. */
function seenOf(items: readonly { readonly index: number }[], scrolled: number): number | undefined {
  const first = Math.ceil(scrolled / ROW);
  return (items.find(({ index }) => index === current.value) ?? items.find(({ index }) => index >= first) ?? items[0])?.index;
}

/** To the switch above or below: the rows beside those that are seen exist. */
function moveSwitch(event: KeyboardEvent): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const row = (event.target as HTMLElement).closest('td')?.parentElement;
  if (step === undefined || !row) return;
  event.preventDefault();
  row.parentElement!.querySelector<HTMLElement>(`[aria-rowindex="${Number(row.getAttribute('aria-rowindex')) + step}"] input`)?.focus();
}

function Heading({ title, column }: { readonly title: string; readonly column: number }) {
  const { value: now } = order;
  const mine = now.column === column;
  return (
    <th scope="col" aria-sort={mine ? (now.falling ? 'descending' : 'ascending') : undefined}>
      <button type="button" class="plain" onClick={() => { order.value = { column, falling: mine && !now.falling }; }}>
        {title}{mine ? (now.falling ? ' ↓' : ' ↑') : ''}
      </button>
    </th>
  );
}

/** What has no number comes last. The table itself is in the order of its lines. */
function sorted(sweep: Sweep, rows: Int32Array): Int32Array {
  const { column, falling } = order.value;
  const { value } = columnsShown.value[column] ?? COLUMNS[0];
  if (column === 0) return falling ? rows.toReversed() : rows;
  const keys = new Float64Array(sweep.lines.length);
  for (const i of rows) {
    const key = value(sweep, i) * (falling ? -1 : 1);
    keys[i] = Number.isNaN(key) ? Infinity : key;
  }
  return rows.toSorted((p, q) => keys[p] - keys[q] || p - q);
}

/** The rows that can be seen, and some about them. */
function useVirtualRows(count: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [, draw] = useState(0);
  const options: VirtualizerOptions<HTMLDivElement, Element> = {
    count, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8,
    observeElementRect, observeElementOffset, scrollToFn: elementScroll,
    onChange: () => draw((turn) => turn + 1),
  };
  const [virtualizer] = useState(() => new Virtualizer(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  return { scroller, items: virtualizer.getVirtualItems(), total: virtualizer.getTotalSize(), scrolled: virtualizer.scrollOffset ?? 0 };
}
