/** What `isoloss fit --out report.html` writes: the fit as a page with charts, plotly within it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { reportFigures } from '../document/charts.ts';
import { htmlReport } from '../document/report.ts';
import type { Beside } from '../report/predictions.ts';
import type { Replicates } from '../stats/fits.ts';
import type { Fit, Sweep } from '../types.ts';

/** `sweep`: the runs that were fitted; `replicates`: the fits of the resamples of `bootstrap`. */
export async function reportOf(fitted: Beside & { readonly sweep: Sweep; readonly fit: Fit; readonly replicates?: Replicates }): Promise<string> {
  return htmlReport({ ...fitted, figures: reportFigures(fitted), plotly: await plotlySource() });
}

/** What draws the charts of a page. */
export function plotlySource(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('plotly.js-dist-min'), 'utf8');
}
