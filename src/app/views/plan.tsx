/** What to train: from a budget to size, tokens and loss, with intervals, what it costs, and how little other sizes lose. */
import { effect, signal } from '@preact/signals';
import {
  computeOf, costOf, deviceById, devices, flatness, flatnessFigure, formatCount, formatInteger, formatNumber, frontier, InputError, ratioFigure,
  wellKnownModels, type Fit, type Interval,
} from '../../index.ts';
import { Chart, FitChart } from '../chart.tsx';
import { ChoiceField, TextField } from '../controls.tsx';
import { look } from '../look.ts';
import { count, decimals, number, percent, power } from '../numbers.ts';
import { span } from '../results.tsx';
import { decimal, oneOf, positive, setting } from '../setting.ts';
import { budget, found, resampling } from '../state.ts';

const means = setting<'flops' | 'hours' | 'money'>('means', 'flops', oneOf(['flops', 'hours', 'money']));
const hardware = setting('hardware', 'h100-sxm', oneOf(devices.map(({ id }) => id)));
const utilisation = setting('mfu', 0.4, decimal(1e-4, 1, 'a share of the peak rate such as 0.4'));
const hours = setting('hours', 1e6, positive('device-hours such as 1e6'));
const money = setting('money', 2e6, positive('money such as 2e6'));
const price = setting('price', 2, positive('a price of a device-hour such as 2.5'));

/** Why the means give no budget. */
const problem = signal<string | undefined>(undefined);

/** What the budget was last computed from. */
let before = '';

/** Device-hours or money set the budget, which stands in the settings as FLOPs; one that is written by hand is FLOPs again. */
effect(() => {
  const [kind, C] = [means.value, budget.value];
  const now = JSON.stringify([kind, hardware.value, utilisation.value, hours.value, money.value, price.value]);
  const changed = now !== before;
  before = now;
  if (kind === 'flops') return;
  const bought = computeBought(kind);
  if (bought === undefined || bought === C) return;
  if (changed) budget.value = bought;
  else means.value = 'flops';
});

/** Undefined where the means come to no number; `problem` then says why. */
function computeBought(kind: 'hours' | 'money'): number | undefined {
  const machine = { device: hardware.value, utilisation: utilisation.value };
  try {
    problem.value = undefined;
    return computeOf(kind === 'hours' ? { ...machine, deviceHours: hours.value } : { ...machine, money: money.value, pricePerDeviceHour: price.value });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problem.value = error.message;
    return undefined;
  }
}

export function PlanView() {
  return (
    <>
      <section aria-labelledby="budget-heading">
        <h2 id="budget-heading">Budget</h2>
        <div class="fields">
          <ChoiceField label="Given as" of={means} choices={[['flops', 'Training FLOPs'], ['hours', 'Device-hours'], ['money', 'Money']]} />
          {means.value === 'flops' && <TextField label="Training FLOPs" of={budget} suggestions={['5.76e23', '1e24', '1e25', '1e26']} />}
          {means.value === 'hours' && <TextField label="Device-hours" of={hours} />}
          {means.value === 'money' && <TextField label="Money" of={money} hint="in the currency of the price" />}
          <ChoiceField label="Device" of={hardware} choices={devices.map(({ id, name }) => [id, name] as const)} hint={`${formatNumber(deviceById(hardware.value).peakFlops / 1e12, 4)} TFLOP/s dense; ${deviceById(hardware.value).source}`} />
          <TextField label="Utilisation (MFU)" of={utilisation} suggestions={['0.3', '0.4', '0.5']} />
          <TextField label="Price of a device-hour" of={price} />
        </div>
        {problem.value && <p class="problem" role="alert">{problem.value}</p>}
      </section>
      <Allocation />
      <FitChart name="ratio" tall figure={() => found.value && ratioFigure(found.value.sweep, found.value.fit, {
        ...look.value, models: wellKnownModels, budget: budget.value, ...(resampling.value && { bootstrap: resampling.value.bootstrap }),
      })} />
      <Chart name="budget" title="Loss at this budget" figure={() => found.value && flatnessFigure(found.value.fit, budget.value, look.value)}>
        How flat the optimum is: model size against loss with C = 6ND fixed, and the sizes that lose little.
      </Chart>
    </>
  );
}

/** A share of the best loss that is given up. */
const EXCESSES = [0.001, 0.01];

function Allocation() {
  if (!found.value) return null;
  const { fit } = found.value;
  const C = budget.value;
  const [best] = frontier(fit.law, fit.params, [C]);
  const bootstrap = resampling.value?.bootstrap;
  const at = bootstrap?.frontier.find((point) => point.C === C);
  const { deviceHours, money: cost } = costOf(C, { device: hardware.value, utilisation: utilisation.value, pricePerDeviceHour: price.value });
  const rows: readonly (readonly [id: string, name: string, value: string, interval: string])[] = [
    ['N', 'Parameters N', count(best.N), span(at?.N, formatCount)],
    ['D', 'Training tokens D', count(best.D), span(at?.D, formatCount)],
    ['ratio', 'Tokens per parameter', number(best.D / best.N, 3), span(at?.tokensPerParameter, (end) => number(end, 3))],
    ['loss', 'Loss, nats per token', decimals(best.loss, 4), span(at?.loss, (end) => end.toFixed(4))],
  ];
  return (
    <section aria-labelledby="allocation-heading" id="allocation">
      <h2 id="allocation-heading">Optimal for {power(C)} FLOPs</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Optimal allocation">
        <table>
          <thead><tr><th scope="col"><span class="unseen">Quantity</span></th><th scope="col">Optimum</th><th scope="col">{bootstrap ? `${percent(bootstrap.confidence)} interval` : 'Interval'}</th></tr></thead>
          <tbody>{rows.map(([id, name, value, interval]) => <tr key={id}><th scope="row">{name}</th><td data-plan={id}>{value}</td><td data-plan-interval={id}>{interval}</td></tr>)}</tbody>
        </table>
      </div>
      <p>
        It takes {large(deviceHours)} device-hours on {deviceById(hardware.value).name} at {percent(utilisation.value)} of its peak
        {cost !== undefined && `, ${large(cost)} at ${price.value} an hour`}.
        {C > fit.computeRange[1] && ` This is ${number(C / fit.computeRange[1], 2)} times the compute of the largest run: an extrapolation.`}
      </p>
      <Flat fit={fit} C={C} />
    </section>
  );
}

/** Whole numbers; powers of ten where those would be long, or nothing. */
function large(value: number): string {
  return value >= 0.5 && value < 1e15 ? formatInteger(Math.round(value)) : number(value, 3);
}

/** How little is lost by another size. */
function Flat({ fit, C }: { readonly fit: Fit; readonly C: number }) {
  const ranges = EXCESSES.map((excess) => ({ excess, range: flatOrWhy(fit, C, excess) }));
  const [{ range: first }] = ranges;
  if (typeof first === 'string') return <p class="remark">{first}</p>;
  return (
    <ul class="flat">
      {ranges.map(({ excess, range }) => typeof range !== 'string' && (
        <li key={excess} data-flat={excess}>Within {percent(excess)} of the best loss: N {span(range.N, size)}, D {span(range.D, size)}.</li>
      ))}
    </ul>
  );
}

function flatOrWhy(fit: Fit, C: number, excess: number): { readonly N: Interval; readonly D: Interval } | string {
  try {
    return flatness(fit.law, fit.params, C, excess);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** Ends of a plateau are 0 and infinite. */
function size(end: number): string {
  return end === 0 ? 'none' : Number.isFinite(end) ? formatCount(end) : 'any';
}
