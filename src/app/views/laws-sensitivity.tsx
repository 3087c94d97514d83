/** What moves the answer? The same runs fitted by other choices than those of the settings. */
import type { ComponentChildren } from 'preact';
import {
  choiceText, formatInteger, formatSeconds, htmlSensitivity, lossIds, sensitivityFigures, sensitivityJson, sensitivitySays, sensitivityWarnings,
  type ReportFigure, type Sensitivity, type Variant,
} from '../../index.ts';
import { TextField } from '../controls.tsx';
import * as settings from '../laws-settings.ts';
import { sensitivity } from '../laws-state.ts';
import { count, decimals, number, percent, power, prose } from '../numbers.ts';
import { OfShownGroup } from '../shown-group.tsx';
import { Ask, Charts, Numbers, Outcome, Said, Warnings } from './laws-part.tsx';
import { Files } from './result-files.tsx';

const USUAL = 'the usual ones where there is nothing; none for none';

export function SensitivityPart() {
  return (
    <section class="recipe" id="sensitivity" aria-labelledby="sensitivity-heading">
      <h2 id="sensitivity-heading">What moves the answer?</h2>
      <p class="remark">
        How much the answer hangs on choices that the runs do not make: the same runs with another threshold, another loss, without the highest
        losses, with the cheaper or the dearer ones only. Each fit has its certificate; beside them stands what the runs themselves leave open.
        Lists are apart by commas: {USUAL}.
      </p>
      <OfShownGroup />
      <div class="fields wider">
        <TextField label="Huber thresholds, nats" of={settings.deltas} option="deltas" placeholder="1e-4,1e-2,0.1" />
        <TextField label="Losses" of={settings.losses} option="losses" placeholder="all but lower-log" suggestions={lossIds} />
        <TextField label="Highest losses left out" of={settings.drops} option="drops" placeholder="1,5,10" />
        <TextField label="Only up to quantiles of C" of={settings.keepBelow} option="keepBelow" placeholder="0.5,0.75" />
        <TextField label="Only from quantiles of C" of={settings.keepAbove} option="keepAbove" placeholder="0.25,0.5" />
      </div>
      <Ask job={sensitivity} verb="Vary" fields={['deltas', 'losses', 'drops', 'keepBelow', 'keepAbove']} done={done} />
      <Outcome job={sensitivity}>{(result) => <Found found={result} />}</Outcome>
    </section>
  );
}

function done({ variants, seconds }: Sensitivity): string {
  return `${formatInteger(variants.length)} other choices fitted in ${formatSeconds(seconds)}.`;
}

function Found({ found }: { readonly found: Sensitivity }) {
  const { given: { fit, numbers, intervals }, variants, budget, confidence } = found;
  return (
    <>
      {sensitivitySays(found).map((text) => <Said key={text} text={text} />)}
      <Warnings warnings={sensitivityWarnings(found)} />
      <Numbers title={`Exponents, and the optimum for ${power(budget)} FLOPs`} heads={['Choice', 'Runs', ...COLUMNS.map(({ head }) => head), 'Certificate']}>
        <Row name="as given" points={fit.points} numbers={numbers} verdict={fit.certificate.verdict} />
        <tr data-choice="interval">
          <th scope="row" class="interval">{percent(confidence)} interval</th>
          <td />
          {COLUMNS.map(({ name, write }) => <td key={name} class="interval" data-figure={name}>{write(intervals[name][0])}<br />to {write(intervals[name][1])}</td>)}
          <td />
        </tr>
        {variants.map(({ choice, points, numbers: own, certificate }) =>
          <Row key={choiceText(choice)} name={choiceText(choice)} points={points} numbers={own} verdict={certificate.verdict} />)}
      </Numbers>
      <Files name="isoloss-sensitivity" json={() => sensitivityJson(found)} page={(plotly) => htmlSensitivity({ sensitivity: found, plotly })} />
      <Charts figuresOf={figures} />
    </>
  );
}

const figures = (): readonly ReportFigure[] => (sensitivity.result.value ? sensitivityFigures(sensitivity.result.value) : []);

type Name = keyof Variant['numbers'];

const four = (value: number) => number(value);
const COLUMNS: readonly { readonly name: Name; readonly head: ComponentChildren; readonly write: (value: number) => string }[] = [
  { name: 'alpha', head: 'α', write: four }, { name: 'beta', head: 'β', write: four }, { name: 'a', head: 'a', write: (value) => number(value, 3) },
  { name: 'N', head: <>N<sub>opt</sub></>, write: count }, { name: 'D', head: <>D<sub>opt</sub></>, write: count },
  { name: 'loss', head: 'Loss', write: (value) => decimals(value, 4) },
];

function Row({ name, points, numbers, verdict }: { readonly name: string; readonly points: number; readonly numbers: Variant['numbers']; readonly verdict: 'pass' | 'fail' }) {
  return (
    <tr data-choice={name}>
      <th scope="row">{prose(name)}</th>
      <td data-figure="runs">{formatInteger(points)}</td>
      {COLUMNS.map((column) => <td key={column.name} data-figure={column.name}>{column.write(numbers[column.name])}</td>)}
      <td data-figure="certificate" class={verdict === 'fail' ? 'wrong' : ''}>{verdict === 'fail' ? 'fails' : 'passes'}</td>
    </tr>
  );
}
