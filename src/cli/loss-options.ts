/** What a fit minimises and which parameters it holds, as every command that fits is asked for it. */
import { lossIds } from '../losses/registry.ts';
import type { FitOptions } from '../types.ts';
import type { Options } from './command.ts';
import { refusal } from './usage.ts';
import { oneOf, positive, readNumber, refused } from './values.ts';

/** What is absent was not given. */
export type LossRequest = { -readonly [K in 'loss' | 'delta' | 'envelope' | 'fix']?: FitOptions[K] };

/** `of`: where a command keeps them. The last of an option counts, and all of --fix. */
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
  };
}

function readShare(value: string, where: string): number {
  const share = readNumber(value);
  if (share > 0 && share <= 0.5) return share;
  throw refused(where, 'a share above 0 and at most 0.5 such as 0.1', value, 'Write 10 % as 0.1.');
}

/** "alpha=0.34,beta=0.28", beside what is held already. */
function readFix(held: Readonly<Record<string, number>>, value: string, where: string): Record<string, number> {
  const fix = { ...held };
  for (const part of value.split(',')) {
    const [, name, number = ''] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    const at = readNumber(number);
    if (name === undefined || !Number.isFinite(at)) throw refused(where, 'NAME=VALUE,... such as alpha=0.34,beta=0.28', value, 'Write plain numbers.');
    if (name in fix) throw refusal(where, `one value for ${name}`, 'two', 'Leave one out.');
    fix[name] = at;
  }
  return fix;
}
