import { fitOfGroup, type Fit } from '../index.ts';

/** Budgets of the bands of charts: four a decade from the smallest run to the budget of the settings or the largest run, and that budget. */
export function budgetsOf([low, high]: readonly [low: number, high: number], budget: number): number[] {
  const [from, to] = [Math.log10(Math.min(low, budget)), Math.log10(Math.max(high, budget))];
  const steps = Math.min(120, Math.max(1, Math.ceil(4 * (to - from))));
  const even = Array.from({ length: steps + 1 }, (_, k) => 10 ** (from + (k / steps) * (to - from)));
  return [...even, budget];
}

/** The same of a fit, of the runs of all its groups where it has any: none where the law has no frontier. */
export function budgetsFor(fit: Fit, budget: number): number[] {
  const { exponents } = fit.groups ? fitOfGroup(fit, fit.groups.names[0]) : fit;
  return 'a' in exponents ? budgetsOf(fit.computeRange, budget) : [];
}
