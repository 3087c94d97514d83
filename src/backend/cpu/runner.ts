/**
 * Who runs the tasks of the CPU backend: this thread, or a pool of workers. Small work is not worth a worker's
 * start (tens of milliseconds); in this thread it yields between tasks, so that a page stays alive.
 */
import type { Remote } from 'comlink';
import { BackendError } from '../../errors.ts';
import type { DescentResult, SearchResult } from '../backend.ts';
import { runDescend, runSearch, type DescendTask, type SearchTask } from './tasks.ts';

export interface Tasks {
  search(task: SearchTask): SearchResult;
  descend(task: DescendTask): DescentResult;
}

/** A worker that exposes Tasks, and how to end it. */
export interface TaskWorker {
  readonly tasks: Remote<Tasks>;
  /** Rejects with a BackendError when the worker itself dies: its task would otherwise never end. */
  readonly died: Promise<never>;
  terminate(): void;
}

/** The promise of TaskWorker.died, and what rejects it. */
export function deathOf(): { died: Promise<never>; report: (reason: string) => void } {
  let report: (reason: string) => void = () => {};
  const died = new Promise<never>((_, reject) => {
    report = (reason) => reject(new BackendError(`cpu: expected a worker to finish its task, got: ${reason}. Try again with fewer starts.`));
  });
  died.catch(() => {}); // heard by whoever waits for a task
  return { died, report };
}

export interface Runner {
  readonly threads: number;
  search(task: SearchTask): Promise<SearchResult>;
  descend(task: DescendTask): Promise<DescentResult>;
  close(): void;
}

export function inlineRunner(): Runner {
  return {
    threads: 1,
    search: async (task) => { await turn(); return runSearch(task); },
    descend: async (task) => { await turn(); return runDescend(task); },
    close() {},
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, 0); });
}

/** Workers start with the first task; each runs one task at a time, the next free one takes the next task. */
export function poolRunner(threads: number, spawn: () => TaskWorker): Runner {
  const all: TaskWorker[] = [];
  const idle: TaskWorker[] = [];
  const waiting: ((worker: TaskWorker) => void)[] = [];

  const take = (): TaskWorker | Promise<TaskWorker> => {
    const free = idle.pop();
    if (free) return free;
    if (all.length === threads) return new Promise((resolve) => { waiting.push(resolve); });
    const worker = spawn();
    all.push(worker);
    return worker;
  };
  const withWorker = async <R>(use: (worker: TaskWorker) => Promise<R>): Promise<R> => {
    const worker = await take();
    try {
      return await Promise.race([use(worker), worker.died]);
    } finally {
      const next = waiting.shift();
      if (next) next(worker);
      else idle.push(worker);
    }
  };
  return {
    threads,
    search: (task) => withWorker(({ tasks }) => tasks.search(task)),
    descend: (task) => withWorker(({ tasks }) => tasks.descend(task)),
    close() { for (const worker of all) worker.terminate(); },
  };
}
