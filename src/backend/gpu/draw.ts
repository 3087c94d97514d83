/** Host side of shaders/kernel/draw_weights.wgsl and draw_losses.wgsl: replicates are drawn where they are fitted. */
import type { d } from 'typegpu';
import type { Batch, Draw, DrawGroups, DrawNoise, DrawResiduals } from '../backend.ts';
import { ROW_SIZE, type Device } from './device.ts';
import { DrawRun, drawLossesLayout, drawWeightsLayout } from './layouts.ts';

/** As in src/math/philox.ts; a test compares what is drawn. */
const STREAM = { noise: 2, resample: 3, noiseOfSize: 5, noiseOfSeed: 6 } as const;
const KINDS = { points: 0, groups: 1, 'leave-out': 2, residual: 0, wild: 1, parametric: 2, synthetic: 2 } as const;

/** The weights of every replicate, [points][replicates], drawn into `drawn`. */
export async function drawWeights(device: Device, batch: Batch, draw: DrawGroups, drawn: GPUBuffer): Promise<void> {
  const begin = new Uint32Array(draw.groups + 1);
  for (const group of draw.group) begin[group + 1]++;
  for (let g = 0; g < draw.groups; g++) begin[g + 1] += begin[g];
  const members = Uint32Array.from(draw.group.keys()).toSorted((i, j) => draw.group[i] - draw.group[j] || i - j);
  await run(device, 'draw_weights', batch, draw, {
    base: device.upload('base', new Float32Array(batch.weight)),
    members: device.upload('members', members),
    begin: device.upload('begin', begin),
    strata: device.upload('strata', new Uint32Array(draw.strata ?? [0, draw.groups])),
  }, drawn, batch.replicates);
}

/** 1/L of every replicate, [points][replicates], drawn into `drawn`. */
export async function drawLosses(device: Device, batch: Batch, draw: DrawResiduals | DrawNoise, drawn: GPUBuffer): Promise<void> {
  const residual = draw.fitted.map((value, i) => batch.logLoss[i] - value);
  const { order, numbers } = 'noise' in draw ? sharedNumbers(draw) : residualNumbers(draw);
  await run(device, 'draw_losses', batch, draw, {
    base: device.upload('base', Float32Array.from(draw.fitted, (value) => Math.exp(-value))),
    residual: device.upload('residual', Float32Array.from(order, (i) => residual[i])),
    numbers: device.upload('numbers', numbers),
  }, drawn, batch.points * batch.replicates);
}

/** Points in the order of their residuals, and two numbers of each point: see drawLossesLayout. */
interface Numbered {
  readonly order: readonly number[];
  readonly numbers: Uint32Array<ArrayBuffer>;
}

function sharedNumbers({ fitted, sizes, seeds }: DrawNoise): Numbered {
  return { order: [...fitted.keys()], numbers: Uint32Array.from([...fitted.keys()].flatMap((i) => [sizes?.[i] ?? 0, seeds?.[i] ?? 0])) };
}

/** Residuals of one stratum after the other; signs are those of the point's own, which stay in place. */
function residualNumbers({ kind, fitted, stratum }: DrawResiduals): Numbered {
  const of = (i: number) => (kind === 'residual' ? stratum?.[i] ?? 0 : 0);
  const order = [...fitted.keys()].toSorted((i, j) => of(i) - of(j) || i - j);
  const first = new Map<number, number>();
  const count = new Map<number, number>();
  order.forEach((i, k) => {
    if (!first.has(of(i))) first.set(of(i), k);
    count.set(of(i), (count.get(of(i)) ?? 0) + 1);
  });
  return { order, numbers: Uint32Array.from([...fitted.keys()].flatMap((i) => [first.get(of(i)) ?? 0, count.get(of(i)) ?? 0])) };
}

async function run(device: Device, kernel: 'draw_weights' | 'draw_losses', batch: Batch, draw: Draw,
                   sources: Readonly<Record<string, GPUBuffer>>, drawn: GPUBuffer, invocations: number): Promise<void> {
  const layout = kernel === 'draw_weights' ? drawWeightsLayout : drawLossesLayout;
  const pipeline = await device.pipeline(kernel, batch.law, layout, { drawLayout: layout });
  const uniforms = device.root.createBuffer(DrawRun).$usage('uniform').$name('run');
  uniforms.write(uniformsOf(batch, draw));
  const encoder = device.encoder(kernel);
  device.dispatch(encoder, pipeline, device.bind(layout, { run: device.root.unwrap(uniforms), ...sources, drawn }), invocations);
  await device.read(encoder, []);
  uniforms.destroy();
  for (const buffer of Object.values(sources)) buffer.destroy();
}

/** Groups of one point each, in the order of the points, are points. */
function kindOf(draw: Draw): keyof typeof KINDS {
  const isPoints = draw.kind === 'groups' && !draw.strata && draw.group.every((group, i) => group === i);
  return isPoints ? 'points' : draw.kind;
}

function uniformsOf({ points, replicates }: Batch, draw: Draw): d.Infer<typeof DrawRun> {
  const { sigma, degrees, outliers, bySize, bySeed } = 'noise' in draw ? draw.noise : { sigma: 0 };
  return {
    points, replicates,
    first: draw.first,
    seedLow: draw.seed >>> 0,
    seedHigh: Math.floor(draw.seed / 2 ** 32) >>> 0,
    stream: draw.kind === 'synthetic' ? STREAM.noise : STREAM.resample,
    groups: 'groups' in draw ? draw.groups : 0,
    kind: KINDS[kindOf(draw)],
    rowSize: ROW_SIZE,
    sigma,
    degrees: degrees ?? 0,
    bySize: bySize ?? 0,
    bySeed: bySeed ?? 0,
    sizeStream: STREAM.noiseOfSize,
    seedStream: STREAM.noiseOfSeed,
    outlierLimit: Math.min(Math.round((outliers?.fraction ?? 0) * 2 ** 32), 2 ** 32 - 1),
    outlierFactor: outliers?.factor ?? 1,
  };
}
