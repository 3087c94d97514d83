/** A few ticks for a short axis: the most whose names have room, at round values. */
import { formatCount } from '../units.ts';
import { formatValue, powerOfTen } from './units.ts';

/** Room of the names of all ticks, each with a gap beside it; characters. */
const [ROOM, GAP] = [26, 2];

/** Steps over the power of ten below a tenth of the range. */
const STEPS = [1, 2, 5, 10, 20, 50, 100] as const;
/** Leading digits of the ticks within a decade, and decades from tick to tick. */
const DIGITS = [[1, 2, 5], [1, 3], [1]] as const;
const STRIDES = [1, 2, 3, 5, 10, 20, 50, 100] as const;

export function linearTicks(low: number, high: number): number[] {
  const decade = 10 ** Math.floor(Math.log10((high - low) / 10));
  return firstWithRoom(STEPS.map((step) => multiples(low, high, step * decade)), false);
}

/** `low` and `high` positive, themselves and not their logs. */
export function logTicks(low: number, high: number): number[] {
  const decades = multiples(Math.floor(Math.log10(low)), Math.floor(Math.log10(high)), 1);
  const within = (ticks: readonly number[]) => ticks.filter((tick) => tick >= low && tick <= high);
  return firstWithRoom([
    ...DIGITS.map((digits) => within(decades.flatMap((decade) => digits.map((digit) => Number(`${digit}e${decade}`))))),
    ...STRIDES.map((stride) => within(decades.filter((decade) => decade % stride === 0).map((decade) => Number(`1e${decade}`)))),
  ], true);
}

/** 0.35, 2000; on a log axis powers of ten from 10⁴ on. */
export function tickName(tick: number, log: boolean): string {
  return log && tick >= 1e4 ? powerOfTen(tick, 1) : formatValue(tick, 6);
}

/** 1, 2 and 5 times powers of ten between two ends. */
export function roundTicks([low, high]: readonly [number, number]): number[] {
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, k) => first + k);
  return decades.flatMap((decade) => [1, 2, 5].map((digit) => Number(`${digit}e${decade}`))).filter((tick) => tick >= low && tick <= high);
}

/** A count as plotly names the ticks of an axis of counts: 5, 1000, 20k, 500M, 2B; "30k" and not "30K", which tables write. */
export function countName(tick: number): string {
  return tick < 1e4 ? formatValue(tick) : formatCount(tick).replace(/\.0+(?=\D)/, '').replace('K', 'k');
}

function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

function firstWithRoom(choices: readonly number[][], log: boolean): number[] {
  const roomOf = (tick: number) => GAP + tickName(tick, log).replaceAll(/<[^>]*>/g, '').length;
  return choices.find((ticks) => ticks.reduce((room, tick) => room + roomOf(tick), 0) <= ROOM) ?? [];
}
