/** Does it reproduce Chinchilla? Every published number beside ours, paper by paper; some need data that the user gives. */
import { useEffect } from 'preact/hooks';
import { countVerdicts, formatVerdicts, htmlReproductions, reproductionsJson } from '../../index.ts';
import { TextField } from '../controls.tsx';
import { fail } from '../engine.ts';
import { inOrder, list, listed, pace, reproduce, reproduced, running, stopped, stopReproducing } from '../paper-state.ts';
import type { Listed } from '../reproducing.ts';
import { paperReplicates, reproducing, troubles, unfolded } from '../state.ts';
import { PaperData } from './paper-data.tsx';
import { ReproductionResults } from './paper-results.tsx';
import { Files } from './result-files.tsx';

export function PaperView() {
  useEffect(() => { list().catch((error: unknown) => fail('reproduce', error)); }, []);
  const { value: all } = listed;
  const unknown = all && unfolded.value.filter((id) => !all.some((one) => one.id === id));
  return (
    <>
      <section aria-labelledby="paper-heading">
        <h2 id="paper-heading">The paper, reproduced</h2>
        <p class="remark">
          Each number that Hoffmann et al. 2022 and papers about it have published, beside what isoloss computes; where they differ, why.
          No published number is an input to what it is compared with.
        </p>
        <div class="fields">
          <TextField label="Replicates" of={paperReplicates} option="replicates" suggestions={['200', '1000', '4000']} hint="resamples of a bootstrap, sweeps of a simulation" />
        </div>
        <RunAll />
        <Totals />
        {unknown && unknown.length > 0 && <p class="notice">This link names {unknown.join(', ')}, which this isoloss does not have.</p>}
      </section>
      <PaperData />
      {all ? all.map((one) => <Entry key={one.id} {...one} />) : <p class="remark">Loading …</p>}
    </>
  );
}

/** One button that starts and stops, so that the focus stays where it is. */
function RunAll() {
  const { value: now } = running;
  return (
    <div class="run">
      <button type="button" class={now ? '' : 'main'} disabled={!listed.value} onClick={() => { void (now ? stopReproducing() : reproduce((listed.value ?? []).map(({ id }) => id))); }}>
        {now ? 'Stop' : 'Run all'}
      </button>
      {now && <progress aria-label="Reproductions" max={now.ids.length} value={now.k + (pace.value ? pace.value.done / pace.value.total : 0)} />}
      <p role="status">{outcome()}</p>
      {troubles.value.reproduce && <p class="trouble" role="alert" data-trouble="reproduce">{troubles.value.reproduce.message}</p>}
    </div>
  );
}

function outcome(): string {
  if (running.value) return `Running ${titleOf(running.value.ids[running.value.k])} …`;
  if (stopped.value) return `Stopped after ${stopped.value.done} of ${stopped.value.asked}.`;
  return '';
}

function titleOf(id: string | undefined): string {
  return listed.value?.find((one) => one.id === id)?.title ?? '';
}

/** Of all that has run, and files of it. */
function Totals() {
  const { value: results } = inOrder;
  if (results.length === 0) return null;
  return (
    <>
      <p><strong data-totals>{formatVerdicts(countVerdicts(results))}</strong> in {results.length} of {listed.value?.length}.</p>
      <Files name="isoloss-reproductions" json={() => reproductionsJson(results)} page={(plotly) => htmlReproductions({ reproductions: results, plotly })} />
    </>
  );
}

/** A reproduction, folded but for what came out. */
function Entry({ id, title, paper, needs }: Listed) {
  const open = unfolded.value.includes(id);
  const result = reproduced.value.get(id);
  return (
    <details class="reproduction" open={open} data-reproduction={id} onToggle={({ currentTarget }) => unfold(id, currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
        <span class="hint" data-outcome>{stateOf(id)}</span>
        <span class="hint paper">{paper}</span>
      </summary>
      {open && (
        <>
          <RunOne id={id} title={title} />
          {result && <ReproductionResults reproduction={result} />}
          {!result && needs.length > 0 && <p class="remark">Some of it needs data: {needs.join(', ')}. See above.</p>}
        </>
      )}
    </details>
  );
}

function unfold(id: string, open: boolean): void {
  const others = unfolded.value.filter((one) => one !== id);
  if (open !== unfolded.value.includes(id)) unfolded.value = open ? [...others, id] : others;
}

function stateOf(id: string): string {
  const { value: now } = running;
  const result = reproduced.value.get(id);
  if (now?.ids[now.k] === id) return 'running …';
  if (now && now.ids.indexOf(id) > now.k) return 'waits';
  return result ? formatVerdicts(countVerdicts([result])) : 'not run yet';
}

function RunOne({ id, title }: { readonly id: string; readonly title: string }) {
  const { value: now } = running;
  const mine = now?.ids[now.k] === id;
  const label = mine ? 'Stop' : reproduced.value.has(id) ? 'Run again' : 'Run';
  return (
    <div class="run">
      <button type="button" aria-label={`${label}: ${title}`} disabled={reproducing.value && !mine} onClick={() => { void (mine ? stopReproducing() : reproduce([id])); }}>{label}</button>
      {mine && <progress aria-label={`Progress of ${title}`} max={1} value={pace.value && pace.value.done / pace.value.total} />}
    </div>
  );
}
