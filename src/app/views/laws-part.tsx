/** What the parts of the view Laws share: a button that asks, what came out, what is not to be missed. */
import type { ComponentChildren } from 'preact';
import type { ReportFigure } from '../../index.ts';
import { Chart } from '../chart.tsx';
import type { Job } from '../laws-state.ts';
import { look } from '../look.ts';
import { lowered } from '../named.tsx';
import { prose } from '../numbers.ts';
import { table, troubles } from '../state.ts';

/** `fields`: options of the library that have a field, which shows what is wrong with them. `done`: a sentence once it is there. */
export function Ask<T>({ job, verb, ready = true, fields, done }: {
  readonly job: Job<T>;
  readonly verb: string;
  readonly ready?: boolean;
  readonly fields: readonly string[];
  readonly done: (result: T) => string;
}) {
  const running = job.running.value;
  const { value: now } = job.pace;
  const { value: result } = job.result;
  const trouble = troubles.value[job.kind];
  const said = running ? (result ? 'Computing anew …' : 'Computing …') : job.stopped.value ? 'Stopped: nothing was computed.' : result && !trouble ? done(result) : '';
  return (
    <div class="run" data-job={job.kind}>
      <button type="button" class={running ? '' : 'main'} disabled={!running && !(ready && table.value)} onClick={running ? job.stop : job.start}>{running ? 'Stop' : verb}</button>
      {running && <progress aria-label={verb} max={1} value={now && now.done / now.total} />}
      <p role="status">{said}{said !== '' && !running && job.outdated.value && ' The settings have changed since.'}</p>
      {trouble && !fields.includes(trouble.place?.option ?? '') && <p class="trouble" role="alert" data-trouble={job.kind}>{trouble.message}</p>}
    </div>
  );
}

/** What came out, of settings that may have changed since. */
export function Outcome<T>({ job, children }: { readonly job: Job<T>; readonly children: (result: T) => ComponentChildren }) {
  const { value: result } = job.result;
  return result === undefined ? null : <div class={job.outdated.value ? 'part outdated' : 'part'} data-outcome={job.kind}>{children(result)}</div>;
}

/** A text of the library, its numbers and symbols as the page writes them. */
export function Said({ text }: { readonly text: string }) {
  return <p data-said>{lowered(prose(text))}</p>;
}

export function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  return <>{[...new Set(warnings)].map((warning) => <p key={warning} class="problem" data-warning>{prose(warning)}</p>)}</>;
}

/** A table that scrolls where it is wider than its place. */
export function Numbers({ title, heads, children }: { readonly title: string; readonly heads: readonly ComponentChildren[]; readonly children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={title}>
      <table class="figures">
        <caption>{title}</caption>
        <thead><tr>{heads.map((head, k) => <th key={k} scope="col">{head}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Charts of what `figuresOf` finds now. */
export function Charts({ figuresOf }: { readonly figuresOf: () => readonly ReportFigure[] }) {
  return (
    <>
      {figuresOf().map(({ name, title, caption }) => (
        <Chart key={name} nested name={name} title={title} tall={look.value.compact} figure={() => figuresOf().find((one) => one.name === name)?.figure(look.value)}>{caption}</Chart>
      ))}
    </>
  );
}
