/** Reproductions in a test: on the CPU, with few replicates, and on the data that lie beside a checkout where they do. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { printed } from '../../src/paper/printed.ts';
import type { Comparison } from '../../src/reproduce/comparison.ts';
import type { DataSets, Recipe, Section } from '../../src/reproduce/reproduction.ts';
import { readSweepFrom } from '../../src/sources.ts';
import type { Sweep } from '../../src/types.ts';

export function run(recipe: Recipe, data: DataSets = {}, replicates = 100): Promise<Section[]> {
  return recipe.run({ backend: cpuBackend(1), data, replicates, seed: 0 });
}

const EPOCH = fileURLToPath(new URL('../../../shared/data/epoch/svg_extracted_data.csv', import.meta.url));

/** Epoch's 245 runs; undefined, and said so, where they are not there. */
export async function epochRuns(): Promise<Sweep | undefined> {
  if (existsSync(EPOCH)) return readSweepFrom(EPOCH);
  console.warn(`Reproductions of Epoch's runs skipped: no ${EPOCH}.`);
  return undefined;
}

/** Its title has this in it. */
export function section(sections: readonly Section[], title: string): Section {
  const found = sections.filter((one) => one.title.includes(title));
  expect(found.map((one) => one.title), title).toHaveLength(1);
  return found[0]!;
}

/** What they are called where they are not "reproduced", by place and quantity. */
export function verdicts(comparisons: readonly Comparison[]): string[] {
  return comparisons.filter(({ verdict }) => verdict !== 'reproduced').map(({ where, quantity, verdict }) => `${where}, ${quantity}: ${verdict}`);
}

/** Numbers that were computed, in order. */
export function ours(comparisons: readonly Comparison[]): number[] {
  return comparisons.map((comparison) => comparison.ours);
}

/** Does a number agree with one that is printed, to its digits? */
export function agrees(value: number, text: string): boolean {
  const { value: want, rounding } = printed(text);
  return Math.abs(value / want - 1) <= rounding * (1 + 1e-9);
}
