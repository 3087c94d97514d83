/** Every row that takes one value of each axis, the last one changing first. */
export function rowsOver(axes: readonly (readonly number[])[]): number[][] {
  return axes.reduce<number[][]>((rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])), [[]]);
}
