import { expect, it } from 'vitest';
import { wellKnownModels } from '../../src/plan/models.ts';

/** Training FLOPs as their reports print them, to so many digits. */
const PRINTED: readonly [name: string, flops: number, halfDigit: number][] = [
  ['GPT-3', 3.14e23, 0.01], // Brown et al. 2020, Table D.1
  ['Falcon 180B', 43_500 * 86_400e15, 0.01], // 43,500 petaflop/s-days, Almazrouei et al. 2023
  ['Llama 3.1 405B', 3.8e25, 0.013], // Grattafiori et al. 2024, §3.2.1
];

it.each(PRINTED)('%s has the published compute', (name, flops, halfDigit) => {
  const model = wellKnownModels.find((each) => each.name === name)!;
  expect(Math.abs((6 * model.N * model.D) / flops - 1)).toBeLessThan(halfDigit);
});

it('each model once, oldest first, with a source', () => {
  expect(new Set(wellKnownModels.map(({ name }) => name)).size).toBe(wellKnownModels.length);
  const years = wellKnownModels.map(({ year }) => year);
  expect(years).toEqual(years.toSorted((a, b) => a - b));
  expect(wellKnownModels.filter(({ source }) => !/arXiv:\d{4}\.\d{5}/.test(source))).toEqual([]);
});

it('a size that the name has is the size, as names round', () => {
  const sizes = wellKnownModels.flatMap(({ name, N }) => {
    const [, billions] = /(\d+)B$/.exec(name) ?? [];
    return billions === undefined ? [] : [[name, Math.abs(N / 1e9 - Number(billions)) <= 0.5] as const];
  });
  expect(sizes.length).toBeGreaterThan(10);
  expect(sizes.filter(([, same]) => !same)).toEqual([]);
});

it('tokens per parameter are those of language models', () => {
  // MT-NLG has 0.5, Llama 3 8B 1875: a slip of a thousand is beyond.
  expect(wellKnownModels.filter(({ N, D }) => !(D / N > 0.3 && D / N < 3000)).map(({ name }) => name)).toEqual([]);
});
