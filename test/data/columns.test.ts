import { describe, expect, it } from 'vitest';
import { COLUMN_NAMES, FURTHER, ROLES, matchColumns } from '../../src/data/columns.ts';
import { InputError } from '../../src/errors.ts';
import type { FurtherRole, Role } from '../../src/types.ts';

/** The names that were chosen. */
function choose(names: readonly string[], asked: Partial<Record<Role, string>> = {}): Record<string, string> {
  const matched = matchColumns(names, asked, 'runs.csv');
  return Object.fromEntries(Object.entries(matched).map(([role, column]) => [role, column.name]));
}

/** The message of the error that they must give. */
function message(names: readonly string[], asked: Partial<Record<Role, string>> = {}): string {
  try {
    return `no error: ${JSON.stringify(choose(names, asked))}`;
  } catch (error) {
    return error instanceof InputError ? error.message : `no InputError: ${String(error)}`;
  }
}

/** What stands beside the column under test. */
const OTHERS: Readonly<Record<Role, readonly string[]>> = {
  N: ['tokens', 'loss'],
  D: ['n', 'loss'],
  C: ['n', 'loss'],
  loss: ['n', 'tokens'],
  weight: ['n', 'tokens', 'loss'],
  ...Object.fromEntries(FURTHER.map((role) => [role, ['n', 'tokens', 'loss']])) as Record<FurtherRole, string[]>,
};

const KNOWN = ROLES.flatMap((role) => COLUMN_NAMES[role].flat().map((name) => ({ role, name })));

describe('every recognised name', () => {
  it.each(KNOWN)('$role: $name', ({ role, name }) => {
    expect(choose([...OTHERS[role], name])).toHaveProperty(role, name);
  });

  it.each(KNOWN.filter(({ name }) => name.length > 1))('$role: $name, however it is spelt', ({ role, name }) => {
    const words = name.split(/[\s_-]/);
    for (const spelt of [words.join(' ').toUpperCase(), words.join('_'), words.join('-'), ` ${words.join('')} `]) {
      expect(choose([...OTHERS[role], spelt])).toHaveProperty(role, spelt);
    }
  });

  it('belongs to one role only', () => {
    const keys = KNOWN.map(({ name }) => (name.length === 1 ? name : name.toLowerCase().replaceAll(/[\s_-]/g, '')));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

describe('a table of', () => {
  it.each([
    ['epoch', ['x', 'y', 'color', 'Model Size', 'Training FLOP', 'hex_color', 'loss'],
      { N: 'Model Size', C: 'Training FLOP', loss: 'loss' }],
    ['gemstones', ['run_name', 'params_active_precise', 'width', 'tokens', 'step', 'final_loss', 'rounded_params'],
      { N: 'params_active_precise', D: 'tokens', loss: 'final_loss' }],
    ['gadre', ['run', 'params', 'params_no_embed', 'tokens', 'eval', 'loss', 'loss_lo95', 'loss_hi95'],
      { N: 'params', D: 'tokens', loss: 'loss' }],
    ['datablations', ['name', 'params', 'tokens', 'unique_tokens', 'loss'],
      { N: 'params', D: 'tokens', loss: 'loss', U: 'unique_tokens' }],
    ['units', ['N (parameters)', 'D [tokens]', 'compute (FLOPs)', 'loss (nats/token)'],
      { N: 'N (parameters)', D: 'D [tokens]', C: 'compute (FLOPs)', loss: 'loss (nats/token)' }],
    ['small letters', ['n', 'd', 'c', 'l', 'w'], { N: 'n', D: 'd', C: 'c', loss: 'l', weight: 'w' }],
    ['widths', ['params', 'tokens', 'loss', 'd', 'l', 'c', 'w'], { N: 'params', D: 'tokens', loss: 'loss' }],
    ['other units', ['params', 'tokens', 'loss', 'compute (PF-days)', 'FLOP/s', 'loss (std)'],
      { N: 'params', D: 'tokens', loss: 'loss' }],
    ['losses and an L', ['N', 'D', 'L', 'val_loss'], { N: 'N', D: 'D', loss: 'val_loss' }],
  ])('%s', (_, names, chosen) => {
    expect(choose(names)).toEqual(chosen);
  });
});

describe('a scale in the name', () => {
  it.each([
    ['Params (M)', 1e6], ['params [B]', 1e9], ['params (k)', 1e3], ['params in millions', 1e6],
    ['params_billions', 1e9], ['Model Size (billion)', 1e9], ['params (thousands)', 1e3], ['params', 1], ['params (count)', 1],
  ])('%s is times %d', (name, scale) => {
    expect(matchColumns([name, 'tokens', 'loss'], {}, 't').N).toEqual({ name, index: 0, scale });
  });

  it('counts in a column that was asked for too, and never for a loss', () => {
    const matched = matchColumns(['q (T)', 'tokens', 'x (k)'], { N: 'q (T)', loss: 'x (k)' }, 't');
    expect([matched.N?.scale, matched.loss?.scale]).toEqual([1e12, 1]);
  });
});

describe('asked for by name', () => {
  const names = ['a', 'b', 'Loss', 'loss', 'weight', 'N', 'D'];

  it('beats the recognised one, exact spelling first, then any case', () => {
    expect(choose(names, { loss: 'Loss', N: 'B' })).toEqual({ N: 'b', D: 'D', loss: 'Loss', weight: 'weight' });
  });

  it('an empty name leaves the role out', () => {
    expect(choose(names, { loss: 'loss', weight: '' })).toEqual({ N: 'N', D: 'D', loss: 'loss' });
  });

  it('must exist', () => {
    expect(message(['N', 'D', 'L2'], { loss: 'val' })).toBe(
      'runs.csv: expected a column "val" for loss, got the columns "N", "D", "L2". ' +
        "Name it: --columns loss=NAME, in code { columns: { loss: 'NAME' } }.",
    );
  });

  it('must be a role', () => {
    expect(message(['N', 'D', 'loss'], { tokens: 'D' } as object)).toBe(
      'columns: expected one of N, D, C, loss, weight, x, U, P_w, P_a, P_kv, S, experts, G, got "tokens". Write it as it is listed.',
    );
  });
});

describe('a missing column', () => {
  it.each([
    [['a', 'b'], 'columns for N (parameters) and D (training tokens), got the columns "a", "b". ' +
      "Name it: --columns N=NAME, in code { columns: { N: 'NAME' } }."],
    [['N', 'loss'], 'a column for D (training tokens) or C (training FLOPs), got the columns "N", "loss". ' +
      "Name it: --columns D=NAME, in code { columns: { D: 'NAME' } }."],
    [['flops', 'loss'], 'a column for N (parameters) or D (training tokens), got the columns "flops", "loss". ' +
      "Name it: --columns N=NAME, in code { columns: { N: 'NAME' } }."],
    [['params', 'tokens', 'loss_c4_val', 'err17'],
      'a column for the loss, got the columns "params", "tokens", "loss_c4_val", "err17". ' +
      "Name it: --columns loss=loss_c4_val, in code { columns: { loss: 'loss_c4_val' } }."],
    [['params', 'd', 'loss'],
      'a column for D (training tokens) or C (training FLOPs), got the columns "params", "d", ' +
      `"loss". Name it: --columns D=NAME, in code { columns: { D: 'NAME' } }.`],
  ])('of %j is told with the columns there are', (names, expected) => {
    expect(message(names)).toBe(`runs.csv: expected ${expected}`);
  });

  it('does not list hundreds of columns', () => {
    const names = Array.from({ length: 100 }, (_, i) => `x${i}`);
    expect(message(names)).toContain('"x39" and 60 more.');
  });
});

describe('of planned runs', () => {
  const planned = (names: readonly string[], asked: Partial<Record<Role, string>> = {}) =>
    Object.fromEntries(Object.entries(matchColumns(names, asked, 'runs.csv', true)).map(([role, { name }]) => [role, name]));

  it('no loss is sought, so that none is missing or ambiguous', () => {
    expect(planned(['N', 'D'])).toEqual({ N: 'N', D: 'D' });
    expect(planned(['N', 'flops', 'val_loss', 'train_loss'])).toEqual({ N: 'N', C: 'flops' });
  });

  it('one that is asked for is taken, and must exist', () => {
    expect(planned(['N', 'D', 'val_loss', 'train_loss'], { loss: 'val_loss' })).toEqual({ N: 'N', D: 'D', loss: 'val_loss' });
    expect(() => planned(['N', 'D'], { loss: 'val_loss' })).toThrow(new InputError('runs.csv: expected a column "val_loss" for loss, ' +
      `got the columns "N", "D". Name it: --columns loss=NAME, in code { columns: { loss: 'NAME' } }.`));
  });

  it('two of N, D and C are needed as ever', () => {
    expect(() => planned(['N', 'loss'])).toThrow(new InputError('runs.csv: expected a column for D (training tokens) or C (training FLOPs), ' +
      `got the columns "N", "loss". Name it: --columns D=NAME, in code { columns: { D: 'NAME' } }.`));
  });
});

describe('an ambiguous column', () => {
  it.each([
    [['N', 'D', 'train_loss', 'val_loss'],
      'one column for the loss, got "train_loss" and "val_loss" among the columns "N", "D", ' +
      `"train_loss", "val_loss". Name it: --columns loss=val_loss, in code { columns: { loss: 'val_loss' } }.`],
    [['Active Params', 'Total Params', 'D', 'loss'],
      'one column for N (parameters), got "Active Params" and "Total Params" among the columns "Active Params", ' +
      `"Total Params", "D", "loss". Name it: --columns 'N=Total Params', in code { columns: { N: 'Total Params' } }.`],
    [['params', 'params (M)', 'D', 'loss'],
      'one column for N (parameters), got "params" and "params (M)" among the columns "params", "params (M)", "D", ' +
      `"loss". Name it: --columns 'N=params (M)', in code { columns: { N: 'params (M)' } }.`],
  ])('of %j is told with the choices', (names, expected) => {
    expect(message(names)).toBe(`runs.csv: expected ${expected}`);
  });

  it('is settled by a better rank', () => {
    const names = ['params', 'params_no_embed', 'D', 'loss', 'train_loss'];
    expect(choose(names)).toEqual({ N: 'params', D: 'D', loss: 'loss' });
  });
});
