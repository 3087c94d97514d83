import { defineConfig, type Plugin } from 'vite';

/**
 * The library and the CLI: lib/index.js, lib/node.js, lib/cli.js, the workers and the lazy chunks, all in one folder, so
 * that a worker's URL is the same from every chunk. Users' bundlers find `new URL('./web-worker.js', import.meta.url)`.
 */
const WORKERS: Readonly<Record<string, string>> = {
  './cpu/worker.ts': './web-worker.js',
  './worker.ts': './node-worker.js',
};

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

export default defineConfig({
  publicDir: false,
  plugins: [workerUrls],
  build: {
    outDir: 'lib',
    emptyOutDir: true,
    ssr: true,
    target: 'es2023',
    minify: false,
    rolldownOptions: {
      input: {
        'index': 'src/index.ts',
        'node': 'src/node.ts',
        'cli': 'src/cli/main.ts',
        'web-worker': 'src/backend/cpu/worker.ts',
        'node-worker': 'src/backend/node/worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
    },
  },
});
