/** What went wrong, as the page shows it: the message, and where its cause is on the page. */

export interface Trouble {
  readonly during: 'read' | 'fit' | 'landscape' | 'curves' | 'approaches' | 'simulate' | 'reproduce' | 'bench' | 'plan' | 'samples' | 'compare' | 'sensitivity' | 'multiplier' | 'second' | 'address' | 'page';
  readonly message: string;
  /** Line and column of the table, the role of a column, or the setting that caused it. */
  readonly place?: { readonly line?: number; readonly column?: string; readonly role?: string; readonly option?: string };
}

export function troubleOf(during: Trouble['during'], error: unknown): Trouble {
  if (!(error instanceof Error)) return { during, message: String(error) };
  const place = (error as { place?: Trouble['place'] }).place;
  return { during, message: error.message, ...(place && { place }) };
}
