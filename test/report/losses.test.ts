import { describe, expect, it } from 'vitest';
import { reportFrontier } from '../../src/report/frontier.ts';
import { toJson } from '../../src/report/json.ts';
import { objectiveUnit, sumOf } from '../../src/report/losses.ts';
import { methodsText } from '../../src/report/methods.ts';
import { toText } from '../../src/report/text.ts';
import type { Fit } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';
import { BOOTSTRAP, FIT } from './fixture.ts';

const ABSOLUTE: Fit = { ...FIT, loss: 'absolute-log', delta: 0 };
const SQUARES_LOG: Fit = { ...FIT, loss: 'squares-log', delta: Infinity };
const HUBER: Fit = { ...FIT, loss: 'huber', delta: 0.01 };
const SQUARES: Fit = { ...FIT, loss: 'squares', delta: Infinity };
const LOWER: Fit = { ...FIT, loss: 'lower-log', envelope: 0.1 };
const HELD: Fit = { ...FIT, params: { ...FIT.params, alpha: 0.34 }, fixed: { alpha: 0.34 } };
const BOTH: Fit = { ...FIT, fixed: { A: 400, beta: 0.28 } };

it.each([
  [FIT, 'sum of Huber(log L_fit - log L) with delta = 0.001', 'nats^2'],
  [ABSOLUTE, 'sum of |log L_fit - log L|', 'nats'],
  [SQUARES_LOG, 'sum of (log L_fit - log L)^2', 'nats^2'],
  [HUBER, 'sum of Huber(L_fit - L) with delta = 0.01', 'nats^2'],
  [SQUARES, 'sum of (L_fit - L)^2', 'nats^2'],
  [LOWER, 'sum of Huber(log L_fit - log L) with delta = 0.001, times 0.1 above the law and 0.9 below', 'nats^2'],
])('the objective of $loss', (fit, sum, unit) => {
  expect([sumOf(fit), objectiveUnit(fit)]).toEqual([sum, unit]);
  expect(toText(fit, reportFrontier(fit)).replaceAll(/\s+/g, ' ')).toContain(`Objective 0.001018274018 (${sum})`);
});

describe('the methods section', () => {
  const methods = (fit: Fit, more = {}) => methodsText({ sweep: sweepCase(), fit, ...more });

  it.each([
    [ABSOLUTE, 'by minimising the sum over the runs of |r|, r = log L_fit - log L with natural logarithms.'],
    [ABSOLUTE, 'through the Huber thresholds 1, 0.1, 0.01, 0.001, 0.0003 and 0.0001 nats, in float64'],
    [ABSOLUTE, "were polished by Newton's method in float64, the threshold lowered to 1e-9 nats; the lowest of them is the fit."],
    [ABSOLUTE, 'of the lowest objective, 0.00101827 nats. At'],
    [SQUARES_LOG, 'of r^2, r = log L_fit - log L with natural logarithms.'],
    [SQUARES_LOG, "with the inputs centred, the steps turning into Newton's as they succeed, in float64 on the CPU (2 threads)."],
    [HUBER, 'of Huber(r), r = L_fit - L in nats per token, which is r^2/2 up to |r| = delta = 0.01 nats and linear beyond.'],
    [SQUARES, 'of r^2, r = L_fit - L in nats per token.'],
    [LOWER, 'linear beyond, counted 0.1 times for runs above the law and 0.9 times for runs below it, so that the law is a lower envelope of the runs.'],
    [HELD, 'Of its parameters one was not fitted but held: alpha at 0.34. It was fitted'],
    [BOTH, 'Of its parameters 2 were not fitted but held: A at 400 and beta at 0.28. It was fitted'],
    [HELD, 'with the inputs centred as far as what is held allows, the residuals'],
    [HELD, 'B = 2143.4, alpha = 0.34000 (held) and beta = 0.36717.'],
  ])('says of $loss, fixed $fixed: %s', (fit, sentence) => {
    expect(methods(fit)).toContain(sentence);
    expect(methods(FIT)).not.toContain(sentence);
  });

  it('has no interval of what is held', () => {
    expect(methods(HELD, { bootstrap: BOOTSTRAP })).toContain('alpha = 0.34000 (held) and beta = 0.36717 (0.3313 to 0.4154)');
  });

  it('counts the starts of the grid that are not alike', () => {
    const few = { ...HELD.certificate, starts: 20, startsAgreeing: 20, outcomes: { converged: 20 } };
    expect(methods({ ...HELD, certificate: few })).toContain('the 20 of lowest objective among 900');
    expect(methods({ ...FIT, certificate: few })).toContain('the 20 of lowest objective among 4,500');
  });
});

describe('text', () => {
  it('says what is fixed', () => {
    expect(toText(HELD, reportFrontier(HELD))).toContain('\n  alpha     0.340000  fixed\n  beta      0.367172\n');
  });

  it('says so in place of a standard error', () => {
    expect(toText(HELD, reportFrontier(HELD), { bootstrap: BOOTSTRAP })).toMatch(/\n {2}alpha {5}0\.340000 +fixed\n {2}beta {6}0\.367172 +0\.0206 /);
  });
});

describe('JSON', () => {
  it('has the loss, its numbers, and what is fixed', () => {
    expect(toJson(FIT)).toMatchObject({ loss: 'huber-log', delta: 1e-3 });
    for (const absent of ['fixed', 'envelope']) expect(toJson(FIT)).not.toHaveProperty(absent);
    expect(toJson(SQUARES)).toMatchObject({ loss: 'squares', delta: null });
    expect(toJson(ABSOLUTE)).toMatchObject({ loss: 'absolute-log', delta: 0 });
    expect(toJson(LOWER)).toMatchObject({ loss: 'lower-log', delta: 1e-3, envelope: 0.1 });
    expect(toJson(BOTH)).toMatchObject({ fixed: { A: 400, beta: 0.28 } });
    expect(Object.keys(toJson({ ...LOWER, fixed: { A: 400 } })).slice(2, 8)).toEqual(['exponents', 'fixed', 'loss', 'objective', 'otherMinima', 'delta']);
  });
});
