/** What the three approaches find, in tables and words. */
import {
  APPROACHES, approachesJson, formatCount, formatInteger, htmlApproaches, type ApproachNumber, type ApproachResult, type Approaches, type Interval, type IsoflopApproach,
} from '../../index.ts';
import { FEWEST, type Compared } from '../approaches-state.ts';
import { count, number, percent, power } from '../numbers.ts';
import { span } from '../results.tsx';
import { troubles } from '../state.ts';
import { Files } from './result-files.tsx';

const NUMBERS = [1, 2, 3] as const;

export function ApproachesResults({ approaches, budget, input }: Compared) {
  const outdated = troubles.value.fit !== undefined;
  return (
    <section id="approaches" aria-labelledby="found-heading">
      <h2 id="found-heading">{outdated ? 'What each found, by the settings before' : 'What each finds'}</h2>
      <Exponents approaches={approaches} />
      <Optima approaches={approaches} budget={budget} />
      <Bias approaches={approaches} />
      <Warnings approaches={approaches} />
      <Files name="isoloss-approaches" json={() => approachesJson(approaches, input)} page={(plotly) => htmlApproaches({ approaches, input, plotly })} />
    </section>
  );
}

function Exponents({ approaches }: { readonly approaches: Approaches }) {
  const interval = `${percent(approaches.confidence)} interval`;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Exponents">
      <table class="figures">
        <caption>Exponents of N<sub>opt</sub> ∝ C<sup>a</sup> and D<sub>opt</sub> ∝ C<sup>b</sup></caption>
        <Head titles={['Approach', 'a', interval, 'b', interval]} />
        <tbody>
          {NUMBERS.map((which) => (
            <Row key={which} which={which} of={4} approaches={approaches} cells={({ N, D, intervals, replicates }) => [
              ['a', number(N.exponent)], ['a-interval', ends(replicates, intervals.a)], ['b', number(D.exponent)], ['b-interval', ends(replicates, intervals.b)],
            ]} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Optima({ approaches, budget }: Pick<Compared, 'approaches' | 'budget'>) {
  const interval = `${percent(approaches.confidence)} interval`;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Optimal models">
      <table class="figures">
        <caption>What to train with {power(budget)} FLOPs</caption>
        <Head titles={['Approach', 'Parameters N', interval, 'Tokens D', interval, 'D/N']} />
        <tbody>
          {NUMBERS.map((which) => (
            <Row key={which} which={which} of={5} approaches={approaches} cells={({ at, replicates }) => {
              const { N, D, intervals } = at.find(({ C }) => C === budget)!;
              return [
                ['N', count(N)], ['N-interval', ends(replicates, intervals.N, formatCount)],
                ['D', count(D)], ['D-interval', ends(replicates, intervals.D, formatCount)], ['ratio', number(D / N, 3)],
              ];
            }} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ends(replicates: number, interval: Interval, write?: (end: number) => string): string {
  return replicates > FEWEST ? span(interval, write) : '–';
}

type Cells = (result: ApproachResult) => readonly (readonly [figure: string, value: string])[];

/** An approach and its cells, so many of them; or why it is missing. */
function Row({ which, of, approaches: { results, missing }, cells }: { readonly which: ApproachNumber; readonly of: number; readonly approaches: Approaches; readonly cells: Cells }) {
  const result = results.find(({ approach }) => approach === which);
  return (
    <tr data-approach={which}>
      <th scope="row">{which}: {APPROACHES[which]}</th>
      {result
        ? cells(result).map(([figure, value]) => <td key={figure} data-figure={figure}>{value}</td>)
        : <td colSpan={of} class="words">{missing.find(({ approach }) => approach === which)?.why}</td>}
    </tr>
  );
}

function Head({ titles }: { readonly titles: readonly string[] }) {
  return <thead><tr>{titles.map((title, k) => <th key={k} scope="col" class={title === 'Remark' ? 'words' : undefined}>{title}</th>)}</tr></thead>;
}

/** How far the law's own slices, which are no parabolas, move what approach 2 finds. */
function Bias({ approaches: { bias } }: { readonly approaches: Approaches }) {
  if (!bias) return null;
  const { C, errorOfA, errorOfN, errorOfD, warning } = bias;
  return (
    <>
      <h3>Bias of approach 2</h3>
      <p class={warning ? 'notice' : undefined} data-bias>
        The slices of a law are no parabolas. If the law of approach 3 were the truth, on these sizes and without any noise approach 2 would
        find N<sub>opt</sub> at {power(C)} FLOPs {off(errorOfN)}, D<sub>opt</sub> {off(errorOfD)}, and <i>a</i> {amiss(errorOfA, Math.abs(errorOfA).toFixed(4))}.
        {warning ? ' That is more than 1 %.' : ' That is little.'} See Czech et al. 2026, arXiv:2603.22339.
      </p>
    </>
  );
}

/** Of a relative error. */
function off(error: number): string {
  return amiss(error, `${number(100 * Math.abs(error), 2)} %`);
}

function amiss(error: number, size: string): string {
  return error === 0 ? 'as it is' : `${size} too ${error > 0 ? 'high' : 'low'}`;
}

function Warnings({ approaches: { results } }: { readonly approaches: Approaches }) {
  const warnings = results.flatMap(({ approach, warnings, failed, replicates }) => [
    ...warnings,
    ...(failed > 0 ? [`${formatInteger(failed)} of ${formatInteger(replicates)} resamples gave no power law: they are not in the intervals.`] : []),
  ].map((warning) => ({ approach, warning })));
  if (warnings.length === 0) return null;
  return (
    <>
      <h3>Warnings</h3>
      <ul class="flat">{warnings.map(({ approach, warning }) => <li key={`${approach} ${warning}`} class="problem">Approach {approach}: {warning}</li>)}</ul>
    </>
  );
}

/** Each slice of equal compute, and the vertex of its parabola. */
export function Profiles({ isoflop: { profiles } }: { readonly isoflop: IsoflopApproach }) {
  const remarks = profiles.some(({ warnings }) => warnings.length > 0);
  return (
    <section id="profiles" aria-labelledby="profiles-heading">
      <h2 id="profiles-heading">Vertices of the profiles</h2>
      <div class="scroll capped" tabIndex={0} role="region" aria-label="Table of vertices">
        <table class="figures">
          <Head titles={['Compute, FLOPs', 'Runs', 'N', 'D', 'D/N', 'Loss', 'Used', ...(remarks ? ['Remark'] : [])]} />
          <tbody>
            {profiles.map(({ C, runs, vertex, used, warnings }) => (
              <tr key={C} data-profile={C}>
                <th scope="row">{power(C)}</th>
                <td>{formatInteger(runs.length)}</td>
                <td>{vertex ? count(vertex.N) : '–'}</td><td>{vertex ? count(vertex.D) : '–'}</td>
                <td>{vertex ? number(vertex.D / vertex.N, 3) : '–'}</td><td>{vertex ? vertex.loss.toFixed(4) : '–'}</td>
                <td>{used ? 'yes' : 'no'}</td>
                {remarks && <td class="words">{warnings.join(' ')}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
