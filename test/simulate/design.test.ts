import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { designOf, gridDesign, isoflopDesign } from '../../src/simulate/design.ts';
import type { Design, Sweep } from '../../src/types.ts';

const runs = ({ N, D, trainingSeed }: Design) => Array.from(N, (size, i) => [size, D[i], trainingSeed[i]]);

describe('a grid', () => {
  it('has every size with every token count, in order of size, then tokens as they were given', () => {
    const design = gridDesign({ sizes: [2e9, 1e9], tokens: [3e10, 1e10, 2e10] });
    expect(runs(design)).toEqual([
      [2e9, 3e10, 0], [2e9, 1e10, 0], [2e9, 2e10, 0], [1e9, 3e10, 0], [1e9, 1e10, 0], [1e9, 2e10, 0],
    ]);
    expect(design.name).toBe('grid of 2 sizes and 3 token counts');
  });

  it('or with every ratio', () => {
    const design = gridDesign({ sizes: [1e9, 2e9], tokensPerParameter: [20] });
    expect(runs(design)).toEqual([[1e9, 2e10, 0], [2e9, 4e10, 0]]);
    expect(design.name).toBe('grid of 2 sizes and 1 value of D/N');
  });

  it('is repeated whole for each training seed: one more leaves the runs before it', () => {
    const options = { sizes: [1e9, 2e9], tokens: [1e10, 2e10] };
    const [one, two, three] = [1, 2, 3].map((seeds) => gridDesign({ ...options, seeds }));
    expect(runs(gridDesign(options))).toEqual(runs(one!));
    expect(runs(three!).slice(0, 8)).toEqual(runs(two!));
    expect(runs(three!).slice(8)).toEqual(runs(one!).map(([N, D]) => [N, D, 2]));
    expect(three!.name).toBe('grid of 2 sizes and 2 token counts, 3 training seeds');
  });
});

describe('an IsoFLOP design', () => {
  const budgets = [1e20, 1e19];
  const sizes = [1e8, 3e8, 1e9];

  it('has every size at every budget, in order of budget, then size, with D = C/(6N)', () => {
    const design = isoflopDesign({ budgets, sizes, seeds: 2 });
    const once = budgets.flatMap((C) => sizes.map((N) => [N, C / (6 * N)]));
    expect(runs(design)).toEqual([...once.map((run) => [...run, 0]), ...once.map((run) => [...run, 1])]);
    expect(design.name).toBe('2 IsoFLOP budgets and 3 sizes, 2 training seeds');
  });

  it('or every ratio, with N = √(C/(6·D/N))', () => {
    const { N, D, name } = isoflopDesign({ budgets, tokensPerParameter: [20, 5] });
    // 1e20 FLOPs at 20 tokens a parameter: √(1e20/120). A root and two quotients: a few units of the last place.
    expect(Math.abs(N[0]! / 912_870_929.1752769 - 1)).toBeLessThan(4 * 2 ** -53);
    for (const [i, [C, ratio]] of [[1e20, 20], [1e20, 5], [1e19, 20], [1e19, 5]].entries()) {
      expect(Math.abs(D[i]! / N[i]! / ratio! - 1)).toBeLessThan(8 * 2 ** -53);
      expect(Math.abs(6 * N[i]! * D[i]! / C! - 1)).toBeLessThan(8 * 2 ** -53);
    }
    expect(name).toBe('2 IsoFLOP budgets and 2 values of D/N');
  });

  it('leaves out models beyond a range of D/N, both ends inclusive', () => {
    // D/N at 6e18 FLOPs: 1e18/N².
    const design = isoflopDesign({ budgets: [6e18], sizes: [1e8, 2e8, 5e8, 1e9], within: [4, 25] });
    expect(runs(design)).toEqual([[2e8, 5e9, 0], [5e8, 2e9, 0]]);
    expect(design.name).toBe('1 IsoFLOP budget and 4 sizes, D/N from 4 to 25');
    const narrower = isoflopDesign({ budgets: [6e18], sizes: [1e8, 2e8, 5e8, 1e9], within: [4.1, 25] });
    expect(narrower.N).toEqual(Float64Array.of(2e8));
  });
});

describe('the design of a table', () => {
  const sweep = (weight: number[]): Sweep => ({
    name: 'runs.csv',
    columns: { N: Float64Array.of(1e9, 2e9, 3e9), D: Float64Array.of(6e9, 5e9, 4e9), C: Float64Array.of(36e18, 6e19, 72e18) },
    loss: Float64Array.of(3, 2.9, 2.8),
    weight: Float64Array.from(weight),
    lines: Int32Array.of(2, 3, 4),
    mapping: {}, dropped: [], notes: [], warnings: [],
  });

  it('has its runs in their order, without those of weight 0', () => {
    expect(designOf(sweep([0.5, 0, 2]))).toEqual({
      name: 'runs.csv', N: Float64Array.of(1e9, 3e9), D: Float64Array.of(6e9, 4e9), trainingSeed: Uint32Array.of(0, 0),
    });
  });

  it('is its own', () => {
    const table = sweep([1, 1, 1]);
    designOf(table).N[0] = 7;
    expect(table.columns.N[0]).toBe(1e9);
  });

  it('needs a run', () => {
    expect(() => designOf(sweep([0, 0, 0]))).toThrow(
      new InputError('runs.csv: expected at least one run of weight above 0, got none of 3. Keep one.'));
  });
});

describe('at most 1e5 runs', () => {
  const counts = (length: number) => Array.from({ length }, (_, k) => k + 1);
  const refused = new InputError('design: expected at most 100000 runs, got more. Give fewer values or seeds.');

  it('are made', () => {
    expect(gridDesign({ sizes: counts(100), tokens: counts(100), seeds: 10 }).N.length).toBe(1e5);
    expect(() => gridDesign({ sizes: counts(100), tokens: counts(100), seeds: 11 })).toThrow(refused);
  });

  it('and lists that would fill the memory are refused', () => {
    expect(() => gridDesign({ sizes: counts(1e5), tokens: counts(1e5) })).toThrow(refused);
    expect(() => isoflopDesign({ budgets: [1e20], sizes: [1e9], seeds: 4e9 })).toThrow(refused);
  });
});

describe('a mistake', () => {
  const grid = { sizes: [1e9], tokens: [1e10] };
  const isoflop = { budgets: [6e18], sizes: [1e9, 2e9] };

  it.each([
    [() => gridDesign({ ...grid, sizes: [] }), 'sizes: expected at least one value, got none. Give one.'],
    [() => gridDesign({ ...grid, tokens: [0] }), 'tokens: expected positive, finite numbers, got 0. Leave it out.'],
    [() => gridDesign({ ...grid, sizes: [1e9, NaN] }), 'sizes: expected positive, finite numbers, got NaN. Leave it out.'],
    [() => gridDesign({ ...grid, tokens: [Infinity] }), 'tokens: expected positive, finite numbers, got Infinity. Leave it out.'],
    [() => gridDesign({ ...grid, sizes: [1e9, 2e9, 1e9] }), 'sizes: expected each value once, got 1000000000 twice. Repeat runs by seeds.'],
    [() => gridDesign({ sizes: [1e9] }), 'design: expected tokens or tokensPerParameter, got neither. Give one of them.'],
    [() => gridDesign({ ...grid, tokensPerParameter: [20] }), 'design: expected tokens or tokensPerParameter, got both. Leave one out.'],
    [() => gridDesign({ sizes: [1e9], tokensPerParameter: [-20] }),
      'tokensPerParameter: expected positive, finite numbers, got -20. Leave it out.'],
    [() => gridDesign({ sizes: [1e300], tokensPerParameter: [1e300] }),
      'design: expected positive, finite counts, got N = 1e+300 and D = Infinity. Check the units.'],
    [() => gridDesign({ ...grid, seeds: 0 }), 'seeds: expected a whole number from 1 on, got 0. One means that no run is repeated.'],
    [() => gridDesign({ ...grid, seeds: 1.5 }), 'seeds: expected a whole number from 1 on, got 1.5. One means that no run is repeated.'],
    [() => isoflopDesign({ ...isoflop, budgets: [] }), 'budgets: expected at least one value, got none. Give one.'],
    [() => isoflopDesign({ ...isoflop, sizes: [-1] }), 'sizes: expected positive, finite numbers, got -1. Leave it out.'],
    [() => isoflopDesign({ budgets: [6e18] }), 'design: expected sizes or tokensPerParameter, got neither. Give one of them.'],
    [() => isoflopDesign({ budgets: [6e18], tokensPerParameter: [] }), 'tokensPerParameter: expected at least one value, got none. Give one.'],
    [() => isoflopDesign({ budgets: [6e18], tokensPerParameter: [20], within: [5, 100] }),
      'within: expected sizes beside it, got tokensPerParameter. Leave one of the two out.'],
    [() => isoflopDesign({ ...isoflop, within: [100, 5] }),
      'within: expected two values of D/N, the lower one first, got 100 and 5. Write [5, 100], say.'],
    [() => isoflopDesign({ ...isoflop, within: [NaN, 5] }),
      'within: expected two values of D/N, the lower one first, got NaN and 5. Write [5, 100], say.'],
    [() => isoflopDesign({ ...isoflop, within: [5, 100] }),
      'within: expected at least one run with D/N from 5 to 100, got none. Theirs are from 0.25 to 1.'],
  ])('is refused: %#', (call, message) => {
    expect(call).toThrow(new InputError(message));
  });
});
