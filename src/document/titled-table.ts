/** Tables of src/report as HTML: each a section with its title, the table, and what is to be known to read it. */
import type { Column } from '../report/layout.ts';
import type { TitledTable } from '../report/titled-table.ts';
import { printedMinus } from '../units.ts';
import { html, type Html } from './html.ts';
import { powerHtml } from './numbers.ts';
import { sectionHtml } from './page.ts';
import { factsHtml, tableHtml, type Fact } from './tables.ts';

export function titledTableHtml({ title, columns, above = new Map(), notes = [] }: TitledTable): Html {
  const headings = new Map([...above].map(([row, text]) => [row, raisedHtml(text)]));
  return sectionHtml(raisedHtml(title), html`${columnsHtml(title, columns, headings)}
${notes.map((note) => html`<p class="note">${raisedHtml(note)}</p>\n`)}`);
}

/** A table of texts, whose first column names the rows; `above`: what stands above some of them, by their place. */
export function columnsHtml(label: string, columns: readonly Column[], above: ReadonlyMap<number, Html> = new Map()): Html {
  return tableHtml(label, columns.map(([alignment, title, cells], k) => ({
    title: title === '' ? (k === 0 ? 'What' : 'Value') : title,
    words: k === 0 || alignment === 'l',
    cells: cells.map((text) => text && raisedHtml(text)),
  })), { above });
}

/** Text in which 1e24 is 10²⁴, to all its digits; names of files stay as they are. */
export function raisedHtml(text: string): Html {
  const parts = printedMinus(text).split(/(?<![\w.])(\d(?:\.\d+)?e-?\d+)(?!\.?\w)/);
  return html`${parts.map((part, k) => (k % 2 === 1 ? powerHtml(Number(part), part.replaceAll(/\.|e.*/g, '').length) : part))}`;
}

/** Facts whose texts are raised so. */
export function raisedFactsHtml(facts: readonly (readonly [name: string, text: string])[], more: readonly Fact[] = []): Html {
  return factsHtml([...facts.map(([name, text]): Fact => [name, raisedHtml(text)]), ...more]);
}

/** One paragraph each. */
export function warningsHtml(warnings: readonly string[]): Html {
  return html`${warnings.map((text) => html`<p class="warning"><strong>Warning.</strong> ${raisedHtml(text)}</p>\n`)}`;
}
