/** What the worker tells the page of its progress. */
import type { Progress } from '../index.ts';

/** Messages to the page a second, at most. */
const PROGRESS = 10;

/** At most so many a second, and none after the task was stopped. */
export function throttled(tell: (progress: Progress) => void, signal: AbortSignal): (progress: Progress) => void {
  let before = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (signal.aborted || now - before < 1000 / PROGRESS) return;
    before = now;
    tell(progress);
  };
}
