/** When unique tokens run out: the best size and epochs. */
import { formatCount, formatNumber, publishedDecay, type Plan } from '../../index.ts';
import { TextField } from '../controls.tsx';
import * as settings from '../plan-settings.ts';
import { asCount, asLoss, asRatio, asShare, farthest, ModelsTable, type ModelColumn } from './plan-answers.tsx';
import { PlanPart } from './plan-part.tsx';

export function RepetitionPart() {
  return (
    <PlanPart part="repetition" title="Few unique tokens" about="the best size and epochs where there are no more"
      fields={<div class="fields"><TextField label="Unique tokens" of={settings.unique} suggestions={['100B', '1T', '100B,1T']} hint="apart by commas: 100B,1T" /></div>}
      answers={([plan]) => <Epochs plan={plan} />} />
  );
}

type Repetition = Plan['budgets'][number]['repetition'][number];

const COLUMNS: readonly ModelColumn<Repetition>[] = [
  { id: 'N', title: 'N', answer: ({ answers }) => answers.N, write: asCount, under: true },
  { id: 'D', title: 'D with repeats', answer: ({ answers }) => answers.D, write: asCount, under: true },
  { id: 'epochs', title: 'Epochs', answer: ({ answers }) => answers.epochs, write: asRatio },
  { id: 'loss', title: 'Loss', answer: ({ answers }) => answers.loss, write: asLoss },
  { id: 'excess', title: 'More loss than without the limit', answer: ({ answers }) => answers.excess, write: asShare },
];

function Epochs({ plan: { budgets: [atBudget] } }: { readonly plan: Plan }) {
  if (!atBudget) return <p class="remark">Answered at a budget, not for a target loss.</p>;
  const { tokens, parameters, source } = publishedDecay;
  return (
    <>
      <ModelsTable title="Best models with so many unique tokens" models={atBudget.repetition} name={['Unique tokens', ({ unique }) => formatCount(unique)]} columns={COLUMNS} beyond={({ beyond }) => farthest(beyond)} />
      <p class="hint">
        Repeated tokens are worth what R<sub>D</sub>* = {formatNumber(tokens, 4)} and R<sub>N</sub>* = {formatNumber(parameters, 4)} say: {source}; theirs, not refitted to these runs.
      </p>
    </>
  );
}
