/** The frame of the page: what is open, the views, and beside them what was found and the settings. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { formatInteger, formatSeconds } from '../index.ts';
import { DropArea } from './files.tsx';
import { Keep } from './keep.tsx';
import { later } from './later.tsx';
import { addressOf } from './link.ts';
import { look } from './look.ts';
import { Results, secondsOf } from './results.tsx';
import type { Setting } from './setting.ts';
import { Settings } from './settings.tsx';
import { ShownGroup } from './shown-group.tsx';
import { takeFile } from './sources.ts';
import * as state from './state.ts';
import type { Trouble } from './trouble.ts';
import { CertaintyView } from './views/certainty.tsx';
import { CheckView } from './views/check.tsx';
import { DataView } from './views/data.tsx';
import { FitView } from './views/fit.tsx';
import { SimulateView } from './views/simulate.tsx';

const VIEWS: Readonly<Record<state.View, { readonly title: string; readonly view: () => ComponentChildren }>> = {
  fit: { title: 'Law', view: FitView },
  data: { title: 'Data', view: DataView },
  check: { title: 'Residuals', view: CheckView },
  certainty: { title: 'Certainty', view: CertaintyView },
  plan: { title: 'Plan', view: later(async () => (await import('./views/plan.tsx')).PlanView) },
  approaches: { title: 'Approaches', view: later(async () => (await import('./views/approaches.tsx')).ApproachesView) },
  laws: { title: 'Laws', view: later(async () => (await import('./views/laws.tsx')).LawsView) },
  simulate: { title: 'Simulate', view: SimulateView },
  paper: { title: 'Paper', view: later(async () => (await import('./views/paper.tsx')).PaperView) },
  bench: { title: 'Benchmark', view: later(async () => (await import('./views/bench.tsx')).BenchView) },
};

export function App() {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => { // on a narrow screen the links scroll: the one of the view is seen
    const link = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (nav.current && link) nav.current.scrollLeft = link.offsetLeft - nav.current.offsetLeft - nav.current.clientWidth / 3;
  }, [state.view.value]);
  const { view: View } = VIEWS[state.view.value];
  return (
    <DropArea class="page" take={takeFile}>
      <header>
        <h1>isoloss</h1>
        <p class="pitch">Fits neural scaling laws in your browser, on your GPU. No data leaves this tab.</p>
        <Keep />
      </header>
      <Status />
      <nav aria-label="Views" ref={nav}>
        {state.VIEWS.map((name) => (
          <a key={name} href={addressOf(new Map([[state.view as Setting<never>, name]]))} aria-current={state.view.value === name ? 'page' : undefined}
            onClick={(event) => { if (event.ctrlKey || event.metaKey || event.shiftKey) return; event.preventDefault(); state.view.value = name; }}>
            {VIEWS[name].title}
          </a>
        ))}
      </nav>
      <ShownGroup />
      <div class="lab">
        <main id="view" data-view={state.view.value}><View /></main>
        <aside aria-label="Fit" class="beside">
          <Results />
          <Settings />
        </aside>
      </div>
    </DropArea>
  );
}

/** One line that says how things stand, and what went wrong. Troubles that belong to a field or a view stand there. */
function Status() {
  const { read, fit, address, page } = state.troubles.value;
  const troubles = [page, address, state.view.value === 'data' ? undefined : read, besideItsField(fit) ? undefined : fit].filter((trouble) => trouble !== undefined);
  return (
    <div class="status" role="region" aria-label="State">
      <p id="status" role="status">{sentence()}</p>
      {state.notice.value && <p id="notice" class="notice">{state.notice.value}</p>}
      {troubles.map(({ during, message }) => <p key={during} class="trouble" role="alert" data-trouble={during}>{message}</p>)}
    </div>
  );
}

/** The runs left out have no field among the settings, and on a narrow screen those are folded. */
function besideItsField(trouble: Trouble | undefined): boolean {
  const option = trouble?.place?.option;
  return option !== undefined && option !== 'exclude' && !look.value.compact;
}

function sentence(): string {
  const { value: found } = state.fitted;
  const { read, fit: unfitted, page } = state.troubles.value;
  if (state.opening.value && !page) return `Reading ${state.opening.value} …`;
  if (page ?? unfitted ?? (state.table.value ? undefined : read)) return 'Stopped.';
  if (state.origin.value === 'file' && !state.file.value) return `This link is about ${state.fileName.value || 'a table'}, which it does not hold: drop the file here.`;
  if (!found) return state.table.value ? 'Fitting …' : 'Reading …';
  const { points, backend, groups } = found.fit;
  return `Fitted ${formatInteger(points)} runs${groups ? ` of ${groups.names.length} groups` : ''} on the ${backend.name.toUpperCase()} (${backend.adapter}) in ${formatSeconds(secondsOf(found.fit))}.`;
}
