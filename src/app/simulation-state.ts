/** The simulation of the page: started and stopped here, it goes on whichever view is open. */
import { batch, signal } from '@preact/signals';
import { proxy } from 'comlink';
import type { Again, Progress, Replicates, Simulation, Truth } from '../index.ts';
import { clear, fail, inWorker } from './engine.ts';
import { hold } from './hold.ts';
import type { SimulateEvents, SimulateRequest } from './simulating.ts';
import { commandOf } from './simulation-command.ts';
import * as settings from './simulation-settings.ts';
import { budget, device, lossOptions, view } from './state.ts';
import { isAbort } from './trouble.ts';

/** The sweeps that are fitted so far, and what they are of. */
export interface Fitted extends Replicates {
  readonly truth: Truth;
  readonly requested: number;
}

/** What came out, and the command line that does it again, where there is one. */
export interface Simulated {
  readonly simulation: Simulation;
  readonly again: Again | undefined;
}

/** How far it is, and how fast: a second, and seconds left where that can be said. */
export interface Pace extends Progress {
  readonly rate: number;
  readonly left: number | undefined;
}

export const simulating = signal(false);
export const fitted = signal<Fitted | undefined>(undefined);
/** Of `fitted`; undefined until the last of them is. */
export const simulated = signal<Simulated | undefined>(undefined);
export const pace = signal<Pace | undefined>(undefined);
/** It was stopped before there was anything to show. */
export const stoppedEarly = signal(false);

/** Milliseconds between drawings while sweeps come in. */
const PERIOD = 700;

/** Draws and fits the sweeps of the settings as they are now; those of before are gone. */
export async function simulate(): Promise<void> {
  const [{ value: truth }, { value: design }] = [settings.truthMade.value, settings.designMade.value];
  if (simulating.value || !truth || !design) return;
  const request = requestOf(truth, design);
  const again = commandOf(truth);
  clear('simulate');
  batch(() => {
    simulating.value = true;
    stoppedEarly.value = false;
    fitted.value = simulated.value = pace.value = undefined;
  });
  const collector = collectorOf(request);
  try {
    const simulation = await (await inWorker()).simulate(request, proxy(collector.events));
    batch(() => {
      collector.show();
      simulated.value = { simulation, again };
    });
  } catch (error) {
    collector.show();
    stoppedEarly.value = isAbort(error);
    fail('simulate', error);
  } finally {
    batch(() => {
      simulating.value = false;
      pace.value = undefined;
    });
  }
}

/** What is done stays. */
export async function stopSimulation(): Promise<void> {
  (await inWorker()).stop('simulate');
}

function requestOf(truth: Truth, design: SimulateRequest['design']): SimulateRequest {
  const { sweeps, seed, confidence, bootstrapped, resamples } = settings;
  return {
    truth, design,
    noise: settings.noiseMade(),
    sweeps: sweeps.value, seed: seed.value, confidence: confidence.value, ...lossOptions(), budgets: [budget.value], device: device.value,
    ...(bootstrapped.value > 0 && { bootstrap: { sweeps: bootstrapped.value, replicates: resamples.value } }),
  };
}

/** Puts the pieces together; shows them now and then. */
function collectorOf({ truth, sweeps = 0 }: SimulateRequest): { readonly events: SimulateEvents; show(): void } {
  const order = Object.keys(truth.params).length;
  const all = { natural: new Float64Array(sweeps * order), objective: new Float64Array(sweeps), termination: new Uint8Array(sweeps) };
  let [done, shown] = [0, -Infinity];
  const show = () => {
    if (done === 0) return;
    shown = performance.now();
    fitted.value = {
      truth, requested: sweeps,
      natural: all.natural.subarray(0, done * order), objective: all.objective.subarray(0, done), termination: all.termination.subarray(0, done),
    };
  };
  const progressed = paced();
  return {
    show,
    events: {
      fitted(first, { natural, objective, termination }) {
        all.natural.set(natural, first * order);
        all.objective.set(objective, first);
        all.termination.set(termination, first);
        done = first + objective.length;
        if (performance.now() - shown <= PERIOD) return undefined;
        return view.peek() === 'simulate' ? hold(show) : show();
      },
      progressed: (progress) => { pace.value = progressed(progress); },
    },
  };
}

/** Share of the work from which on the time left is more than a guess. */
const TELLING = 0.02;

/** The rate is that since the stage began. */
function paced(): (progress: Progress) => Pace {
  let since: { readonly stage: Progress['stage']; readonly done: number; readonly time: number } = { stage: 'simulate', done: 0, time: performance.now() };
  return (progress) => {
    const { stage, done, total } = progress;
    if (stage !== since.stage || done < since.done) since = { stage, done, time: performance.now() };
    const rate = (1000 * (done - since.done)) / (performance.now() - since.time);
    return { ...progress, rate, left: rate > 0 && done > TELLING * total ? (total - done) / rate : undefined };
  };
}
