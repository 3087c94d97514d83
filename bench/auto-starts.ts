/** Starts drawn from the data: the share that reaches the minimum, at two thresholds. */
import { fitOn, openBackend, type Sweep } from '../src/node.ts';

const STARTS = 1000;

export async function autoStarts(all: readonly Sweep[]): Promise<void> {
  console.log(`## ${STARTS} starts drawn from the data, CPU backend\n`);
  console.log('| sweep | points | δ | within 1e-4 of the minimum | objective |\n| --- | --- | --- | --- | --- |');
  const backend = await openBackend('cpu');
  for (const sweep of all) {
    for (const delta of [1e-3, 1e-4]) {
      const { certificate, objective } = await fitOn(backend, sweep, { starts: STARTS, delta });
      console.log(`| ${sweep.name} | ${sweep.loss.length} | ${delta} | ${certificate.startsAgreeing} | ${objective.toPrecision(12)} |`);
    }
  }
  backend.close();
  console.log();
}
