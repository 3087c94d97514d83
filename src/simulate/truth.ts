/** Truths behind synthetic sweeps: a law with parameters that it allows. Published ones: src/paper/truths.ts. */
import { showCell } from '../data/counts.ts';
import { InputError } from '../errors.ts';
import { isOfSize } from '../laws/inputs.ts';
import type { Law } from '../laws/law.ts';
import { lawById, lawIds } from '../laws/registry.ts';
import type { Truth } from '../types.ts';

const REWRITE = 'Write it again with isoloss fit --json.';

/**
 * The law of a fit as the truth, from the parsed JSON of `isoloss fit --json`; `name` is the file, say.
 * @throws InputError that begins with `name`, where there is no law or no usable parameter in it.
 */
export function truthOfFit(json: unknown, name: string): Truth {
  const { law: id, params, groups } = asObject(json, name, 'a fit as isoloss fit --json writes it');
  if (groups !== undefined) {
    throw new InputError(`${name}: expected a fit of one law, got one of groups of runs. Write one of groups.fits to a file of its own: each has law and params.`);
  }
  if (typeof id !== 'string' || !lawIds.includes(id)) {
    throw new InputError(`${name}, law: expected one of ${lawIds.join(', ')}, got ${show(id)}. ${REWRITE}`);
  }
  const law = lawById(id);
  const byName = asObject(params, `${name}, params`, `an object with ${law.params.join(', ')}`);
  const natural = law.params.map((param) => asNumber(byName[param], `${name}, params.${param}`));
  return truthWith(law, natural, name, name);
}

/**
 * The truth with these natural parameters, in the order of the law.
 * @throws InputError that begins with `where`, for what the law does not allow.
 */
export function truthWith(law: Law, natural: readonly number[], name: string, where: string): Truth {
  if (!isOfSize(law)) {
    throw new InputError(`${where}: expected a law of N and D, of which designs are made, got ${law.id}. It is ${law.formula}.`);
  }
  const broken = brokenRules(law, natural);
  if (broken.length === 0) {
    return { name, law: law.id, params: Object.fromEntries(law.params.map((param, p) => [param, natural[p]])) };
  }
  throw new InputError(`${where}: expected parameters that law ${law.id} allows, got ${broken.join(' and ')}. ` +
    `It is ${law.formula}, of positive terms that fall.`);
}

/** Parameters without working coordinate, as the logarithm of what is not positive, and bounds of the law. */
function brokenRules(law: Law, natural: readonly number[]): string[] {
  const shown = law.params.map((param, p) => `${param} = ${natural[p]}`);
  const infinite = shown.filter((_, p) => !Number.isFinite(natural[p]));
  if (infinite.length > 0) return infinite;
  const x = law.toWorking(natural, law.inputs.map(() => 0));
  return [...shown.filter((_, p) => !Number.isFinite(x[p])), ...law.brokenBounds(natural)];
}

function asObject(value: unknown, where: string, expected: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new InputError(`${where}: expected ${expected}, got ${show(value)}. ${REWRITE}`);
}

function asNumber(value: unknown, where: string): number {
  if (typeof value === 'number') return value;
  const remedy = value === null ? 'The fit ended without a finite one: take another fit.' : REWRITE;
  throw new InputError(`${where}: expected a number, got ${show(value)}. ${remedy}`);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : showCell(value);
}
