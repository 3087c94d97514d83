/** The nearest real architectures to the optimal size, with their FLOPs counted matrix by matrix. */
import { formatInteger, formatNumber, type Plan } from '../../index.ts';
import { ChoiceField, TextField } from '../controls.tsx';
import { look } from '../look.ts';
import { count, power } from '../numbers.ts';
import type { PlanRequest } from '../planning.ts';
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
      answers={(plans, request) => <Shapes plans={plans} asked={request.shapes} />} />
  );
}

function Shapes({ plans, asked: { contexts, recompute } }: { readonly plans: readonly Plan[]; readonly asked: PlanRequest['shapes'] }) {
  const rule = recompute ? '8ND' : '6ND';
  const byContext = plans.map(({ budgets: [atBudget], targets: [ofLoss] }) => (atBudget ?? ofLoss)?.shapes ?? []);
  const [shapes = []] = byContext;
  if (plans.length === 0) return <p class="remark">Give a context length.</p>;
  if (shapes.length === 0) return <p class="remark">No architecture is near: the goal has no optimal size, or one out of reach.</p>;
  const columns: readonly Column[] = [
    { title: `${rule}, FLOPs`, id: 'approximate', of: (k) => power(shapes[k].approximate) },
    ...byContext.map((all, j): Column => ({
      title: `Counted, context ${formatInteger(contexts[j])}`, id: `counted-${contexts[j]}`, of: (k) => power(all[k].counted),
      under: (k) => `${formatNumber(all[k].counted / all[k].approximate, 3)} × ${rule}`,
    })),
    { title: 'Without embeddings', id: 'inner', of: (k) => count(shapes[k].parameters.withoutEmbeddings) },
  ];
  return (
    <>
      <h3 id="shapes-heading">Nearest architectures, trained on the optimal tokens</h3>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="shapes-heading">
        {look.value.compact ? <Stacked shapes={shapes} columns={columns} /> : <InColumns shapes={shapes} columns={columns} />}
      </div>
      <p class="hint">Widths and depths as in Table A9 of Hoffmann et al. 2022. Counted: every matrix, attention within the context, embeddings and logits.</p>
    </>
  );
}

type Shape = Plan['budgets'][number]['shapes'][number];

/** What is said of the k-th shape, and below it. */
interface Column {
  readonly title: string;
  readonly id: string;
  readonly of: (k: number) => string;
  readonly under?: (k: number) => string;
}

interface Props {
  readonly shapes: readonly Shape[];
  readonly columns: readonly Column[];
}

function InColumns({ shapes, columns }: Props) {
  return (
    <table class="figures models">
      <thead><tr>{['Layers × width', 'N', ...columns.map(({ title }) => title)].map((title) => <th key={title} scope="col">{title}</th>)}</tr></thead>
      <tbody>
        {shapes.map((shape, k) => (
          <tr key={k} data-shape={k}>
            <th scope="row">{sizeOf(shape)}<span class="interval">{formatInteger(shape.architecture.heads)} heads</span></th>
            <td><span data-figure="N">{count(shape.parameters.total)}</span><span class="interval">{asShare(shape.error)} off</span></td>
            {columns.map((column) => <Cell key={column.id} column={column} k={k} />)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On a narrow screen a block each. */
function Stacked({ shapes, columns }: Props) {
  return (
    <table class="figures models stacked">
      {shapes.map((shape, k) => (
        <tbody key={k} data-shape={k}>
          <tr class="head">
            <th scope="rowgroup" colSpan={2}>
              {sizeOf(shape)}
              <span class="interval">
                {formatInteger(shape.architecture.heads)} heads, N <span data-figure="N">{count(shape.parameters.total)}</span>, {asShare(shape.error)} off
              </span>
            </th>
          </tr>
          {columns.map((column) => <tr key={column.id}><th scope="row">{column.title}</th><Cell column={column} k={k} /></tr>)}
        </tbody>
      ))}
    </table>
  );
}

function Cell({ column: { id, of, under }, k }: { readonly column: Column; readonly k: number }) {
  return <td><span data-figure={id}>{of(k)}</span>{under && <span class="interval">{under(k)}</span>}</td>;
}

/** "78 × 7,552" */
function sizeOf({ architecture: { layers, width } }: Shape): string {
  return `${formatInteger(layers)} × ${formatInteger(width)}`;
}
