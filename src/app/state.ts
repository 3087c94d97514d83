/** The state of the page, all of it, in one place: a value is replaced, never changed, and the views follow. */
import type { Fit, FrontierPoint, Progress, Sweep } from '../index.ts';

/** What the worker brings back. */
export interface Outcome {
  readonly sweep: Sweep;
  readonly fit: Fit;
  readonly frontier: readonly FrontierPoint[];
  /** Why the CPU did the work, and what would change that; undefined where the GPU did it. */
  readonly withoutGpu: string | undefined;
}

export interface State {
  readonly progress?: Progress;
  readonly outcome?: Outcome;
  /** What went wrong, in words. */
  readonly trouble?: string;
}

export interface Store {
  readonly state: State;
  update(change: Partial<State>): void;
}

/** `render` is called with each new state and the one before it. */
export function createStore(render: (state: State, before: State) => void): Store {
  let state: State = {};
  return {
    get state() { return state; },
    update(change) {
      const before = state;
      state = { ...state, ...change };
      render(state, before);
    },
  };
}
