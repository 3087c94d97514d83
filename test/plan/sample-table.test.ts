import { describe, expect, it } from 'vitest';
import { readSamples } from '../../src/plan/sample-table.ts';
import { refusal } from '../data/refusal.ts';

const TWO = 'Task ID,Model,Params,num_samples,num_passed\na,small,7B,100,3\nb,small,7B,200,0\na,large,70B,100,40\n';

describe('a table of samples', () => {
  it('has its columns by the names that people write, its models in their order', async () => {
    const { name, models, mapping } = await readSamples(TWO);
    expect(mapping).toEqual({ problem: 'Task ID', model: 'Model', N: 'Params', n: 'num_samples', c: 'num_passed' });
    expect([name, models]).toEqual(['table', [
      { model: 'small', N: 7e9, problems: [{ name: 'a', n: 100, c: 3 }, { name: 'b', n: 200, c: 0 }] },
      { model: 'large', N: 70e9, problems: [{ name: 'a', n: 100, c: 40 }] },
    ]]);
  });

  it('may be of one model without a name, with the tokens of a sample; n are samples and N parameters', async () => {
    const { models } = await readSamples('[{"problem": 1, "n": 10, "c": 2, "N": 1e9, "tokens": "1.5K"}]');
    expect(models).toEqual([{ model: '', N: 1e9, tokens: 1500, problems: [{ name: '1', n: 10, c: 2 }] }]);
  });

  it('has columns that are named, over those that are recognised', async () => {
    const { models } = await readSamples('problem,n,c,good\nx,10,1,9\n', { columns: { c: 'good' } });
    expect(models[0]!.problems).toEqual([{ name: 'x', n: 10, c: 9 }]);
  });
});

it.each([
  ['no column of right samples', 'problem,n\na,1\n',
    "table: expected a column of right samples, got the columns \"problem\", \"n\". Name it: --columns c=NAME, in code { columns: { c: 'NAME' } }."],
  ['more right than drawn', 'problem,n,c\na,10,2\nb,10,11\n', 'line 3, column "c": expected a whole number of right samples from 0 to 10, got "11". They are among the 10 samples.'],
  ['a part of a sample', 'problem,n,c\na,10,0.5\n', 'line 2, column "c": expected a whole number of right samples from 0 to 10, got "0.5". They are among the 10 samples.'],
  ['no samples', 'problem,n,c\na,0,0\n', 'line 2, column "n": expected a whole number of samples, 1 or more, got "0". Leave out a problem that was not sampled.'],
  ['no problem', 'problem,n,c\n,1,0\n', 'line 2, column "problem": expected a name of the problem, got an empty cell. Fill it in, or delete the row.'],
  ['no size', 'problem,n,c,N\na,1,0,-7B\n',
    'line 2, column "N": expected a positive count such as 7B, got "-7B". Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.'],
  ['a problem twice', 'problem,n,c\na,1,0\nb,1,0\na,1,1\n',
    'line 4: expected each problem once, got "a" again, as on line 2. Add its samples up in one row, or name the column of models: --columns model=NAME.'],
  ['a problem twice of a model', 'problem,n,c,model\na,1,0,M\na,1,1,M\n',
    'line 3: expected each problem once of model "M", got "a" again, as on line 2. Add its samples up in one row, or name the column of models: --columns model=NAME.'],
  ['two sizes of a model', 'problem,n,c,N\na,1,0,7B\nb,1,0,8B\n', 'line 3, N: expected 7.00e9 as on line 2, got 8.00e9. Name the column of models: --columns model=NAME.'],
])('%s', async (_, text, message) => {
  expect(await refusal(readSamples(text))).toBe(message);
});

it('a column that is not there', async () => {
  expect(await refusal(readSamples(TWO, { columns: { c: 'right' } }))).toBe('table: expected a column "right" of right samples, got the columns "Task ID", ' +
    '"Model", "Params", "num_samples", "num_passed". Name it: --columns c=NAME, in code { columns: { c: \'NAME\' } }.');
});
