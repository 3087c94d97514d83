import { expect, it } from 'vitest';
import { inWords, percent, powerInWords } from '../../src/reproduce/words.ts';

it.each([[0.8166, '0.817'], [12.34, '12.3'], [-5.1002, '-5.1'], [1.26e25, '1.26e25'], [1e24, '1e24'], [3.4e-7, '3.4e-7'], [0, '0'], [2.5e-3, '0.0025']])(
  '%d: %s', (value, text) => { expect(inWords(value)).toBe(text); });

it('shares and power laws', () => {
  expect(percent(-0.0512)).toBe('-5.12 %');
  expect(powerInWords({ coefficient: 0.099159, exponent: 0.4981 })).toBe('0.09916·C^0.4981');
});
