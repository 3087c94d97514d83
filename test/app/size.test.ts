/** What a visitor waits for: the scripts that the built page asks for before it runs, compressed as a host sends them. */
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { DIST } from './lab.ts';

const MOST = 150_000;

/** Files that the page names, and those that they import before they run; not what they ask for later. */
function scriptsOf(html: string): string[] {
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const [, next] of readFileSync(join(DIST, path), 'utf8').matchAll(STATIC)) follow(normalize(join(dirname(path), next)));
  };
  for (const [, path] of html.matchAll(/<(?:script|link rel="modulepreload")[^>]*(?:src|href)="\.\/([^"]+\.js)"/g)) follow(path);
  return [...found];
}

/** `import … from "./x.js"` and `import "./x.js"`, minified or not. */
const STATIC = /(?:^|[;}\n])\s*(?:import|export)\s*(?:[^"'()]*?from\s*)?["'](\.{1,2}\/[^"']+)["']/g;

it('initial JavaScript is under 150 kB, and plotly no part of it', () => {
  const scripts = scriptsOf(readFileSync(join(DIST, 'index.html'), 'utf8'));
  const sizes = Object.fromEntries(scripts.map((path) => [path, gzipSync(readFileSync(join(DIST, path))).length]));
  const sum = Object.values(sizes).reduce((total, size) => total + size, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((path) => path.includes('plotly'))).toEqual([]);
  expect(sum, JSON.stringify(sizes)).toBeLessThan(MOST);
  expect(sum).toBeGreaterThan(20_000); // Preact and the lab: less would be a page whose scripts were not found
});

it('follows what scripts import, and not what they load later', () => {
  const text = 'import{a as e}from"./a.js";import"./b.js";export*from"../c.js";const f=()=>import("./d.js");';
  expect([...text.matchAll(STATIC)].map(([, path]) => path)).toEqual(['./a.js', './b.js', '../c.js']);
});
