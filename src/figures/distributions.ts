/** How sure each number of a fit is: histograms of the parameters, and of a and b, over the replicates of a bootstrap. */
import type { Replicates } from '../stats/fits.ts';
import type { Bootstrap, Fit, Interval } from '../types.ts';
import { formatInteger, formatLevel } from '../units.ts';
import { lookOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { histogramOf } from './histogram.ts';
import { coloured, histogramsFigure, type HistogramPanel } from './histograms.ts';
import { COEFFICIENTS, varyingSamples } from './samples.ts';
import { formatValue, symbolOf } from './units.ts';

type Fitted = Pick<Fit, 'law' | 'params' | 'exponents' | 'fixed'>;

/** Replicates that are not finite are left out, and parameters that are fixed. A pure function of its arguments; the result is plain JSON. */
export function distributionsFigure(fit: Fitted, replicates: Replicates, bootstrap: Pick<Bootstrap, 'intervals' | 'confidence'>,
                                    options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const estimates: Readonly<Record<string, number>> = { ...fit.params, ...fit.exponents };
  const free = varyingSamples(fit.law, replicates).filter(([name]) => !(name in (fit.fixed ?? {})));
  const panels = free.map(([name, values]) => panelOf(name, values, estimates[name], bootstrap.intervals[name], look));
  return histogramsFigure(panels, {
    title: titleFor(panels[0].histogram.total, replicates.objective.length, bootstrap.confidence, look),
    counted: 'replicates',
    file: `distributions-${fit.law}`,
  }, look);
}

function panelOf(name: string, values: Float64Array, estimate: number, interval: Interval = [NaN, NaN], look: Look): HistogramPanel {
  return {
    title: panelTitle(name, estimate, interval, look),
    histogram: histogramOf(values, { shown: [estimate], near: interval, coefficient: COEFFICIENTS.includes(name.split('[')[0]) }),
    lines: [{ at: estimate, colour: look.accent, dash: 'solid' }],
    band: interval,
  };
}

/** "α 0.3478 (0.3168 to 0.3733)", with what is finite of it. */
function panelTitle(name: string, estimate: number, [low, high]: Interval, { compact }: Look): string {
  const digits = compact ? 3 : 4;
  const known = Number.isFinite(estimate) ? ` ${formatValue(estimate, digits)}` : '';
  const between = Number.isFinite(low) && Number.isFinite(high) ? ` (${formatValue(low, digits)} to ${formatValue(high, digits)})` : '';
  return `<b>${symbolOf(name)}</b>${known}${between}`;
}

function titleFor(finite: number, all: number, confidence: number, look: Look): string {
  const count = finite === all ? formatInteger(all) : `${formatInteger(finite)} finite of ${formatInteger(all)}`;
  const key = `${coloured('┃', look.accent)}the fit\u2002${coloured('■', look.band)} ${formatLevel(confidence)} interval`;
  return `${count} replicates${look.compact ? '<br>' : ': '}${key}`;
}
