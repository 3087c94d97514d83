/** The nearest real architectures to the optimal size, with their FLOPs counted matrix by matrix. */
import { formatInteger, formatNumber, type Plan } from '../../index.ts';
import { ChoiceField, TextField } from '../controls.tsx';
import { count, power } from '../numbers.ts';
import { planned } from '../plan-state.ts';
import * as settings from '../plan-settings.ts';
import { asShare } from './plan-answers.tsx';
import { PlanPart } from './plan-part.tsx';

export function ShapesPart() {
  return (
    <PlanPart part="shapes" title="Architectures" about="layers, width and heads nearest to the optimal size; exact FLOPs by context length"
      fields={(
        <div class="fields">
          <TextField label="How many" of={settings.shapeCount} />
          <TextField label="Context lengths" of={settings.contexts} suggestions={['4096', '4096,131072']} hint="tokens of a sequence, apart by commas" />
          <TextField label="Vocabulary" of={settings.vocabulary} suggestions={['32000', '128k']} hint="tokens; 32,000 in Hoffmann et al. 2022" />
          <ChoiceField label="Feed-forward layers" of={settings.gated} choices={[['no', 'Two matrices'], ['yes', 'Three, gated as SwiGLU']]} />
        </div>
      )}
      answers={(plans) => <Shapes plans={plans} />} />
  );
}

function Shapes({ plans }: { readonly plans: readonly Plan[] }) {
  const contexts = planned.value?.request.shapes.contexts ?? [];
  const byContext = plans.map(({ budgets: [atBudget], targets: [ofLoss] }) => (atBudget ?? ofLoss)?.shapes ?? []);
  const [shapes = []] = byContext;
  if (plans.length === 0) return <p class="remark">Give a context length.</p>;
  if (shapes.length === 0) return <p class="remark">No architecture is near: the goal has no optimal size, or one out of reach.</p>;
  return (
    <>
      <h3 id="shapes-heading">Nearest architectures, trained on the optimal tokens</h3>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="shapes-heading">
        <table class="figures models">
          <thead>
            <tr>
              {['Layers × width', 'N', '6ND, FLOPs'].map((title) => <th key={title} scope="col">{title}</th>)}
              {contexts.map((context) => <th key={context} scope="col">Counted, context {formatInteger(context)}</th>)}
              <th scope="col">Without embeddings</th>
            </tr>
          </thead>
          <tbody>
            {shapes.map(({ architecture: { layers, width, heads }, parameters, error, approximate }, k) => (
              <tr key={`${layers} ${width}`} data-shape={k}>
                <th scope="row">{formatInteger(layers)} × {formatInteger(width)}<span class="interval">{formatInteger(heads)} heads</span></th>
                <td><span data-figure="N">{count(parameters.total)}</span><span class="interval">{asShare(error)} off</span></td>
                <td data-figure="approximate">{power(approximate)}</td>
                {byContext.map((all, j) => (
                  <td key={contexts[j]}>
                    <span data-figure={`counted-${contexts[j]}`}>{power(all[k].counted)}</span>
                    <span class="interval">{formatNumber(all[k].counted / approximate, 3)} × 6ND</span>
                  </td>
                ))}
                <td>{count(parameters.withoutEmbeddings)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="hint">Widths and depths as in Table A9 of Hoffmann et al. 2022. Counted: every matrix, attention within the context, embeddings and logits.</p>
    </>
  );
}
