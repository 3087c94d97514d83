/** The paper's three approaches to the compute-optimal model, side by side, for the runs of the fit and training curves beside them. */
import { computed, useSignalEffect } from '@preact/signals';
import { approachFigures, formatInteger, formatSeconds } from '../../index.ts';
import { again, compared, curves, curvesFile, follow, pace, reading, stopApproaches, stopped } from '../approaches-state.ts';
import { Chart } from '../chart.tsx';
import { TextField } from '../controls.tsx';
import { DropArea, FileButton } from '../files.tsx';
import { look } from '../look.ts';
import { OfShownGroup } from '../shown-group.tsx';
import { approaching, curveRun, found, troubles } from '../state.ts';
import { ApproachesResults, Profiles } from './approaches-results.tsx';

export function ApproachesView() {
  useSignalEffect(follow);
  const { value: result } = compared;
  return (
    <>
      <section aria-labelledby="approaches-heading">
        <h2 id="approaches-heading">Three ways to the compute-optimal model</h2>
        <p class="remark">
          As in Hoffmann et al. 2022, §3: from the lower envelope of training curves, from parabolas through runs of equal compute, and
          from the law of Chinchilla. Intervals are of resamples of the runs that the settings leave, and of whole curves.
        </p>
        <OfShownGroup>{'.'}</OfShownGroup>
        <Curves />
        <Run />
      </section>
      {result && <ApproachesResults {...result} />}
      {figures.value.map(({ name, title, caption }) => (
        <Chart key={name} name={name} title={title} tall={look.value.compact} figure={() => figures.value.find((one) => one.name === name)?.figure(look.value)}>{caption}</Chart>
      ))}
      {result?.approaches.isoflop && <Profiles isoflop={result.approaches.isoflop} />}
    </>
  );
}

const figures = computed(() => (compared.value ? approachFigures(compared.value.approaches, compared.value.input) : []));

/** What the first approach needs. */
function Curves() {
  const { value: read } = curves;
  const trouble = troubles.value.curves;
  return (
    <DropArea class="drop" take={(file) => { curvesFile.value = file; }}>
      <div class="way">
        <FileButton id="curves" take={(file) => { curvesFile.value = file; }}>Choose training curves</FileButton>
        {curvesFile.value && <button type="button" onClick={() => { curvesFile.value = undefined; }}>Take them away</button>}
        {curvesFile.value && <TextField label="Column that names the run" of={curveRun} option="run" placeholder="by its name" />}
      </div>
      <p class="remark" id="curves-read">
        {read && `${read.name}: ${formatInteger(read.curves.length)} curves, ${formatInteger(read.curves.reduce((sum, { D }) => sum + D.length, 0))} checkpoints.`}
        {reading.value && 'Reading …'}
        {!read && !reading.value && 'Approach 1 needs a second table, also to be dropped here, with a row for each checkpoint: the name of its run, parameters, tokens so far, loss.'}
      </p>
      {read?.warnings.map((warning) => <p key={warning} class="problem">{warning}</p>)}
      {trouble && trouble.place?.option !== 'run' && <p class="trouble" role="alert" data-trouble="curves">{trouble.message}</p>}
    </DropArea>
  );
}

/** It begins by itself; what was stopped can be asked for again. One button, so that the focus stays where it is. */
function Run() {
  const running = approaching.value;
  const { value: now } = pace;
  const trouble = troubles.value.approaches;
  return (
    <div class="run">
      {(running || stopped.value) && <button type="button" onClick={() => { void (running ? stopApproaches() : again()); }}>{running ? 'Stop' : 'Compare'}</button>}
      {running && <progress aria-label="Resamples of the approaches" max={1} value={now && now.done / now.total} />}
      <p role="status">{outcome()}</p>
      {trouble && <p class="trouble" role="alert" data-trouble="approaches">{trouble.message}</p>}
    </div>
  );
}

function outcome(): string {
  if (approaching.value) return compared.value ? 'Comparing anew …' : 'Comparing …';
  if (stopped.value) return 'Stopped: nothing is compared.';
  if (troubles.value.approaches) return '';
  if (!compared.value) return found.value ? '' : 'Waits for the fit.';
  const { results: [first], seed, seconds } = compared.value.approaches;
  return `Compared in ${formatSeconds(seconds)}${first ? `: ${formatInteger(first.replicates)} resamples of each, seed ${seed}` : ''}.`;
}
