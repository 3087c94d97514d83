/** A progress bar on a terminal: one line, rewritten, for what takes over half a second; gone when done. */
import type { Progress } from '../types.ts';

/** Milliseconds before a bar is drawn at all, and between two drawings. */
const PATIENCE = 500;
const PERIOD = 80;
const BAR = 20;
const ERASE = '\r\u001B[2K';

/** What a bar needs of process.stderr. */
export interface BarStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressBar {
  readonly update: (progress: Progress) => void;
  /** Erases the line; later updates draw nothing. */
  readonly clear: () => void;
}

/** A bar that draws nothing where `stream` is no terminal. `now` gives milliseconds. */
export function progressBar(stream: BarStream, now: () => number = () => performance.now()): ProgressBar {
  const begun = now();
  let due = stream.isTTY ? begun + PATIENCE : Infinity;
  let drawn = false;
  let stage: { readonly name: Progress['stage']; readonly since: number } | undefined;
  return {
    update(progress) {
      const time = now();
      if (stage?.name !== progress.stage) stage = { name: progress.stage, since: time };
      if (time < due) return;
      due = time + PERIOD;
      drawn = true;
      stream.write(ERASE + progressLine(progress, (time - stage.since) / 1000).slice(0, (stream.columns || 80) - 1));
    },
    clear() {
      due = Infinity;
      if (drawn) stream.write(ERASE);
      drawn = false;
    },
  };
}

const DOING: Readonly<Record<Progress['stage'], string>> = {
  search: 'Searching',
  descend: 'Descending',
  bootstrap: 'Resampling',
  influence: 'Omitting',
  simulate: 'Simulating',
};

/** `elapsed`: seconds since the stage began. */
export function progressLine({ stage, done, total }: Progress, elapsed: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const filled = Math.round(share * BAR);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
  const percent = String(Math.floor(100 * share)).padStart(3);
  const count = `${thousands(done)} of ${thousands(total)}${stage === 'bootstrap' || stage === 'simulate' ? rate(done, elapsed) : ''}`;
  return `${DOING[stage].padEnd(10)}  ${bar}  ${percent} %  ${count}${remaining(share, elapsed)}`;
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

/** Replicates a second. */
function rate(done: number, elapsed: number): string {
  return done > 0 && elapsed > 0 ? `  ${thousands(Math.round(done / elapsed))}/s` : '';
}

/** Nothing until a fiftieth is done: earlier it would only jump about. */
function remaining(share: number, elapsed: number): string {
  if (!(share >= 0.02 && share < 1)) return '';
  const seconds = Math.ceil((elapsed * (1 - share)) / share);
  return seconds < 60 ? `  ${seconds} s left` : `  ${Math.floor(seconds / 60)} min ${seconds % 60} s left`;
}
