import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { againOf } from '../../src/report/again.ts';

function given(options: Readonly<Record<string, string>>) {
  return Object.entries(options).map(([name, value]) => ({ name, value }));
}

it('has the seed and the number of sweeps, given or not', () => {
  expect(againOf([]).repeat).toEqual(['isoloss simulate', '--sweeps 1000', '--seed 0']);
  expect(againOf(given({ seed: '7', sweeps: '40' })).repeat).toEqual(['isoloss simulate', '--seed 7', '--sweeps 40']);
});

it('has what decides the figures, not where they go', () => {
  const options = { noise: 'none', delta: '1e-2', starts: '8', out: 'x', json: '', quiet: '', 'write-fits': 'a.csv', sweeps: '40', seed: '7' };
  expect(againOf(given(options))).toEqual({
    repeat: ['isoloss simulate', '--noise none', '--delta 1e-2', '--starts 8', '--sweeps 40', '--seed 7'],
    replay: ['isoloss simulate', '--noise none', '--seed 7', '--replay 0', '| isoloss fit - --delta 1e-2'],
  });
});

it('fits one of its sweeps by the law of the truth', () => {
  const [fit] = againOf(given({ truth: 'fit:kaplan.json', delta: '1e-2' }), 'kaplan').replay.slice(-1);
  expect(fit).toBe('| isoloss fit - --law kaplan --delta 1e-2');
});

it('is quoted for a shell', () => {
  const values = ['my runs.csv', 'it\'s', '50M..16B:8', '$HOME "x" `y` \\', ''];
  for (const design of values) {
    const [, written] = againOf([{ name: 'design', value: design }]).repeat;
    expect(execFileSync('sh', ['-c', `printf %s ${written!.replace('--design ', '')}`], { encoding: 'utf8' })).toBe(design);
  }
});
