/** What a module imports, exports and counts with, read with Vite's own parser: no regular expression guesses at TypeScript. */
import { dirname, join } from 'node:path/posix';
import { parseSync } from 'vite';

export interface Import {
  /** A path from the root for a relative specifier, with any ?query removed; else the specifier itself. */
  target: string;
  /** `lazy`: import() or the URL of a worker. */
  kind: 'value' | 'type' | 'lazy';
}

export function importsOf(path: string, text: string): Import[] {
  const { staticImports, staticExports, dynamicImports } = parse(path, text);
  const found = (specifier: string, kind: Import['kind']) => ({ target: resolve(path, specifier), kind });
  const kindOf = (start: number, end: number) =>
    (/^(import|export)\s+type\b/.test(text.slice(start, end)) ? 'type' : 'value');
  return [
    ...staticImports.map(({ start, end, moduleRequest }) => found(moduleRequest.value, kindOf(start, end))),
    ...staticExports.flatMap(({ start, end, entries }) => {
      const from = entries[0]?.moduleRequest;
      return from ? [found(from.value, kindOf(start, end))] : [];
    }),
    ...dynamicImports.flatMap(({ moduleRequest: { start, end } }) => quoted(text.slice(start, end), 'lazy')),
    ...[...text.matchAll(/new URL\(\s*(['"][^'"]+['"]),\s*import\.meta\.url/g)].flatMap((m) => quoted(m[1]!, 'lazy')),
  ];

  function quoted(literal: string, kind: Import['kind']): Import[] {
    const specifier = /^(['"`])(.*)\1$/s.exec(literal)?.[2];
    return specifier ? [found(specifier, kind)] : [];
  }
}

export function hasDefaultExport(path: string, text: string): boolean {
  return parse(path, text).staticExports.some(({ entries }) =>
    entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default'));
}

/** Names that a module exports, types too, in order of the alphabet; `export *` is followed through `read`. */
export function exportedNames(path: string, read: (path: string) => string): string[] {
  const names = parse(path, read(path)).staticExports.flatMap(({ entries }) => entries.flatMap((entry) => {
    if (entry.exportName.name !== null) return [entry.exportName.name];
    return entry.moduleRequest ? exportedNames(resolve(path, entry.moduleRequest.value), read) : ['default'];
  }));
  return [...new Set(names)].toSorted();
}

/** Number literals of a module, as they are written, in order. */
export function numbersIn(path: string, text: string): string[] {
  const found: string[] = [];
  JSON.stringify(parseSync(path, text).program, (_, node: unknown) => {
    if (isNumber(node)) found.push(text.slice(node.start, node.end));
    return typeof node === 'bigint' ? undefined : node;
  });
  return found;
}

function isNumber(node: unknown): node is { start: number; end: number } {
  const { type, value } = (node ?? {}) as { type?: unknown; value?: unknown };
  return type === 'Literal' && typeof value === 'number';
}

function parse(path: string, text: string) {
  const { module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  return module;
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.') ? join(dirname(from), specifier).replace(/\?.*$/, '') : specifier;
}
