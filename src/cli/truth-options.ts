/** The law that a command is given instead of fitting one, as it is asked for. */
import { publishedTruth, publishedTruthIds } from '../paper/truths.ts';
import { parseTruth } from '../simulate/spec.ts';
import type { Truth } from '../types.ts';
import { suggest } from './usage.ts';
import { readBy, readFileName, refused } from './values.ts';

/** The file holds the JSON of a fit. */
export type TruthRequest = Truth | { readonly file: string };

/** "published:hoffmann", "fit:fit.json" or five numbers. */
export function readTruth(value: string, where: string): TruthRequest {
  const [, kind, rest = ''] = /^(published|fit):(.*)$/s.exec(value) ?? [];
  if (kind === 'published') return readPublished(rest, where);
  if (kind === 'fit') return { file: readFileName(rest, where, 'isoloss fit --json --out FILE writes one.') };
  if (/[,=]/.test(value)) return readBy(parseTruth)(value, where);
  const choices = [...publishedTruthIds, ...publishedTruthIds.map((id) => `published:${id}`)];
  const near = suggest(value, choices, '').replace(/(?<=Did you mean )(?!published:)/, 'published:');
  const otherwise = /\.json$/i.test(value) ? `Did you mean fit:${value}?` : `Published are ${publishedTruthIds.join(', ')}.`;
  throw refused(where, 'published:ID, fit:FILE or five numbers', value, near === '' ? otherwise : near);
}

function readPublished(id: string, where: string): Truth {
  if (publishedTruthIds.includes(id)) return publishedTruth(id);
  const remedy = suggest(id, publishedTruthIds, 'Take one of these.');
  throw refused(where, `published: and one of ${publishedTruthIds.join(', ')}`, `published:${id}`, remedy);
}
