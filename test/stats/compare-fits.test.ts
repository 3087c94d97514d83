/** Which laws are compared where nobody names them: those whose inputs the sweep says, by the roles that the laws read. */
import { describe, expect, it } from 'vitest';
import { lawIds } from '../../src/laws/registry.ts';
import { comparableLaws, lawsFor } from '../../src/stats/compare-fits.ts';
import type { Sweep } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';
import { isOfSize, sweepOfLaw } from '../support/laws.ts';

/** One surface in other parameters: Chinchilla's stands for both; and, where C is 6·N·D, that with one exponent. */
const [TWIN, OVERTRAINING] = ['chinchilla-allocation', 'overtraining'];
const ofSize = lawIds.filter((id) => isOfSize(id) && id !== TWIN && id !== OVERTRAINING);
const further = lawIds.filter((id) => !isOfSize(id) && id !== OVERTRAINING);

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
  expect(lawsFor(sweepCase(), [TWIN, 'sparsity']).map(({ id }) => id)).toEqual([TWIN, 'sparsity']);
});
