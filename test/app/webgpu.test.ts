import { afterEach, expect, it, vi } from 'vitest';
import { missingWebgpu } from '../../src/app/webgpu.ts';

afterEach(() => vi.unstubAllGlobals());

function browser(secure: boolean, gpu?: unknown): void {
  vi.stubGlobal('isSecureContext', secure);
  vi.stubGlobal('navigator', { gpu });
}

it.each([
  ['an insecure page', false, undefined, /^WebGPU needs a secure page: open this one from https or/],
  ['no WebGPU', true, undefined, /^This browser offers no WebGPU\./],
  ['no adapter', true, { requestAdapter: async () => null }, /^WebGPU found no graphics adapter\. Turn on/],
])('%s', async (_, secure, gpu, sentence) => {
  browser(secure, gpu);
  expect(await missingWebgpu()).toMatch(sentence);
});

it('nothing is missing where there is an adapter', async () => {
  browser(true, { requestAdapter: async () => ({}) });
  expect(await missingWebgpu()).toBeUndefined();
});
