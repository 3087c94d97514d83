/** How sure is it? Distributions over the resamples, pairs of parameters, and the landscape about the minimum. */
import { useSignalEffect } from '@preact/signals';
import {
  chartTexts, comparedTruths, distributionsFigure, landscapeFigure, lawPairs, namedEnds, pairChart, pairsFigure, type Fit, type LandscapePair,
} from '../../index.ts';
import { FitChart } from '../chart.tsx';
import { clear, fail, landscapeOf } from '../engine.ts';
import { look } from '../look.ts';
import { lowered } from '../named.tsx';
import { symbol } from '../numbers.ts';
import { busy, fitted, found, groupOnScreen, landscape, law, pair, resampling, troubles } from '../state.ts';

const resampled = () => (resampling.value && resampling.value.replicates.objective.length > 1 ? resampling.value : undefined);

/** Pairs of parameters of the law of the fit. Where some are held, of its own that are free: the law of the same surface has not those. */
const pairs = () => {
  const { law: id = law.value, params = {}, fixed } = found.value?.fit ?? {};
  const all = lawPairs(id);
  return fixed ? all.filter((names) => names.split(',').every((name) => name in params && !(name in fixed))) : all;
};
/** The pair of the settings where the law has it, else its first; undefined where none is free. */
const shownPair = () => (pairs().includes(pair.value) ? pair.value : pairs().at(0));

export function CertaintyView() {
  useSignalEffect(() => {
    const over = shownPair();
    const fit = found.value?.fit;
    if (!fit || !over || busy.value || groupOnScreen.value !== undefined || (landscape.peek()?.of === fit && landscape.peek()?.over === over)) return;
    void solve(fit, over).catch((error: unknown) => fail('landscape', error));
  });
  const shown = shownPair();
  return (
    <>
      {resampling.value?.bootstrap.kind === 'sandwich' && !busy.value && <p class="notice">There are no resamples to show: ask for some in the settings.</p>}
      <FitChart name="distributions" tall={look.value.compact}
        figure={() => found.value && resampled() && distributionsFigure(found.value.fit, resampled()!.replicates, resampled()!.bootstrap, look.value)} />
      {shown && <PairOf shown={shown} />}
    </>
  );
}

/** Two parameters of the resamples, and the landscape over them. */
function PairOf({ shown }: { readonly shown: LandscapePair }) {
  return (
    <>
      <div class="choice" role="group" aria-label="Pair of parameters">
        {pairs().map((name) => (
          <button key={name} type="button" aria-pressed={shown === name} onClick={() => { pair.value = name; }}>
            {lowered(name.split(',').map(symbol).join(' and '))}
          </button>
        ))}
      </div>
      <FitChart name={pairChart(shown)} tall figure={() => found.value && resampled() && pairsFigure(found.value.fit, resampled()!.replicates, shownPair() ?? shown, {
        ...look.value, confidence: resampled()!.bootstrap.confidence, marks: comparedTruths(found.value.fit.law),
      })} />
      {groupOnScreen.value !== undefined && <NoLandscape group={groupOnScreen.value} />}
      {groupOnScreen.value === undefined && <FitChart name="landscape" tall figure={() => landscape.value && found.value && landscapeFigure(landscape.value.solved, {
        ...look.value, marks: comparedTruths(landscape.value.solved.law), ...(landscape.value.of === found.value.fit && { ends: namedEnds(found.value.fit, found.value.ends) }),
      })}>
        {troubles.value.landscape?.message}
      </FitChart>}
    </>
  );
}

/** Its objective is of the runs of all groups: over the parameters of one of them there is no landscape of its own. */
function NoLandscape({ group }: { readonly group: string }) {
  const column = fitted.value?.fit.groups?.column ?? '';
  return (
    <section aria-label={chartTexts.landscape.title} data-no-landscape>
      <h2>{chartTexts.landscape.title}</h2>
      <p>
        A fit of groups of runs has none: its minimum is that of all runs together, and the groups share some of the parameters.
        For the landscape of the runs of {group} by themselves, keep only <code>{column}={group}</code> in the settings, with “All runs are one” for groups.
      </p>
    </section>
  );
}

async function solve(of: Fit, over: LandscapePair): Promise<void> {
  landscape.value = { of, over, solved: await landscapeOf(over) };
  clear('landscape');
}
