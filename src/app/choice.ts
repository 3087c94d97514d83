/** Which table is to be opened, before it is. */
import type { Source } from './opening.ts';

/** Epoch's runs, as digitised from the paper's figure, in the repository of Besiroglu et al. 2024. */
export const EPOCH = 'https://raw.githubusercontent.com/epoch-research/analyzing-chinchilla/HEAD/data/svg_extracted_data.csv';

/** A table to open: "replica", "epoch", "file" for what was dropped or pasted, or an address. */
export interface TableChoice {
  readonly origin: string;
  readonly name?: string;
  readonly file?: Blob | undefined;
}

/** As the state says it: "runs.csv", an address. */
export function nameOf({ origin, name }: TableChoice): string {
  if (origin === 'file') return name || 'the pasted table';
  return { replica: 'the bundled runs', epoch: EPOCH }[origin] ?? origin;
}

/** Nothing where a link was opened that came without its table. */
export function sourceOf({ origin, name, file }: TableChoice): Source | undefined {
  if (origin === 'replica') return { replica: true };
  if (origin === 'epoch') return { url: EPOCH, beside: location.href };
  if (origin !== 'file') return { url: origin, beside: location.href };
  return file && { file, name: name || 'pasted table' };
}
