/** Truths behind synthetic sweeps: a law with parameters that it allows. Published ones: src/paper/truths.ts. */
import { showCell } from '../data/counts.ts';
import { InputError } from '../errors.ts';
import { isOfSize } from '../laws/inputs.ts';
import type { Law } from '../laws/law.ts';
import { lawById, lawIds } from '../laws/registry.ts';
import type { Truth } from '../types.ts';

const REWRITE = 'Write it again with isoloss fit --json.';

/**
 * The law of a fit as the truth, from the parsed JSON of `isoloss fit --json`; `name` is the file, say. `group`: whose law, of a fit
 * of groups of runs.
 * @throws InputError that begins with `name`, where there is no law or no usable parameter in it, or no such group.
 */
export function truthOfFit(json: unknown, name: string, group?: string): Truth {
  return group === undefined ? truthIn(fitIn(json, name), name) : truthIn(fitIn(json, name, group), `${name}#${group}`);
}

/**
 * The JSON of a fit of one law: itself, or that of one of its groups of runs.
 * @throws InputError as `truthOfFit`, but for law and params.
 */
export function fitIn(json: unknown, name: string, group?: string): Readonly<Record<string, unknown>> {
  const fit = asObject(json, name, 'a fit as isoloss fit --json writes it');
  if (fit.groups === undefined) {
    if (group === undefined) return fit;
    throw new InputError(`${name}: expected a fit of groups of runs, of which "${group}" is one, got a fit of one law. Leave #${group} out.`);
  }
  const { fits } = asObject(fit.groups, `${name}, groups`, 'an object with fits');
  const groups = asObject(fits, `${name}, groups.fits`, 'an object with the fit of each group');
  if (group !== undefined && Object.hasOwn(groups, group)) return asObject(groups[group], `${name}, groups.fits.${group}`, 'a fit of one group');
  const names = Object.keys(groups);
  throw new InputError(`${name}: expected one of its groups (${names.join(', ')}), got ${group === undefined ? 'none' : `"${group}"`}. ` +
    `Name it behind the file: ${name}#${names[0]}.`);
}

function truthIn({ law: id, params }: Readonly<Record<string, unknown>>, name: string): Truth {
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
