/**
 * Settings that live in the page's address: a signal each, with a key, a value that it has by default, and a way to write
 * it. The address holds those that are not at their default, `#law=chinchilla-allocation&drop=5`, so that a link, a
 * bookmark and a reload bring back what was on the screen.
 */
import { batch, signal, type Signal } from '@preact/signals';
import { InputError, parseLines, readCount, showLines, type Interval } from '../index.ts';

/** How a value is written. `read` throws an InputError "expected …, got …" where the text is none. */
export interface Codec<T> {
  read(text: string): T;
  write(value: T): string;
}

export interface Setting<T> extends Signal<T> {
  readonly key: string;
  readonly initial: T;
  readonly codec: Codec<T>;
}

const all = new Map<string, Setting<unknown>>();

/** A setting, known by its key in the address. */
export function setting<T>(key: string, initial: T, codec: Codec<T>): Setting<T> {
  if (all.has(key)) throw new Error(`setting: expected a key of its own, got "${key}" twice`);
  const made = Object.assign(signal(initial), { key, initial, codec });
  all.set(key, made as Setting<unknown>);
  return made;
}

/** The settings that are not at their default, "law=…&drop=5"; with `changes`, as they would be after them. */
export function writeAddress(changes: ReadonlyMap<Setting<never>, unknown> = new Map()): string {
  const params = new URLSearchParams();
  for (const known of all.values()) {
    const value = changes.has(known as Setting<never>) ? changes.get(known as Setting<never>) : known.value;
    const text = known.codec.write(value);
    if (text !== known.codec.write(known.initial)) params.set(known.key, text);
  }
  return params.toString();
}

/** Takes over what an address says, all else at its default. Returns what could not be read, a sentence each. */
export function readAddress(hash: string): string[] {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const problems: string[] = [];
  batch(() => {
    for (const known of all.values()) if (!params.has(known.key)) put(known, known.initial);
    for (const [key, text] of params) {
      const problem = take(key, text);
      if (problem !== undefined) problems.push(problem);
    }
  });
  return problems;
}

function take(key: string, text: string): string | undefined {
  const known = all.get(key);
  if (!known) return `address: expected settings of this page, got "${key}". It was left out.`;
  try {
    put(known, known.codec.read(text));
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    put(known, known.initial);
    return `address, ${key}: ${error.message.replace(`${key}: `, '')} It was left at its default.`;
  }
}

/** A value that is written alike stays the one that it is, so that nobody takes it for a change. */
function put<T>(known: Setting<T>, value: T): void {
  if (known.codec.write(value) !== known.codec.write(known.peek())) known.value = value;
}

function refuse(expected: string, text: string): never {
  throw new InputError(`expected ${expected}, got ${text.trim() === '' ? 'nothing' : `"${text}"`}.`);
}

export const words: Codec<string> = { read: (text) => text, write: (value) => value };

export function oneOf<T extends string>(values: readonly T[]): Codec<T> {
  return {
    read: (text) => values.find((value) => value === text) ?? refuse(`one of ${values.join(', ')}`, text),
    write: (value) => value,
  };
}

/** A number from `least` to `most`, as people write it: 1e-3, 0.001. */
export function decimal(least: number, most: number, expected: string): Codec<number> {
  return {
    read: (text) => {
      const value = text.trim() === '' ? NaN : Number(text);
      return value >= least && value <= most ? value : refuse(expected, text);
    },
    write: String,
  };
}

/** A whole number, also written 4000, 4,000 or 4k. */
export function whole(least: number, most: number): Codec<number> {
  return {
    read: (text) => {
      const value = readCount(text);
      const fits = Number.isInteger(value) && value >= least && value <= most;
      return fits ? value : refuse(`a whole number from ${least} to ${most.toLocaleString('en')}`, text);
    },
    write: String,
  };
}

/** A positive count: 5.76e23, 70B. */
export function positive(expected: string): Codec<number> {
  return {
    read: (text) => {
      const value = readCount(text);
      return value > 0 && value < Infinity ? value : refuse(expected, text);
    },
    write: shortest,
  };
}

/** 5.76e23, 1e12, 50000: every digit, from a million on as a power of ten where that is shorter. */
function shortest(value: number): string {
  const [plain, power] = [String(value), value.toExponential()].map((text) => text.replace('e+', 'e'));
  return value >= 1e6 && power.length < plain.length ? power : plain;
}

/** Names apart by commas: table3,early-stop. */
export const names: Codec<readonly string[]> = {
  read: (text) => (text.trim() === '' ? [] : text.split(',').map((name) => /^\s*([\w-]+)\s*$/.exec(name)?.[1] ?? refuse('names apart by commas', text))),
  write: (names) => names.join(','),
};

/** A word of these, or a whole number. */
export function wordOr<W extends string>(values: readonly W[], number: Codec<number>): Codec<W | number> {
  return {
    read: (text) => values.find((value) => value === text.trim()) ?? number.read(text),
    write: String,
  };
}

/** A word for each of some words, "loss:val_loss,N:params". */
export const pairs: Codec<Readonly<Record<string, string>>> = {
  read: (text) => (text === '' ? {} : Object.fromEntries(text.split(',').map(readPair))),
  write: (words) => Object.entries(words).map((pair) => pair.map(encodeURIComponent).join(':')).join(','),
};

function readPair(text: string): readonly [string, string] {
  const [, name, word] = /^([^:]+):([^:]*)$/.exec(text) ?? refuse('pairs such as loss:val_loss', text);
  try {
    return [decodeURIComponent(name), decodeURIComponent(word)];
  } catch {
    return refuse('pairs such as loss:val_loss', text);
  }
}

/** Between assignments; a parameter of a group of runs, "E[old, books]", may hold a comma. */
const BETWEEN = /,(?=\s*\w+(?:\[.*?\])?\s*=)/;

/** Numbers by name, "alpha=0.34,beta=0.28". */
export const assignments: Codec<Readonly<Record<string, number>>> = {
  read: (text) => {
    const parts = text.trim() === '' ? [] : text.split(BETWEEN).map((part) => readAssignment(part, text));
    const twice = parts.find(([name], k) => parts.findIndex(([other]) => other === name) < k);
    if (twice) throw new InputError(`expected one value for ${twice[0]}, got two. Leave one out.`);
    return Object.fromEntries(parts);
  },
  write: (numbers) => Object.entries(numbers).map(([name, value]) => `${name}=${value}`).join(','),
};

/** Lowest and highest value by name, "alpha=0.1:0.6"; either may be left out. */
export const ranges: Codec<Readonly<Record<string, Interval>>> = {
  read: (text) => {
    const parts = text.trim() === '' ? [] : text.split(BETWEEN).map((part) => readRange(part, text));
    const twice = parts.find(([name], k) => parts.findIndex(([other]) => other === name) < k);
    if (twice) throw new InputError(`expected one pair of bounds for ${twice[0]}, got two. Leave one out.`);
    return Object.fromEntries(parts);
  },
  write: (all) => Object.entries(all).map(([name, ends]) => `${name}=${ends.map((end) => (Number.isFinite(end) ? String(end) : '')).join(':')}`).join(','),
};

function readRange(part: string, text: string): readonly [string, Interval] {
  const [, name = '', low = '', high = ''] = /^\s*(\w+(?:\[.*\])?)\s*=\s*(\S*?)\s*:\s*(\S*)\s*$/.exec(part) ?? [];
  const ends = [low === '' ? -Infinity : Number(low), high === '' ? Infinity : Number(high)] as const;
  return name !== '' && low + high !== '' && ends[0] < ends[1] ? [name, ends] : refuse('bounds by name such as alpha=0.1:0.6', text);
}

function readAssignment(part: string, text: string): readonly [string, number] {
  const [, name = '', number = ''] = /^\s*(\w+(?:\[.*\])?)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
  const value = number === '' ? NaN : Number(number);
  return Number.isFinite(value) ? [name, value] : refuse('numbers by name such as alpha=0.34,beta=0.28', text);
}

/** As an option of the library reads it; its message without the name, which the label of the field says. */
export function option<T>(name: string, parse: (name: string, text: string) => T, write: (value: T) => string): Codec<T> {
  const read = (text: string): T => {
    try {
      return parse(name, text);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(error.message.replace(`${name}: `, ''));
    }
  };
  return { read, write };
}

/** Checked, and kept as it was written. */
export function written(name: string, parse: (name: string, text: string) => unknown): Codec<string> {
  return option(name, (_, text) => {
    parse(name, text);
    return text.trim();
  }, (text) => text);
}

/** Numbers apart by commas, kept as they were written, or nothing. */
export function numbers(accepts: (value: number) => boolean, expected: string): Codec<string> {
  return {
    read: (text) => {
      const fits = text.trim() === '' || text.split(',').every((each) => each.trim() !== '' && accepts(Number(each)));
      return fits ? text.trim() : refuse(expected, text);
    },
    write: (text) => text,
  };
}

/** Nothing, or what another codec reads. */
export function optional<T>(codec: Codec<T>): Codec<T | undefined> {
  return {
    read: (text) => (text.trim() === '' ? undefined : codec.read(text)),
    write: (value) => (value === undefined ? '' : codec.write(value)),
  };
}

/** Values apart by commas; "none" where there is none of them, and nothing where they are not chosen. */
export function list<T>(each: Codec<T>): Codec<readonly T[] | undefined> {
  return optional({
    read: (text) => (text.trim() === 'none' ? [] : text.split(',').map((part) => each.read(part.trim()))),
    write: (values) => values.map(each.write).join(',') || 'none',
  });
}

/** Lines of the table: 12,15-18. */
export const lines: Codec<readonly number[]> = {
  read: (text) => (text.trim() === '' ? [] : parseLines(text)),
  write: showLines,
};
