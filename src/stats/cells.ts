/** The cells of a landscape, and the lowest end of each: what descents find is taken in here, and measured in float64. */
import { naturalOf, placePins } from '../fit/pins.ts';
import { rowAt } from '../math/rows.ts';
import { height, workspace, type Workspace } from '../optim/objective.ts';
import { countTerminations, TERMINATIONS } from '../optim/termination.ts';
import type { Fitted, PinnedAxis } from './axes.ts';

/** Relative decrease of a cell that its neighbours should hear of; float32 resolves it. */
const LOWER = 1e-5;

/** Cells are [second axis][first axis]. */
export class Cells {
  readonly fitted: Fitted;
  /** Working coordinates that the axes hold, and those that the fit does. */
  readonly pinned: readonly boolean[];
  /** Cells along the longest axis: as many passes take news from one side to the other. */
  readonly longest: number;
  readonly objective: Float64Array;
  private readonly axes: readonly PinnedAxis[];
  private readonly x: Float64Array;
  private readonly termination: Uint8Array;
  private readonly work: Workspace;

  constructor(fitted: Fitted, axes: readonly PinnedAxis[]) {
    const count = axes.reduce((product, { values }) => product * values.length, 1);
    this.fitted = fitted;
    this.axes = axes;
    this.pinned = Array.from(fitted.optimum, (_, j) => fitted.batch.pins?.pinned[j] || axes.some(({ coordinate }) => coordinate === j));
    this.longest = Math.max(...axes.map(({ values }) => values.length));
    this.objective = new Float64Array(count).fill(Infinity);
    this.x = new Float64Array(count * fitted.optimum.length).fill(NaN);
    this.termination = new Uint8Array(count);
    this.work = workspace(fitted.problem);
  }

  /** A point moved to a cell, in working coordinates. */
  place(point: ArrayLike<number>, cell: number): Float64Array {
    const x = placePins(Float64Array.from(point), this.fitted.batch.pins);
    let rest = cell;
    for (const { coordinate, working } of this.axes) {
      x[coordinate] = working[rest % working.length];
      rest = Math.floor(rest / working.length);
    }
    return x;
  }

  /** Where the lowest descent of a cell ended. */
  end(cell: number): Float64Array {
    return rowAt(this.x, cell, this.fitted.optimum.length);
  }

  /** Takes an end where it is lower, measured in float64; true where it is so by more than what float32 can tell. */
  take(cell: number, end: ArrayLike<number>, termination: number): boolean {
    const { problem } = this.fitted;
    const x = this.place(end, cell);
    const found = height(problem, x, this.work);
    const before = this.objective[cell];
    if (!(found < before)) {
      if (this.termination[cell] === 0) this.termination[cell] = termination;
      return false;
    }
    this.end(cell).set(x);
    this.objective[cell] = found;
    this.termination[cell] = termination;
    return found < before * (1 - LOWER);
  }

  /** The cell of the optimum, where there is one, is the fit itself. */
  takeOptimum(): void {
    const { optimum } = this.fitted;
    let [cell, stride] = [0, 1];
    for (const { coordinate, working } of this.axes) {
      const at = working.indexOf(optimum[coordinate]);
      if (at < 0) return;
      cell += at * stride;
      stride *= working.length;
    }
    this.take(cell, optimum, TERMINATIONS.indexOf('converged'));
  }

  neighbours(cell: number): number[] {
    const found: number[] = [];
    let stride = 1;
    for (const { values } of this.axes) {
      const at = Math.floor(cell / stride) % values.length;
      if (at > 0) found.push(cell - stride);
      if (at < values.length - 1) found.push(cell + stride);
      stride *= values.length;
    }
    return found;
  }

  /** Natural parameters of all ends. */
  natural(): Float64Array {
    return Float64Array.from([...this.objective.keys()].flatMap((cell) => [...naturalOf(this.fitted.batch, this.end(cell))]));
  }

  outcomes(): Record<string, number> {
    return countTerminations(this.termination);
  }
}
