/** What was found, as elements: parameters, certificate, optimal models, and how it was computed. */
import type { Certificate, Fit, FrontierPoint } from '../index.ts';
import { element } from './dom.ts';
import { count, number, power, seconds, symbol } from './numbers.ts';
import type { Outcome } from './state.ts';

/** Content by the id of its panel in index.html. */
export function findings({ sweep, fit, frontier }: Outcome): Readonly<Record<string, readonly HTMLElement[]>> {
  return {
    law: [parameters(fit), exponents(fit)],
    certificate: certificate(fit.certificate),
    models: [optimalModels(frontier)],
    provenance: [provenance(fit), ...remarks([...sweep.notes, ...sweep.warnings])],
  };
}

function parameters({ params }: Fit): HTMLElement {
  return element('dl', { class: 'parameters' }, ...Object.entries(params).map(([name, value]) =>
    element('div', {}, element('dt', {}, symbol(name)), element('dd', { 'data-param': name }, number(value)))));
}

function exponents({ exponents: { a, b } }: Fit): HTMLElement {
  return element('p', {}, 'Compute-optimal: ', powerLaw('N', a), ', ', powerLaw('D', b));
}

function powerLaw(name: string, exponent: number): HTMLElement {
  const raised = element('sup', { 'data-exponent': name }, exponent.toFixed(3));
  return element('span', { class: 'together' }, element('i', {}, name), ' ∝ ', element('i', {}, 'C'), raised);
}

function certificate(found: Certificate): HTMLElement[] {
  const verdict = found.verdict === 'pass' ? 'Passes.' : 'Fails.';
  return [
    element('p', { class: `verdict ${found.verdict}` }, verdict),
    element('ul', {}, ...[...found.reasons, ...evidence(found)].map((line) => element('li', {}, line))),
  ];
}

function evidence({ starts, startsAgreeing, gradientNorm, conditionNumber, activeBounds }: Certificate): string[] {
  return [
    `${startsAgreeing} of ${starts} starts end at this minimum.`,
    `The pulls of the runs cancel to ${number(gradientNorm, 2)} of their sum, in float64.`,
    `The parameters are ${howDetermined(conditionNumber)}: condition number ${number(conditionNumber, 3)}.`,
    ...activeBounds.map((bound) => `At the edge of the law: ${bound}.`),
  ];
}

function howDetermined(conditionNumber: number): string {
  if (conditionNumber < 1e4) return 'well determined';
  return conditionNumber < 1e8 ? 'weakly determined' : 'undetermined';
}

function optimalModels(frontier: readonly FrontierPoint[]): HTMLElement {
  const head = ['Compute, FLOPs', 'N', 'D', 'Loss'].map((name) => element('th', { scope: 'col' }, name));
  const rows = frontier.map(({ C, N, D, loss }) => element('tr', {},
    element('th', { scope: 'row' }, power(C)),
    ...[count(N), count(D), loss.toFixed(3)].map((text) => element('td', {}, text))));
  return element('table', {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows));
}

function provenance({ backend, timings, points, dropped, objective, delta, sweep }: Fit): HTMLElement {
  const left = dropped.reduce((sum, { lines }) => sum + lines.length, 0);
  const total = Object.values(timings).reduce((sum, time) => sum + time, 0);
  const facts: readonly (readonly [string, string, string])[] = [
    ['backend', 'Backend', `${backend.name.toUpperCase()}: ${backend.adapter}`],
    ['time', 'Time', seconds(total)],
    ['sweep', 'Sweep', sweep],
    ['points', 'Runs', `${points} fitted${left > 0 ? `, ${left} left out` : ''}`],
    ['objective', 'Objective', `${number(objective)} (Huber, δ = ${delta}, on log loss)`],
  ];
  return element('dl', { class: 'facts' }, ...facts.flatMap(([id, name, value]) =>
    [element('dt', {}, name), element('dd', { 'data-fact': id }, value)]));
}

function remarks(lines: readonly string[]): HTMLElement[] {
  return lines.map((line) => element('p', { class: 'remark' }, line));
}
