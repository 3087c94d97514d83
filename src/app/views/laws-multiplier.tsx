/** Two sweeps: how much less compute, and how many fewer tokens, the one recipe needs than the other for the same loss. */
import {
  formatInteger, formatNumber, formatSeconds, htmlMultipliers, multiplierFigures, multiplierJson, multiplierSays, multiplierWarnings, needSpan, needText, verdictOnShared,
  type Multiplier, type MultiplierAt, type ReportFigure,
} from '../../index.ts';
import { TextField } from '../controls.tsx';
import * as settings from '../laws-settings.ts';
import { multipliers, second } from '../laws-state.ts';
import { decimals, number, percent, power } from '../numbers.ts';
import { span } from '../results.tsx';
import { Sweeps } from './laws-sweeps.tsx';
import { Ask, Charts, Numbers, Outcome, Said, Warnings } from './laws-part.tsx';
import { Files } from './result-files.tsx';

export function Multipliers() {
  const ready = settings.others.value === 'groups' ? settings.group.value !== '' : second.value !== undefined;
  return (
    <section class="recipe" id="multiplier" aria-labelledby="multiplier-heading">
      <h2 id="multiplier-heading">Two sweeps</h2>
      <p class="remark">
        Is one recipe better than another? Each sweep is fitted by the law of the settings: how much less compute the other needs than the first for
        the same loss, and how many tokens of the first a token of the other is worth.
      </p>
      <Sweeps />
      <div class="fields wider">
        <TextField label="Budgets, FLOPs" of={settings.budgets} option="budgets" placeholder="five that both have" hint="of the other sweep, apart by commas" />
        <TextField label="Target losses" of={settings.targetLosses} placeholder="none" hint="nats per token, apart by commas" />
        <TextField label="Resamples of each sweep" of={settings.pairsDrawn} suggestions={['200', '1000', '4000']} />
        <TextField label="Tests of one multiplier" of={settings.tests} option="tests" suggestions={['0', '200', '1000']} hint="whether it says it all; 0: not asked" />
      </div>
      <Ask job={multipliers} verb="Measure" ready={ready} fields={['against', 'budgets', 'tests']} done={done} />
      <Outcome job={multipliers}>{(result) => <Found found={result} />}</Outcome>
    </section>
  );
}

function done([{ replicates, requested, seed }, ...more]: readonly Multiplier[]): string {
  const made = replicates < requested ? `Stopped after ${formatInteger(replicates)} of ${formatInteger(requested)}` : `${formatInteger(replicates)}`;
  return `${made} pairs of resamples, seed ${seed}${more.length > 0 ? `, for each of ${more.length + 1} sweeps` : ''}.`;
}

function Found({ found }: { readonly found: readonly Multiplier[] }) {
  return (
    <>
      {found.map((multiplier) => <Pair key={multiplier.other.name} multiplier={multiplier} />)}
      <Files name="isoloss-multiplier" json={() => multiplierJson(found)} page={(plotly) => htmlMultipliers({ found, plotly })} />
      <Charts figuresOf={figures} />
    </>
  );
}

const figures = (): readonly ReportFigure[] => multiplierFigures(multipliers.result.value ?? []);

function Pair({ multiplier }: { readonly multiplier: Multiplier }) {
  const { base, other, at, data, confidence, seconds } = multiplier;
  const sure = `${percent(confidence)} interval`;
  return (
    <div class="pair" data-pair={other.name}>
      <h3>{other.name} against {base.name}</h3>
      {multiplierSays(multiplier).map((text) => <Said key={text} text={text} />)}
      <Warnings warnings={multiplierWarnings(multiplier)} />
      <Numbers title={`What ${other.name} needs for the same loss, against ${base.name}`} heads={['Loss', `C, ${short(other.name)}`, `C, ${short(base.name)}`, 'Compute', sure, 'Tokens', sure]}>
        {at.map((each, k) => <AtRow key={k} at={each} />)}
      </Numbers>
      <p class="remark" data-shared>
        One law with q times the tokens: q = {times(data.q.value)}{data.q.interval && ` (${span(data.q.interval, times)})`}; {verdictOnShared(multiplier)}.
        Compared in {formatSeconds(seconds)}.
      </p>
    </div>
  );
}

const NAME = 20;

/** A name that leaves the table narrow. */
function short(name: string): string {
  return name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name;
}

function AtRow({ at: { answers } }: { readonly at: MultiplierAt }) {
  const { compute, tokens, loss, otherC, baseC } = answers;
  return (
    <tr data-at>
      <th scope="row" data-figure="loss">{decimals(loss.value, 4)}</th>
      <td data-figure="other">{flops(otherC.value)}</td>
      <td data-figure="base">{flops(baseC.value)}</td>
      <Need figure="compute" answer={compute} />
      <Need figure="tokens" answer={tokens} />
    </tr>
  );
}

/** "1.70× less", and its interval. */
function Need({ figure, answer: { value, interval } }: { readonly figure: string; readonly answer: MultiplierAt['answers']['compute'] }) {
  const known = Number.isFinite(value);
  return (
    <>
      <td data-figure={figure}>{known ? needText(value) : '–'}</td>
      <td data-figure={`${figure}-interval`}>{known && interval?.every(Number.isFinite) ? needSpan(interval) : '–'}</td>
    </>
  );
}

function times(factor: number): string {
  return Number.isFinite(factor) ? formatNumber(factor, 3) : '–';
}

function flops(C: number): string {
  return Number.isFinite(C) ? power(C) : number(NaN);
}
