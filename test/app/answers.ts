/** Answers of a plan on the screen, and where they differ from the library's. */
import type { Page } from 'playwright';
import type { Answer } from '../../src/index.ts';
import { ends, half, read } from './screen.ts';

/** float64 in a browser and in Node: exp and log differ in the last bit, a descent ends within 1e-6 standard errors. */
const ROUNDING = 1e-5;

/** Percentages are shares. */
function numberOf(text: string): number {
  if (text.startsWith('−')) return -numberOf(text.slice(1));
  if (text.endsWith('×')) return Number(text.slice(0, -1));
  return text.endsWith(' %') ? Number(text.slice(0, -2)) / 100 : read(text.replace(/ \(.*/, ''));
}

function endsOf(text: string): readonly number[] {
  const unit = text.endsWith(' %') ? 0.01 : 1;
  const bare = text.replace(/ %$/, '');
  return (bare.includes('−') ? bare.split(' to ').map(numberOf) : [...ends(bare)]).map((end) => unit * end);
}

/** Where what is shown differs from an answer by more than its digits; empty where it does not. */
export function off(what: string, value: string, interval: string | undefined, answer: Answer, digits: number): string[] {
  const wrong = (got: number, want: number) => !(Math.abs(got - want) <= half(want, digits) + ROUNDING * Math.abs(want));
  return [
    ...(wrong(numberOf(value), answer.value) ? [`${what}: shows ${value}, want ${answer.value}`] : []),
    ...(interval ? endsOf(interval).flatMap((end, k) => (wrong(end, answer.interval![k]) ? [`${what}: shows ${interval}, want ${answer.interval!.join(' to ')}`] : [])) : []),
  ];
}

/** Of a part: the figures of each model, [model][figure]. */
export async function modelsOf(page: Page, part: string): Promise<Record<string, string>[]> {
  return page.locator(`[data-part="${part}"] [data-model]`).evaluateAll((rows) => rows.map((row) =>
    Object.fromEntries(['data-figure', 'data-figure-interval'].flatMap((name) => Array.from(row.querySelectorAll(`[${name}]`), (cell) =>
      [`${name === 'data-figure' ? '' : 'in '}${cell.getAttribute(name)}`, cell.textContent!])))));
}

export function offIn(shownOf: Record<string, string>, answers: Readonly<Record<string, Answer>>, digits: Readonly<Record<string, number>>): string[] {
  return Object.entries(digits).flatMap(([id, count]) => off(id, shownOf[id] ?? '', shownOf[`in ${id}`], answers[id], count));
}
