/** The settings of the fit and of its intervals; each change sets off what it takes. */
import { computed } from '@preact/signals';
import { ChoiceField, TextField } from './controls.tsx';
import { bootstrapKinds, intervalKinds, lawFormula, lossIds, type LossId } from '../index.ts';
import { lawChoices } from './laws.ts';
import { look } from './look.ts';
import { LOSSES } from './losses.ts';
import * as state from './state.ts';

const lossChoices = lossIds.map((id: LossId) => [id, LOSSES[id]] as const);
const KINDS: Readonly<Record<typeof bootstrapKinds[number], string>> = {
  pairs: 'Runs', residual: 'Residuals', wild: 'Wild', parametric: 'Parametric', cluster: 'Clusters of runs',
};
const INTERVALS: Readonly<Record<typeof intervalKinds[number], string>> = { percentile: 'Percentile', basic: 'Basic', bca: 'BCa', sandwich: 'Sandwich' };
const groupChoices = computed(() => [['', 'All runs are one'], ...(state.preview.value?.columns ?? []).map((name) => [name, name])] as [string, string][]);
const columnChoices = computed(() => [['N', 'Model size'], ...(state.preview.value?.columns ?? []).map((name) => [name, name])] as [string, string][]);

export function Settings() {
  const resampled = state.replicates.value > 0;
  const { threshold, envelope } = state.lossParts.value;
  return (
    <details class="settings" open={!look.value.compact}>
      <summary>Settings</summary>
      <div class="fields">
        <ChoiceField label="Law" of={state.law} choices={lawChoices()} />
        <ChoiceField label="Loss" of={state.loss} choices={lossChoices} />
        {threshold && <TextField label="Huber δ, nats" of={state.delta} suggestions={['0.001', '0.0001', '0.01']} hint="0.001 is the paper’s, of log loss" />}
        {envelope && <TextField label="Share below the law" of={state.envelope} suggestions={['0.05', '0.1', '0.5']} hint="of the runs, about; 0.1 is a tenth" />}
        <TextField label="Hold parameters" of={state.fix} placeholder="alpha=0.34" hint={`at a value, apart by commas; ${lawFormula(state.law.value)}`} />
        <TextField label="Bound parameters" of={state.bounds} option="bounds" placeholder="alpha=0.1:0.6" hint="between two values, one of which may be left out; apart by commas" />
        {(groupChoices.value.length > 1 || state.group.value !== '') && <ChoiceField label="Groups of runs by" of={state.group} option="groups" choices={groupChoices.value} />}
        {state.group.value !== '' && <TextField label="Shared by the groups" of={state.share} option="share" placeholder="alpha,beta" hint="parameters, apart by commas; the others are each group’s own" />}
        <TextField label="Starts" of={state.starts} suggestions={['auto', 'paper', '32', '200', '1000']} hint="auto draws 32; paper is the law’s grid, of 4500 for Chinchilla’s" />
        <TextField label="Drop highest losses" of={state.dropHighest} option="dropHighest" suggestions={['0', '5']} />
        <TextField label="Keep only" of={state.where} placeholder="C<1e21; D/N>=5" hint="runs for which this holds: of N, D, C, D/N, loss or a column of the table, corpus=web; apart by ;" />
        <TextField label="Bootstrap resamples" of={state.replicates} suggestions={['0', '200', '1000', '4000', '10000']} hint="0: sandwich intervals alone" />
        {resampled && <ChoiceField label="Resample" of={state.kind} option="kind" choices={bootstrapKinds.map((kind) => [kind, KINDS[kind]] as const)} />}
        {resampled && state.kind.value === 'cluster' && <ChoiceField label="Cluster by" of={state.cluster} choices={columnChoices.value} />}
        {resampled && <ChoiceField label="Interval" of={state.interval} choices={intervalKinds.map((kind) => [kind, INTERVALS[kind]] as const)} />}
        <TextField label="Confidence" of={state.confidence} suggestions={['0.8', '0.9', '0.95', '0.99']} />
        <TextField label="Extrapolate to, FLOPs" of={state.budget} option="budget" suggestions={['5.76e23', '1e24', '1e25', '1e26']} />
        <TextField label="Seed" of={state.seed} />
        <ChoiceField label="Compute on" of={state.device} option="backend" choices={[['gpu', 'GPU'], ['cpu', 'CPU, float64']]} />
      </div>
    </details>
  );
}
