import { createHash } from 'node:crypto';
import { defineConfig, type Plugin } from 'vite';
import { compiledWasm } from './vite.wasm.ts';

/** Writes into the service worker which files the build has, and a version that changes with any of them. */
const offlineFiles: Plugin = {
  name: 'offline-files',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const { 'offline.js': worker, ...others } = bundle;
      if (worker?.type !== 'chunk') throw new Error('vite.config.ts: expected offline.js among the entries.');
      const files = Object.values(others).toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1));
      const hash = createHash('sha256').update(worker.code);
      for (const file of files) hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source);
      const names = files.map(({ fileName }) => (fileName === 'index.html' ? './' : fileName));
      worker.code = worker.code
        .replace('OFFLINE_FILES', JSON.stringify(names))
        .replace('OFFLINE_VERSION', JSON.stringify(hash.digest('hex').slice(0, 16)));
    },
  },
};

/** What the page needs before it runs is one file, whatever of it the views that are loaded later share. */
const codeSplitting = { groups: [{ name: 'initial', tags: ['$initial' as const], test: (id: string) => !id.endsWith('/offline.ts') }] };

/** The lab, to dist/: static files that work from any folder. Served on loopback only. */
export default defineConfig({
  base: './',
  publicDir: false,
  worker: { format: 'es', plugins: () => [compiledWasm] },
  plugins: [compiledWasm, offlineFiles],
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    outDir: 'dist',
    target: 'es2023',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', offline: 'src/app/offline.ts' },
      output: { codeSplitting, entryFileNames: ({ name }) => (name === 'offline' ? 'offline.js' : 'assets/[name]-[hash].js') },
    },
  },
});
