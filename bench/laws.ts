/**
 * What each law costs at a point, beside Chinchilla's, and its operations (bench/operations.ts): the law alone, and evaluations
 * of the objective with its gradient and Hessian, by each loss, on one thread of the CPU and on the GPU.
 */
import { openBackend, type Backend } from '../src/node.ts';
import type { Batch } from '../src/backend/backend.ts';
import { chinchilla } from '../src/laws/chinchilla.ts';
import { INPUTS } from '../src/laws/inputs.ts';
import type { Law } from '../src/laws/law.ts';
import { lawById, lawIds } from '../src/laws/registry.ts';
import type { Loss } from '../src/losses/loss.ts';
import { HUBER_LOG, lossIds, lossOf } from '../src/losses/registry.ts';
import { normals, uniforms } from '../src/math/philox.ts';
import { assemble, localModel, workspace } from '../src/optim/objective.ts';
import { timing, type Timing } from './measure.ts';
import { operationsOf } from './operations.ts';

const POINTS = 1024;
const REPEATS = 7;
/** Evaluations that are timed together on the CPU. */
const EVALUATIONS = 200;
/** Of descents on the GPU: starts, each of so many evaluations at most, enough to fill a large device. */
const [STARTS, STEPS] = [16_384, 8];
/** SwiftShader gets fewer. */
const STARTS_IN_SOFTWARE = 256;
const NOISE = 0.01;
const LAWS = lawIds.map(lawById);

export async function laws(): Promise<void> {
  for (const law of LAWS) await onCpu(batchFor(law, HUBER_LOG)); // all kinds first: what is compiled for one alone is faster
  await alone();
  await byLoss('an evaluation of the objective, its gradient and Hessian, CPU, one thread', (law, loss) => onCpu(batchFor(law, loss)));
  const gpu = await openBackend('gpu').catch(() => undefined);
  if (!gpu) return console.log('No GPU.\n');
  await byLoss(`the same in descents on the GPU, ${gpu.adapter}`, (law, loss) => onGpu(gpu, batchFor(law, loss)));
  gpu.close();
}

/** The law alone, on the CPU. `sums`: of the gradient and the Hessian, which P parameters take whatever the law is. */
async function alone(): Promise<void> {
  const base = operationsOf(chinchilla);
  console.log(`## Laws at a point, CPU, one thread: ${POINTS} points, nanoseconds a point, and times Chinchilla's\n`);
  console.log('| law | P | ns | × | calls | × | arithmetic | × | sums | ns, lowest to highest |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  const reference = await predicting(chinchilla);
  for (const law of LAWS) {
    const time = law === chinchilla ? reference : await predicting(law);
    const { calls, arithmetic } = operationsOf(law);
    const P = law.params.length;
    const cells = [law.id, P, ns(time.median), times(time.median / reference.median), calls, times(calls / base.calls),
      arithmetic, times(arithmetic / base.arithmetic), (P * (P + 3)) / 2, `${ns(time.low)} to ${ns(time.high)}`];
    console.log(`| ${cells.join(' | ')} |`);
  }
  console.log();
}

async function byLoss(what: string, time: (law: Law, loss: Loss) => Promise<Timing>): Promise<void> {
  console.log(`## Laws by loss: ${what}, nanoseconds a point, and times Chinchilla's\n`);
  console.log(`| law | ${lossIds.join(' | ')} |\n| --- |${' --- |'.repeat(lossIds.length)}`);
  const losses = lossIds.map((id) => lossOf({ loss: id }));
  const base: number[] = [];
  for (const loss of losses) base.push((await time(chinchilla, loss)).median);
  for (const law of LAWS) {
    const cells: string[] = [];
    for (const [k, loss] of losses.entries()) {
      const { median } = law === chinchilla ? { median: base[k]! } : await time(law, loss);
      cells.push(`${ns(median)} (${times(median / base[k]!)})`);
    }
    console.log(`| ${law.id} | ${cells.join(' | ')} |`);
  }
  console.log();
}

/** Seconds of the processor a point: other work on the machine stretches these less than the clock's. */
function perPoint(count: number, evaluate: () => void): Promise<Timing> {
  return timing(REPEATS, async () => {
    const since = process.cpuUsage();
    for (let k = 0; k < count; k++) evaluate();
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1e6 / count / POINTS;
  });
}

function predicting(law: Law): Promise<Timing> {
  const { inputs, truth } = batchFor(law, HUBER_LOG);
  const prediction = new Float64Array(POINTS);
  const jacobian = law.params.map(() => new Float64Array(POINTS));
  return perPoint(EVALUATIONS, () => law.predict(truth, inputs, prediction, jacobian));
}

function onCpu({ law, inputs, logLoss, weight, loss, truth }: Case): Promise<Timing> {
  const problem = { law, inputs, logLoss, weight, loss, delta: loss.unit };
  const work = workspace(problem);
  const model = localModel(law.params.length);
  return perPoint(EVALUATIONS, () => assemble(problem, truth, 0.5, false, work, model));
}

/** From the truth, a little off, so that all descents step as often. */
async function onGpu(gpu: Backend, batch: Case): Promise<Timing> {
  const count = /swiftshader|llvmpipe/i.test(gpu.adapter) ? STARTS_IN_SOFTWARE : STARTS;
  const draw = normals(uniforms(1, 9, 2));
  const starts = Float64Array.from({ length: count * batch.truth.length }, (_, k) => batch.truth[k % batch.truth.length]! + NOISE * draw());
  return timing(3, async () => {
    const since = performance.now();
    const { steps } = await gpu.descend(batch, starts, [{ delta: batch.loss.unit, tolerance: 0, steps: STEPS }]);
    return (performance.now() - since) / 1000 / steps.reduce((sum, each) => sum + each, 0) / POINTS;
  });
}

interface Case extends Batch {
  /** Working coordinates that drew the losses. */
  readonly truth: Float64Array;
}

/** Points of which the law draws the losses, at one of its own starts. */
function batchFor(law: Law, loss: Loss): Case {
  const uniform = uniforms(1, 9, 0);
  const draw = normals(uniforms(1, 9, 1));
  const truth = law.drawStart(2, uniforms(1, 1, 0));
  const inputs = law.inputs.map((name) => Float64Array.from({ length: POINTS }, () => (INPUTS[name].centred ? 4 * uniform() - 2 : 3 * uniform())));
  const exact = new Float64Array(POINTS);
  law.predict(truth, inputs, exact, law.params.map(() => new Float64Array(POINTS)));
  return {
    law, loss, inputs, truth, points: POINTS, replicates: 1,
    centre: law.inputs.map(() => 0),
    logLoss: exact.map((value) => Math.log(value) + NOISE * draw()),
    weight: new Float64Array(POINTS).fill(1),
  };
}

function ns(seconds: number): string {
  return (1e9 * seconds).toPrecision(3);
}

function times(ratio: number): string {
  return ratio.toFixed(2);
}
