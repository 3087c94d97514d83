/** What a simulation found, in tables, as files, and as the command line that does it again. */
import {
  biasInSpreads, describeNoise, formatCount, formatEstimate, formatFactor, formatInteger, formatProportion, formatSeconds, formatShare,
  htmlSimulation, lawFormula, printedMinus, recoveryCsv, replicatesCsv, simulationJson, TERMINATION, type Estimate, type Recovery, type Simulation, type Termination,
} from '../../index.ts';
import { CopyButton } from '../copy.tsx';
import { download } from '../download.ts';
import { lossInWords } from '../losses.ts';
import { Named } from '../named.tsx';
import { number, percent, power } from '../numbers.ts';
import type { Fitted, Simulated } from '../simulation-state.ts';
import { Files } from './result-files.tsx';

export function SimulationResults({ simulated, fitted }: { readonly simulated: Simulated; readonly fitted: Fitted }) {
  const { simulation, again } = simulated;
  return (
    <section id="simulation" aria-labelledby="simulation-heading">
      <h2 id="simulation-heading">How the fits find the truth</h2>
      <RecoveryTable simulation={simulation} />
      <FrontierTable simulation={simulation} />
      <p class="remark">
        Behind ± stands the Monte-Carlo standard error. Bias: the mean less the truth. Spread: the standard deviation of the fits, which is
        the true standard error of one. The last columns: the share of the intervals that hold the truth.
      </p>
      <Facts simulation={simulation} />
      <Files name="isoloss-simulation" json={() => simulationJson(simulation, again)} page={(plotly) => htmlSimulation({ simulation, fits: fitted, again, plotly })}>
        <button type="button" onClick={() => download('isoloss-simulation.csv', 'text/csv', recoveryCsv(simulation))}>Results as CSV</button>
        <button type="button" onClick={() => download('isoloss-simulated-fits.csv', 'text/csv', replicatesCsv(simulation.truth.law, fitted, 'sweep'))}>All fits as CSV</button>
      </Files>
      {again && (
        <div class="command">
          <h3>In a terminal</h3>
          <code tabIndex={0}>{again.repeat.join(' ')}</code>
          <CopyButton text={() => again.repeat.join(' ')} label="Copy" />
        </div>
      )}
    </section>
  );
}

function RecoveryTable({ simulation: { recovery, intervals, confidence, sweeps } }: { readonly simulation: Simulation }) {
  const titles = ['', 'Truth', 'Mean', 'Bias', 'Bias/spread', 'Spread', 'RMSE', ...intervals.map(({ kind }) => `${percent(confidence)} ${kind}`)];
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Parameters and exponents">
      <table class="figures">
        <caption>Parameters and exponents over {formatInteger(sweeps)} sweeps</caption>
        <Head titles={titles} />
        <tbody>
          {Object.entries(recovery).map(([name, found]) => (
            <tr key={name} data-quantity={name}>
              <th scope="row"><Named name={name} /></th>
              <td data-figure="truth">{number(found.truth, 5)}</td>
              <td data-figure="mean">{number(found.mean, 5)}</td>
              <Cell figure="bias" written={formatEstimate(found.bias)} />
              <td data-figure="ratio">{printedMinus(biasInSpreads(found))}</td>
              <Cell figure="spread" written={formatEstimate(found.spread)} />
              <Cell figure="rmse" written={formatEstimate(found.rmse)} />
              {intervals.map(({ kind }) => <Cell key={kind} figure={kind} written={formatProportion(found.coverage[kind])} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Of N and D, whose errors are factors, in percent; of the loss in nats. */
function FrontierTable({ simulation: { frontier } }: { readonly simulation: Simulation }) {
  const rows = frontier.flatMap(({ C, N, D, loss }) => [
    { C, name: 'N', title: <>N<sub>opt</sub></>, truth: formatCount(Math.exp(N.truth)), found: N, write: formatFactor },
    { C, name: 'D', title: <>D<sub>opt</sub></>, truth: formatCount(Math.exp(D.truth)), found: D, write: formatFactor },
    { C, name: 'loss', title: 'Loss', truth: loss.truth.toFixed(4), found: loss, write: (estimate: Estimate) => formatEstimate(estimate) },
  ]);
  const cells = ['bias', 'spread', 'rmse'] as const satisfies readonly (keyof Recovery)[];
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Compute-optimal training">
      <table class="figures">
        <caption>Compute-optimal training at {frontier.map(({ C }) => power(C)).join(', ')} FLOPs</caption>
        <Head titles={['', 'Truth', 'Bias', 'Spread', 'RMSE']} />
        <tbody>
          {rows.map(({ C, name, title, truth, found, write }) => (
            <tr key={`${C} ${name}`} data-quantity={`${name}_opt`}>
              <th scope="row">{title}</th>
              <td data-figure="truth">{truth}</td>
              {cells.map((figure) => <Cell key={figure} figure={figure} written={write(found[figure])} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ titles }: { readonly titles: readonly string[] }) {
  return <thead><tr>{titles.map((title) => <th key={title} scope="col">{title || <span class="unseen">Name</span>}</th>)}</tr></thead>;
}

function Cell({ figure, written: [value, error] }: { readonly figure: string; readonly written: readonly [value: string, error: string] }) {
  return <td data-figure={figure}>{printedMinus(value)} <span class="error">± {error}</span></td>;
}

function Facts({ simulation }: { readonly simulation: Simulation }) {
  const { truth, design, runs, noise, seed, sweeps, requested, seconds, backend, version } = simulation;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['Truth', `${truth.name}: ${lawFormula(truth.law)}`],
    ['Design', `${design}: ${formatInteger(runs)} runs`],
    ['Noise', `of log loss: ${describeNoise(noise)}`],
    ['Sweeps', `${sweeps < requested ? `stopped after ${formatInteger(sweeps)} of ${formatInteger(requested)}` : formatInteger(sweeps)} in ${formatSeconds(seconds)}, seed ${seed}`],
    ['Fits', `each from the truth; ${lossInWords(simulation)}`],
    ['Failed', failures(simulation)],
    ['Intervals', intervalsInWords(simulation)],
    ['Device', `${backend.name.toUpperCase()}: ${backend.adapter}; isoloss ${version}`],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd data-fact={`simulation-${name.toLowerCase()}`}>{value}</dd></div>)}
    </dl>
  );
}

/** How many fits failed, why, and what became of them. */
function failures({ failed, sweeps, withoutOptimum }: Simulation): string {
  const counts = Object.entries(failed).toSorted(([, a], [, b]) => b - a);
  const unsettled = counts.reduce((sum, [, count]) => sum + count, 0);
  const converged = unsettled === 0
    ? 'None.'
    : `${formatInteger(unsettled)} of ${formatInteger(sweeps)} (${formatShare(unsettled, sweeps)}) did not converge; the finite ones are in the figures.`;
  return [
    converged,
    ...counts.map(([end, count]) => `${formatInteger(count)} ${end}: ${TERMINATION[end as Termination]}`),
    ...(withoutOptimum > 0 ? [`${formatInteger(withoutOptimum)} with an exponent of zero or less: not in the table of compute-optimal training.`] : []),
  ].join(' ');
}

function intervalsInWords({ intervals }: Simulation): string {
  return intervals.map(({ kind, sweeps, undetermined, replicates }) => [
    `${kind} of ${formatInteger(sweeps)} ${sweeps === 1 ? 'sweep' : 'sweeps'}`,
    ...(replicates === undefined ? [] : [`${formatInteger(replicates)} resamples each`]),
    ...(undetermined === 0 ? [] : [`of which ${formatInteger(undetermined)} have none: their runs do not tell the parameters apart`]),
  ].join(', ')).join('; ') || 'none';
}
