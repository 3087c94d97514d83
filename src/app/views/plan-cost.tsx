/** Time, money and energy of the training: what trains, how it is laid out, what is lost to failures. */
import { deviceById, devices, formatInteger, type Answer, type Plan } from '../../index.ts';
import { ChoiceField, TextField } from '../controls.tsx';
import { look } from '../look.ts';
import * as settings from '../plan-settings.ts';
import { number, percent } from '../numbers.ts';
import { AnswersTable, asRough, asShare, given, type Row } from './plan-answers.tsx';
import { machineChoices, machineHint, machineName, PlanPart, teraflops } from './plan-part.tsx';

export function CostPart() {
  return (
    <PlanPart part="cost" title="Time, money, energy" about="what the training takes on so many devices"
      fields={<><Machines /><Layout /><Failures /></>}
      answers={([plan]) => <><AnswersTable title={machinesInWords()} rows={costRows(plan)} /><Sources /></>} />
  );
}

function Machines() {
  const own = settings.hardware.value === 'rate';
  return (
    <div class="fields">
      <ChoiceField label="Device" of={settings.hardware} choices={machineChoices} hint={machineHint(settings.hardware.value)} />
      {own && <TextField label="Peak rate, FLOP/s" of={settings.peak} hint="dense, of one device" />}
      <TextField label="Devices" of={settings.count} suggestions={['64', '1024', '16384']} hint="that train together" />
      <TextField label="Utilisation (MFU)" of={settings.utilisation} suggestions={['0.3', '0.4', '0.5']} hint={utilisationHint()} />
      <ChoiceField label="Recomputation" of={settings.recompute} choices={[['no', 'None: 6ND'], ['yes', 'Of all layers: 8ND']]} hint="of the layers, on the way back" />
      <TextField label="Price of a device-hour" of={settings.price} hint="in any currency" />
      <TextField label="Watts of a device" of={settings.watts} placeholder={wattsKnown()} hint="its maker’s where nothing is written" />
      <TextField label="PUE" of={settings.pue} suggestions={['1', '1.1', '1.3']} hint="what the data centre draws over what its machines do" />
    </div>
  );
}

function utilisationHint(): string {
  if (settings.layout.value === 'modelled') return 'that a device reaches by itself';
  return settings.recompute.value === 'yes' ? 'of the peak rate, by all that is done (HFU)' : 'of the peak rate, without recomputation';
}

function wattsKnown(): string {
  const power = settings.hardware.value === 'rate' ? undefined : deviceById(settings.hardware.value).power;
  return power ? String(power.watts) : 'not known';
}

function Layout() {
  const modelled = settings.layout.value === 'modelled';
  return (
    <fieldset>
      <legend>Utilisation</legend>
      <div class="fields">
        <ChoiceField label="Is" of={settings.layout} choices={[['given', 'Given above'], ['modelled', 'Modelled from the layout']]} />
        {modelled && (
          <>
            <TextField label="Tokens of a step" of={settings.batch} suggestions={['1M', '4M', '16M']} hint="over all devices" />
            <TextField label="Pipeline stages" of={settings.stages} />
            <TextField label="Micro-batches" of={settings.microBatches} hint="of each replica and step" />
            <TextField label="Chunks of a stage" of={settings.chunks} hint="of layers, interleaved" />
            <TextField label="Devices of a layer" of={settings.tensorParallel} hint="tensor parallel" />
            <TextField label="Bandwidth, bytes/s" of={settings.bandwidth} placeholder="unlimited" suggestions={['5e10']} hint="of a device, for gradients" />
            <TextField label="Overlap" of={settings.overlap} hint="share of the communication under the computation" />
          </>
        )}
      </div>
    </fieldset>
  );
}

function Failures() {
  return (
    <fieldset>
      <legend>Failures</legend>
      <div class="fields">
        <TextField label="Hours between failures" of={settings.mtbf} placeholder="none" suggestions={['50000']} hint="of one device; every failure stops all" />
        {settings.mtbf.value !== undefined && <TextField label="Hours of a checkpoint" of={settings.checkpoint} hint="made at the best interval, Daly 2006" />}
        {settings.mtbf.value !== undefined && <TextField label="Hours of a restart" of={settings.restart} />}
      </div>
    </fieldset>
  );
}

function machinesInWords(): string {
  const { count, hardware, utilisation, layout, recompute } = settings;
  const how = layout.value === 'given' ? `at ${percent(utilisation.value)} of the peak rate` : `that reach ${percent(utilisation.value)} of the peak rate alone`;
  return `Training on ${formatInteger(count.value)} × ${machineName(hardware.value)} ${how}${recompute.value === 'yes' ? ', with recomputation' : ''}`;
}

function costRows({ budgets: [atBudget], targets: [ofLoss], goodput }: Plan): Row[] {
  const used = (atBudget ?? ofLoss)?.utilisation;
  const answers: Readonly<Record<string, Answer>> = ofLoss?.training ?? answersIn(atBudget?.training);
  return [
    ...COSTS.flatMap(([name, label, write]): Row[] => (answers[name] ? [{ id: name, label, answer: answers[name], write }] : [])),
    ...(used ? [
      { id: 'utilisation', label: 'Utilisation, modelled', answer: given(used.utilisation), write: asShare },
      { id: 'pipeline', label: 'Pipeline full', answer: given(used.pipeline), write: asShare },
      { id: 'communication', label: 'Not waiting for gradients', answer: given(used.communication), write: asShare },
      { id: 'step', label: 'Seconds of a step', answer: given(used.step), write: (value: number) => number(value, 3) },
    ] : []),
    ...(goodput ? [
      { id: 'goodput', label: 'Time in which it gets on (goodput)', answer: given(goodput.goodput), write: asShare },
      { id: 'checkpoint', label: 'Hours between checkpoints', answer: given(goodput.interval), write: (value: number) => number(value, 3) },
    ] : []),
  ];
}

const COSTS = [
  ['hours', 'Hours by the clock', asHours], ['deviceHours', 'Device-hours', asRough], ['money', 'Money', asRough], ['energy', 'Energy, kWh', asRough],
] as const;

function asHours(hours: number): string {
  return hours < 48 ? number(hours, 3) : `${asRough(hours)} (${number(hours / 24, 3)} days)`;
}

/** Numbers that no law is in have no interval. */
function answersIn(numbers: object = {}): Record<string, Answer> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, given(Number(value))]));
}

function Sources() {
  return (
    <details class="sources">
      <summary>Devices, their peak rates and power, and where these are from</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of devices">{look.value.compact ? <DevicesStacked /> : <DevicesInColumns />}</div>
    </details>
  );
}

function DevicesInColumns() {
  return (
    <table class="figures">
      <thead><tr><th scope="col">Device</th><th scope="col">TFLOP/s, dense</th><th scope="col" class="words">Source</th><th scope="col">Watts</th><th scope="col" class="words">Source</th></tr></thead>
      <tbody>
        {devices.map(({ id, name, peakFlops, source, power }) => (
          <tr key={id}>
            <th scope="row">{name}</th><td>{teraflops(peakFlops)}</td><td class="words">{source}</td>
            <td>{power ? formatInteger(power.watts) : '–'}</td><td class="words">{power?.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On a narrow screen: the sources under the name. */
function DevicesStacked() {
  return (
    <table class="figures models stacked">
      <thead><tr><th scope="col">Device, sources</th><th scope="col">TFLOP/s, dense; watts</th></tr></thead>
      <tbody>
        {devices.map(({ id, name, peakFlops, source, power }) => (
          <tr key={id}>
            <th scope="row">{name}<span class="interval">{source}</span>{power && power.source !== source && <span class="interval">{power.source}</span>}</th>
            <td>{teraflops(peakFlops)}{power && <span class="interval">{formatInteger(power.watts)} W</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
