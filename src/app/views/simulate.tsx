/** Can it be trusted? Sweeps drawn from a law that is known, all fitted: how well the fits find it back. */
import { describeNoise, formatCount, formatInteger, formatNumber, formatSeconds, publishedTruth, publishedTruthIds, simulationFigures, type Design, type Noise } from '../../index.ts';
import { Chart } from '../chart.tsx';
import { ChoiceField, TextField } from '../controls.tsx';
import { look } from '../look.ts';
import { lowered } from '../named.tsx';
import { number, power, symbol } from '../numbers.ts';
import * as settings from '../simulation-settings.ts';
import { fitted, pace, simulate, simulated, simulating, stoppedEarly, stopSimulation } from '../simulation-state.ts';
import { troubles } from '../state.ts';
import { SimulationResults } from './simulate-results.tsx';

export function SimulateView() {
  return (
    <>
      <section class="recipe" aria-labelledby="simulate-heading">
        <h2 id="simulate-heading">Simulate</h2>
        <p class="remark">
          Draws sweeps from a law that is known, with noise, and fits every one: how far off the fits are, and how
          often their intervals hold the truth.
        </p>
        <TruthFields />
        <DesignFields />
        <NoiseFields />
        <CountFields />
        <Run />
      </section>
      {(simulating.value || fitted.value) && (
        <Chart name="simulation" title="Fits over the truth" tall={look.value.compact} figure={() => chartOf()?.figure(look.value)}>
          {chartOf()?.caption}
        </Chart>
      )}
      {simulated.value && fitted.value && <SimulationResults simulated={simulated.value} fitted={fitted.value} />}
    </>
  );
}

const chartOf = () => fitted.value && simulationFigures(fitted.value)[0];

const TRUTHS = [...publishedTruthIds.map((id) => [id, publishedTruth(id).name] as const), ['fit', 'The fit on the screen'], ['numbers', 'Five numbers']] as const;

function TruthFields() {
  const { value: law, problem } = settings.truthMade.value;
  return (
    <fieldset class="long truth">
      <legend>Truth</legend>
      <div class="fields">
        <ChoiceField label="Law behind the sweeps" of={settings.truth} choices={TRUTHS} />
        {settings.truth.value === 'numbers' && <TextField label="E, A, B, α, β" of={settings.params} />}
      </div>
      <Summary problem={problem}>{law && Object.entries(law.params).map(([name, value]) => `${symbol(name)} ${number(value)}`).join(', ')}</Summary>
    </fieldset>
  );
}

const DESIGNS = [['paper', 'The paper’s IsoFLOP runs'], ['runs', 'The runs on the screen'], ['grid', 'Grid'], ['isoflop', 'IsoFLOP']] as const;

function DesignFields() {
  const kind = settings.design.value;
  const { value: design, problem } = settings.designMade.value;
  const ratio = settings.by.value === 'ratios';
  const made = kind === 'grid' || kind === 'isoflop';
  const others = kind === 'grid' ? 'Tokens D' : 'Sizes N';
  return (
    <fieldset class="long">
      <legend>Design</legend>
      <div class="fields">
        <ChoiceField label="Runs of a sweep" of={settings.design} choices={DESIGNS} />
        {kind === 'isoflop' && <TextField label="Budgets, FLOPs" of={settings.budgets} option="budgets" hint="6e18..3e21:9 is nine" />}
        {kind === 'grid' && <TextField label="Sizes N" of={settings.sizes} option="sizes" hint="50M..16B:8 is eight" />}
        {made && <ChoiceField label={kind === 'grid' ? 'On each size' : 'On each budget'} of={settings.by} choices={[['ratios', 'Ratios D/N'], ['counts', others]]} />}
        {made && ratio && <TextField label="Ratios D/N" of={settings.ratios} option="tokensPerParameter" />}
        {made && !ratio && (kind === 'grid'
          ? <TextField key="tokens" label={others} of={settings.tokens} option="tokens" />
          : <TextField key="sizes" label={others} of={settings.sizes} option="sizes" />)}
        {made && <TextField label="Training seeds" of={settings.seeds} option="seeds" hint="each run so many times" />}
      </div>
      <Summary problem={problem}>{design && inWords(design)}</Summary>
    </fieldset>
  );
}

function inWords({ N, D }: Design): string {
  const span = (values: Float64Array, write: (value: number) => string) => {
    const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, 0]);
    return low === high ? write(low) : `${write(low)} to ${write(high)}`;
  };
  const C = N.map((size, i) => 6 * size * D[i]);
  return `${formatInteger(N.length)} ${N.length === 1 ? 'run' : 'runs'}: N ${span(N, formatCount)}, D ${span(D, formatCount)}, C ${span(C, (value) => power(value, 2))}`;
}

function NoiseFields() {
  const kind = settings.noise.value;
  return (
    <fieldset>
      <legend>Noise of log loss</legend>
      <div class="fields">
        <ChoiceField label="Of each run" of={settings.noise} choices={[['lognormal', 'Normal'], ['student', 'Student’s t'], ['none', 'None']]} />
        {kind !== 'none' && <TextField label={kind === 'student' ? 'Scale' : 'Standard deviation'} of={settings.sigma} option="noise.sigma" hint="0.01 or 1 %" />}
        {kind === 'student' && <TextField label="Degrees of freedom" of={settings.degrees} option="noise.degrees" hint="fewer: heavier tails" />}
        <TextField label="Outliers" of={settings.outliers} option="noise.outliers" placeholder="none" suggestions={['0.01:10', '0.05:10']} hint="0.05:10 is 5 % of the runs, 10 times as far, upward" />
        <TextField label="Of a model size" of={settings.bySize} option="noise.bySize" hint="shared by its runs" />
        <TextField label="Of a training seed" of={settings.bySeed} option="noise.bySeed" hint="shared by its runs" />
      </div>
      <Summary problem={undefined}>{sentence(describeNoise(noiseShown()))}</Summary>
    </fieldset>
  );
}

const noiseShown = (): Noise => settings.noiseMade();
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function CountFields() {
  return (
    <fieldset>
      <legend>Sweeps and intervals</legend>
      <div class="fields">
        <TextField label="Sweeps" of={settings.sweeps} option="sweeps" suggestions={['100', '1000', '10000', '100000']} />
        <TextField label="Seed" of={settings.seed} />
        <TextField label="Confidence" of={settings.confidence} suggestions={['0.8', '0.9', '0.95', '0.99']} />
        <TextField label="Bootstrap of sweeps" of={settings.bootstrapped} option="bootstrap.sweeps" suggestions={['0', '100', '400']} hint="0: sandwich intervals alone" />
        {settings.bootstrapped.value > 0 && <TextField label="Resamples of each" of={settings.resamples} option="bootstrap.replicates" suggestions={['200', '500', '1000']} />}
      </div>
    </fieldset>
  );
}

/** What the fields come to, or why they come to nothing. */
function Summary({ problem, children = '' }: { readonly problem: string | undefined; readonly children?: string | undefined }) {
  return <p class={problem === undefined ? 'hint' : 'problem'} role={problem === undefined ? undefined : 'alert'}>{problem ?? lowered(children)}</p>;
}

/** One button that starts and stops, so that the focus stays where it is. */
function Run() {
  const running = simulating.value;
  const ready = settings.truthMade.value.value && settings.designMade.value.value;
  const trouble = troubles.value.simulate;
  return (
    <div class="run">
      <button type="button" class={running ? '' : 'main'} disabled={!running && !ready} onClick={() => { void (running ? stopSimulation() : simulate()); }}>
        {running ? 'Stop' : 'Simulate'}
      </button>
      {running && <progress aria-label="Sweeps" max={1} value={pace.value && pace.value.done / pace.value.total} />}
      <p role="status">{outcome()}</p>
      {running && <p class="pace" data-pace>{pace.value && paceInWords()}</p>}
      {trouble && !trouble.place?.option?.startsWith('noise.') && <p class="trouble" role="alert">{trouble.message}</p>}
    </div>
  );
}

/** Said once: what changes many times a second stands beside it. */
function outcome(): string {
  if (simulating.value) return '';
  if (stoppedEarly.value) return 'Stopped before two sweeps were fitted.';
  if (!simulated.value) return '';
  const { sweeps, requested, seconds } = simulated.value.simulation;
  return sweeps < requested
    ? `Stopped after ${formatInteger(sweeps)} of ${formatInteger(requested)} sweeps: they are in the figures.`
    : `Fitted ${formatInteger(sweeps)} sweeps in ${formatSeconds(seconds)}.`;
}

function paceInWords(): string {
  const { stage, done, total, rate, left } = pace.value!;
  return [
    `${formatInteger(done)} of ${formatInteger(total)} ${stage === 'bootstrap' ? 'resamples' : 'sweeps'}`,
    ...(rate > 0 && rate < Infinity ? [`${rate < 1000 ? formatNumber(rate, 2) : formatInteger(Number(rate.toPrecision(2)))} a second`] : []),
    ...(left === undefined ? [] : [`${formatSeconds(Math.ceil(left))} left`]),
  ].join(', ');
}
