/**
 * Projects: `parity` in Node and `browser` in a headless Chromium run the parity tests, side by side; after them `node` all
 * others, and `mocking` the few files that replace modules.
 *
 * All compute on SwiftShader, so that every machine tests the same driver; ISOLOSS_TEST_GPU=native takes the
 * machine's own GPU. The dynamic loader reads LD_LIBRARY_PATH when a process starts: hence `env`, and forks.
 * ISOLOSS_TEST_RESULTS=FILE also writes the results there as JSON.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
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

/** In Node, files that wait for pages and processes come first, so that the last ones to end are short. */
const WAITING = /test\/(app|document)\/|readme/;

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLater = ({ moduleId, project }: TestSpecification) => project.name === 'node' && !WAITING.test(moduleId);
    const sorted = await super.sort(files); // oxlint-disable-line unicorn/no-array-sort -- of a sequencer
    return sorted.toSorted((a, b) => Number(isLater(a)) - Number(isLater(b)));
  }
}

/** One worker, or page: its files share a device, and the kernels that it has compiled, which take the most time. */
const together = { isolate: false, maxWorkers: 1, sequence: { groupOrder: 0 } } as const;
/** The tests of the page wait for a browser as often as they compute. */
const apart = { maxWorkers: availableParallelism() + 1, sequence: { groupOrder: 1 } } as const;

export default defineConfig({
  test: {
    sequence: { sequencer: WaitingFirst },
    reporters: results ? ['default', ['json', { outputFile: results }]] : ['default'],
    projects: [
      {
        plugins: [compiledWasm],
        test: { ...inNode, ...together, name: 'parity', include: [parity] },
      },
      {
        plugins: [compiledWasm],
        test: {
          ...inNode, ...apart, name: 'node', include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, parity, inBrowser, ...mocking], isolate: false,
        },
      },
      {
        plugins: [compiledWasm],
        test: { ...inNode, ...apart, name: 'mocking', include: mocking },
      },
      {
        plugins: [compiledWasm],
        // Bundled before the first test: one that a worker asks for later would reload the page under a test.
        optimizeDeps: { include: Object.keys(manifest.dependencies) },
        test: {
          ...together,
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
