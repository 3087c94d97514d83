/** Sections of the plan that fold: while one is folded nothing of it is computed. */
import type { ComponentChildren } from 'preact';
import { devices, formatNumber } from '../../index.ts';
import { Chart } from '../chart.tsx';
import { answersOf } from '../plan-state.ts';
import { unfolded, type Part } from '../plan-settings.ts';

type Answers = NonNullable<ReturnType<typeof answersOf>>;
type Plans = NonNullable<Answers['plans']>;

/** A chart of many panels, which is taller. */
const PANELS = 'emergence';

/** `fields` stand above the answers, which `answers` makes of the plans, once they are there. */
export function PlanPart({ part, title, about, fields, answers }: {
  readonly part: Part;
  readonly title: string;
  readonly about: string;
  readonly fields: ComponentChildren;
  readonly answers: (plans: Plans, request: Answers['request']) => ComponentChildren;
}) {
  const open = unfolded.value.includes(part);
  const now = open ? answersOf(part) : undefined;
  return (
    <Fold part={part} title={title} about={about}>
      {open && fields}
      {now?.problem !== undefined && <p class="problem" role="alert">{now.problem}</p>}
      {now?.plans && answers(now.plans, now.request)}
      {now?.charts?.map(({ name, title: called, caption }) => (
        <Chart key={name} nested tall={name === PANELS} name={name} title={called} figure={() => answersOf(part)?.charts?.find((chart) => chart.name === name)?.figure}>{caption}</Chart>
      ))}
    </Fold>
  );
}

/** `part`: by which the address knows it. */
export function Fold({ part, title, about, children }: {
  readonly part: string;
  readonly title: string;
  readonly about: string;
  readonly children: ComponentChildren;
}) {
  return (
    <details class="reproduction plan-part" open={unfolded.value.includes(part)} data-part={part} onToggle={({ currentTarget }) => unfold(part, currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
        <span class="hint">{about}</span>
      </summary>
      {children}
    </details>
  );
}

function unfold(part: string, open: boolean): void {
  const others = unfolded.value.filter((one) => one !== part);
  if (open !== unfolded.value.includes(part)) unfolded.value = open ? [...others, part] : others;
}

/** Of a choice of devices; the last is another one, by its peak rate. */
export const machineChoices = [...devices.map(({ id, name }) => [id, name] as const), ['rate', 'Another, by its peak rate'] as const];

/** "989.4 TFLOP/s dense; NVIDIA H100 architecture white paper" */
export function machineHint(id: string): string {
  const device = devices.find((one) => one.id === id);
  return device ? `${teraflops(device.peakFlops)} TFLOP/s dense; ${device.source}` : '';
}

export function machineName(id: string): string {
  return devices.find((one) => one.id === id)?.name ?? 'another device';
}

export function teraflops(peakFlops: number): string {
  return formatNumber(peakFlops / 1e12, 4);
}
