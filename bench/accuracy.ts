/** Minima against published fits: the same objective, in float64, at the constants that were printed and at ours. */
import { fitOn, openBackend, type Sweep } from '../src/node.ts';
import { batchOf } from '../src/fit/batch.ts';
import { chinchilla } from '../src/laws/chinchilla.ts';
import { objective, workspace } from '../src/optim/objective.ts';
import { BESIROGLU } from '../src/paper/besiroglu.ts';
import { EQ10, EQ10_ROUNDED } from '../src/paper/hoffmann.ts';

type Constants = Readonly<Record<'E' | 'A' | 'B' | 'alpha' | 'beta', number>>;

const PUBLISHED: readonly (readonly [source: string, constants: Constants])[] = [
  ['Hoffmann et al. 2022, Eq. 10 as printed', EQ10_ROUNDED],
  ['Hoffmann et al. 2022, Eq. 10 unrounded', EQ10],
  ['Besiroglu et al. 2024, Table 1', BESIROGLU],
];

export async function accuracy([sweep]: readonly Sweep[]): Promise<void> {
  console.log(`## Objective at published constants and at ours: ${sweep.name}, δ = 1e-3\n`);
  console.log('| fit | E | A | B | α | β | objective |\n| --- | --- | --- | --- | --- | --- | --- |');
  for (const [source, constants] of PUBLISHED) row(source, constants, objectiveAt(sweep, constants));
  for (const choice of ['cpu', 'gpu'] as const) {
    const backend = await openBackend(choice).catch(() => undefined);
    if (!backend) continue;
    const fitted = await fitOn(backend, sweep);
    row(`isoloss, ${backend.name}`, fitted.params as Constants, fitted.objective);
    backend.close();
  }
  console.log();
}

function objectiveAt(sweep: Sweep, { E, A, B, alpha, beta }: Constants): number {
  const batch = batchOf(sweep, chinchilla);
  const problem = { ...batch, delta: 1e-3 };
  const x = chinchilla.toWorking([E, A, B, alpha, beta], batch.centre);
  return objective(problem, x, workspace(problem)) * 1e-6;
}

function row(source: string, { E, A, B, alpha, beta }: Constants, value: number): void {
  const digits = [E, A, B, alpha, beta].map((constant) => Number(constant.toPrecision(8)));
  console.log(`| ${[source, ...digits, value.toPrecision(10)].join(' | ')} |`);
}
