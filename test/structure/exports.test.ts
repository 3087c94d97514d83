/** The public names, types too, written out: adding or removing one is a decision, and shows in review. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exportedNames } from '../support/imports.ts';

const INDEX: readonly string[] = [
  'Axis', 'AxisName', 'Backend', 'BackendChoice', 'BackendError', 'Bootstrap', 'BootstrapKind', 'bootstrapOn',
  'BootstrapOptions', 'Certificate', 'Design', 'designOf', 'Dropped', 'Estimate', 'excessOf', 'Figure',
  'FilterOptions', 'filterSweep', 'Fit', 'fit', 'fitOn', 'FitOptions', 'frontier', 'frontierExponents',
  'FrontierPoint', 'gridDesign', 'GridOptions', 'Influence', 'influenceOn', 'InfluenceOptions', 'InputError',
  'Interval', 'IntervalKind', 'isoflopDesign', 'IsoflopOptions', 'isolossFigure', 'IsolossOptions', 'Landscape',
  'landscapeFigure', 'LandscapeFigureOptions', 'landscapeOn', 'LandscapeOptions', 'LandscapePair', 'landscapePairs',
  'lawIds', 'LeftOut', 'LookOptions', 'Noise', 'openBackend', 'paperDesign', 'paperReplica', 'Params', 'predictLoss', 'Probe',
  'Profile', 'profileNames', 'profileOn', 'ProfileOptions', 'Progress', 'publishedTruth', 'publishedTruthIds',
  'ReadOptions', 'readSweep', 'Recipe', 'Recovery', 'ReplicaOptions', 'ReplicateOptions', 'Replicates', 'Role',
  'sandwichOn', 'SandwichOptions', 'ShaderError', 'simulateOn', 'SimulateOptions', 'Simulation', 'Solved', 'Sweep',
  'syntheticSweep', 'TERMINATION', 'Termination', 'ThemeName', 'Truth', 'truthOfFit', 'version',
];
/** What isoloss/node adds to them. */
const NODE: readonly string[] = ['SourceOptions', 'readSweepFrom'];

const read = (path: string) => readFileSync(path, 'utf8');

it.skipIf(!existsSync('src/index.ts'))('isoloss exports these names', () => {
  expect(exportedNames('src/index.ts', read)).toEqual(INDEX.toSorted());
});

it.skipIf(!existsSync('src/node.ts'))('isoloss/node exports them and its own', () => {
  expect(exportedNames('src/node.ts', read)).toEqual([...INDEX, ...NODE].toSorted());
});

it('every way to export a name is seen', () => {
  const files: Record<string, string> = {
    'a.ts': `
      import { hidden } from './b.ts';
      export const { one, two: renamed } = hidden;
      export function call() {}
      export class Kind {}
      export interface Shape {}
      export type { Inner as Outer } from './b.ts';
      export * from './b.ts';
      export * as all from './b.ts';
      export default 1;`,
    'b.ts': 'export const hidden = { one: 1, two: 2 }; export type Inner = 1;',
  };
  expect(exportedNames('a.ts', (path) => files[path]!)).toEqual(
    ['Inner', 'Kind', 'Outer', 'Shape', 'all', 'call', 'default', 'hidden', 'one', 'renamed']);
});
