/** A simulation as a page (page.ts): how the fits find the truth, as a chart and tables, how it was simulated, and how to do it again. */
import { MOST_SHOWN, simulationFigure, type Simulated } from '../figures/simulation.ts';
import type { Fits } from '../figures/samples.ts';
import { lawById } from '../laws/registry.ts';
import type { Again } from '../report/again.ts';
import { simulationJson } from '../report/simulation.ts';
import { simulationFacts, simulationTables } from '../report/simulation-tables.ts';
import type { Simulation } from '../simulate/simulation.ts';
import { formatInteger } from '../units.ts';
import type { ReportFigure } from './charts.ts';
import { html } from './html.ts';
import { pageText, sectionHtml, timeHtml, titledChartsHtml, UNDRAWN } from './page.ts';
import { raisedFactsHtml, titledTableHtml } from './titled-table.ts';

export interface HtmlSimulationOptions {
  readonly simulation: Simulation;
  /** Of its sweeps, from the first on: more than `MOST_SHOWN` are not drawn. */
  readonly fits: Fits;
  /** Absent where no command does it again. */
  readonly again?: Again | undefined;
  /** Source of plotly: the main file of plotly.js-cartesian-dist-min, or of another of its bundles. */
  readonly plotly: string;
  /** When it is made. Default: now. */
  readonly made?: Date;
}

/** The whole file. */
export async function htmlSimulation({ simulation, fits, again, plotly, made = new Date() }: HtmlSimulationOptions): Promise<string> {
  const { truth, sweeps } = simulation;
  const figures = simulationFigures({ truth, ...fits });
  return pageText({
    title: `Simulation of ${truth.name}`,
    header: html`<p class="eyebrow">Simulation</p>
<h1>${truth.name}</h1>
<p class="note">${formatInteger(sweeps)} synthetic sweeps, fitted: how far off the fits are, and how often their intervals hold the truth.</p>`,
    main: [
      sectionHtml(figures[0].title, html`${UNDRAWN}\n${titledChartsHtml(figures)}`),
      ...simulationTables(simulation).map(titledTableHtml),
      sectionHtml('How it was simulated', raisedFactsHtml(simulationFacts(simulation), [['Made', timeHtml(made)]])),
      ...(again ? [sectionHtml('To repeat it', html`<pre class="scroll" tabindex="0">${again.repeat.join(' ')}</pre>
<p class="note">To fit one of its sweeps, here the first:</p>
<pre class="scroll" tabindex="0">${again.replay.join(' ')}</pre>`)] : []),
    ],
    figures,
    plotly,
    result: { value: simulationJson(simulation, again), command: 'isoloss simulate --json', file: 'isoloss-simulation.json' },
  });
}

/** Of the sweeps that are fitted so far; the first of many. */
export function simulationFigures({ truth, natural, objective }: Simulated): ReportFigure[] {
  const { length: order } = lawById(truth.law).params;
  const shown = { truth, natural: natural.subarray(0, MOST_SHOWN * order), ...(objective && { objective: objective.subarray(0, MOST_SHOWN) }) };
  return [{
    name: 'simulation',
    title: 'Fits over the truth',
    caption: `Each number in the fits of all sweeps${natural.length > shown.natural.length ? `, here of the first ${formatInteger(MOST_SHOWN)}` : ''}. `
      + 'A mean beside the truth is a bias; a wide histogram, a number that such a sweep cannot tell.',
    figure: (look) => simulationFigure(shown, look),
  }];
}
