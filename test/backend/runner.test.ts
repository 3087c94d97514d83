/** The pool of workers, with workers that are promises of this test. */
import { expect, it } from 'vitest';
import { BackendError } from '../../src/errors.ts';
import { deathOf, poolRunner, type TaskWorker } from '../../src/backend/cpu/runner.ts';
import { emptyDescents } from '../../src/backend/backend.ts';
import type { DescendTask } from '../../src/backend/cpu/tasks.ts';

const TASK = {} as DescendTask; // never looked into

function fakePool(threads: number) {
  const running: { worker: number; finish: () => void; fail: (error: Error) => void }[] = [];
  const terminated: number[] = [];
  const deaths: ReturnType<typeof deathOf>[] = [];
  let workers = 0;
  const spawn = (): TaskWorker => {
    const worker = workers++;
    const descend = () => new Promise((resolve, fail) => {
      running.push({ worker, finish: () => { resolve(emptyDescents(worker, 5)); }, fail });
    });
    const tasks = { descend, search: descend } as unknown as TaskWorker['tasks'];
    const death = deathOf();
    deaths.push(death);
    return { tasks, died: death.died, terminate: () => { terminated.push(worker); } };
  };
  return { runner: poolRunner(threads, spawn), running, terminated, deaths, workers: () => workers };
}

const turn = () => new Promise((resolve) => { setTimeout(resolve, 0); });

it('starts a worker only for work, and no more than there are threads', async () => {
  const pool = fakePool(2);
  expect([pool.runner.threads, pool.workers()]).toEqual([2, 0]);
  const all = [1, 2, 3].map(() => pool.runner.descend(TASK));
  await turn();
  expect(pool.workers()).toBe(2);
  expect(pool.running.map(({ worker }) => worker)).toEqual([0, 1]); // the third waits
  pool.running[1].finish();
  await turn();
  expect(pool.running.map(({ worker }) => worker)).toEqual([0, 1, 1]);
  pool.running[0].finish();
  pool.running[2].finish();
  expect((await Promise.all(all)).map(({ steps }) => steps.length)).toEqual([0, 1, 1]); // each from its worker
});

it('uses an idle worker before it starts another', async () => {
  const pool = fakePool(3);
  for (const k of [0, 1, 2]) {
    const task = pool.runner.descend(TASK);
    await turn();
    pool.running[k].finish();
    await task;
  }
  expect(pool.workers()).toBe(1);
});

it('uses a worker again after a task that failed', async () => {
  const pool = fakePool(1);
  const [first, second] = [pool.runner.descend(TASK), pool.runner.search({ ...TASK, kind: 'search' } as never)];
  await turn();
  pool.running[0].fail(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await turn();
  pool.running[1].finish();
  await expect(second).resolves.toBeDefined();
  expect(pool.workers()).toBe(1);
});

it('ends all of its workers when it is closed', async () => {
  const pool = fakePool(3);
  const all = [1, 2].map(() => pool.runner.descend(TASK));
  await turn();
  for (const { finish } of pool.running) finish();
  await Promise.all(all);
  pool.runner.close();
  expect(pool.terminated).toEqual([0, 1]);
});

it('says so when a worker dies, rather than waiting for ever', async () => {
  const pool = fakePool(2);
  const task = pool.runner.descend(TASK);
  await turn();
  pool.deaths[0].report('out of memory');
  await expect(task).rejects.toThrow(new BackendError(
    'cpu: expected a worker to finish its task, got: out of memory. Try again with fewer starts.'));
});
