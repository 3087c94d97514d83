/**
 * Cuts work so that a dispatch takes about 40 ms on this device: long enough to be worth its start, short enough
 * for progress, for cancelling, and for desktop drivers, which kill a dispatch after about two seconds.
 */
const TARGET_MS = 40;
/** Evaluations of one point in the first dispatch: little even for a software driver. */
const FIRST = 400_000;
const GROWTH = 4;

export class Pacer {
  /** Evaluations of one point that the next dispatch should hold. */
  budget = FIRST;

  /** Learns from a dispatch: its evaluations at most, and the time that it took. */
  note(evaluations: number, milliseconds: number): void {
    const ideal = evaluations * (TARGET_MS / Math.max(milliseconds, 0.1));
    this.budget = Math.max(FIRST / 8, Math.min(ideal, this.budget * GROWTH));
  }
}
