/** The CPU backend over real Web Workers: what they bring back is what this thread computes, bit for bit. */
import { expect, it } from 'vitest';
import { browserPlatform } from '../../src/backend/browser.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { inlineRunner, poolRunner } from '../../src/backend/cpu/runner.ts';
import { fitOn, paperReplica } from '../../src/index.ts';

it('fits the same in workers as without', async () => {
  let tasks = 0;
  const counted = cpuBackend(2, () => {
    const pool = poolRunner(2, browserPlatform.spawn!);
    return { ...pool, descend: (task) => { tasks++; return pool.descend(task); } };
  });
  const sweep = paperReplica();
  const options = { starts: 200, screen: 180 }; // enough work for workers to be worth their start
  const got = await fitOn(counted, sweep, options);
  const want = await fitOn(cpuBackend(2, inlineRunner), sweep, options);
  counted.close();
  expect(tasks).toBeGreaterThan(2);
  expect(got.params).toEqual(want.params);
  expect(got.certificate).toEqual(want.certificate);
});
