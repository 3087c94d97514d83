/** What a fit minimises, and which parameters it holds or bounds, as every command that fits is asked for it. */
import { lossIds } from '../losses/registry.ts';
import type { FitOptions, Interval } from '../types.ts';
import type { Options } from './command.ts';
import { refusal } from './usage.ts';
import { oneOf, positive, readNumber, refused } from './values.ts';

/** What is absent was not given. */
export type LossRequest = { -readonly [K in 'loss' | 'delta' | 'envelope' | 'fix' | 'bounds']?: FitOptions[K] };

/** `of`: where a command keeps them. The last of an option counts, and all of --fix and --bound. */
export function lossOptions<C>(of: (command: C) => LossRequest): Options<C> {
  return {
    loss: { set(command, value, where) { of(command).loss = oneOf(lossIds, value, where); } },
    delta: { set(command, value, where) { of(command).delta = positive(value, where); } },
    envelope: { set(command, value, where) { of(command).envelope = readShare(value, where); } },
    fix: {
      set(command, value, where) {
        const request = of(command);
        request.fix = readFix(request.fix ?? {}, value, where);
      },
    },
    bound: {
      set(command, value, where) {
        const request = of(command);
        request.bounds = readBounds(request.bounds ?? {}, value, where);
      },
    },
  };
}

function readShare(value: string, where: string): number {
  const share = readNumber(value);
  if (share > 0 && share <= 0.5) return share;
  throw refused(where, 'a share above 0 and at most 0.5 such as 0.1', value, 'Write 10 % as 0.1.');
}

/** A parameter, or one of a group of runs, whose name may hold anything: "E", "E[web]", "E[old, books]". */
const NAME = String.raw`\w+(?:\[.*\])?`;
const BETWEEN = /,(?=\s*\w+(?:\[.*?\])?\s*=)/;

/** "alpha=0.34,beta=0.28", beside what is held already. */
function readFix(held: Readonly<Record<string, number>>, value: string, where: string): Record<string, number> {
  const fix = { ...held };
  for (const part of value.split(BETWEEN)) {
    const [, name, number = ''] = new RegExp(`^\\s*(${NAME})\\s*=\\s*(\\S+)\\s*$`).exec(part) ?? [];
    const at = readNumber(number);
    if (name === undefined || !Number.isFinite(at)) throw refused(where, 'NAME=VALUE,... such as alpha=0.34,beta=0.28', value, 'Write plain numbers.');
    if (name in fix) throw refusal(where, `one value for ${name}`, 'two', 'Leave one out.');
    fix[name] = at;
  }
  return fix;
}

/** "alpha=0.1:0.6,E=1:", beside those that there are already; an end that is left out is open. */
function readBounds(known: Readonly<Record<string, Interval>>, value: string, where: string): Record<string, Interval> {
  const bounds = { ...known };
  for (const part of value.split(BETWEEN)) {
    const [, name, ...ends] = new RegExp(`^\\s*(${NAME})\\s*=\\s*([^\\s:]*):([^\\s:]*)\\s*$`).exec(part) ?? [];
    const [low, high] = ends.map((end, k) => (end === '' ? [-Infinity, Infinity][k] : readNumber(end)));
    if (name === undefined || !(low < high) || (low === -Infinity && high === Infinity)) {
      throw refused(where, 'NAME=LOW:HIGH,... such as alpha=0.1:0.6', value, 'Write plain numbers, the lower one first; one end may be left out.');
    }
    if (name in bounds) throw refusal(where, `one pair of bounds for ${name}`, 'two', 'Write both ends together.');
    bounds[name] = [low, high];
  }
  return bounds;
}
