/** Why there is no WebGPU here, and how to turn it on. */

const WHERE = 'Chrome and Edge have it, and recent Safari and Firefox; ' +
  'on Linux, Chrome may need chrome://flags/#enable-unsafe-webgpu.';
const HOW = 'Turn on "Use graphics acceleration when available" in the browser\'s system settings; ' +
  'chrome://gpu says what blocks it. On Linux, Chrome may need chrome://flags/#enable-unsafe-webgpu.';

/** A sentence or two, or undefined where an adapter is to be had. */
export async function missingWebgpu(): Promise<string | undefined> {
  if (!globalThis.isSecureContext) return 'WebGPU needs a secure page: open this one from https or http://localhost.';
  if (!navigator.gpu) return `This browser offers no WebGPU. ${WHERE}`;
  return await navigator.gpu.requestAdapter() ? undefined : `WebGPU found no graphics adapter. ${HOW}`;
}
