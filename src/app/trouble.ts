/** What went wrong, as the page shows it: the message, and where its cause is on the page. */

export interface Trouble {
  readonly during: 'read' | 'fit' | 'landscape' | 'curves' | 'approaches' | 'simulate' | 'reproduce' | 'bench' | 'plan' | 'samples' | 'compare' | 'sensitivity' | 'multiplier' | 'second' | 'address' | 'page';
  readonly message: string;
  /** Line and column of the table, the role of a column, or the setting that caused it. */
  readonly place?: { readonly line?: number; readonly column?: string; readonly role?: string; readonly option?: string; readonly remedy?: string };
}

/** The message, with what is to be done on this page for what a program would be told. */
export function saidHere({ message, remedy = '' }: { readonly message: string; readonly remedy?: string | undefined }, here: string): string {
  return remedy !== '' && message.endsWith(remedy) ? message.slice(0, -remedy.length) + here : message;
}

/** Was it stopped, or replaced, on purpose? */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

export function troubleOf(during: Trouble['during'], error: unknown): Trouble {
  if (!(error instanceof Error)) return { during, message: String(error) };
  const place = (error as { place?: Trouble['place'] }).place;
  return { during, message: error.message, ...(place && { place }) };
}
