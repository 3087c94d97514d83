/**
 * Given resamples: how often each run of the table occurs in each, [resamples][runs]. Raw bytes, one a count, or text:
 * a line for each resample, counts apart by commas, semicolons or space.
 */
import { InputError } from '../errors.ts';
import { readBytes } from './source.ts';

/**
 * Counts of a file, `runs` in each row.
 * @throws InputError where the file cannot be read or does not hold such rows.
 */
export async function readCounts(path: string, runs: number, signal: AbortSignal): Promise<ArrayLike<number>> {
  const bytes = await readBytes(path, 'a file of counts', signal);
  const counts = isText(bytes) ? readLines(new TextDecoder().decode(bytes), path, runs) : checkBytes(bytes, path, runs);
  if (counts.length >= 2 * runs) return counts;
  const got = counts.length === 0 ? 'none' : 'one';
  throw new InputError(`${path}: expected at least two rows of counts, one for each resample, got ${got}. ` +
    'A spread needs several.');
}

/** Text has none of the bytes 0 to 8; rows of small counts are full of them. */
function isText(bytes: Uint8Array): boolean {
  return !bytes.some((byte) => byte < 9);
}

function checkBytes(bytes: Uint8Array, path: string, runs: number): Uint8Array {
  if (bytes.length % runs === 0) return bytes;
  throw new InputError(`${path}: expected ${runs} bytes for each resample, one for each run of the table, ` +
    `got ${bytes.length} bytes in all. Count the runs that the filters leave out too.`);
}

function readLines(text: string, path: string, runs: number): number[] {
  const counts: number[] = [];
  text.replace(/^\uFEFF/, '').split(/\r?\n/).forEach((line, index) => {
    const cells = line.split(/\s*[,;]\s*|\s+/).filter((cell) => cell !== '');
    if (cells.length > 0) counts.push(...readLine(cells, `${path}, line ${index + 1}`, runs));
  });
  return counts;
}

function readLine(cells: readonly string[], place: string, runs: number): number[] {
  cells.forEach((cell, index) => {
    if (/^\+?\d{1,9}$/.test(cell)) return;
    throw new InputError(`${place}, count ${index + 1}: expected a whole number from 0 on, ` +
      `got "${cell.slice(0, 60)}". ` +
      'A count says how often a run occurs in the resample.');
  });
  if (cells.length === runs) return cells.map(Number);
  throw new InputError(`${place}: expected ${runs} counts, one for each run of the table, got ${cells.length}. ` +
    'Count the runs that the filters leave out too.');
}
