/** Every number in a CSV is read back as the same double. */
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { csvText, fitCells, replicatesCsv, runsCsv } from '../../src/report/csv.ts';
import type { Replicates } from '../../src/stats/fits.ts';
import { LAW, sweepCase } from '../support/cases.ts';

function tableOf(csv: string): { names: string[]; rows: Record<string, string>[] } {
  const { data, meta: { fields = [] }, errors } = Papa.parse<Record<string, string>>(csv.trimEnd(), { header: true });
  expect(errors).toEqual([]);
  return { names: fields, rows: data };
}

describe('of any cells', () => {
  it('is a header and a line a row', () => {
    expect(csvText(['a', 'b', 'c'], [Int32Array.of(1, -2), Float64Array.of(0.1 + 0.2, NaN), ['x', 'y']])).toBe(
      'a,b,c\n1,0.30000000000000004,x\n-2,NaN,y\n');
  });

  it('without rows is a header', () => {
    expect(csvText(['a', 'b'], [new Float64Array(0), []])).toBe('a,b\n');
  });
});

/** Numbers whose shortest decimals have all digits. */
const REPLICATES: Replicates = {
  natural: Float64Array.of(1.8172180990100755, 477.82586823391085, 2143.417363360376, 0.34731049888175525, 0.3671724326277603,
    1 / 3, 1e300 / 7, 5e-324, 0.1 + 0.2, 0.3),
  objective: Float64Array.of(0.0010182740178005972, Infinity),
  termination: Uint8Array.of(1, 5),
};

describe('of the fits of all resamples', () => {
  it('has the parameters, the exponents, the objective and how each ended', () => {
    const { names, rows } = tableOf(replicatesCsv('chinchilla', REPLICATES));
    expect(names).toEqual(['replicate', 'E', 'A', 'B', 'alpha', 'beta', 'a', 'b', 'objective', 'termination']);
    expect(rows.map(({ replicate, objective, termination }) => [replicate, Number(objective), termination])).toEqual([
      ['0', REPLICATES.objective[0], 'converged'], ['1', Infinity, 'nonfinite'],
    ]);
    expect(rows.flatMap(({ E, A, B, alpha, beta }) => [E, A, B, alpha, beta].map(Number))).toEqual([...REPLICATES.natural]);
    const { 3: alpha, 4: beta } = REPLICATES.natural;
    expect([Number(rows[0]!['a']), Number(rows[0]!['b'])]).toEqual([beta / (alpha! + beta!), alpha! / (alpha! + beta!)]);
  });

  it('has every column once, also where an exponent is a parameter', () => {
    const { names, rows } = tableOf(replicatesCsv('chinchilla-allocation', REPLICATES));
    expect(names).toEqual(['replicate', 'E', 'A', 'B', 'a', 's', 'b', 'objective', 'termination']);
    const { 3: a, 4: s } = REPLICATES.natural;
    expect([rows[0]!['a'], rows[0]!['s'], rows[0]!['b'], rows[0]!['objective']].map(Number)).toEqual([a, s, 1 - a!, REPLICATES.objective[0]]);
  });

  it('may be made in pieces', () => {
    const [, second] = replicatesCsv('chinchilla', REPLICATES).trimEnd().split('\n').slice(1);
    expect(['1', ...fitCells('chinchilla', REPLICATES, 1, 2).map(([cell]) => String(cell))].join(',')).toBe(second);
  });

  it('has a header where there are none', () => {
    const none = { natural: new Float64Array(0), objective: new Float64Array(0), termination: new Uint8Array(0) };
    expect(replicatesCsv('chinchilla', none)).toBe('replicate,E,A,B,alpha,beta,a,b,objective,termination\n');
  });
});

describe('of the runs', () => {
  const sweep = sweepCase();
  const weighted = { ...sweep, weight: sweep.weight.map((_, i) => (i === 3 ? 0 : 1 + i / 7)) };
  const fit = { law: 'chinchilla', params: LAW };

  it('has every run as it was read, those of weight 0 too', () => {
    const { names, rows } = tableOf(runsCsv(weighted, fit));
    expect(names).toEqual(['line', 'N', 'D', 'C', 'loss', 'weight', 'predicted', 'residual']);
    const column = (name: string) => rows.map((row) => Number(row[name]));
    expect(column('line')).toEqual([...sweep.lines]);
    expect(column('loss')).toEqual([...sweep.loss]);
    expect(column('weight')).toEqual([...weighted.weight]);
    for (const name of ['N', 'D', 'C'] as const) expect(column(name)).toEqual([...sweep.columns[name]]);
  });

  it('has what the law predicts, and the log of the loss over it', () => {
    const { rows } = tableOf(runsCsv(weighted, fit));
    rows.forEach((row, i) => {
      const expected = predictLoss('chinchilla', LAW, { N: sweep.columns.N[i]!, D: sweep.columns.D[i]! });
      // Logs near 30 are rounded to 30u each, once more from centring.
      expect(Math.abs(Number(row['predicted']) / expected - 1)).toBeLessThan(200 * 2 ** -53);
      expect(Math.abs(Number(row['residual']) - Math.log(sweep.loss[i]! / expected))).toBeLessThan(200 * 2 ** -53);
    });
    expect(rows.some(({ residual }) => Number(residual) > 0.005)).toBe(true);
  });

  it('is refused where there are no losses', () => {
    expect(() => runsCsv({ ...sweep, loss: sweep.loss.map(() => NaN) }, fit)).toThrow(InputError);
  });
});
