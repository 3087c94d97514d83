import { defineConfig } from 'vite';

/** The library and the CLI: lib/index.js, lib/node.js, lib/cli.js, lib/worker.js, with lazy chunks beside them. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'lib',
    emptyOutDir: true,
    ssr: true,
    target: 'es2023',
    minify: false,
    rolldownOptions: {
      input: { index: 'src/index.ts', node: 'src/node.ts', cli: 'src/cli/main.ts', worker: 'src/backend/cpu/worker.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
});
