/**
 * The only module that reads shaders/. Vite inlines the files, so that the browser, the Node build and the tests
 * see the same text. An include is a comment line, which keeps every file plain WGSL to editors and linters; each
 * file is included once. Marker lines `//@ file:line` let a compiler message be traced to its source.
 */
import { tgpu } from 'typegpu';
import { ShaderError } from '../../errors.ts';
import type { Law } from '../../laws/law.ts';
import type { Loss } from '../../losses/loss.ts';

const FILES: Record<string, string> = import.meta.glob('../../../shaders/**/*.wgsl', {
  query: '?raw', import: 'default', eager: true,
});
const INCLUDE = /^\/\/ #include (\S+)$/;

export type LawName = Pick<Law, 'id' | 'params'>;
export type LossName = Pick<Loss, 'residual' | 'shape' | 'envelope'>;

/**
 * WGSL of shaders/kernel/<kernel>.wgsl: `#include law` is the law's own file, `#include loss` and `#include residual` those of
 * the two parts of the loss, `#include gram` the sums written out for as many parameters as the law has, else those for any
 * number, and layouts become bindings.
 */
export function assembleShader(kernel: string, law: LawName, externals: Record<string, object>, loss?: LossName): string {
  const fileOf = (include: string) => chosenFile(include, law, loss);
  return tgpu.resolve({ template: expand(`kernel/${kernel}.wgsl`, fileOf, new Set()), externals });
}

function chosenFile(include: string, law: LawName, loss: LossName | undefined): string {
  if (include === 'law') return `law/${law.id}.wgsl`;
  if (include === 'loss') return `loss/${loss?.shape}.wgsl`;
  if (include === 'residual') return `loss/${loss?.residual}.wgsl`;
  if (include !== 'gram') return include;
  const unrolled = `lib/gram${law.params.length}.wgsl`;
  return pathOf(unrolled) in FILES ? unrolled : 'lib/gram.wgsl';
}

function pathOf(file: string): string {
  return `../../../shaders/${file}`;
}

function expand(file: string, fileOf: (include: string) => string, seen: Set<string>): string {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = FILES[pathOf(file)];
  if (text === undefined) throw new ShaderError(`shaders/${file}: expected a file of that name, got none.`);
  const lines = text.split('\n').flatMap((line, i) => {
    const include = INCLUDE.exec(line)?.[1];
    if (!include) return [line];
    return [expand(fileOf(include), fileOf, seen), `//@ ${file}:${i + 2}`];
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
