import { defineConfig, type Plugin } from 'vite';
import { compiledWasm } from './vite.wasm.ts';

/**
 * The library and the CLI: lib/index.js, lib/node.js, lib/cli.js, the workers and the lazy chunks, all in one folder, so
 * that a worker's URL is the same from every chunk. Users' bundlers find `new URL('./web-worker.js', import.meta.url)`.
 */
const WORKERS: Readonly<Record<string, string>> = {
  './cpu/worker.ts': './web-worker.js',
  './worker.ts': './node-worker.js',
};

const ENTRIES = { index: 'src/index.ts', node: 'src/node.ts', cli: 'src/cli/main.ts' };
const WORKER_ENTRIES = { 'web-worker': 'src/backend/cpu/worker.ts', 'node-worker': 'src/backend/node/worker.ts' };

const workerUrls: Plugin = {
  name: 'worker-urls',
  enforce: 'pre',
  transform(code) {
    if (!code.includes('new Worker(new URL(')) return undefined;
    return code.replace(/(new Worker\(new URL\(')([^']+)'/g, (_all, call: string, path: string) => {
      if (!WORKERS[path]) throw new Error(`vite.lib.config.ts: expected an entry for the worker ${path}.`);
      return `${call}${WORKERS[path]}'`;
    });
  },
};

/** What `--mode bench` builds to build/bench: the benchmarks, the program, and what bench/pack needs. */
const BENCH_ENTRIES = { run: 'bench/run.ts', probe: 'bench/pack/probe.ts', cli: 'src/cli/main.ts' };

/** The benchmarks are built in the same way, with all packages inside but Dawn, so that they run without node_modules. */
export default defineConfig(({ mode }) => ({
  publicDir: false,
  plugins: [compiledWasm, workerUrls],
  ssr: mode === 'bench' ? { noExternal: true, external: ['webgpu'] } : {},
  build: {
    outDir: mode === 'bench' ? 'build/bench' : 'lib',
    emptyOutDir: true,
    license: mode === 'bench' ? { fileName: 'LICENSES.md' } : false,
    ssr: true,
    target: 'es2023',
    minify: false,
    rolldownOptions: {
      input: { ...(mode === 'bench' ? BENCH_ENTRIES : ENTRIES), ...WORKER_ENTRIES },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
    },
  },
}));
