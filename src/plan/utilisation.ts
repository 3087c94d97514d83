/**
 * Utilisation modelled from how a training is laid out: what one device reaches by itself, less what the pipeline and the
 * communication between data-parallel replicas take.
 *
 *   utilisation = kernel·pipeline·overlap
 *   pipeline    = 1/(1 + (p − 1)/(v·m))            p stages, m micro-batches a step, v chunks of layers a stage
 *   overlap     = compute/(compute + exposed),     exposed = t − min(o·t, compute)
 *   t           = 2·(n − 1)/n·bytes/bandwidth      a ring all-reduce of the gradients among n replicas
 *
 * The bubble (p − 1)/m of the time that the work itself takes is that of GPipe (Huang et al. 2019, arXiv:1811.06965, §2.3) and
 * of one forward, one backward; interleaving v chunks divides it by v (Narayanan et al. 2021, arXiv:2104.04473, §2.2). As a
 * share of the whole it is (p − 1)/(m + p − 1). In a ring every device sends 2·(n − 1)/n of its bytes, the least that is
 * possible (Patarasuk and Yuan 2009, Journal of Parallel and Distributed Computing 69). Of the communication a share o is done
 * while the device computes, as far as that lasts. Tensor and expert parallelism are part of what the kernel reaches here.
 */
import { part, positive, positiveSize, share, whole } from '../check.ts';
import { peakOf } from './budget.ts';
import { approximateFlops } from './flops.ts';

export interface Pipeline {
  readonly stages: number;
  /** In each replica, a step. */
  readonly microBatches: number;
  /** Chunks of layers that each stage holds. Default 1. */
  readonly chunks?: number;
}

export interface AllReduce {
  readonly replicas: number;
  /** Of gradients on each device: its parameters times bytes for each. */
  readonly bytes: number;
  /** Bytes a second that each device sends while it receives as many. */
  readonly bandwidth: number;
}

export type Layout = ({ readonly device: string } | { readonly peakFlops: number }) & {
  /** Parameters. */
  readonly N: number;
  /** Tokens of a step, over all replicas. */
  readonly batch: number;
  /** Data-parallel copies of the model. */
  readonly replicas: number;
  /** Default one stage. */
  readonly pipeline?: Pipeline;
  /** Devices that share each layer. Default 1. */
  readonly tensorParallel?: number;
  /** Share of the peak rate that a device reaches while it computes. */
  readonly kernel: number;
  /** Bytes a second that each device sends. Absent: communication costs nothing. */
  readonly bandwidth?: number;
  /** Bytes of a parameter's gradient. Default 2, BF16. */
  readonly gradientBytes?: number;
  /** Share of the communication that can go on under the computation. Default 0. */
  readonly overlap?: number;
  /** The layers are done again on the way back: a step takes 8·N·batch FLOPs. Default false. */
  readonly recompute?: boolean;
};

export interface ModelledUtilisation {
  /** Of the peak rate: MFU, or with `recompute` that of all FLOPs that the devices do. */
  readonly utilisation: number;
  /** Share of the time in which the pipeline is full. */
  readonly pipeline: number;
  /** Share of the time that does not wait for gradients. */
  readonly communication: number;
  readonly devices: number;
  /** Seconds of a step. */
  readonly step: number;
}

/**
 * Share of the time in which the stages of a pipeline work.
 * @throws InputError where a number is not whole.
 */
export function pipelineShare({ stages, microBatches, chunks = 1 }: Pipeline): number {
  const bubble = (whole('stages', stages, 'stages') - 1) / (whole('chunks', chunks, 'chunks') * whole('microBatches', microBatches, 'micro-batches'));
  return 1 / (1 + bubble);
}

/**
 * Seconds of a ring all-reduce.
 * @throws InputError where a number is not positive, or the replicas not whole.
 */
export function allReduceSeconds({ replicas, bytes, bandwidth }: AllReduce): number {
  const sent = (2 * (whole('replicas', replicas, 'replicas') - 1)) / replicas;
  return (sent * positive('bytes', bytes, 'bytes such as 2e9')) / positive('bandwidth', bandwidth, 'bytes a second such as 5e10');
}

/**
 * Utilisation, devices and time of a step of 6·N·batch FLOPs, 8·N·batch with recomputation.
 * @throws InputError where a number is not positive or whole, or a share above 1.
 */
export function modelledUtilisation(layout: Layout): ModelledUtilisation {
  const { pipeline = { stages: 1, microBatches: 1 }, tensorParallel = 1, kernel } = layout;
  const split = whole('tensorParallel', tensorParallel, 'devices') * pipeline.stages;
  const devices = whole('replicas', layout.replicas, 'replicas') * split;
  const filled = pipelineShare(pipeline);
  const size = { N: positiveSize(layout.N), D: positive('batch', layout.batch, 'tokens of a step such as 4e6') };
  const flops = approximateFlops(size, layout.recompute);
  const compute = flops / (devices * peakOf(layout) * share('kernel', kernel, 'the peak rate') * filled);
  const step = compute + exposedSeconds(layout, split, compute);
  return { utilisation: (kernel * filled * compute) / step, pipeline: filled, communication: compute / step, devices, step };
}

/** Seconds that a device waits for gradients. */
function exposedSeconds({ N, replicas, bandwidth, gradientBytes = 2, overlap = 0 }: Layout, split: number, compute: number): number {
  if (bandwidth === undefined) return 0;
  const seconds = allReduceSeconds({ replicas, bytes: (N * gradientBytes) / split, bandwidth });
  return seconds - Math.min(part('overlap', overlap, 'the communication') * seconds, compute);
}
