/** Bits of a number: what training in fewer, or quantising afterwards, is worth. */
import { publishedPrecision, type Plan } from '../../index.ts';
import { TextField } from '../controls.tsx';
import * as settings from '../plan-settings.ts';
import { asCount, asLoss, asShare, asSmall, given, ModelsTable, type ModelColumn } from './plan-answers.tsx';
import { PlanPart } from './plan-part.tsx';

export function PrecisionPart() {
  return (
    <PlanPart part="precision" title="Bit width" about="training in fewer bits, more of it; and quantising afterwards"
      fields={(
        <div class="fields">
          <TextField label="Bits to train in" of={settings.bits} suggestions={['4,8,16']} hint="apart by commas; weights, activations, cache alike" />
          <TextField label="Bits to quantise to" of={settings.quantised} suggestions={['4', '4,8']} hint="the compute-optimal model of 16 bits, its weights" />
        </div>
      )}
      answers={([plan]) => <Bits plan={plan} />} />
  );
}

type Precision = NonNullable<Plan['budgets'][number]['precision']>;
type Width = Precision['widths'][number];
type Quantised = Precision['afterwards'][number];

const WIDTHS: readonly ModelColumn<Width>[] = [
  { id: 'share', title: 'Parameters count for', answer: ({ share }) => given(share), write: asShare },
  { id: 'N', title: 'N', answer: ({ answers }) => answers.N, write: asCount, under: true },
  { id: 'D', title: 'D', answer: ({ answers }) => answers.D, write: asCount, under: true },
  { id: 'loss', title: 'Loss', answer: ({ answers }) => answers.loss, write: asLoss },
  { id: 'excess', title: 'More loss than at 16 bits', answer: ({ answers }) => answers.excess, write: asShare },
];
const QUANTISED: readonly ModelColumn<Quantised>[] = [
  { id: 'added', title: 'Adds to the loss', answer: ({ answers }) => answers.added, write: asSmall },
  { id: 'loss', title: 'Loss', answer: ({ answers }) => answers.loss, write: asLoss },
  { id: 'harm', title: 'Tokens from which more harm', answer: ({ answers }) => answers.tokensBeforeHarm, write: asCount },
];

function width(bits: number): string {
  return `${Number(bits.toPrecision(3))} bits`;
}

function Bits({ plan: { budgets: [atBudget] } }: { readonly plan: Plan }) {
  if (!atBudget?.precision) return <p class="remark">Answered at a budget, not for a target loss.</p>;
  const { widths, afterwards } = atBudget.precision;
  return (
    <>
      {widths.length > 0 && <ModelsTable title="Best models trained in so many bits" models={widths} name={['Width', ({ bits, isBest }) => `${width(bits)}${isBest ? ', the best' : ''}`]} columns={WIDTHS} />}
      {afterwards.length > 0 && <ModelsTable title="Quantised after training" models={afterwards} name={['Width', ({ bits }) => width(bits)]} columns={QUANTISED} />}
      <p class="hint">How much bits are worth: {publishedPrecision.source}.</p>
    </>
  );
}
