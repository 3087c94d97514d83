/** How fits of synthetic sweeps find the truth back: histograms of the fitted numbers over it. */
import { frontierExponents } from '../plan/frontier.ts';
import type { Truth } from '../types.ts';
import { formatInteger } from '../units.ts';
import { lookOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { histogramOf } from './histogram.ts';
import { coloured, histogramsFigure, type HistogramPanel } from './histograms.ts';
import { COEFFICIENTS, varyingSamples, type Fits } from './samples.ts';
import { formatValue, symbolOf } from './units.ts';

/** The truth, and the fits of as many of its sweeps as are done: `Simulation.truth` and `Replicates`. */
export interface Simulated extends Fits {
  readonly truth: Truth;
}

/** Sweeps that are worth showing: more would look the same, and take long to count. */
export const MOST_SHOWN = 20_000;

/**
 * Fits that are not finite are left out. A pure function of its arguments; the result is plain JSON.
 * @throws InputError where the truth's law is unknown or one of its parameters is not finite.
 */
export function simulationFigure({ truth, ...fits }: Simulated, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const held: Readonly<Record<string, number>> = { ...truth.params, ...frontierExponents(truth.law, truth.params) };
  const panels = varyingSamples(truth.law, fits).map(([name, values]) => panelOf(name, values, held[name], look));
  return histogramsFigure(panels, {
    title: titleFor(panels[0].histogram.total, look),
    counted: 'sweeps',
    file: `simulation-${truth.law}`,
  }, look);
}

function panelOf(name: string, values: Float64Array, truth: number, look: Look): HistogramPanel {
  const mean = finiteMean(values);
  const digits = look.compact ? 3 : 4;
  return {
    title: `<b>${symbolOf(name)}</b> ${formatValue(truth, digits)}${Number.isFinite(mean) ? `, mean ${formatValue(mean, digits)}` : ''}`,
    histogram: histogramOf(values, { shown: [truth], near: [mean], coefficient: COEFFICIENTS.includes(name) }),
    lines: [
      { at: mean, colour: look.ink, dash: 'dash' },
      { at: truth, colour: look.accent, dash: 'solid' },
    ],
  };
}

/** NaN of none. */
function finiteMean(values: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

function titleFor(sweeps: number, look: Look): string {
  const key = `${coloured('┃', look.accent)}the truth\u2002${coloured('┇', look.ink)}the mean of the fits`;
  return `${formatInteger(sweeps)} synthetic sweeps fitted${look.compact ? '<br>' : ': '}${key}`;
}
