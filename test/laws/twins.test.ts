/** Numbers that are written twice, in TypeScript and in WGSL, are the same number. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AGREE } from '../../src/backend/backend.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { packedLength } from '../../src/math/packed.ts';
import { METHOD } from '../../src/optim/descent.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';

const wgsl = (path: string) => readFileSync(new URL(`../../shaders/${path}`, import.meta.url), 'utf8');

/** `const NAME = value;` by name, suffixes taken off: "8u" and "8.0" are 8. */
function constants(code: string): Record<string, number> {
  return Object.fromEntries([...code.matchAll(/^const (\w+)(?:\s*:\s*\w+)? = ([^;]+);/gm)]
    .map(([, name, value]) => [name, Number(value.replace(/[uif]$/, ''))]));
}

it('reads the constants of WGSL', () => {
  expect(constants('const A = 8u;\n  const INSIDE = 1;\nconst B: f32 = 1.5e-3f;\n// const C = 1;\nconst D = A + 1u;'))
    .toEqual({ A: 8, B: 1.5e-3, D: NaN });
});

it.each(lawIds)('the size of the law %s', (id) => {
  const { params, inputs } = lawById(id);
  const { PARAMS, INPUTS, PACKED } = constants(wgsl(`law/${id}.wgsl`));
  expect({ PARAMS, INPUTS, PACKED })
    .toEqual({ PARAMS: params.length, INPUTS: inputs.length, PACKED: packedLength(params.length) });
});

const METHOD_FILES = ['lib/descent.wgsl', 'lib/stage.wgsl'];

it.each(Object.entries(METHOD))('the number of the method %s = %d', (name, value) => {
  const found = METHOD_FILES.map((path) => constants(wgsl(path))[name]).filter((other) => other !== undefined);
  expect(found).toEqual([value]);
});

it('no number of the method is in WGSL alone', () => {
  const method = /^(LAMBDA|KAPPA|SCALE|PIVOT|STEP|ACCEPTED|VALUE|VANISHED)/;
  const names = METHOD_FILES.flatMap((path) => Object.keys(constants(wgsl(path)))).filter((name) => method.test(name));
  expect(names.toSorted()).toEqual(Object.keys(METHOD).toSorted());
});

it('the difference of objectives below which they are one minimum', () => {
  expect(constants(wgsl('kernel/keep_end.wgsl'))['AGREE']).toBe(AGREE);
});

it('the codes of how a descent ended', () => {
  const named = Object.entries(constants(wgsl('lib/termination.wgsl')))
    .map(([name, code]) => [name === 'VANISHED_TERM' ? 'vanished' : name.toLowerCase(), code]);
  expect(Object.fromEntries(named)).toEqual(Object.fromEntries(TERMINATIONS.map((name, code) => [name, code])));
});
