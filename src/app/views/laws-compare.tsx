/** Which law? Laws fitted to the same runs, and compared by runs that they have not seen. */
import {
  comparisonFigures, comparisonJson, comparisonSays, formatInteger, formatNumber, formatSeconds, htmlComparison, lawIds, pairVerdict,
  type ComparedLaw, type Interval, type LawComparison, type ReportFigure,
} from '../../index.ts';
import { TextField } from '../controls.tsx';
import { comparedLaws, lawLacks, lawName, toggleLaw } from '../laws.ts';
import * as settings from '../laws-settings.ts';
import { comparison } from '../laws-state.ts';
import { decimals, number, percent, prose } from '../numbers.ts';
import { span } from '../results.tsx';
import { OfShownGroup } from '../shown-group.tsx';
import { Ask, Charts, Numbers, Outcome, Said, Warnings } from './laws-part.tsx';
import { Files } from './result-files.tsx';

export function Compare() {
  return (
    <section class="recipe" id="compare" aria-labelledby="compare-heading">
      <h2 id="compare-heading">Which law?</h2>
      <p class="remark">
        Several laws fitted to the same runs, and compared by their likelihood, by runs that a resample has not drawn, and by dearer runs
        predicted from cheaper ones. The verdict is by runs that were not fitted: those that were are always described better by more parameters.
      </p>
      <OfShownGroup />
      <LawBoxes />
      <div class="fields wider">
        <TextField label="Resamples of the runs" of={settings.resamples} option="replicates" suggestions={['50', '200', '1000']} />
        <TextField label="Rollout steps" of={settings.steps} option="steps" suggestions={['0', '3', '5', '10', 'slices']} hint="at quantiles of C, or slices" />
      </div>
      <Ask job={comparison} verb="Compare" ready={comparedLaws().length >= 2} fields={['replicates', 'steps']} done={done} />
      <Outcome job={comparison}>{(result) => <Found comparison={result} />}</Outcome>
    </section>
  );
}

function done({ laws, replicates, seed, seconds }: LawComparison): string {
  return `${laws.length} laws compared in ${formatSeconds(seconds)}: ${formatInteger(replicates)} resamples, seed ${seed}.`;
}

function LawBoxes() {
  const compared = comparedLaws();
  return (
    <fieldset>
      <legend>Laws</legend>
      <div class="checks">
        {lawIds.map((id) => {
          const lacks = lawLacks(id);
          return (
            <label key={id} class="check">
              <input type="checkbox" name="law" value={id} checked={compared.includes(id)} disabled={lacks !== undefined} onChange={() => toggleLaw(id)} />
              <span>{lawName(id)} <span class="hint">{lacks ?? id}</span></span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function Found({ comparison: found }: { readonly comparison: LawComparison }) {
  const { laws, best, simplest, missing, pairs, confidence, steps, warnings } = found;
  return (
    <>
      <p data-conclusion><strong>{comparisonSays(found)}</strong></p>
      {pairs.map((pair) => <Said key={pair.second} text={pairVerdict(pair)} />)}
      {missing.map(({ law, why }) => <p key={law} class="problem">{law} was not fitted: {prose(why)}</p>)}
      <Warnings warnings={warnings} />
      <Numbers title={`Errors: mean |L̂/L − 1|, ${percent(confidence)} intervals`}
        heads={['Law', 'Parameters', 'Objective', 'AICc', 'BIC', 'Weight', 'Out of the bag', ...(steps.length > 0 ? ['Rollout'] : []), 'Certificate']}>
        {laws.map((law) => <Row key={law.law} law={law} mark={law.law === simplest ? 'taken' : law.law === best ? 'lowest error' : ''} rolled={steps.length > 0} />)}
      </Numbers>
      <Files name="isoloss-compare" json={() => comparisonJson(found)} page={(plotly) => htmlComparison({ comparison: found, plotly })} />
      <Charts figuresOf={figures} />
    </>
  );
}

const figures = (): readonly ReportFigure[] => (comparison.result.value ? comparisonFigures(comparison.result.value) : []);

function Row({ law: { law, parameters, fit, aicc, bic, weight, outOfBag, rolledOut }, mark, rolled }: { readonly law: ComparedLaw; readonly mark: string; readonly rolled: boolean }) {
  const { objective, certificate } = fit;
  return (
    <tr data-law={law}>
      <th scope="row">{law}{mark && <span class="interval">{mark}</span>}</th>
      <td data-figure="parameters">{parameters}</td>
      <td data-figure="objective">{number(objective, 6)}</td>
      <td data-figure="aicc">{decimals(aicc, 2)}</td>
      <td data-figure="bic">{decimals(bic, 2)}</td>
      <td data-figure="weight">{weightOf(weight)}</td>
      <ErrorCell figure="out-of-bag" {...outOfBag} />
      {rolled && <ErrorCell figure="rollout" {...rolledOut} />}
      <td data-figure="certificate" class={certificate.verdict === 'fail' ? 'wrong' : ''}>{certificate.verdict === 'fail' ? 'fails' : 'passes'}</td>
    </tr>
  );
}

/** Of an evidence that is next to nothing the digits say nothing. */
const LEAST = 1e-6;

function weightOf(weight: number): string {
  return weight < LEAST ? '< 0.0001 %' : share(weight);
}

function ErrorCell({ figure, value, interval }: { readonly figure: string; readonly value: number; readonly interval: Interval }) {
  return <td data-figure={figure}>{share(value)}<span class="interval">{span(interval, share)}</span></td>;
}

function share(value: number): string {
  return Number.isFinite(value) ? `${formatNumber(100 * value, 3)} %` : '–';
}
