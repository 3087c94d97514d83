/** Values as JSON can hold them: it has no Infinity and no NaN, so a number that is not finite is null. */

export type Jsonable<T> = T extends number ? number | null : { readonly [K in keyof T]: Jsonable<T[K]> };

/** What is undefined is left out. */
export function jsonable<T>(value: T): Jsonable<T>;
export function jsonable(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => jsonable(item));
  return Object.fromEntries(Object.entries(value).flatMap(([name, item]) => (item === undefined ? [] : [[name, jsonable(item)]])));
}
