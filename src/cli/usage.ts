/** Mistakes in a command line. */

/** An argument that cannot be used. A message has the grammar of src/errors.ts. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** "Did you mean fit?" where a name is near, else `otherwise`. */
export function suggest(got: string, names: readonly string[], otherwise: string): string {
  const near = names.map((name) => ({ name, edits: edits(got.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits)[0];
  const letters = got.replace(/^-+/, '').length;
  return near && near.edits < letters && near.edits <= Math.max(1, letters / 3) ? `Did you mean ${near.name}?` : otherwise;
}

/** Letters to insert, delete, replace or swap with their neighbour to make b of a (optimal string alignment). */
function edits(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(cheapest(rows, row, a, b, i, j));
    rows.push(row);
  }
  return rows[a.length][b.length];
}

function cheapest(rows: readonly number[][], row: readonly number[], a: string, b: string, i: number, j: number): number {
  const above = rows[i - 1];
  const replace = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return Math.min(above[j] + 1, row[j - 1] + 1, replace, swapped ? rows[i - 2][j - 2] + 1 : Infinity);
}
