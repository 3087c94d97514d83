/** Mistakes in a command line. */

/** An argument that cannot be used. A message has the grammar of src/errors.ts. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** "isoloss fit --seed: expected …, got …. Remedy." */
export function refusal(where: string, expected: string, got: string, remedy: string): UsageError {
  return new UsageError(`${where}: expected ${expected}, got ${got}. ${remedy}`);
}

/** "Did you mean fit?" where a name is near, else `otherwise`. */
export function suggest(got: string, names: readonly string[], otherwise: string): string {
  const letters = got.replace(/^-+/, '').length;
  const [near] = names.map((name) => ({ name, edits: countEdits(got.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits);
  const isNear = near !== undefined && near.edits < letters && near.edits <= Math.max(1, letters / 3);
  return isNear ? `Did you mean ${near.name}?` : otherwise;
}

/** Letters to insert, delete, replace or swap with their neighbour to make b of a (optimal string alignment). */
function countEdits(a: string, b: string): number {
  const table = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    table.push([i]);
    for (let j = 1; j <= b.length; j++) table[i][j] = cheapest(table, a, b, i, j);
  }
  return table[a.length][b.length];
}

/** Edits that make the first j letters of b of the first i of a; `table` holds all shorter ones. */
function cheapest(table: readonly number[][], a: string, b: string, i: number, j: number): number {
  const replaced = table[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
  const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, replaced, isSwapped ? table[i - 2][j - 2] + 1 : Infinity);
}
