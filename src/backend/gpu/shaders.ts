/**
 * The only module that reads shaders/. Vite inlines the files, so that the browser, the Node build and the tests
 * see the same text. An include is a comment line, which keeps every file plain WGSL to editors and linters; each
 * file is included once. Marker lines `//@ file:line` let a compiler message be traced to its source.
 */
import { tgpu } from 'typegpu';
import { ShaderError } from '../../errors.ts';
import type { Grouping, Law } from '../../laws/law.ts';
import type { Loss } from '../../losses/loss.ts';
import { gramText } from './gram.ts';

const FILES: Record<string, string> = import.meta.glob('../../../shaders/**/*.wgsl', {
  query: '?raw', import: 'default', eager: true,
});
const INCLUDE = /^\/\/ #include (\S+)$/;

export type LawName = Pick<Law, 'id' | 'params' | 'groups'>;
export type LossName = Pick<Loss, 'residual' | 'shape' | 'envelope'>;

/** The text of an include; none where it is in already. */
type Include = (name: string) => string;

/**
 * WGSL of shaders/kernel/<kernel>.wgsl: `#include law` is the law's own file, of a law of groups about that of each, `#include loss`
 * and `#include residual` those of the two parts of the loss, `#include gram` the sums written out for as many parameters as the
 * law has (gram.ts), and layouts become bindings.
 */
export function assembleShader(kernel: string, law: LawName, externals: Record<string, object>, loss?: LossName): string {
  return tgpu.resolve({ template: includer(law, loss)(`kernel/${kernel}.wgsl`), externals });
}

function includer(law: LawName, loss: LossName | undefined): Include {
  const seen = new Set<string>();
  const once = (name: string, textOf: () => string): string => {
    if (seen.has(name)) return '';
    seen.add(name);
    return textOf();
  };
  const file: Include = (path) => once(path, () => expand(path, include));
  const include: Include = (name) => {
    if (name === 'law') return law.groups ? once(name, () => groupedText(law, law.groups as Grouping, file)) : file(`law/${law.id}.wgsl`);
    if (name === 'loss') return file(`loss/${loss?.shape}.wgsl`);
    if (name === 'residual') return file(`loss/${loss?.residual}.wgsl`);
    return name === 'gram' ? once(name, () => `//@ gram:1\n${gramText(law.params.length)}`) : file(name);
  };
  return include;
}

/** What the file of a law names, and lib/grouped.wgsl names too. */
const NAMES = /\b(?:PARAMS|INPUTS|PACKED|Theta|Inputs|Packed|predict|add_curvature)\b/g;

/** The text of the law of one group by other names, the numbers of the groups, and lib/grouped.wgsl. */
function groupedText({ params }: LawName, { base, own }: Grouping, file: Include): string {
  const prefix = (name: string) => (name === name.toUpperCase() ? 'BASE_' : name === name.toLowerCase() ? 'base_' : 'Base');
  return [
    file(`law/${base.id}.wgsl`).replaceAll(NAMES, (name) => prefix(name) + name),
    '//@ groups:1',
    `const PARAMS = ${params.length}u;`,
    `const OWN = ${own.length}u;`,
    `const OWN_MASK = ${own.reduce((bits, j) => bits | (1 << j), 0)}u;`,
    file('lib/grouped.wgsl'),
  ].join('\n');
}

function expand(file: string, include: Include): string {
  const text = FILES[`../../../shaders/${file}`];
  if (text === undefined) throw new ShaderError(`shaders/${file}: expected a file of that name, got none.`);
  const lines = text.split('\n').flatMap((line, i) => {
    const name = INCLUDE.exec(line)?.[1];
    return name ? [include(name), `//@ ${file}:${i + 2}`] : [line];
  });
  return [`//@ ${file}:1`, ...lines].join('\n');
}

/** Compiler messages as `shaders/file:line:column message`, one a line. */
export function locate(code: string, messages: readonly Pick<GPUCompilationMessage, 'lineNum' | 'linePos' | 'message'>[]): string {
  const lines = code.split('\n');
  return messages.map(({ lineNum, linePos, message }) => {
    for (let i = Math.min(lineNum, lines.length) - 1; i >= 0; i--) {
      const marker = /^\/\/@ (\S+):(\d+)$/.exec(lines[i]);
      if (marker) return `shaders/${marker[1]}:${Number(marker[2]) + lineNum - i - 2}:${linePos} ${message}`;
    }
    return `generated line ${lineNum}:${linePos} ${message}`;
  }).join('\n');
}
