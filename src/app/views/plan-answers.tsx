/** Answers of a plan as tables: numbers with their intervals, and how far they are beyond the runs. */
import { useId } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { formatCount, formatInteger, formatNumber, formatShare, printedMinus, type Answer } from '../../index.ts';
import { look } from '../look.ts';
import { decimals, number, percent, power } from '../numbers.ts';
import { span } from '../results.tsx';
import { resampling } from '../state.ts';

/** A number by its id; `beyond`: by what factor it is beyond the runs. */
export interface Row {
  readonly id: string;
  readonly label: ComponentChildren;
  readonly answer: Answer;
  readonly write: (value: number) => string;
  readonly beyond?: number | undefined;
}

/** A number a row. Columns that say nothing are left out; on a narrow screen there is one, with all that is said of a number. */
export function AnswersTable({ title, rows, quiet = false }: { readonly title: string; readonly rows: readonly Row[]; readonly quiet?: boolean }) {
  const { compact } = look.value;
  const has = (what: (row: Row) => boolean) => rows.some(what);
  const spread = has(({ answer }) => answer.interval !== undefined);
  const far = has(({ beyond = 1 }) => beyond > 1);
  const without = has(({ answer: { unanswered = 0 } }) => unanswered > 0);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={title}>
      {!quiet && <h3>{title}</h3>}
      <table class={compact ? 'answers stacked' : 'answers'}>
        <thead>
          <tr>
            <th scope="col"><span class="unseen">Quantity</span></th><th scope="col">{compact && spread ? `Value, ${intervalTitle()}` : 'Value'}</th>
            {!compact && spread && <th scope="col">{intervalTitle()}</th>}
            {!compact && far && <th scope="col">Beyond the runs</th>}
            {!compact && without && <th scope="col">Without</th>}
          </tr>
        </thead>
        <tbody>{rows.map((row) => (compact ? <Stacked key={row.id} {...row} /> : <InColumns key={row.id} row={row} spread={spread} far={far} without={without} />))}</tbody>
      </table>
      {without && <p class="hint">Without: the share of the resamples that have no such number.</p>}
    </div>
  );
}

function InColumns({ row: { id, label, answer, write, beyond }, spread, far, without }: {
  readonly row: Row;
  readonly spread: boolean;
  readonly far: boolean;
  readonly without: boolean;
}) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td data-plan={id}>{shown(answer.value, write)}</td>
      {spread && <td data-plan-interval={id} class="interval">{intervalOf(answer, write)}</td>}
      {far && <td data-plan-beyond={id}>{factor(beyond)}</td>}
      {without && <td>{answer.unanswered ? formatShare(answer.unanswered, 1) : ''}</td>}
    </tr>
  );
}

function Stacked({ id, label, answer, write, beyond }: Row) {
  const far = factor(beyond);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <span data-plan={id}>{shown(answer.value, write)}</span>
        <span data-plan-interval={id} class="interval">{intervalOf(answer, write)}</span>
        {far && <span class="interval">{far} beyond the runs</span>}
        {answer.unanswered ? <span class="interval">{formatShare(answer.unanswered, 1)} without</span> : null}
      </td>
    </tr>
  );
}

/** A column of `ModelsTable`; `under`: on a narrow screen it stands under the name of the model. */
export interface ModelColumn<T> {
  readonly id: string;
  readonly title: string;
  readonly answer: (model: T) => Answer;
  readonly write: (value: number) => string;
  readonly under?: true;
}

interface ModelsProps<T> {
  readonly models: readonly T[];
  readonly name: readonly [title: string, of: (model: T) => ComponentChildren];
  readonly columns: readonly ModelColumn<T>[];
  readonly beyond?: (model: T) => number | undefined;
}

/** A model a row, each number above its interval; on a narrow screen a block each, but `inRows` where the columns are few. */
export function ModelsTable<T>({ title, inRows = false, ...models }: ModelsProps<T> & { readonly title: string; readonly inRows?: boolean }) {
  const id = useId();
  const stacked = look.value.compact && !inRows;
  return (
    <>
      <h3 id={id}>{title}</h3>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby={id}>
        <table class={stacked ? 'figures models stacked' : 'figures models'}>{stacked ? <ModelBlocks {...models} /> : <ModelRows {...models} />}</table>
      </div>
    </>
  );
}

function ModelRows<T>({ models, name, columns, beyond }: ModelsProps<T>) {
  const far = beyond && models.some((model) => (beyond(model) ?? 1) > 1);
  return (
    <>
      <thead><tr><th scope="col">{name[0]}</th>{columns.map((column) => <th key={column.id} scope="col">{column.title}</th>)}{far && <th scope="col">Beyond the runs</th>}</tr></thead>
      <tbody>
        {models.map((model, k) => (
          <tr key={k} data-model={k}>
            <th scope="row">{name[1](model)}</th>
            {columns.map((column) => <ModelCell key={column.id} column={column} answer={column.answer(model)} />)}
            {far && <td>{factor(beyond(model))}</td>}
          </tr>
        ))}
      </tbody>
    </>
  );
}

function ModelBlocks<T>({ models, name, columns, beyond }: ModelsProps<T>) {
  const under = columns.filter((column) => column.under);
  return (
    <>
      {models.map((model, k) => {
        const far = factor(beyond?.(model));
        return (
          <tbody key={k} data-model={k}>
            <tr class="head">
              <th scope="rowgroup" colSpan={2}>
                {name[1](model)}
                <span class="interval">
                  {under.map((column, place) => <span key={column.id}>{place > 0 && ', '}{column.title} <span data-figure={column.id}>{shown(column.answer(model).value, column.write)}</span></span>)}
                  {far && `${under.length > 0 ? '; ' : ''}${far} beyond the runs`}
                </span>
              </th>
            </tr>
            {columns.filter((column) => !column.under).map((column) => (
              <tr key={column.id}><th scope="row">{column.title}</th><ModelCell column={column} answer={column.answer(model)} /></tr>
            ))}
          </tbody>
        );
      })}
    </>
  );
}

function ModelCell<T>({ column: { id, write }, answer }: { readonly column: ModelColumn<T>; readonly answer: Answer }) {
  return (
    <td>
      <span data-figure={id}>{shown(answer.value, write)}</span>
      {answer.interval && <span class="interval" data-figure-interval={id}>{intervalOf(answer, write)}</span>}
    </td>
  );
}

function intervalTitle(): string {
  const bootstrap = resampling.value?.bootstrap;
  return bootstrap ? `${percent(bootstrap.confidence)} interval` : 'Interval';
}

function shown(value: number, write: (value: number) => string): string {
  return Number.isFinite(value) ? write(value) : '–';
}

/** Nothing for what is alike in every resample but for rounding: a number that was asked for. */
function intervalOf({ interval }: Answer, write: (value: number) => string): string {
  if (!interval || interval[1] - interval[0] <= 1e-12 * Math.abs(interval[1])) return '';
  if (write === asShare && Number.isFinite(interval[0] + interval[1])) return `${percents(interval[0])} to ${percents(interval[1])} %`;
  return span(interval, write);
}

function factor(beyond: number | undefined): string {
  return beyond !== undefined && beyond > 1 ? `${formatNumber(beyond, 2)}×` : '';
}

/** The larger of the factors in N and in D. */
export function farthest({ N = 1, D = 1 }: { readonly N?: number; readonly D?: number }): number {
  return Math.max(N, D);
}

export const given = (value: number): Answer => ({ value });

export const asCount = (value: number) => (value < 1e15 ? formatCount(value) : power(value, 3));
export const asRatio = (value: number) => number(value, 3);
export const asLoss = (value: number) => decimals(value, 4);
/** Three digits of what may be next to nothing. */
export const asSmall = (value: number) => number(value, 3);
export const asFlops = (value: number) => power(value, 3);
/** Two digits: "0.52 %". */
export const asShare = (value: number) => `${percents(value)} %`;

function percents(share: number): string {
  return printedMinus(formatNumber(100 * share, 2));
}

/** Whole numbers; powers of ten where those would be long, or nothing. */
export function asAmount(value: number): string {
  return value >= 0.5 && value < 1e15 ? formatInteger(Math.round(value)) : number(value, 3);
}

/** Three digits above ten thousand: a money or an energy that comes of an interval. */
export function asRough(value: number): string {
  return asAmount(value < 1e4 ? value : Number(value.toPrecision(3)));
}
