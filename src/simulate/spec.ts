/**
 * Short texts that describe a synthetic sweep, as options of the command line give them.
 *
 * counts    50M,1B,1.4B or 50M..16B:8 (eight, equal steps of the logarithm, both ends among them) or both: 50M,1B..16B:5
 * noise     none, lognormal:SIGMA, student:SCALE:DEGREES       SIGMA, SCALE  0.01 or 1%, nats
 * outliers  FRACTION or FRACTION:FACTOR                        FRACTION      0.05 or 5%
 * truth     1.69,406.4,410.7,0.34,0.28 in the order of the law, or E=1.69,A=406.4,… in any
 *
 * Every message begins with the name of the option.
 */
import { COUNT, LOSS, readCount, showText } from '../data/counts.ts';
import { InputError, optionError } from '../errors.ts';
import { lawById } from '../laws/registry.ts';
import { logSpaced } from '../math/log-spaced.ts';
import type { Noise, Truth } from '../types.ts';
import { DEGREES, DEVIATION, FACTOR, FRACTION, type Range } from './noise.ts';
import { truthWith } from './truth.ts';

const EXAMPLES: Readonly<Partial<Record<string, string>>> = {
  '--sizes': 'sizes such as 50M,1B or 50M..16B:8',
  '--tokens': 'token counts such as 1B,20B or 1B..300B:6',
  '--budgets': 'budgets such as 6e18,1e20 or 6e18..3e21:9',
  '--isoflop-budgets': 'budgets such as 6e18,1e20 or 6e18..3e21:9',
  '--budget': 'budgets such as 1e24 or 1e22..1e26:5',
  '--at': 'samples such as 1000,10000',
  '--ratio': 'ratios D/N such as 200 or 5..80:5',
  '--size': 'sizes such as 8B or 1B..70B:4',
  '--unique-tokens': 'tokens such as 100B',
  '--tokens-per-parameter': 'ratios D/N such as 5,20 or 5..80:5',
};
const OTHER_EXAMPLE = 'counts such as 50M,1B or 50M..16B:8';
const MOST_COUNTS = 1e5;
const PERCENT = /^(\d+\.?\d*|\.\d+)\s*%$/;
const DEFAULT_FACTOR = 10;

/**
 * Positive counts, in the order they are written.
 * @throws InputError `--sizes: expected sizes such as 50M,1B or 50M..16B:8, got "50M..". …`
 */
export function parseCounts(option: string, text: string): number[] {
  return text.split(',').map((item) => item.trim())
    .flatMap((item) => (item.includes('..') ? parseRange(option, item) : [parseCount(option, item, item)]));
}

/** @throws InputError `--noise: expected none, lognormal:0.01 or student:0.01:4, got "gauss:0.01". …` */
export function parseNoise(option: string, text: string): Noise {
  const [kind, ...values] = text.split(':').map((part) => part.trim());
  if (kind === 'none' && values.length === 0) return { sigma: 0 };
  if (kind === 'lognormal' && values.length === 1) return { sigma: parseShare(option, values[0], DEVIATION) };
  if (kind === 'student' && values.length === 2) {
    return { sigma: parseShare(option, values[0], DEVIATION), degrees: parseNumber(option, values[1], DEGREES) };
  }
  const remedy = 'Give the standard deviation of log loss, or the scale and the degrees of freedom.';
  throw refusal(option, 'none, lognormal:0.01 or student:0.01:4', text, remedy);
}

/** @throws InputError `--outliers: expected FRACTION or FRACTION:FACTOR such as 0.05 or 0.05:10, got "". …` */
export function parseOutliers(option: string, text: string): NonNullable<Noise['outliers']> {
  const [fraction, factor, ...rest] = text.split(':').map((part) => part.trim());
  if (fraction === '' || rest.length > 0) {
    const remedy = 'Give the share of the runs, and how many times as far they are.';
    throw refusal(option, 'FRACTION or FRACTION:FACTOR such as 0.05 or 0.05:10', text, remedy);
  }
  return {
    fraction: parseShare(option, fraction, FRACTION),
    factor: factor === undefined ? DEFAULT_FACTOR : parseNumber(option, factor, FACTOR),
  };
}

/** Standard deviation of log loss, nats. @throws InputError where it is none from 0 to 1. */
export function parseDeviation(option: string, text: string): number {
  return parseShare(option, text, DEVIATION);
}

/**
 * Parameters of the law chinchilla.
 * @throws InputError where one is missing, is no number, or is not allowed by the law.
 */
export function parseTruth(option: string, text: string): Truth {
  const law = lawById('chinchilla');
  const parts = text.split(',').map((part) => part.trim());
  const values = text.includes('=') ? law.params.map((param) => valueOf(param, parts)) : parts;
  const natural = values.map((value) => LOSS.read(value));
  if (parts.length === law.params.length && !natural.some(Number.isNaN)) {
    return truthWith(law, natural, 'the law as given', option);
  }
  const remedy = `Give all ${law.params.length} as plain numbers in this order, or as in E=1.69 in any order.`;
  throw refusal(option, `${law.params.join(',')} such as 1.69,406.4,410.7,0.34,0.28`, text, remedy);
}

/** "1.69" of "E = 1.69"; empty where there is none. */
function valueOf(param: string, parts: readonly string[]): string {
  const pairs = parts.map((part) => /^(.*?)\s*=(.*)$/.exec(part) ?? []);
  return pairs.find(([, name]) => name === param)?.[2] ?? '';
}

function parseRange(option: string, item: string): number[] {
  const [, first, last, number] = /^(.*?)\.\.(.*):(.*)$/.exec(item) ?? [];
  if (number === undefined) throw notCounts(option, item, 'Write a range as low..high:count.');
  const [low, high] = [parseCount(option, first, item), parseCount(option, last, item)];
  if (!(low < high)) throw notCounts(option, item, 'Write the lower end first.');
  const count = /^\s*\d+\s*$/.test(number) ? Number(number) : NaN;
  if (!(count >= 2 && count <= MOST_COUNTS)) {
    throw notCounts(option, item, `After the colon write how many, from 2 to ${MOST_COUNTS}.`);
  }
  return logSpaced([low, high], count);
}

function parseCount(option: string, text: string, item: string): number {
  const count = readCount(text);
  if (COUNT.accepts(count)) return count;
  throw notCounts(option, item, COUNT.howTo);
}

/** A plain number, or a percentage such as 1%. */
function parseShare(option: string, text: string, range: Range): number {
  const percent = PERCENT.exec(text.trim())?.[1];
  return parseNumber(option, percent === undefined ? text : `${percent}e-2`, range, text);
}

function parseNumber(option: string, text: string, { expected, accepts, remedy }: Range, shown = text): number {
  const value = LOSS.read(text);
  if (accepts(value)) return value;
  throw refusal(option, expected, shown, remedy);
}

function notCounts(option: string, item: string, remedy: string): InputError {
  return refusal(option, EXAMPLES[option] ?? OTHER_EXAMPLE, item, remedy);
}

function refusal(option: string, expected: string, text: string, remedy: string): InputError {
  return optionError(option, `expected ${expected}, got ${showText(text)}. ${remedy}`);
}
