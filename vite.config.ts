import { defineConfig } from 'vite';

/** The lab, to dist/: static files that work from any folder. Served on loopback only. */
export default defineConfig({
  base: './',
  publicDir: false,
  worker: { format: 'es' },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    outDir: 'dist',
    target: 'es2023',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000, // plotly, in a chunk of its own
  },
});
