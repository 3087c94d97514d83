/** A chart is a file and an element of a page by its name: no two of one reproduction have the same. */
import { expect, it } from 'vitest';
import { paperReplica } from '../../src/paper/replica.ts';
import { recipes } from '../../src/reproduce/reproduce.ts';
import type { Section } from '../../src/reproduce/reproduction.ts';
import { run } from '../support/recipes.ts';

const named = (sections: readonly Pick<Section, 'charts'>[]) => sections.flatMap(({ charts }) => charts.map(({ name }) => name));
const twice = (names: readonly string[]) => names.filter((name, k) => names.indexOf(name) < k);

/** What stands for Epoch's runs: recipes that need other data are run by tests of their own. */
const data = { epoch: paperReplica() };

it.each(recipes.map((recipe) => [recipe.id, recipe] as const))('%s', async (_, recipe) => {
  const names = named(await run(recipe, data));
  expect(twice(names)).toEqual([]);
  expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
});

it('a name that is there twice is noticed', () => {
  expect(twice(['a', 'b', 'a'])).toEqual(['a']);
});
