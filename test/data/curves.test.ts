/** Training curves as tables have them. */
import { describe, expect, it } from 'vitest';
import { finalRuns, readCurves } from '../../src/data/curves.ts';
import { refusal, refusalPlace } from './refusal.ts';

const csv = `run,params,tokens,loss
a,1e9,2e10,2.5
b,44M,1.4B,3.9
a,1e9,1e10,3
b,44M,2.8B,3.7
`;

describe('training curves', () => {
  it('are the rows of each run, by tokens', async () => {
    expect(await readCurves(csv)).toEqual({
      name: 'table',
      curves: [
        { name: 'a', N: 1e9, D: Float64Array.of(1e10, 2e10), loss: Float64Array.of(3, 2.5), lines: Int32Array.of(4, 2) },
        { name: 'b', N: 44e6, D: Float64Array.of(1.4e9, 2.8e9), loss: Float64Array.of(3.9, 3.7), lines: Int32Array.of(3, 5) },
      ],
      mapping: { N: 'params', D: 'tokens', C: '6·N·D', loss: 'loss', run: 'run' },
      dropped: [], notes: [], warnings: [],
    });
  });

  it('end in runs', async () => {
    expect(finalRuns(await readCurves(csv))).toEqual({
      name: 'table',
      columns: { N: Float64Array.of(1e9, 44e6), D: Float64Array.of(2e10, 2.8e9), C: Float64Array.of(1.2e20, 6 * 44e6 * 2.8e9) },
      loss: Float64Array.of(2.5, 3.7),
      weight: Float64Array.of(1, 1),
      lines: Int32Array.of(2, 5),
      mapping: { N: 'params', D: 'tokens', C: '6·N·D', loss: 'loss' },
      dropped: [], warnings: [],
      notes: ['Of each training curve the last checkpoint is a run.'],
      extra: { run: ['a', 'b'] },
    });
  });

  it.each([
    ['Run Name', 'run_name', 'Run Name'], ['model', 'id', 'model'], ['id', 'model_name', 'model_name'], ['wandb_id', 'name', 'name'],
    ['run-id', 'name', 'run-id'],
  ])('of a table with %j and %j are named by %j', async (one, other, chosen) => {
    const { curves, mapping } = await readCurves(`${one},${other},N,D,loss\na,b,1e9,1e10,3\nc,d,2e9,1e10,2.9\n`);
    expect(mapping.run).toBe(chosen);
    expect(curves.map(({ name }) => name)).toEqual(chosen === one ? ['a', 'c'] : ['b', 'd']);
  });

  it('are named by the column that is asked for, in any case, and by numbers too', async () => {
    const json = '[{"run":"x","Seed":7,"N":1e9,"D":1e10,"loss":3},{"run":"x","Seed":8,"N":2e9,"D":1e10,"loss":2.9}]';
    const { curves, mapping } = await readCurves(json, { run: 'seed' });
    expect(curves.map(({ name }) => name)).toEqual(['7', '8']);
    expect(mapping.run).toBe('Seed');
  });

  it('read no weight, and say where a column of C is not used', async () => {
    const { curves, mapping, notes } = await readCurves('run,N,D,flops,weight,loss\na,1e9,1e10,7e19,0,3\nb,2e9,1e10,1.3e20,1,2.9\n');
    expect(curves).toHaveLength(2);
    expect(mapping).toEqual({ run: 'run', N: 'N', D: 'D', C: '6·N·D', loss: 'loss' });
    expect(notes).toEqual(['C is taken as 6·N·D, not from "flops".']);
  });

  it('take D from C where the table has none, and N of the last checkpoint where C is rounded', async () => {
    const one = await readCurves('run,N,C,loss\na,1e9,6e19,3\na,1e9,1.2e20,2.8\nb,2e9,1.2e20,2.9\n');
    expect(one.curves[0].D).toEqual(Float64Array.of(1e10, 2e10));
    expect(one.mapping).toEqual({ run: 'run', N: 'N', D: 'C/(6N)', C: 'C', loss: 'loss' });
    expect(one.notes).toEqual(['D is not in the table: taken as C/(6N).']);
    const other = await readCurves('run,D,C,loss\na,1e10,6.03e19,3\na,2e10,1.2e20,2.8\nb,1e10,1.2e20,2.9\n');
    expect(other.curves.map(({ N }) => N)).toEqual([1e9, 2e9]);
  });

  it('of one checkpoint are told', async () => {
    const { warnings } = await readCurves('run,N,D,loss\na,1e9,1e10,3\na,1e9,2e10,2.8\nb,2e9,1e10,2.9\n');
    expect(warnings).toEqual(['1 of the 2 runs has one checkpoint only: a point, no curve.']);
  });

  const named = `Name the column that tells the runs apart: --run NAME, in code { run: 'NAME' }.`;
  it.each([
    ['no column of runs', 'N,D,loss\n1e9,1e10,3\n', {},
      `table: expected a column that names the run of each checkpoint, got the columns "N", "D", "loss". ${named}`],
    ['not the column that is asked for', csv, { run: 'seed' },
      `table: expected a column "seed" that names the run, got the columns "run", "params", "tokens", "loss". ${named}`],
    ['two N in a run', 'run,N,D,loss\na,1e9,1e10,3\nb,1e9,1e10,3\na,2e9,2e10,2.9\n', {},
      `line 4, N: expected 1.00e9 as on line 2 of the same run "a", got 2.00e9. ${named}`],
    ['one D twice in a run', 'run,N,D,loss\na,1e9,2e10,3\na,1e9,1e10,3\nb,1e9,1e10,3\na,1e9,2e10,2.9\n', {},
      'line 5, D: expected another checkpoint than on line 2 of the same run "a", got 2.00e10 tokens again. ' +
      `Write each checkpoint once, or name the column that tells the runs apart: --run NAME, in code { run: 'NAME' }.`],
    ['one run', 'run,N,D,loss\na,1e9,1e10,3\na,1e9,2e10,2.9\n', {}, `table: expected at least two runs in column "run", got one. ${named}`],
    ['a run without name', 'run,N,D,loss\na,1e9,1e10,3\n,1e9,2e10,2.9\n', {},
      'line 3, column "run": expected a text or a number, got an empty cell. Write a value in every row.'],
    ['a bad cell', 'run,N,D,loss\na,1e9,1e10,x\n', {},
      'line 2, column "loss": expected a positive loss such as 2.87, got "x". Write a plain number, in nats per token.'],
  ])('are refused with %s', async (_, table, options, message) => {
    expect(await refusal(readCurves(table, options))).toBe(message);
  });

  it('are refused with the place', async () => {
    expect(await refusalPlace(readCurves('N,D,loss\n1e9,1e10,3\n'))).toEqual({ option: 'run' });
    expect(await refusalPlace(readCurves('run,N,D,loss\na,1e9,1e10,3\na,2e9,2e10,2.9\n'))).toEqual({ line: 3, role: 'N' });
    expect(await refusalPlace(readCurves('run,N,D,loss\na,1e9,1e10,3\na,1e9,1e10,2.9\n'))).toEqual({ line: 3, role: 'D' });
  });
});
