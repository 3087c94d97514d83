/** Well-known models against the frontier of this law. */
import { wellKnownModels, type Plan } from '../../index.ts';
import { asCount, asLoss, asRatio, asShare, farthest, given, ModelsTable, type ModelColumn } from './plan-answers.tsx';
import { PlanPart } from './plan-part.tsx';

export function ModelsPart() {
  return (
    <PlanPart part="models" title="Well-known models" about="how far each is from the frontier of this law, wasted or on purpose" fields={null}
      answers={([{ models = [] }]) => (
        <>
          <ModelsTable title="Trained models, each against the best of its own compute" models={models} name={['Model', ({ model }) => <span title={model.source}>{model.name}</span>]} columns={COLUMNS} beyond={({ beyond }) => farthest(beyond)} />
          <p class="hint">By the law of these runs, whatever data and recipe they had. Sizes and tokens: {[...new Set(wellKnownModels.map(({ source }) => source))].join('; ')}.</p>
        </>
      )} />
  );
}

type Placed = NonNullable<Plan['models']>[number];

const COLUMNS: readonly ModelColumn<Placed>[] = [
  { id: 'N', title: 'N', answer: ({ model }) => given(model.N), write: asCount, under: true },
  { id: 'D', title: 'D', answer: ({ model }) => given(model.D), write: asCount, under: true },
  { id: 'ratio', title: 'D/N', answer: ({ model: { N, D } }) => given(D / N), write: asRatio },
  { id: 'optimal', title: 'D/N of the best', answer: ({ answers }) => answers.optimalRatio, write: asRatio },
  { id: 'excess', title: 'More loss', answer: ({ answers }) => answers.excess, write: asShare },
  { id: 'overhead', title: 'More compute', answer: ({ answers }) => answers.overhead, write: asShare },
  { id: 'loss', title: 'Loss by this law', answer: ({ answers }) => answers.loss, write: asLoss },
];
