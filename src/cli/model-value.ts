/** A model on the command line: "N=70B,D=1.4T", in any order, and what else a law reads: "N=8B,D=200B,U=100B", "x=1e9". */
import { FURTHER, MEANING } from '../data/columns.ts';
import { readCount } from '../data/counts.ts';
import type { Model, Role } from '../types.ts';
import { refused } from './values.ts';
import { refusal, suggest, type UsageError } from './usage.ts';

type Said = Exclude<Role, 'C' | 'loss' | 'weight'>;

const SAID: readonly Said[] = ['N', 'D', ...FURTHER];
/** Of values that are no positive counts: what is expected, and which do. */
const COUNTED: Readonly<Partial<Record<Said, readonly [expected: string, accepts: (value: number) => boolean]>>> = {
  S: ['a share from 0 to below 1 such as 0.9', (value) => value >= 0 && value < 1],
  experts: ['experts, a whole number from 1 on such as 64,', (value) => value >= 1 && Number.isSafeInteger(value)],
  G: ['a granularity from 1 on such as 4', (value) => value >= 1 && value < Infinity],
};

/** @throws UsageError that names the part that cannot be used. */
export function readModel(value: string, where: string): Model {
  const model: Partial<Record<Said, number>> = {};
  for (const part of value.split(/,(?=\s*\w+\s*=)/)) {
    const [, name, written] = /^\s*(\w+)\s*=(.*)$/s.exec(part) ?? [];
    if (name === undefined || written === undefined) throw refused(where, 'a model such as N=70B,D=1.4T', value, 'Write each part as ROLE=NUMBER, with commas between them.');
    const role = SAID.find((each) => each === name);
    if (role === undefined) throw strayRole(name, value, where);
    if (model[role] !== undefined) throw refused(where, `one value of ${role}`, value, 'Repeat the option for another model.');
    model[role] = readValue(role, written, value, where);
  }
  if (model.x !== undefined || model.experts !== undefined || (model.N !== undefined && model.D !== undefined)) return model;
  const missing = (['N', 'D'] as const).filter((role) => model[role] === undefined);
  throw refused(where, 'a model such as N=70B,D=1.4T', value, `Add ${missing.map((role) => MEANING[role]).join(' and ')}.`);
}

function strayRole(name: string, value: string, where: string): UsageError {
  const upper = SAID.find((role) => role.toLowerCase() === name.toLowerCase());
  const remedy = name === 'C' ? 'It is 6ND: give N and D.' : upper ? `Did you mean ${upper}?` : suggest(name, SAID, 'Laws read these of a model.');
  return refused(where, `roles of ${SAID.join(', ')}`, value, remedy);
}

function readValue(role: Said, written: string, value: string, where: string): number {
  const number = readCount(written);
  const [expected, accepts] = COUNTED[role] ?? [`a positive number for ${MEANING[role]}`, (count: number) => count > 0 && count < Infinity];
  if (accepts(number)) return number;
  throw refusal(where, COUNTED[role] ? `${expected} for ${role}` : expected, `"${written.trim()}" in "${value}"`,
    'Write a plain number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.');
}
