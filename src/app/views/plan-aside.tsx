/** Models off the frontier, and the rules of others: what each gives up in loss and in compute. */
import { formatCount, publishedRules, type Plan } from '../../index.ts';
import { TextField } from '../controls.tsx';
import * as settings from '../plan-settings.ts';
import { asCount, asFlops, asLoss, asRatio, asShare, farthest, given, ModelsTable, type ModelColumn } from './plan-answers.tsx';
import { PlanPart } from './plan-part.tsx';

export function AsidePart() {
  return (
    <PlanPart part="aside" title="Off the frontier" about="a smaller model on more tokens, or a larger on fewer: what it costs"
      fields={(
        <div class="fields">
          <TextField label="Tokens per parameter" of={settings.ratios} suggestions={['20', '200', '20,200,2000']} hint="apart by commas; 5..500:5 is five" />
          <TextField label="Parameters" of={settings.sizes} placeholder="none" suggestions={['8B', '8B,70B']} hint="apart by commas: 8B,70B" />
        </div>
      )}
      answers={([plan]) => <Beside plan={plan} />} />
  );
}

type Beside = Plan['budgets'][number]['beside'][number];
type BesideLoss = Plan['targets'][number]['beside'][number];

function nameOf(what: Beside['what']): string {
  if ('rule' in what) return what.rule;
  return 'ratio' in what ? `D/N = ${Number(what.ratio.toPrecision(4))}` : `N = ${formatCount(what.N)}`;
}

const AT_BUDGET: readonly ModelColumn<Beside>[] = [
  { id: 'N', title: 'N', answer: ({ N }) => given(N), write: asCount, under: true },
  { id: 'D', title: 'D', answer: ({ D }) => given(D), write: asCount, under: true },
  { id: 'loss', title: 'Loss', answer: ({ answers }) => answers.loss, write: asLoss },
  { id: 'excess', title: 'More loss than the best', answer: ({ answers }) => answers.excess, write: asShare },
  { id: 'overhead', title: 'More compute than its loss takes', answer: ({ answers }) => answers.overhead, write: asShare },
];
const OF_LOSS: readonly ModelColumn<BesideLoss>[] = [
  { id: 'C', title: 'Training FLOPs', answer: ({ answers }) => answers.C, write: asFlops },
  { id: 'N', title: 'N', answer: ({ answers }) => answers.N, write: asCount, under: true },
  { id: 'D', title: 'D', answer: ({ answers }) => answers.D, write: asCount, under: true },
  { id: 'ratio', title: 'D/N', answer: ({ answers }) => answers.tokensPerParameter, write: asRatio },
  { id: 'overhead', title: 'More compute than the least', answer: ({ answers }) => answers.overhead, write: asShare },
];

function Beside({ plan: { budgets: [atBudget], targets: [ofLoss] } }: { readonly plan: Plan }) {
  if (!atBudget) return <ModelsTable title="Models that reach the loss" models={ofLoss?.beside ?? []} name={['Model', ({ what }) => nameOf(what)]} columns={OF_LOSS} beyond={({ beyond }) => farthest(beyond)} />;
  return (
    <>
      <ModelsTable title="Models of the same compute" models={atBudget.beside} name={['Model', ({ what }) => nameOf(what)]} columns={AT_BUDGET} beyond={({ beyond }) => farthest(beyond)} />
      <p class="hint">{publishedRules.map(({ name, source }) => `${name}: ${source}.`).join(' ')}</p>
    </>
  );
}
