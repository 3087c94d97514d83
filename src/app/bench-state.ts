/** The benchmark of the page: started and stopped here, and what it has measured. */
import { batch, signal } from '@preact/signals';
import { proxy } from 'comlink';
import type { Row, Setup } from './benching.ts';
import { clear, fail, inWorker } from './engine.ts';
import { benchLargest } from './state.ts';

export interface Measured {
  readonly setup: Setup;
  readonly rows: readonly Row[];
  readonly date: Date;
  /** It went through all batches. */
  readonly whole: boolean;
}

export const measured = signal<Measured | undefined>(undefined);
/** Fits of the batch that is being measured; 0 while it begins, undefined while nothing is. */
export const measuring = signal<number | undefined>(undefined);

/** Measures afresh. */
export async function bench(): Promise<void> {
  if (measuring.value !== undefined) return;
  clear('bench');
  batch(() => {
    measuring.value = 0;
    measured.value = undefined;
  });
  try {
    await (await inWorker()).bench(benchLargest.value, proxy({
      began: (setup: Setup) => { measured.value = { setup, rows: [], date: new Date(), whole: false }; },
      measuring: (fits: number) => { measuring.value = fits; },
      measured: (row: Row) => { if (measured.value) measured.value = { ...measured.value, rows: [...measured.value.rows, row] }; },
    }));
    if (measured.value) measured.value = { ...measured.value, whole: true };
  } catch (error) {
    fail('bench', error);
  } finally {
    measuring.value = undefined;
  }
}

/** What is measured stays. */
export async function stopBench(): Promise<void> {
  (await inWorker()).stop('bench');
}
