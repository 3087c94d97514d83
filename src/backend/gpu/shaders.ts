/**
 * The only module that reads shaders/. Vite inlines the files, so that the browser, the Node build and the tests
 * see the same text. An include is a comment line, which keeps every file plain WGSL to editors and linters; each
 * file is included once. Marker lines `//@ file:line` let a compiler message be traced to its source.
 */
import { tgpu } from 'typegpu';
import { ShaderError } from '../../errors.ts';
import type { Law } from '../../laws/law.ts';

const FILES: Record<string, string> = import.meta.glob('../../../shaders/**/*.wgsl', {
  query: '?raw', import: 'default', eager: true,
});
const INCLUDE = /^\/\/ #include (\S+)$/;

export type LawName = Pick<Law, 'id' | 'params'>;

/**
 * WGSL of shaders/kernel/<kernel>.wgsl: `#include law` is the law's own file, `#include gram` the sums for as many
 * parameters as it has, and layouts become bindings.
 */
export function assembleShader(kernel: string, law: LawName, externals: Record<string, object>): string {
  return tgpu.resolve({ template: expand(`kernel/${kernel}.wgsl`, law, new Set()), externals });
}

function fileOf(include: string, law: LawName): string {
  if (include === 'law') return `law/${law.id}.wgsl`;
  return include === 'gram' ? `lib/gram${law.params.length}.wgsl` : include;
}

function expand(file: string, law: LawName, seen: Set<string>): string {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = FILES[`../../../shaders/${file}`];
  if (text === undefined) throw new ShaderError(`shaders/${file}: expected a file of that name, got none.`);
  const lines = text.split('\n').flatMap((line, i) => {
    const include = INCLUDE.exec(line)?.[1];
    if (!include) return [line];
    return [expand(fileOf(include, law), law, seen), `//@ ${file}:${i + 2}`];
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
