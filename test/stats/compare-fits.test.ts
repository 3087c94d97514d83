/** Which laws are compared where nobody names them: those whose inputs the sweep says, by the roles that the laws read. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { comparableLaws, lawsFor } from '../../src/stats/compare-fits.ts';
import { nestedTests } from '../../src/stats/compare-nested.ts';
import type { Sweep } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';
import { sizeLawIds, sweepOfLaw } from '../support/laws.ts';

/** One surface in other parameters: Chinchilla's stands for both; and, where C is 6·N·D, that with one exponent. */
const [TWIN, OVERTRAINING] = ['chinchilla-allocation', 'overtraining'];
const ofSize = lawIds.filter((id) => sizeLawIds.includes(id) && id !== TWIN && id !== OVERTRAINING);
const further = lawIds.filter((id) => !sizeLawIds.includes(id) && id !== OVERTRAINING);

it('of a table of N and D: the laws that read no more', () => {
  expect(comparableLaws(sweepCase())).toEqual(ofSize);
  expect(further).toContain('sparsity');
});

it('of a table whose C is not 6·N·D: over-training too, which says something else there', () => {
  const sweep = sweepCase();
  const dearer = { ...sweep, columns: { ...sweep.columns, C: sweep.columns.C.map((C, i) => C * (1 + 1e-3 * (i % 3))) } };
  expect(comparableLaws(dearer)).toEqual(lawIds.filter((id) => ofSize.includes(id) || id === OVERTRAINING));
});

describe.each(further)('%s, on a sweep that says what it reads', (id) => {
  const sweep = sweepOfLaw(id);

  it('is one of them, with those of N and D', () => {
    expect(comparableLaws(sweep)).toEqual(expect.arrayContaining([...ofSize, id]));
  });

  it('is none of them where one run does not say it', () => {
    const [role] = Object.keys(sweep.columns).filter((name) => !['N', 'D', 'C'].includes(name)) as (keyof Sweep['columns'])[];
    const gap = { ...sweep, columns: { ...sweep.columns, [role!]: sweep.columns[role!]!.with(3, NaN) } };
    expect(comparableLaws(gap)).toEqual(expect.arrayContaining(ofSize));
    expect(comparableLaws(gap)).not.toContain(id);
  });
});

it('laws that are asked for are taken as they are, the twin too', () => {
  expect(lawsFor(sweepCase(), { laws: [TWIN, 'sparsity'] }).map(({ id }) => id)).toEqual([TWIN, 'sparsity']);
});

it('what none of the laws has can be neither held nor bounded', () => {
  const laws = ['chinchilla-tied', 'kaplan'];
  expect(lawsFor(sweepCase(), { laws, fix: { E: 1.7 }, bounds: { N_c: [1, Infinity] } }).map(({ id }) => id)).toEqual(laws);
  const has = [...new Set(laws.flatMap((id) => lawById(id).params))].join(', ');
  const refused = (option: string, name: string) => new InputError(`${option}: expected parameters of the laws that are compared (${has}), got ${name}, which none of them has.`);
  expect(() => lawsFor(sweepCase(), { laws, fix: { E: 1.7, gamma: 1 } })).toThrow(refused('fix', 'gamma'));
  expect(() => lawsFor(sweepCase(), { laws, bounds: { beta: [0, 1] } })).toThrow(refused('bounds', 'beta'));
});

describe('laws that hold each other', () => {
  const likely = (law: string, parameters: number, fit: Parameters<typeof nestedTests>[0][number]['fit'] = {}) => ({ law, parameters, fit, logLikelihood: 10 * parameters, overstatement: 1 });
  const nests = (inner: object, outer: object, parameters = 5) => nestedTests([likely('chinchilla-tied', 4, inner), likely('chinchilla', parameters, outer)]);

  it('are tested by as many degrees as parameters are set', () => {
    expect(nests({}, {})).toMatchObject([{ inner: 'chinchilla-tied', outer: 'chinchilla', degrees: 1, ratio: 20 }]);
    expect(nests({ fixed: { alpha: 0.3 } }, { fixed: { alpha: 0.3 } })).toHaveLength(1);
  });

  it('are none where the outer one holds what the inner one has free, or either has bounds', () => {
    expect(nests({}, { fixed: { beta: 0.3 } })).toEqual([]);
    expect(nests({}, { bounds: { beta: [0.1, 0.2] } })).toEqual([]);
    expect(nests({ bounds: { alpha: [0.1, 0.2] } }, { bounds: {} })).toEqual([]);
  });
});
