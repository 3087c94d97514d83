/** Modules of AssemblyScript: `import base64 from './x.ts?compiled'` is their WebAssembly, put into the bundle as text. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { main } from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const SUFFIX = '?compiled';
/** Floating-point operations stay as they are written: SIMD of WebAssembly has no fused ones, and asc reorders none. */
const OPTIONS = ['--outFile', 'out.wasm', '--runtime', 'stub', '--optimizeLevel', '3', '--noAssert', '--enable', 'simd'];

const texts = new Map<string, Promise<string>>();

export const compiledWasm: Plugin = {
  name: 'compiled-wasm',
  enforce: 'pre',
  watchChange: () => texts.clear(),
  async load(id) {
    if (!id.endsWith(SUFFIX)) return undefined;
    const path = id.slice(0, -SUFFIX.length);
    const text = texts.get(path) ?? compile(path, (file) => this.addWatchFile(file));
    texts.set(path, text);
    return `export default ${JSON.stringify(await text)};`;
  },
};

async function compile(path: string, onFile: (file: string) => void): Promise<string> {
  let wasm = new Uint8Array();
  const { error, stderr } = await main([path, ...OPTIONS], {
    readFile(name, folder) {
      const file = join(folder, name);
      try {
        const text = readFileSync(file, 'utf8');
        onFile(resolve(file)); // what is watched is looked for like an import: a relative path would be none
        return text;
      } catch {
        return null; // it asks for what there may be
      }
    },
    writeFile(_name, contents) { wasm = contents as Uint8Array<ArrayBuffer>; },
    listFiles: () => [],
  });
  if (error) throw new Error(`${path}: expected AssemblyScript that compiles, got: ${stderr.toString()}`);
  return Buffer.from(wasm).toString('base64');
}
