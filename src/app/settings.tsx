/** The settings of the fit and of its intervals; each change sets off what it takes. */
import { computed } from '@preact/signals';
import { ChoiceField, TextField } from './controls.tsx';
import { lawIds } from '../index.ts';
import { look } from './look.ts';
import * as state from './state.ts';

const LAWS: Readonly<Record<string, string>> = {
  chinchilla: 'Chinchilla', 'chinchilla-allocation': 'Chinchilla, a as a parameter', 'chinchilla-tied': 'Chinchilla, one exponent',
  'chinchilla-gamma': 'Chinchilla, γ on the sum', kaplan: 'Kaplan',
};
const lawChoices = lawIds.map((id) => [id, LAWS[id] ?? id] as const);
const columnChoices = computed(() => [['N', 'Model size'], ...(state.preview.value?.columns ?? []).map((name) => [name, name])] as [string, string][]);

export function Settings() {
  const resampled = state.replicates.value > 0;
  return (
    <details class="settings" open={!look.value.compact}>
      <summary>Settings</summary>
      <div class="fields">
        <ChoiceField label="Law" of={state.law} choices={lawChoices} />
        <TextField label="Huber δ, nats" of={state.delta} suggestions={['0.001', '0.0001', '0.01']} hint="of log loss; 0.001 is the paper’s" />
        <TextField label="Starts" of={state.starts} suggestions={['auto', 'paper', '32', '200', '1000']} hint="auto draws 32; paper is the law’s grid, of 4500 for Chinchilla’s" />
        <TextField label="Drop highest losses" of={state.dropHighest} option="dropHighest" suggestions={['0', '5']} />
        <TextField label="Keep only" of={state.where} placeholder="C<1e21; D/N>=5" hint="N, D, C, D/N or loss; apart by ;" />
        <TextField label="Bootstrap resamples" of={state.replicates} suggestions={['0', '200', '1000', '4000', '10000']} hint="0: sandwich intervals alone" />
        {resampled && <ChoiceField label="Resample" of={state.kind} option="kind" choices={[['pairs', 'Runs'], ['cluster', 'Clusters of runs'], ['residual', 'Residuals'], ['wild', 'Wild'], ['parametric', 'Parametric']]} />}
        {resampled && state.kind.value === 'cluster' && <ChoiceField label="Cluster by" of={state.cluster} choices={columnChoices.value} />}
        {resampled && <ChoiceField label="Interval" of={state.interval} choices={[['percentile', 'Percentile'], ['basic', 'Basic'], ['bca', 'BCa'], ['sandwich', 'Sandwich']]} />}
        <TextField label="Confidence" of={state.confidence} suggestions={['0.8', '0.9', '0.95', '0.99']} />
        <TextField label="Extrapolate to, FLOPs" of={state.budget} option="budget" suggestions={['5.76e23', '1e24', '1e25', '1e26']} />
        <TextField label="Seed" of={state.seed} />
        <ChoiceField label="Compute on" of={state.device} option="backend" choices={[['gpu', 'GPU'], ['cpu', 'CPU, float64']]} />
      </div>
    </details>
  );
}
