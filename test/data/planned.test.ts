import { describe, expect, it } from 'vitest';
import { readSweep } from '../../src/data/read.ts';
import { designOf } from '../../src/simulate/design.ts';
import { refusal } from './refusal.ts';

describe('a sweep of planned runs', () => {
  const NONE = Float64Array.of(NaN, NaN);

  it('has N, D, C and weights as any, and no loss', async () => {
    const sweep = await readSweep('N,C,weight\n1e9,1.2e20,1\n2e9,1.2e20,0\n', { planned: true });
    expect(sweep).toMatchObject({ columns: { N: Float64Array.of(1e9, 2e9), D: Float64Array.of(2e10, 1e10) }, weight: Float64Array.of(1, 0), loss: NONE });
    expect(sweep.mapping).toEqual({ N: 'N', D: 'C/(6N)', C: 'C', weight: 'weight' });
    expect(sweep.warnings).toEqual([]);
  });

  it('may have losses, of some runs only: they are not read, unless by name', async () => {
    const some = 'N,D,loss\n1e9,1e10,3\n2e9,1e10,\n';
    expect((await readSweep(some, { planned: true })).loss).toEqual(NONE);
    const message = 'line 3, column "loss": expected a positive loss such as 2.87, got an empty cell. Fill it in, or delete the row.';
    expect(await refusal(readSweep(some))).toBe(message);
    expect(await refusal(readSweep(some, { planned: true, columns: { loss: 'loss' } }))).toBe(message);
    const all = some.replace('1e10,\n', '1e10,2.9\n');
    expect((await readSweep(all, { planned: true, columns: { loss: 'loss' } })).loss).toEqual(Float64Array.of(3, 2.9));
  });

  it('is a design', async () => {
    const { name, N, D } = designOf(await readSweep('Params (M),tokens\n400,8B\n70B,1.4T\n', { planned: true, name: 'plan.csv' }));
    expect([name, N, D]).toEqual(['plan.csv', Float64Array.of(4e8, 7e10), Float64Array.of(8e9, 1.4e12)]);
  });
});
