/** Tables and lists of a report. A table scrolls by itself where the screen is narrow, by keyboard too. */
import { html, type Content, type Html } from './html.ts';

export interface Column {
  readonly title: Content;
  /** Words stand at the left, numbers at the right. Default: numbers. */
  readonly words?: boolean;
  /** One a row; those of the first column that are not empty head their rows. */
  readonly cells: readonly Content[];
}

export interface TableOptions {
  /** Columns of words are broken into lines where they are long. */
  readonly wraps?: boolean;
  /** What stands above some of the rows, by their place. */
  readonly above?: ReadonlyMap<number, Content>;
}

/** `label`: what the table is, for those who do not see it. */
export function tableHtml(label: string, columns: readonly Column[], { wraps = false, above = new Map() }: TableOptions = {}): Html {
  const rows = columns[0].cells.map((_, row) => html`${headingOf(above.get(row), columns.length)}\
<tr>${columns.map(({ words, cells }, k) => cell(k === 0 && cells[row] !== '', words, cells[row]))}</tr>\n`);
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table${wraps ? html` class="wraps"` : undefined}>
<thead><tr>${columns.map(({ title, words }) => html`<th scope="col"${side(words)}>${title}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>`;
}

function headingOf(content: Content, columns: number): Html | undefined {
  return content === undefined ? undefined : html`<tr><th class="words heading" colspan="${columns}">${content}</th></tr>\n`;
}

function cell(heads: boolean, words: boolean | undefined, content: Content): Html {
  return heads ? html`<th scope="row"${side(words)}>${content}</th>` : html`<td${side(words)}>${content}</td>`;
}

function side(words = false): Html | undefined {
  return words ? html` class="words"` : undefined;
}

/** A value, and below it how sure it is. */
export function withInterval(value: Content, interval: Content): Html {
  return html`${value}${interval === undefined ? undefined : html`<span class="interval">${interval}</span>`}`;
}

export type Fact = readonly [name: string, value: Content, comment?: string];

/** What is known, by name; a comment says what a value means. */
export function factsHtml(facts: readonly Fact[]): Html {
  return html`<dl>
${facts.map(([name, value, comment]) => html`<div><dt>${name}</dt><dd>${value}${comment === undefined ? undefined : html` <small>${comment}</small>`}</dd></div>\n`)}</dl>`;
}
