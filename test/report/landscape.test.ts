import { expect, it } from 'vitest';
import { landscapeCsv, landscapeJson } from '../../src/report/landscape.ts';
import type { Landscape, Profile } from '../../src/stats/landscape.ts';
import { version } from '../../src/version.ts';

const COMMON = {
  loss: 'huber-log',
  law: 'chinchilla-allocation', params: ['E', 'A', 'B', 'a', 's'], delta: 1e-3, sweep: 'runs.csv', seconds: 1.5, outcomes: { converged: 5, nonfinite: 1 },
  minimum: { params: { E: 1.75, A: 400, B: 500, a: 0.5, s: 0.6 }, objective: 0.002 },
} as const satisfies Partial<Landscape>;

/** Three values of a, two of E; the last cell has no finite fit. */
const LANDSCAPE: Landscape = {
  ...COMMON,
  axes: [{ name: 'a', values: Float64Array.of(0.4, 0.5, 0.6) }, { name: 'E', values: Float64Array.of(1.5, 1.75) }],
  objective: Float64Array.of(0.004, 0.003, 0.005, 0.0025, 0.002, Infinity),
  natural: Float64Array.from([
    [1.5, 300, 400, 0.4, 0.7], [1.5, 310, 410, 0.5, 0.71], [1.5, 320, 420, 0.6, 0.72],
    [1.75, 390, 490, 0.4, 0.61], [1.75, 400, 500, 0.5, 0.6], [NaN, NaN, NaN, NaN, NaN],
  ].flat()),
};

const PROFILE: Profile = {
  ...COMMON,
  axes: [{ name: 'a', values: Float64Array.of(0.4, 0.5) }],
  objective: LANDSCAPE.objective.slice(3, 5), natural: LANDSCAPE.natural.slice(15, 25),
};

it('a table of a landscape has a row a cell, the first axis fastest', () => {
  expect(landscapeCsv(LANDSCAPE)).toBe(`\
a,E,objective,excess,A,B,s
0.4,1.5,0.004,1,300,400,0.7
0.5,1.5,0.003,0.5,310,410,0.71
0.6,1.5,0.005,1.5,320,420,0.72
0.4,1.75,0.0025,0.25,390,490,0.61
0.5,1.75,0.002,0,400,500,0.6
0.6,1.75,,,,,
`);
});

it('a table of a profile has one coordinate', () => {
  expect(landscapeCsv(PROFILE)).toBe(`\
a,objective,excess,E,A,B,s
0.4,0.0025,0.25,1.75,390,490,0.61
0.5,0.002,0,1.75,400,500,0.6
`);
});

it('JSON has these names, in this order', () => {
  expect(Object.keys(landscapeJson(LANDSCAPE))).toEqual([
    'law', 'axes', 'objective', 'excess', 'solved', 'minimum', 'outcomes', 'loss', 'delta', 'sweep', 'seconds', 'version',
  ]);
});

it('JSON of a landscape has rows of the second axis, and null for what is not finite', () => {
  const json = landscapeJson(LANDSCAPE);
  expect(json).toMatchObject({
    law: 'chinchilla-allocation',
    axes: [{ name: 'a', values: [0.4, 0.5, 0.6] }, { name: 'E', values: [1.5, 1.75] }],
    objective: [[0.004, 0.003, 0.005], [0.0025, 0.002, null]],
    excess: [[1, 0.5, 1.5], [0.25, 0, null]],
    solved: { A: [[300, 310, 320], [390, 400, null]], B: [[400, 410, 420], [490, 500, null]], s: [[0.7, 0.71, 0.72], [0.61, 0.6, null]] },
    minimum: COMMON.minimum, outcomes: COMMON.outcomes, loss: 'huber-log', delta: 1e-3, sweep: 'runs.csv', seconds: 1.5, version,
  });
  expect(Object.keys(json.solved)).toEqual(['A', 'B', 's']);
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
});

it('JSON of a profile is flat', () => {
  expect(landscapeJson(PROFILE)).toMatchObject({ objective: [0.0025, 0.002], excess: [0.25, 0], solved: { E: [1.75, 1.75] } });
});
