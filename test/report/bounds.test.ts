import { expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { boundsJson, boundTexts, reachedTexts } from '../../src/report/bounds.ts';
import { toJson } from '../../src/report/json.ts';
import { methodsText } from '../../src/report/methods.ts';
import { toText } from '../../src/report/text.ts';
import { sweepCase } from '../support/cases.ts';

const sweep = sweepCase();
const fit = await fitOn(cpuBackend(1), sweep, { bounds: { alpha: [0.1, 0.3], E: [-Infinity, 9] }, starts: 8 });

it('in words', () => {
  expect(boundTexts({ alpha: [0.1, 0.6], E: [-Infinity, 1.8], beta: [0.2, Infinity] })).toEqual(['alpha from 0.1 to 0.6', 'E at most 1.8', 'beta at least 0.2']);
  expect(reachedTexts(fit.certificate)).toEqual(['alpha at its upper bound 0.3']);
  expect(reachedTexts({ activeBounds: ['beta <= 0'] })).toEqual(['beta <= 0']);
});

it('in the text, the JSON and the methods of a fit', () => {
  const text = toText(fit, []);
  expect(text).toMatch(/^ {2}Within +E at most 9, alpha from 0\.1 to 0\.3$/m);
  expect(text).toMatch(/^ {2}Bounds +alpha at its upper bound 0\.3$/m);
  const { bounds, certificate } = toJson(fit);
  expect(bounds).toEqual({ E: [null, 9], alpha: [0.1, 0.3] });
  expect(certificate.atBounds).toMatchObject([{ param: 'alpha', end: 'upper', value: 0.3 }]);
  const methods = methodsText({ sweep, fit });
  expect(methods).toContain('Bounds were set: E at most 9 and alpha from 0.1 to 0.3.');
  expect(methods).toContain('The fit has alpha at its upper bound 0.3: beyond, the objective would fall.');
});

it('nothing where there are none', () => {
  expect(boundsJson({})).toEqual({});
});
