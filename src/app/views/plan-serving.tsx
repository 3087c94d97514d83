/** Training and serving together: the model of least total cost at the same loss. */
import type { Plan } from '../../index.ts';
import { ChoiceField, TextField } from '../controls.tsx';
import * as settings from '../plan-settings.ts';
import { AnswersTable, asCount, asFlops, asRatio, asRough, asShare, type Row } from './plan-answers.tsx';
import { machineChoices, machineHint, PlanPart } from './plan-part.tsx';

export function ServingPart() {
  return (
    <PlanPart part="serving" title="With serving" about="the least total cost of training and of what is served after it, at the same loss"
      fields={<Fields />}
      answers={([plan]) => <Costs plan={plan} />} />
  );
}

function Fields() {
  const { value: device } = settings.servingHardware;
  return (
    <div class="fields">
      <TextField label="Input tokens served" of={settings.inputTokens} suggestions={['0', '1T', '10T']} hint="over the life of the model" />
      <TextField label="Output tokens served" of={settings.outputTokens} suggestions={['0', '1T', '10T']} hint="2N FLOPs each, as an input token" />
      <ChoiceField label="Served on" of={settings.servingHardware} choices={[['same', 'The devices that train'], ...machineChoices]} hint={machineHint(device)} />
      {device === 'rate' && <TextField label="Peak rate that serves, FLOP/s" of={settings.servingPeak} hint="dense, of one device" />}
      <TextField label="Utilisation, input" of={settings.inputUtilisation} suggestions={['0.3', '0.5']} hint="of the peak rate; 0.5 is assumed" />
      <TextField label="Utilisation, output" of={settings.outputUtilisation} suggestions={['0.01', '0.1']} hint="of the peak rate; 0.1 is assumed" />
      <TextField label="Price where it serves" of={settings.servingPrice} placeholder={String(settings.price.value)} hint="of a device-hour; that of training where nothing is written" />
    </div>
  );
}

function Costs({ plan: { budgets: [atBudget], targets: [ofLoss] } }: { readonly plan: Plan }) {
  const { flops, money } = (atBudget ?? ofLoss)?.serving ?? {};
  return (
    <>
      {flops && <AnswersTable title="Least total FLOPs" rows={rowsOf(flops, 'flops')} />}
      {money && <AnswersTable title="Least total money" rows={rowsOf(money, 'money')} />}
      <p class="hint">As in Sardana et al. 2024, arXiv:2401.00448. The training costs what is set under “Time, money, energy”{settings.layout.value === 'modelled' && ', at the utilisation that a device reaches by itself'}.</p>
    </>
  );
}

type Serving = NonNullable<Plan['targets'][number]['serving']>['flops'];

function rowsOf({ answers, beyond }: Serving, unit: 'flops' | 'money'): Row[] {
  const write = unit === 'flops' ? asFlops : asRough;
  const name = unit === 'flops' ? 'FLOPs' : 'money';
  return [
    { id: `${unit}-N`, label: 'Parameters N', answer: answers.N, write: asCount, beyond: beyond.N },
    { id: `${unit}-D`, label: 'Training tokens D', answer: answers.D, write: asCount, beyond: beyond.D },
    { id: `${unit}-ratio`, label: 'Tokens per parameter', answer: answers.tokensPerParameter, write: asRatio },
    { id: `${unit}-training`, label: `Training, ${name}`, answer: answers.training, write },
    { id: `${unit}-serving`, label: `Serving, ${name}`, answer: answers.serving, write },
    { id: `${unit}-total`, label: `Total, ${name}`, answer: answers.total, write },
    { id: `${unit}-optimal`, label: 'Total of the compute-optimal model', answer: answers.optimalTotal, write },
    { id: `${unit}-saving`, label: 'Saved of that', answer: answers.saving, write: asShare },
  ];
}
