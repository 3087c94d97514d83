/**
 * Peak rates of devices that models are trained on: dense BF16 FLOP/s of one device as it is rented, on its matrix units,
 * without sparsity. A data sheet that prints rates with 2:4 sparsity prints twice as much. And the power that one may draw: of
 * the device alone, without its share of the host, the network and the cooling.
 */
import { optionError } from '../errors.ts';

export interface Device {
  readonly id: string;
  readonly name: string;
  /** Dense BF16 FLOP/s of one device; FP16 where it has no BF16. */
  readonly peakFlops: number;
  /** Where the rate is from. */
  readonly source: string;
  /** Absent where its maker prints none. */
  readonly power?: DevicePower;
}

export interface DevicePower {
  /** The most that one device draws for long, W: its thermal design power, or board power. */
  readonly watts: number;
  readonly source: string;
}

/** By vendor, oldest first. */
export const devices: readonly Device[] = [
  { id: 'v100-sxm2', name: 'NVIDIA V100 SXM2 (FP16)', peakFlops: 125e12, source: 'NVIDIA V100 data sheet',
    power: { watts: 300, source: 'NVIDIA V100 data sheet' } },
  { id: 'a100', name: 'NVIDIA A100 (SXM or PCIe)', peakFlops: 312e12, source: 'NVIDIA A100 data sheet',
    power: { watts: 400, source: 'NVIDIA A100 data sheet, SXM; PCIe cards have 250 and 300' } },
  { id: 'rtx-4090', name: 'NVIDIA RTX 4090', peakFlops: 165.2e12, source: 'NVIDIA Ada GPU architecture white paper, with FP32 accumulation',
    power: { watts: 450, source: 'NVIDIA Ada GPU architecture white paper, total graphics power' } },
  { id: 'h100-sxm', name: 'NVIDIA H100 SXM', peakFlops: 989.4e12, source: 'NVIDIA H100 architecture white paper',
    power: { watts: 700, source: 'NVIDIA H100 data sheet' } },
  { id: 'h100-pcie', name: 'NVIDIA H100 PCIe', peakFlops: 756e12, source: 'NVIDIA H100 architecture white paper',
    power: { watts: 350, source: 'NVIDIA H100 PCIe product brief PB-11133-001' } },
  { id: 'h100-nvl', name: 'NVIDIA H100 NVL', peakFlops: 835.5e12, source: 'NVIDIA H100 data sheet, half of 1,671 with sparsity',
    power: { watts: 400, source: 'NVIDIA H100 data sheet, set between 350 and 400' } },
  { id: 'h200-sxm', name: 'NVIDIA H200 SXM', peakFlops: 989.4e12, source: 'NVIDIA H200 data sheet, 1,979 with sparsity as the H100',
    power: { watts: 700, source: 'NVIDIA H200 data sheet' } },
  { id: 'b200', name: 'NVIDIA B200 (HGX)', peakFlops: 2.25e15, source: 'NVIDIA Blackwell architecture technical brief, half of 4,500 with sparsity',
    power: { watts: 1000, source: 'NVIDIA Blackwell architecture technical brief' } },
  { id: 'gb200', name: 'NVIDIA GB200, each GPU', peakFlops: 2.5e15, source: 'NVIDIA Blackwell architecture technical brief, half of 5,000 with sparsity',
    power: { watts: 1200, source: 'NVIDIA Blackwell architecture technical brief' } },
  { id: 'mi250x', name: 'AMD Instinct MI250X (both dies)', peakFlops: 383e12, source: 'AMD Instinct MI250X data sheet',
    power: { watts: 560, source: 'AMD Instinct MI250X data sheet, peak' } },
  { id: 'mi300x', name: 'AMD Instinct MI300X', peakFlops: 1307.4e12, source: 'AMD Instinct MI300X data sheet',
    power: { watts: 750, source: 'AMD Instinct MI300X data sheet' } },
  { id: 'mi325x', name: 'AMD Instinct MI325X', peakFlops: 1307.4e12, source: 'AMD Instinct MI325X data sheet',
    power: { watts: 1000, source: 'AMD Instinct MI325X data sheet' } },
  { id: 'mi355x', name: 'AMD Instinct MI355X', peakFlops: 2516.6e12, source: 'AMD Instinct MI355X data sheet',
    power: { watts: 1400, source: 'AMD Instinct MI355X data sheet' } },
  { id: 'tpu-v3', name: 'Google TPU v3, each chip', peakFlops: 123e12, source: 'Google Cloud TPU documentation' },
  { id: 'tpu-v4', name: 'Google TPU v4, each chip', peakFlops: 275e12, source: 'Google Cloud TPU documentation',
    power: { watts: 192, source: 'Google Cloud TPU documentation, the most that was measured' } },
  { id: 'tpu-v5e', name: 'Google TPU v5e, each chip', peakFlops: 197e12, source: 'Google Cloud TPU documentation' },
  { id: 'tpu-v5p', name: 'Google TPU v5p, each chip', peakFlops: 459e12, source: 'Google Cloud TPU documentation' },
  { id: 'tpu-v6e', name: 'Google TPU v6e (Trillium), each chip', peakFlops: 918e12, source: 'Google Cloud TPU documentation' },
  { id: 'trainium', name: 'AWS Trainium, each chip', peakFlops: 190e12, source: 'AWS Neuron documentation' },
  { id: 'trainium2', name: 'AWS Trainium2, each chip', peakFlops: 667e12, source: 'AWS Neuron documentation' },
];

/** @throws InputError that lists the ids, where there is no such device. */
export function deviceById(id: string): Device {
  const device = devices.find((candidate) => candidate.id === id);
  if (device) return device;
  throw optionError('device', `expected one of ${devices.map((each) => each.id).join(', ')}, got "${id}". Of another give peakFlops.`);
}
