/**
 * Projects: `node`, `mocking` for the few files of it that replace modules, and `browser` in a headless Chromium. The parity tests
 * run in node and in the browser.
 *
 * All compute on SwiftShader, so that every machine tests the same driver; ISOLOSS_TEST_GPU=native takes the
 * machine's own GPU. The dynamic loader reads LD_LIBRARY_PATH when a process starts: hence `env`, and forks.
 * ISOLOSS_TEST_RESULTS=FILE also writes the results there as JSON.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };
import { chromiumArguments, ensureChromium, nativeGpu } from './test/support/chromium.ts';
import { compiledWasm } from './vite.wasm.ts';

const { executable, vulkan } = await ensureChromium();
const results = process.env['ISOLOSS_TEST_RESULTS'];
const provide = { requireGpu: process.env['REQUIRE_GPU'] === '1' };

const swiftshader = vulkan && !nativeGpu
  ? { VK_ICD_FILENAMES: `${vulkan}/vk_swiftshader_icd.json`, LD_LIBRARY_PATH: vulkan }
  : {};

const parity = 'test/parity/**/*.test.ts';
const inBrowser = 'test/browser/**/*.test.ts';
/** Files that replace modules (vi.mock). All others share the modules that their worker has read: reading them took a third of the time. */
const mocking = readdirSync('test', { recursive: true, encoding: 'utf8' }).map((path) => `test/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('vi.mock('));

const inNode = {
  pool: 'forks',
  env: swiftshader,
  provide,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } }, // of a page, on a machine that others share
} as const;

export default defineConfig({
  test: {
    maxWorkers: availableParallelism() + 1, // the tests of the page wait for a browser as often as they compute
    reporters: results ? ['default', ['json', { outputFile: results }]] : ['default'],
    projects: [
      {
        plugins: [compiledWasm],
        test: { ...inNode, name: 'node', include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, inBrowser, ...mocking], isolate: false },
      },
      {
        plugins: [compiledWasm],
        test: { ...inNode, name: 'mocking', include: mocking },
      },
      {
        plugins: [compiledWasm],
        // Bundled before the first test: one that a worker asks for later would reload the page under a test.
        optimizeDeps: { include: Object.keys(manifest.dependencies) },
        test: {
          name: 'browser',
          include: [parity, inBrowser],
          provide,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            provider: playwright({ launchOptions: { executablePath: executable, args: chromiumArguments() } }),
            instances: [{ browser: 'chromium' }],
            headless: true,
            screenshotFailures: false,
          },
        },
      },
    ],
  },
});
