/** Mixtures of experts at the budget, by published laws of their own. */
import { formatCount, formatInteger, formatNumber, publishedGranularity, publishedRouting, publishedSparsity, type Plan } from '../../index.ts';
import { TextField } from '../controls.tsx';
import { power } from '../numbers.ts';
import * as settings from '../plan-settings.ts';
import { asCount, asFlops, asLoss, asRatio, asShare, given, ModelsTable, type ModelColumn } from './plan-answers.tsx';
import { PlanPart } from './plan-part.tsx';

export function MixturesPart() {
  return (
    <PlanPart part="mixtures" title="Mixtures of experts" about="granularity, sparsity, and how many experts: what they are worth"
      fields={(
        <div class="fields">
          <TextField label="Granularities" of={settings.granularities} suggestions={['1,4,16']} hint={`how many times finer, of ${publishedGranularity.expansion} experts`} />
          <TextField label="Shares inactive" of={settings.sparsities} suggestions={['0,0.5,0.9,0.95']} hint="of the parameters, for each token" />
          <TextField label="Sizes to make sparse" of={settings.sparseSizes} placeholder="none" suggestions={['100B', '30B,100B,300B']} hint="all parameters; the best share for each" />
          <TextField label="Experts" of={settings.experts} suggestions={['8,64']} hint="in place of each feed-forward layer" />
        </div>
      )}
      answers={([plan], { serving: { demand } }) => <Mixtures plan={plan} served={demand.inputTokens + demand.outputTokens} />} />
  );
}

type Mixtures = NonNullable<Plan['budgets'][number]['mixtures']>;
type Granular = Mixtures['granularity'][number];
type Sparse = Mixtures['sparsity'][number];
type Experts = Mixtures['experts'][number];

const GRANULAR: readonly ModelColumn<Granular>[] = [
  { id: 'N', title: 'N', answer: ({ N }) => given(N), write: asCount, under: true },
  { id: 'active', title: 'Active', answer: ({ active }) => given(active), write: asCount, under: true },
  { id: 'D', title: 'D', answer: ({ D }) => given(D), write: asCount, under: true },
  { id: 'loss', title: 'Loss', answer: ({ loss }) => given(loss), write: asLoss },
  { id: 'dense', title: 'Loss of a dense one, same cost', answer: ({ denseLoss }) => given(denseLoss), write: asLoss },
  { id: 'compute', title: 'Compute of a dense one, same loss', answer: ({ denseCompute }) => given(denseCompute), write: (times) => `${formatNumber(times, 3)}×` },
];
/** Of those that are served. */
const TOTAL: ModelColumn<Granular> = { id: 'total', title: 'Training and serving, FLOPs', answer: ({ lifetime }) => given(lifetime?.total ?? NaN), write: asFlops };
const SPARSE: readonly ModelColumn<Sparse>[] = [
  { id: 'N', title: 'N', answer: ({ N }) => given(N), write: asCount, under: true },
  { id: 'active', title: 'Active', answer: ({ active }) => given(active), write: asCount, under: true },
  { id: 'D', title: 'D', answer: ({ D }) => given(D), write: asCount, under: true },
  { id: 'loss', title: 'Loss', answer: ({ loss }) => given(loss), write: asLoss },
];
const EXPERTS: readonly ModelColumn<Experts>[] = [
  { id: 'effective', title: 'Counts for parameters', answer: ({ answers }) => answers.effective, write: asCount },
  { id: 'times', title: 'Times the dense optimum', answer: ({ answers }) => answers.times, write: asRatio },
];

/** `served`: tokens. */
function Mixtures({ plan: { budgets: [atBudget] }, served }: { readonly plan: Plan; readonly served: number }) {
  if (!atBudget?.mixtures) return <p class="remark">Answered at a budget, not for a target loss.</p>;
  const { granularity, sparsity, sizes, experts } = atBudget.mixtures;
  const at = `for ${power(atBudget.C)} FLOPs`;
  return (
    <>
      {granularity.length > 1 && <Granularities models={granularity} at={at} served={served} />}
      {sparsity.length > 0 && <ModelsTable title={`The best model of each sparsity ${at}`} models={sparsity} name={['Inactive', ({ sparsity: share }) => asShare(share)]} columns={SPARSE} />}
      {sizes.length > 0 && <ModelsTable title={`The best sparsity of each size ${at}`} models={sizes} name={['Best', ({ N, sparsity: share }) => `${formatCount(N)}, ${asShare(share)} inactive`]} columns={SPARSE} />}
      {sparsity.length + sizes.length > 0 && <p class="hint">Sparsity: {publishedSparsity.source}. With the size free, sparser is always better there.</p>}
      {experts.length > 0 && <Counts plans={atBudget.mixtures} at={at} />}
    </>
  );
}

function Granularities({ models, at, served }: { readonly models: Mixtures['granularity']; readonly at: string; readonly served: number }) {
  const columns = models.some(({ lifetime }) => lifetime) ? [...GRANULAR, TOTAL] : GRANULAR;
  return (
    <>
      <ModelsTable title={`Dense, and ${publishedGranularity.expansion} experts of each granularity, ${at}`} models={models} name={['Model', ({ granularity }) => (granularity === undefined ? 'dense' : `G = ${granularity}`)]} columns={columns} />
      <p class="hint">
        By a law of its own and not that of the runs: {publishedGranularity.source}. Same cost: as many active parameters on as many tokens.
        {columns.length > GRANULAR.length && ` Training and serving: of ${formatCount(served)} tokens, as under “With serving”, to the loss of the best dense model; routers not counted.`}
      </p>
    </>
  );
}

function Counts({ plans: { experts, cutoff }, at }: { readonly plans: Mixtures; readonly at: string }) {
  return (
    <>
      <ModelsTable title={`What the optimum ${at} counts for with more experts`} models={experts} name={['Experts', ({ experts: count }) => formatInteger(count)]} columns={EXPERTS} />
      <p class="hint">
        Effective parameters: {publishedRouting.source}. The optimum is by the law of the runs.
        {cutoff !== undefined && ` From ${formatCount(cutoff)} parameters on more experts do not help there.`}
      </p>
    </>
  );
}
