/** HTML from a template in which every value is text: only what this file made, or `markup` vouched for, is HTML. */

/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template holds: texts and numbers are escaped, lists are joined, nothing is left out. */
export type Content = Html | string | number | undefined | readonly Content[];

/** html`<td>${name}</td>`; a value may also stand in an attribute within double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.reduce((before, string, k) => before + textOf(values[k - 1]) + string));
}

/** Text of ours that holds tags; never text of the data. */
export function markup(text: string): Html {
  return new Html(text);
}

function textOf(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return String(content).replaceAll(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}

/** JSON as it can stand in a script element, whatever its texts are: it holds no "<", and no line end of JavaScript's. */
export function jsonInScript(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<\u2028\u2029]/g, (letter) => `\\u${letter.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}

/** JavaScript as it can stand in a script element: what HTML would take for a tag is within texts and patterns, where it may be escaped. */
export function codeInScript(source: string): string {
  return source.replaceAll(/\r\n?/g, '\n').replaceAll(/<(?=!--|\/?script)/gi, String.raw`\x3C`);
}
