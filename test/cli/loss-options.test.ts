import { expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { UsageError } from '../../src/cli/usage.ts';

it.each([
  ['fit --loss absolute-log', { fit: { loss: 'absolute-log' } }],
  ['fit --loss lower-log --envelope .05 --delta 1e-4', { fit: { loss: 'lower-log', envelope: 0.05, delta: 1e-4 } }],
  ['fit --fix alpha=0.34,beta=.28', { fit: { fix: { alpha: 0.34, beta: 0.28 } } }],
  ['fit --fix alpha=0.34 --fix N_c=8.8e13', { fit: { fix: { alpha: 0.34, N_c: 8.8e13 } } }],
  ['landscape --fix A=-1 --loss squares', { fit: { fix: { A: -1 }, loss: 'squares' } }], // the law refuses it
  ['simulate --loss squares-log --fix E=1.7', { fits: { loss: 'squares-log', fix: { E: 1.7 } } }],
  ['fit --bound alpha=0.1:0.6 --bound E=:1.8,beta=.2:', { fit: { bounds: { alpha: [0.1, 0.6], E: [-Infinity, 1.8], beta: [0.2, Infinity] } } }],
  ['simulate --bound alpha=-1:0', { fits: { bounds: { alpha: [-1, 0] } } }],
])('%s', (line, command) => {
  expect(parseCommand(line.split(' '))).toMatchObject({ kind: 'run', command });
});

it('spaces about names and values do not matter', () => {
  expect(parseCommand(['fit', '--fix', ' alpha = 0.34, beta=0.28 '])).toMatchObject({ command: { fit: { fix: { alpha: 0.34, beta: 0.28 } } } });
});

it.each([
  [['fit', '--loss', 'huber-lo'], 'isoloss fit --loss: expected one of huber-log, absolute-log, squares-log, huber, squares, lower-log, got "huber-lo". ' +
    'Did you mean huber-log?'],
  [['fit', '--envelope', '10%'], 'isoloss fit --envelope: expected a share above 0 and at most 0.5 such as 0.1, got "10%". Write 10 % as 0.1.'],
  [['fit', '--envelope', '0.6'], 'isoloss fit --envelope: expected a share above 0 and at most 0.5 such as 0.1, got "0.6". Write 10 % as 0.1.'],
  [['fit', '--fix', 'alpha'], 'isoloss fit --fix: expected NAME=VALUE,... such as alpha=0.34,beta=0.28, got "alpha". Write plain numbers.'],
  [['fit', '--fix', 'alpha=x'], 'isoloss fit --fix: expected NAME=VALUE,... such as alpha=0.34,beta=0.28, got "alpha=x". Write plain numbers.'],
  [['fit', '--fix', 'alpha=1,'], 'isoloss fit --fix: expected NAME=VALUE,... such as alpha=0.34,beta=0.28, got "alpha=1,". Write plain numbers.'],
  [['fit', '--fix', 'alpha=1', '--fix', 'alpha=2'], 'isoloss fit --fix: expected one value for alpha, got two. Leave one out.'],
  ...['alpha', 'alpha=0.3', 'alpha=:', 'alpha=0.6:0.1', 'alpha=0.1:0.2:0.3', 'alpha=x:1', 'alpha=0.1:0.6,'].map((value): [string[], string] => [['fit', '--bound', value],
    `isoloss fit --bound: expected NAME=LOW:HIGH,... such as alpha=0.1:0.6, got "${value}". Write plain numbers, the lower one first; one end may be left out.`]),
  [['fit', '--bound', 'alpha=0.1:', '--bound', 'alpha=:0.6'], 'isoloss fit --bound: expected one pair of bounds for alpha, got two. Write both ends together.'],
  [['fit', '--loss', 'lower-log', '--bootstrap', '9', '--bootstrap-kind', 'wild'],
    'isoloss fit --bootstrap-kind: expected pairs, cluster or residual beside --loss lower-log, got wild. ' +
    'These take the noise as symmetric about the law, which an envelope is not.'],
  [['simulate', '--envelope', '0.1'], 'isoloss simulate: expected one of its options, got --envelope. It is one of isoloss fit.'],
])('%j is refused', (args, message) => {
  expect(() => parseCommand(args)).toThrow(new UsageError(message));
});
