/** Hours, money or energy set the budget, which stands in the settings as FLOPs; one that is written by hand is FLOPs again. */
import { effect, signal } from '@preact/signals';
import { betweenFailures, computeOf, computeWithin, goodputOf, InputError, type Cluster } from '../index.ts';
import * as plan from './plan-settings.ts';
import { budget } from './state.ts';

/** Why the means give no budget. */
export const problem = signal<string | undefined>(undefined);

/** Starts following the settings, before the address is read. */
export function followMeans(): void {
  let before = ''; // what the budget was last computed from
  effect(() => {
    const [kind, C] = [plan.means.value, budget.value];
    const now = JSON.stringify([kind, amountOf(kind), plan.cluster(), plan.failures(), plan.layout.value]);
    const changed = now !== before;
    before = now;
    problem.value = undefined;
    if (kind === 'flops' || kind === 'loss') return;
    const bought = computeBought(kind);
    if (bought === undefined || bought === C) return;
    if (changed) budget.value = bought;
    else plan.means.value = 'flops';
  });
}

type Bought = Exclude<plan.Means, 'flops' | 'loss'>;

function amountOf(kind: plan.Means): number | undefined {
  return { hours: plan.hours, clock: plan.clock, money: plan.money, energy: plan.energy, flops: undefined, loss: undefined }[kind]?.value;
}

/** Undefined where the means come to no number; `problem` then says why. */
function computeBought(kind: Bought): number | undefined {
  try {
    if (plan.layout.value === 'modelled') throw new InputError(UNKNOWN_SIZE);
    return within(kind, amountOf(kind)!, plan.cluster());
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problem.value = error.message;
    return undefined;
  }
}

const UNKNOWN_SIZE = 'layout: expected a given utilisation beside hours, money or energy, got a modelled one. ' +
  'How well devices are used depends on the size: give the utilisation below, or training FLOPs here.';

function within(kind: Bought, amount: number, cluster: Cluster): number {
  const goodput = goodputFor(cluster);
  if (kind === 'hours') return computeOf({ ...cluster, deviceHours: amount * goodput });
  return computeWithin({ [kind === 'clock' ? 'hours' : kind]: amount }, { ...cluster, goodput }).compute;
}

/** Share of the time in which the training gets on. */
function goodputFor({ devices }: Cluster): number {
  const { failures } = plan.failures();
  if (!failures) return 1;
  const { ofOneDevice, ...rest } = failures;
  return goodputOf({ between: betweenFailures(ofOneDevice, devices), ...rest }).goodput;
}
