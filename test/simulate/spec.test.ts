import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { parseCounts, parseDeviation, parseNoise, parseOutliers, parseTruth } from '../../src/simulate/spec.ts';

describe('counts', () => {
  it.each([
    ['50M', [5e7]],
    ['50M,100M,1.4B', [5e7, 1e8, 1.4e9]],
    [' 1.4T , 6e18 ', [1.4e12, 6e18]],
    ['5,20.5', [5, 20.5]],
    ['1B..16B:2', [1e9, 16e9]],
  ])('%j are read', (text, counts) => {
    expect(parseCounts('--sizes', text)).toEqual(counts);
  });

  it('in a range have equal steps of the logarithm, and both ends exactly', () => {
    const counts = parseCounts('--sizes', '50M..16B:8');
    expect([counts.length, counts[0], counts[7]]).toEqual([8, 5e7, 16e9]);
    // Worked out elsewhere: 320^(1/7). The power is good to a few units of the last place, a quotient of two to twice that.
    for (const k of [1, 2, 3, 4, 5, 6, 7]) {
      expect(Math.abs(counts[k]! / counts[k - 1]! / 2.2797045620951932 - 1)).toBeLessThan(16 * 2 ** -53);
    }
    expect(counts[1]).not.toBe(Math.round(counts[1]!));
  });

  it('may be ranges and lists in turn', () => {
    expect(parseCounts('--sizes', '50M, 1B..16B:3 ,70B')).toEqual([5e7, 1e9, 4e9, 16e9, 70e9]);
  });

  const sizes = '--sizes: expected sizes such as 50M,1B or 50M..16B:8, got';
  const howTo = 'Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.';
  it.each([
    ['--sizes', '50M..', `${sizes} "50M..". Write a range as low..high:count.`],
    ['--sizes', '50M..16B', `${sizes} "50M..16B". Write a range as low..high:count.`],
    ['--sizes', '50M..16Q:8', `${sizes} "50M..16Q:8". ${howTo}`],
    ['--sizes', '..16B:8', `${sizes} "..16B:8". ${howTo}`],
    ['--sizes', '16B..50M:8', `${sizes} "16B..50M:8". Write the lower end first.`],
    ['--sizes', '1B..1B:2', `${sizes} "1B..1B:2". Write the lower end first.`],
    ['--sizes', '50M..16B:1', `${sizes} "50M..16B:1". After the colon write how many, from 2 to 100000.`],
    ['--sizes', '50M..16B:2.5', `${sizes} "50M..16B:2.5". After the colon write how many, from 2 to 100000.`],
    ['--sizes', '50M..16B:', `${sizes} "50M..16B:". After the colon write how many, from 2 to 100000.`],
    ['--sizes', '50M..16B:1000000', `${sizes} "50M..16B:1000000". After the colon write how many, from 2 to 100000.`],
    ['--sizes', '', `${sizes} "". ${howTo}`],
    ['--sizes', '50M,', `${sizes} "". ${howTo}`],
    ['--sizes', '50M,0', `${sizes} "0". ${howTo}`],
    ['--sizes', '50M,-1B', `${sizes} "-1B". ${howTo}`],
    ['--tokens', 'x', `--tokens: expected token counts such as 1B,20B or 1B..300B:6, got "x". ${howTo}`],
    ['--budgets', '1e999', `--budgets: expected budgets such as 6e18,1e20 or 6e18..3e21:9, got "1e999". ${howTo}`],
    ['--tokens-per-parameter', 'x', `--tokens-per-parameter: expected ratios D/N such as 5,20 or 5..80:5, got "x". ${howTo}`],
    ['--other', 'x', `--other: expected counts such as 50M,1B or 50M..16B:8, got "x". ${howTo}`],
  ])('%s %j are refused', (option, text, message) => {
    expect(() => parseCounts(option, text)).toThrow(new InputError(message));
  });

  it('of every example in a message can be read', () => {
    for (const option of ['--sizes', '--tokens', '--budgets', '--tokens-per-parameter', '--other']) {
      const examples = /such as (\S+) or (\S+), got/.exec(thrown(() => parseCounts(option, '')));
      expect([1, 2].map((k) => parseCounts(option, examples![k]!).length > 1)).toEqual([true, true]);
    }
  });
});

describe('noise', () => {
  it.each([
    ['none', { sigma: 0 }],
    ['lognormal:0.01', { sigma: 0.01 }],
    ['lognormal:1%', { sigma: 0.01 }],
    ['lognormal: .7 %', { sigma: 0.007 }],
    ['lognormal:1e-2', { sigma: 0.01 }],
    ['student:0.01:4', { sigma: 0.01, degrees: 4 }],
    [' student : 2% : 2.5 ', { sigma: 0.02, degrees: 2.5 }],
  ])('%j is read', (text, noise) => {
    expect(parseNoise('--noise', text)).toEqual(noise);
  });

  const form = '--noise: expected none, lognormal:0.01 or student:0.01:4, got';
  const remedy = 'Give the standard deviation of log loss, or the scale and the degrees of freedom.';
  const deviation = '--noise: expected a deviation of log loss from 0 to 1 such as 0.01, got';
  it.each([
    ['gauss:0.01', `${form} "gauss:0.01". ${remedy}`],
    ['0.01', `${form} "0.01". ${remedy}`],
    ['lognormal', `${form} "lognormal". ${remedy}`],
    ['none:0', `${form} "none:0". ${remedy}`],
    ['student:0.01', `${form} "student:0.01". ${remedy}`],
    ['lognormal:x', `${deviation} "x". Write 1 % as 0.01.`],
    ['lognormal:', `${deviation} "". Write 1 % as 0.01.`],
    ['lognormal:-0.01', `${deviation} "-0.01". Write 1 % as 0.01.`],
    ['student:200%:4', `${deviation} "200%". Write 1 % as 0.01.`],
    ['student:0.01:0', '--noise: expected degrees of freedom above 0 such as 4, got "0". Fewer mean heavier tails.'],
    ['student:0.01:4%', '--noise: expected degrees of freedom above 0 such as 4, got "4%". Fewer mean heavier tails.'],
  ])('%j is refused', (text, message) => {
    expect(() => parseNoise('--noise', text)).toThrow(new InputError(message));
  });
});

describe('outliers', () => {
  it.each([
    ['0.05', { fraction: 0.05, factor: 10 }],
    ['5%', { fraction: 0.05, factor: 10 }],
    ['0.05:3', { fraction: 0.05, factor: 3 }],
    ['0', { fraction: 0, factor: 10 }],
  ])('%j are read', (text, outliers) => {
    expect(parseOutliers('--outliers', text)).toEqual(outliers);
  });

  const form = '--outliers: expected FRACTION or FRACTION:FACTOR such as 0.05 or 0.05:10, got';
  it.each([
    ['', `${form} "". Give the share of the runs, and how many times as far they are.`],
    ['0.05:10:2', `${form} "0.05:10:2". Give the share of the runs, and how many times as far they are.`],
    ['5', '--outliers: expected a share of the runs from 0 to 1 such as 0.05, got "5". Write 5 % as 0.05.'],
    ['0.05:', '--outliers: expected a factor above 0 such as 10, got "". It multiplies the noise of the run.'],
    ['0.05:-1', '--outliers: expected a factor above 0 such as 10, got "-1". It multiplies the noise of the run.'],
  ])('%j are refused', (text, message) => {
    expect(() => parseOutliers('--outliers', text)).toThrow(new InputError(message));
  });
});

it('a deviation is a number or a percentage', () => {
  expect(['0.005', '0.5%', '0'].map((text) => parseDeviation('--noise-by-size', text))).toEqual([0.005, 0.005, 0]);
  expect(() => parseDeviation('--noise-by-size', '1,5')).toThrow(new InputError(
    '--noise-by-size: expected a deviation of log loss from 0 to 1 such as 0.01, got "1,5". Write 1 % as 0.01.'));
});

describe('a truth', () => {
  const params = { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 };

  it.each(['1.69,406.4,410.7,0.34,0.28', ' 1.69, 406.4, 410.7, .34, 2.8e-1 ', 'beta=0.28, B = 410.7,E=1.69,alpha=0.34,A=406.4'])('%j is read', (text) => {
    const truth = parseTruth('--truth', text);
    expect(truth).toEqual({ name: 'the law as given', law: 'chinchilla', params });
    expect(Object.keys(truth.params)).toEqual(Object.keys(params));
  });

  const form = '--truth: expected E,A,B,alpha,beta such as 1.69,406.4,410.7,0.34,0.28, got';
  const remedy = 'Give all 5 as plain numbers in this order, or as in E=1.69 in any order.';
  const allowed = '--truth: expected parameters that law chinchilla allows, got';
  const formula = 'It is L(N, D) = E + A/N^alpha + B/D^beta, of positive terms that fall.';
  it.each([
    ['', `${form} "". ${remedy}`],
    ['1.69,406.4,410.7,0.34', `${form} "1.69,406.4,410.7,0.34". ${remedy}`],
    ['1.69,406.4,410.7,0.34,0.28,1', `${form} "1.69,406.4,410.7,0.34,0.28,1". ${remedy}`],
    ['1.69,406.4,x,0.34,0.28', `${form} "1.69,406.4,x,0.34,0.28". ${remedy}`],
    ['1.69,406.4,410.7,34%,0.28', `${form} "1.69,406.4,410.7,34%,0.28". ${remedy}`],
    ['E=1.69,A=406.4,B=410.7,alpha=0.34', `${form} "E=1.69,A=406.4,B=410.7,alpha=0.34". ${remedy}`],
    ['E=1.69,E=406.4,B=410.7,alpha=1,beta=1', `${form} "E=1.69,E=406.4,B=410.7,alpha=1,beta=1". ${remedy}`],
    ['E=1,A=1,B=1,alpha=1,gamma=1', `${form} "E=1,A=1,B=1,alpha=1,gamma=1". ${remedy}`],
    ['E=1,A=1,B=1,alpha=1,beta=1,beta=2', `${form} "E=1,A=1,B=1,alpha=1,beta=1,beta=2". ${remedy}`],
    ['E=1,A=1,B=1,1,beta=1', `${form} "E=1,A=1,B=1,1,beta=1". ${remedy}`],
    ['1.69,-406.4,0,0.34,0.28', `${allowed} A = -406.4 and B = 0. ${formula}`],
    ['1.69,406.4,410.7,0.34,-0.28', `${allowed} beta <= 0. ${formula}`],
    ['1.69,1e999,410.7,0.34,0.28', `${allowed} A = Infinity. ${formula}`],
  ])('%j is refused', (text, message) => {
    expect(() => parseTruth('--truth', text)).toThrow(new InputError(message));
  });
});

function thrown(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
