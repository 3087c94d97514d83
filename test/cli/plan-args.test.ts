/** The command line of `isoloss plan`. */
import { expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import type { PlanCommand } from '../../src/cli/plan-command.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { publishedTruth } from '../../src/paper/truths.ts';
import { devices } from '../../src/plan/devices.ts';

const PLAIN = {
  name: 'plan', fit: {}, filter: { where: [] }, columns: {}, bootstrap: {}, json: false, quiet: false,
  budgets: [], losses: [], limits: {}, asides: [], unique: [], hardware: {}, layout: {}, failures: {}, serving: {}, shapes: {},
  precision: { widths: [], afterwards: [] }, mixtures: { granularity: [], sparsity: [], experts: [] },
};
const CLUSTER = '--device h100-sxm --count 1024 --utilisation 0.4';
const HARDWARE = { device: { device: 'h100-sxm' }, count: 1024, utilisation: 0.4 };

function command(line: string): Omit<PlanCommand, 'given'> {
  const parsed = parseCommand(['plan', ...line.split(' ')]);
  const { given, ...rest } = (parsed as typeof parsed & { kind: 'run' }).command as PlanCommand;
  expect(given.length).toBeGreaterThan(0);
  return rest;
}

it.each([
  ['--budget 1e24', { budgets: [1e24] }],
  ['runs.csv --budget 1e22,1e24 --budget 1e25..1e27:3', { source: 'runs.csv', budgets: [1e22, 1e24, 1e25, 1e26, 1e27] }],
  ['--target-loss 2.0,1.9 --target-loss 2.2', { losses: [2, 1.9, 2.2] }],
  ['--budget 1e24 --ratio 200,100 --size 8B', { budgets: [1e24], asides: [{ ratio: 200 }, { ratio: 100 }, { N: 8e9 }] }],
  ['--budget 1e24 --unique-tokens 100B --excess 0.01', { budgets: [1e24], unique: [1e11], excess: 0.01 }],
  ['--budget 1e24 --architectures 3 --context 8192 --vocabulary 128000 --gated',
    { budgets: [1e24], shapes: { count: 3, context: 8192, vocabulary: 128_000, gated: true } }],
  ['--budget 1e24 --architectures 3 --heads 22 --head-size 128 --width-multiple 64',
    { budgets: [1e24], shapes: { count: 3, heads: 22, headSize: 128, widthMultiple: 64 } }],
  ['--models', { models: true }],
  ['--budget 1e24 --bits 4,8 --bits 16 --bit-scales 2.67,2.21,0 --quantise 4,3',
    { budgets: [1e24], precision: { widths: [4, 8, 16], afterwards: [4, 3], scales: { weights: 2.67, activations: 2.21, cache: 0 } } }],
  ['--budget 1e24 --granularity 1,8 --sparsity 0,0.9 --experts 64', { budgets: [1e24], mixtures: { granularity: [1, 8], sparsity: [0, 0.9], experts: [64] } }],
  [`--hours 720 --money 1e6 --energy 2e6 --price 2.5 ${CLUSTER}`,
    { limits: { hours: 720, money: 1e6, energy: 2e6 }, hardware: { ...HARDWARE, price: 2.5 } }],
  ['--budget 1e24 --device 989e12 --count 8 --utilisation 1 --watts 700 --pue 1.1 --mtbf 50000 --checkpoint 0.05 --restart 0.1',
    { budgets: [1e24], hardware: { device: { peakFlops: 989e12 }, count: 8, utilisation: 1, watts: 700, pue: 1.1 },
      failures: { mtbf: 50_000, checkpoint: 0.05, restart: 0.1 } }],
  [`--budget 1e24 ${CLUSTER} --batch 4M --stages 8 --micro-batches 32 --chunks 2 --tensor-parallel 8 --bandwidth 5e10 --overlap 0.5`,
    { budgets: [1e24], hardware: HARDWARE,
      layout: { batch: 4e6, stages: 8, microBatches: 32, chunks: 2, tensorParallel: 8, bandwidth: 5e10, overlap: 0.5 } }],
  [`--hours 720 --recompute ${CLUSTER}`, { limits: { hours: 720 }, recompute: true, hardware: HARDWARE }],
  ['--target-loss 2 --architectures 2 --recompute', { losses: [2], recompute: true, shapes: { count: 2 } }],
  ['--target-loss 2 --serve 2T', { losses: [2], serve: { inputTokens: 0, outputTokens: 2e12 } }],
  [`--target-loss 2 --serve 1T:2T --serve-utilisation 0.5:0.1 --serve-device a100 --serve-price 1 --price 2.5 ${CLUSTER}`,
    { losses: [2], serve: { inputTokens: 1e12, outputTokens: 2e12 }, hardware: { ...HARDWARE, price: 2.5 },
      serving: { utilisation: { input: 0.5, output: 0.1 }, device: { device: 'a100' }, price: 1 } }],
  ['--truth published:hoffmann --budget 1e24 --json -o x', { truth: publishedTruth('hoffmann'), budgets: [1e24], json: true, out: 'x' }],
  ['--truth fit:fit.json --target-loss 2 -q', { truth: { file: 'fit.json' }, losses: [2], quiet: true }],
  ['- --budget 1e24 --bootstrap 1000 --cluster N --interval bca --delta 1e-2 --where C<1e21',
    { source: '-', budgets: [1e24], bootstrap: { replicates: 1000, cluster: 'N', interval: 'bca' }, fit: { delta: 0.01 }, filter: { where: ['C<1e21'] } }],
])('%s', (line, expected) => {
  expect(command(line)).toEqual({ ...PLAIN, ...expected });
});

const IDS = devices.map(({ id }) => id).join(', ');

it.each([
  ['--json', ': expected --budget, --target-loss, --hours, --money, --energy or --models, got none. Begin with isoloss plan --budget 1e24.'],
  ['a b --budget 1e24', ': expected one source, got "a" and "b". Quote what holds a space: --columns "N=Model Size".'],
  ['--budget much', ' --budget: expected budgets such as 1e24 or 1e22..1e26:5, got "much". Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.'],
  ['--target-loss 0', ' --target-loss: expected a loss such as 2.1, nats per token, got "0". Write a plain positive number.'],
  ['--target-loss 2,', ' --target-loss: expected a loss such as 2.1, nats per token, got "". Write a plain positive number.'],
  ['--budget 1e24 --device h100', ` --device: expected one of ${IDS}, or FLOP/s such as 989e12, got "h100". Did you mean h100-sxm?`],
  ['--budget 1e24 --device a10', ` --device: expected one of ${IDS}, or FLOP/s such as 989e12, got "a10". Did you mean a100?`],
  ['--budget 1e24 --device abacus', ` --device: expected one of ${IDS}, or FLOP/s such as 989e12, got "abacus". Of another give the dense peak rate.`],
  ['--budget 1e24 --utilisation 40', ' --utilisation: expected a share above 0 and at most 1 such as 0.4, got "40". Write 40 % as 0.4.'],
  ['--budget 1e24 --pue 0.9', ' --pue: expected a number from 1 on such as 1.2, got "0.9". It is what a data centre draws over what its machines do.'],
  ['--budget 1e24 --serve 1T:2T:3T', ' --serve: expected tokens such as 2T, or INPUT:OUTPUT such as 1T:2T, got "1T:2T:3T". Count them over the life of the model.'],
  ['--budget 1e24 --serve 0', ' --serve: expected tokens such as 2T, or INPUT:OUTPUT such as 1T:2T, got "0". Count them over the life of the model.'],
  ['--budget 1e24 --serve 1T --serve-utilisation 30', ' --serve-utilisation: expected a share such as 0.3, or INPUT:OUTPUT such as 0.5:0.1, got "30". Write 30 % as 0.3.'],
  ['--money 1e6', ' --money: expected --device beside it, got none. Add --device h100-sxm, say.'],
  ['--budget 1e24 --price 2', ' --price: expected --device beside it, got none. Add --device h100-sxm, say.'],
  ['--budget 1e24 --device a100', ' --device: expected --count beside it, got none. Add --count 1024, say.'],
  ['--budget 1e24 --count 8 --device a100', ' --count: expected --utilisation beside it, got none. Add --utilisation 0.4, say.'],
  [`--money 1e6 ${CLUSTER}`, ' --money: expected --price beside it, got none. Add --price 2.5, say, of a device and hour.'],
  ['--energy 1e6 --device 1e15 --count 8 --utilisation 0.4', ' --energy: expected --watts beside it, got none. Add --watts 700, say: that of this device is not known.'],
  ['--energy 1e6 --device tpu-v3 --count 8 --utilisation 0.4', ' --energy: expected --watts beside it, got none. Add --watts 700, say: that of this device is not known.'],
  [`--budget 1e24 --mtbf 5e4 ${CLUSTER}`, ' --mtbf: expected --checkpoint beside it, got none. Add --checkpoint 0.05, say, hours.'],
  [`--budget 1e24 --checkpoint 0.1 ${CLUSTER}`, ' --checkpoint: expected --mtbf beside it, got none. Add --mtbf 50000, say, hours of one device.'],
  [`--budget 1e24 --restart 0.1 ${CLUSTER}`, ' --restart: expected --mtbf beside it, got none. Add --mtbf 50000, say, hours of one device.'],
  ['--budget 1e24 --batch 4M', ' --batch: expected --device beside it, got none. Add --device h100-sxm, say.'],
  [`--budget 1e24 ${CLUSTER} --batch 0`, ' --batch: expected tokens of a step such as 4M, got "0". Count them over all devices.'],
  [`--budget 1e24 ${CLUSTER} --stages 8`, ' --stages: expected --batch beside it, got none. Add --batch 4M, say, tokens of a step.'],
  [`--budget 1e24 ${CLUSTER} --batch 4M --stages 8`, ' --stages: expected --micro-batches beside it, got none. Add --micro-batches 32, say, of each replica and step.'],
  [`--budget 1e24 ${CLUSTER} --batch 4M --chunks 2`, ' --chunks: expected --stages beside it, got none. Add --stages 8, say.'],
  [`--budget 1e24 ${CLUSTER} --batch 4M --overlap 0.5`, ' --overlap: expected --bandwidth beside it, got none. Add --bandwidth 5e10, say, bytes a second.'],
  [`--hours 1 ${CLUSTER} --batch 4M`, ' --hours: expected no --batch beside it, got both. How well devices are used depends on the size: give --utilisation alone.'],
  [`--budget 1e24 ${CLUSTER} --batch 4M --tensor-parallel 3`, ' --count: expected a multiple of 3, the devices of one replica, got "1024". It is --stages times --tensor-parallel.'],
  ['--budget 1e24 --serve 2T --recompute', ' --recompute: expected --device or --architectures beside it, got none. Say what trains, or which FLOPs are to be counted.'],
  ['--budget 1e24 --serve-price 2', ' --serve-price: expected --serve beside it, got none. Add --serve 2T, say.'],
  ['--budget 1e24 --serve 2T --serve-price 2', ' --serve-price: expected --serve-utilisation beside it, got none. Add --serve-utilisation 0.3, say.'],
  ['--budget 1e24 --serve 2T --serve-utilisation 0.3', ' --serve-utilisation: expected --device and --utilisation beside it, got none. Say what trains too.'],
  [`--budget 1e24 --serve 2T --serve-utilisation 0.3 ${CLUSTER}`, ' --serve-utilisation: expected --price beside it, got none. Add --price 2.5, say, of a device and hour.'],
  [`--budget 1e24 --serve 2T --serve-utilisation 0.3 ${CLUSTER} --price 2 --batch 4M`,
    ' --serve-utilisation: expected no --batch beside it, got both. How well devices are used depends on the size: give --utilisation alone.'],
  ['--target-loss 2 --unique-tokens 1B', ' --unique-tokens: expected --budget beside it, got none. Add --budget 1e24, say.'],
  ['--target-loss 2 --sparsity 0.9', ' --sparsity: expected --budget beside it, got none. Add --budget 1e24, say.'],
  ['--models --bits 8', ' --bits: expected --budget beside it, got none. Add --budget 1e24, say.'],
  ['--budget 1e24 --bit-scales 1,2,3', ' --bit-scales: expected --bits beside it, got none. Add --bits 4,8,16, say.'],
  ['--budget 1e24 --bits 8,', ' --bits: expected bits from 1 to 64 such as 4,8, got "8,". A mean width, such as 4.5, will do.'],
  ['--budget 1e24 --quantise 0', ' --quantise: expected bits from 1 to 64 such as 4,8, got "0". A mean width, such as 4.5, will do.'],
  ['--budget 1e24 --bits 8 --bit-scales 1,2',
    ' --bit-scales: expected three numbers of bits, of weights, activations, and keys and values, such as 2.67,2.21,0.96, got "1,2". Write 0 for what loses nothing.'],
  ['--budget 1e24 --granularity 1,0.5', ' --granularity: expected granularities from 1 on such as 1,8, got "1,0.5". It is the width of a dense layer over that of an expert.'],
  ['--budget 1e24 --experts many', ' --experts: expected whole numbers of experts from 1 on such as 8,64, got "many". They are counted: 1 is a dense model.'],
  ['--budget 1e24 --experts 1.5', ' --experts: expected whole numbers of experts from 1 on such as 8,64, got "1.5". They are counted: 1 is a dense model.'],
  ['--budget 1e24 --bits 65', ' --bits: expected bits from 1 to 64 such as 4,8, got "65". A mean width, such as 4.5, will do.'],
  ['--budget 1e24 --sparsity 1',
    ' --sparsity: expected shares from 0 to below 1 such as 0,0.95, got "1". It is the share of the parameters that a token does not pass through.'],
  ['--target-loss 2 --head-size 64', ' --head-size: expected --architectures beside it, got none. Add --architectures 3, say.'],
  ['--target-loss 2 --gated', ' --gated: expected --architectures beside it, got none. Add --architectures 3, say.'],
  ['--truth published:hoffmann runs.csv --budget 1e24', ' --truth: expected no table beside it, got "runs.csv". Leave one out.'],
  ['--truth published:hoffmann --budget 1e24 --bootstrap 100', ' --truth: expected no --bootstrap beside it, got both. It fits nothing: leave one out.'],
  ['--truth published:hoffmann --budget 1e24 --delta 1', ' --truth: expected no --delta beside it, got both. It fits nothing: leave one out.'],
  ['--truth published:kaplan --budget 1e24',
    ' --truth: expected published: and one of hoffmann, hoffmann-rounded, besiroglu, besiroglu-unrounded, muennighoff, gadre-c4, gadre-redpajama, ' +
    'gadre-refinedweb, czech-symmetric, czech-asymmetric, got "published:kaplan". Take one of these.'],
  ['--budget 1e24 --interval bca', ' --interval bca: expected --bootstrap beside it, got none. Add --bootstrap 1000, say; --interval sandwich needs none.'],
  ['--budget 1e24 --cluster N', ' --cluster: expected --bootstrap beside it, got none. Add --bootstrap 1000, say.'],
  ['--budget 1e24 --influence', ': expected one of its options, got --influence. It is one of isoloss fit.'],
])('%s is refused', (line, message) => {
  expect(() => parseCommand(['plan', ...line.split(' ')])).toThrow(new UsageError(`isoloss plan${message}`));
});
