/**
 * The rules of the tree, as pure functions: files in, breaches out.
 *
 * A file is a path from the root, with its text. Each breach is one line that starts with the path. A made-up
 * tree of two files is enough to breach a rule: test/structure shows one for each.
 */
import { isBuiltin } from 'node:module';
import { basename } from 'node:path/posix';
import { importsOf, hasDefaultExport, numbersIn, type Import } from './imports.ts';

export type Files = Readonly<Record<string, string>>;
export type Rule = (files: Files) => string[];

/** From the lowest. A file may import its own layer and those before it. */
const LAYERS: readonly (readonly [name: string, files: RegExp])[] = [
  ['errors', /^src\/(check|errors|options|types|units|version)\.ts$/],
  ...['math', 'losses', 'laws', 'data', 'optim', 'backend', 'fit', 'plan', 'stats', 'approaches', 'simulate', 'paper', 'reproduce', 'report', 'figures',
    'document'].map((name) => [name, new RegExp(`^src/${name}/`)] as const),
  ['index', /^src\/index\.ts$/],
  ['node', /^src\/(sources|node)\.ts$/],
  ['cli', /^src\/cli\//],
];
const NODE_ONLY = /^src\/((node|sources)\.ts$|cli\/|backend\/node\/)/;
const APP = /^src\/app\//;
const VAGUE = /^(utils?|helpers?|misc)$/i;
const NOT_LAWS = new Set(['src/laws/grouped.ts', 'src/laws/inputs.ts', 'src/laws/law.ts', 'src/laws/registry.ts']);
const NOT_LOSSES = new Set(['src/losses/loss.ts', 'src/losses/registry.ts']);
const WGSL = /@compute\b|@workgroup_size\b|\bvar<(storage|uniform|workgroup|private)\b/;
const LINES = 300;

/** Imports point downwards; the lab stands outside and imports the public names only. */
export const layers: Rule = (files) => eachImport(files, (path, { target }) => {
  if (!target.startsWith('src/')) return undefined;
  if (APP.test(path)) return appMay(target) ? undefined : 'the lab imports index.ts only';
  const [from, to] = [layerOf(path), layerOf(target)];
  if (from < 0) return `${path} belongs to no layer`;
  if (APP.test(target)) return 'only the lab imports the lab';
  return to >= 0 && to <= from ? undefined : `${LAYERS[from]![0]} is below ${LAYERS[to]?.[0] ?? 'nothing known'}`;
});

const appMay = (target: string) => APP.test(target) || target === 'src/index.ts';
const layerOf = (path: string) => LAYERS.findIndex(([, files]) => files.test(path));

/** The two backends share no arithmetic, so that comparing them means something. Types of arithmetic are free. */
export const independence: Rule = (files) => eachImport(files, (path, { target, kind }) => {
  const from = (backend: string) => path.startsWith(`src/backend/${backend}/`);
  const to = (backend: string) => target.startsWith(`src/backend/${backend}/`);
  if (from('cpu') && to('gpu')) return 'the CPU backend knows nothing of the GPU';
  if (from('gpu') && to('cpu')) return 'the GPU backend knows nothing of the CPU';
  const arithmetic = kind !== 'type' && /^src\/(math|optim)\//.test(target);
  return from('gpu') && arithmetic ? 'the GPU backend imports no arithmetic' : undefined;
});

/** Node's modules, and Dawn, stay where a browser never looks. */
export const nodeOnly: Rule = (files) => eachImport(files, (path, { target, kind }) => {
  const needsNode = kind !== 'type' && (isBuiltin(target) || target === 'webgpu');
  return needsNode && !NODE_ONLY.test(path) ? 'this file must also run in a browser' : undefined;
});

/** One file loads plotly; its types may be named anywhere. */
export const plotlyOnce: Rule = (files) => {
  const users = Object.entries(files).filter(([path, text]) => isSource(path) && importsOf(path, text).some(
    ({ target, kind }) => target.startsWith('plotly') && kind !== 'type'));
  const got = list(users.map(([path]) => path));
  return users.length === 1 ? [] : [`plotly: expected one file that imports it, got ${got}`];
};

/** Cycles of static imports, of types too. A lazy import may close a circle: it runs after both are loaded. */
export const cycles: Rule = (files) => {
  const edges = new Map(sources(files).map(([path, text]) =>
    [path, importsOf(path, text).filter(({ kind }) => kind !== 'lazy').map(({ target }) => target)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`${path}: import cycle ${[...trail.slice(start), path].join(' → ')}`);
    if (start >= 0 || done.has(path)) return;
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
};

export const defaultExports: Rule = (files) => sources(files)
  .filter(([path, text]) => hasDefaultExport(path, text))
  .map(([path]) => `${path}: exports a default; give it a name`);

export const vagueNames: Rule = (files) => Object.keys(files)
  .filter((path) => path.split('/').some((part) => VAGUE.test(part.replace(/\..*$/, ''))))
  .map((path) => `${path}: name it after what it does`);

export const lengths: Rule = (files) => Object.entries(files)
  .map(([path, text]) => [path, text.replace(/\n$/, '').split('\n').length] as const)
  .filter(([, count]) => count >= LINES)
  .map(([path, count]) => `${path}: ${count} lines, expected fewer than ${LINES}`);

/** shaders/law/x.wgsl ⇔ src/laws/x.ts. */
export const lawTwins: Rule = (files) => twins(files, 'law', 'src/laws/', NOT_LAWS);

/** shaders/loss/x.wgsl ⇔ src/losses/x.ts. */
export const lossTwins: Rule = (files) => twins(files, 'loss', 'src/losses/', NOT_LOSSES);

function twins(files: Files, kind: string, sourceFolder: string, others: ReadonlySet<string>): string[] {
  const own = folder(files, sourceFolder).filter((path) => !others.has(path));
  return [
    ...withoutTwin(files, folder(files, `shaders/${kind}/`), (name) => `${sourceFolder}${name}.ts`),
    ...withoutTwin(files, own, (name) => `shaders/${kind}/${name}.wgsl`),
  ];
}

/** shaders/lib/x.wgsl ⇒ src/math/x.ts, but for those that are named with the reason. */
export const libTwins = (alone: Readonly<Record<string, string>>): Rule => (files) => {
  const libraries = folder(files, 'shaders/lib/');
  const stale = Object.keys(alone).filter((name) =>
    !libraries.some((path) => stem(path) === name) || `src/math/${name}.ts` in files);
  const paired = libraries.filter((path) => !(stem(path) in alone));
  return [
    ...withoutTwin(files, paired, (name) => `src/math/${name}.ts`),
    ...stale.map((name) => `shaders/lib/${name}.wgsl: needs no exception`),
  ];
};

/** Each shaders/kernel/x.wgsl has one entry point, x; the other shaders have none. */
export const entryPoints: Rule = (files) => folder(files, 'shaders/').flatMap((path) => {
  const want = path.startsWith('shaders/kernel/') ? [stem(path)] : [];
  const got = [...withoutComments(files[path]!).matchAll(/@compute\b[^{}]*?\bfn\s+(\w+)/g)].map((match) => match[1]!);
  return list(got) === list(want) ? [] : [`${path}: expected entry points ${list(want)}, got ${list(got)}`];
});

export const wgslInItsOwnFiles: Rule = (files) => folder(files, 'src/')
  .filter((path) => WGSL.test(files[path]!))
  .map((path) => `${path}: WGSL belongs in shaders/`);

/** Published numbers stand in src/paper; what reproduces them holds none, which three significant digits would be. */
export const publishedApart: Rule = (files) => sources(files)
  .filter(([path]) => path.startsWith('src/reproduce/'))
  .flatMap(([path, text]) => numbersIn(path, text).filter((literal) => digitsOf(literal) > 2)
    .map((literal) => `${path}: ${literal} belongs in src/paper`));

const digitsOf = (literal: string) => literal.replace(/e.*$/i, '').replace(/[._]/g, '').replace(/^0+|0+$/g, '').length;

function eachImport(files: Files, judge: (path: string, found: Import) => string | undefined): string[] {
  return sources(files).flatMap(([path, text]) => importsOf(path, text).flatMap((found) => {
    const reason = judge(path, found);
    return reason ? [`${path}: imports ${found.target}: ${reason}`] : [];
  }));
}

const isSource = (path: string) => path.startsWith('src/') && /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
const sources = (files: Files) => Object.entries(files).filter(([path]) => isSource(path));
const folder = (files: Files, start: string) => Object.keys(files).filter((path) => path.startsWith(start));
const stem = (path: string) => basename(path).replace(/\.\w+$/, '');
const list = (names: readonly string[]) => (names.length > 0 ? names.join(', ') : 'none');
const withoutComments = (wgsl: string) => wgsl.replace(/\/\/.*|\/\*[^]*?\*\//g, '');

function withoutTwin(files: Files, paths: readonly string[], twinOf: (name: string) => string): string[] {
  return paths.filter((path) => !(twinOf(stem(path)) in files))
    .map((path) => `${path}: has no twin ${twinOf(stem(path))}`);
}
