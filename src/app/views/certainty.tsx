/** How sure is it? Distributions over the resamples, pairs of parameters, and the landscape about the minimum. */
import { useSignalEffect } from '@preact/signals';
import { distributionsFigure, landscapeFigure, pairsFigure, publishedTruth, publishedTruthIds, type Fit, type LandscapePair } from '../../index.ts';
import { Chart } from '../chart.tsx';
import { fail, landscapeOf } from '../engine.ts';
import { look } from '../look.ts';
import { symbol } from '../numbers.ts';
import { found, landscape, pair, PAIRS, resampling, troubles, type Found } from '../state.ts';

const resampled = () => (resampling.value && resampling.value.replicates.objective.length > 1 ? resampling.value : undefined);

export function CertaintyView() {
  useSignalEffect(() => {
    const over = pair.value;
    const fit = found.value?.fit;
    if (!fit || (landscape.peek()?.of === fit && landscape.peek()?.over === over)) return;
    void solve(fit, over).catch((error: unknown) => fail('landscape', error));
  });
  return (
    <>
      {resampling.value?.bootstrap.kind === 'sandwich' && <p class="notice">There are no resamples to show: ask for some in the settings.</p>}
      <Chart name="distributions" title="Resamples"
        figure={() => found.value && resampled() && distributionsFigure(found.value.fit, resampled()!.replicates, resampled()!.bootstrap, look.value)}>
        Each parameter in every resample, the fit of all runs, and the interval.
      </Chart>
      <div class="choice" role="group" aria-label="Pair of parameters">
        {PAIRS.map((name) => (
          <button key={name} type="button" aria-pressed={pair.value === name} onClick={() => { pair.value = name; }}>
            {name.split(',').map(symbol).join(' and ')}
          </button>
        ))}
      </div>
      <Chart name="pairs" title="Pairs of parameters" tall
        figure={() => found.value && resampled() && pairsFigure(found.value.fit, resampled()!.replicates, pair.value, look.value)}>
        One point a resample. A long cloud is a combination of parameters that the runs do not tell apart.
      </Chart>
      <Chart name="landscape" title="Loss landscape" tall
        figure={() => landscape.value && found.value && landscapeFigure(landscape.value.solved, {
          ...look.value, ends: endsOf(found.value), marks: publishedTruthIds.map(publishedTruth),
        })}>
        How far the objective is above its minimum, the other parameters solved at every point, with the ends of the starts and
        published fits. {troubles.value.landscape?.message}
      </Chart>
    </>
  );
}

async function solve(of: Fit, over: LandscapePair): Promise<void> {
  landscape.value = { of, over, solved: await landscapeOf(over) };
}

/** Where the starts ended, by name. */
function endsOf({ fit, ends }: Found): Record<string, number>[] {
  const names = Object.keys(fit.params);
  return Array.from({ length: ends.length / names.length }, (_, k) =>
    Object.fromEntries(names.map((name, j) => [name, ends[k * names.length + j]])));
}
