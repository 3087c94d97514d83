/** What to train next, at what cost: a goal, its optimum, and all that can be asked beside it, each with intervals. */
import { useSignalEffect } from '@preact/signals';
import { flatnessFigure, formatNumber, ratioFigure, wellKnownModels } from '../../index.ts';
import { Chart, FitChart } from '../chart.tsx';
import { ChoiceField, TextField } from '../controls.tsx';
import { look } from '../look.ts';
import { power } from '../numbers.ts';
import { problem } from '../plan-budget.ts';
import { answersOf, follow } from '../plan-state.ts';
import * as settings from '../plan-settings.ts';
import { EXCESSES } from '../plan-excesses.ts';
import { budget, found, resampling, troubles } from '../state.ts';
import { NoFrontier } from './no-frontier.tsx';
import { AnswersTable, asCount, asFlops, asLoss, asRatio, type Row } from './plan-answers.tsx';
import { AsidePart } from './plan-aside.tsx';
import { CostPart } from './plan-cost.tsx';
import { EmergencePart } from './plan-emergence.tsx';
import { MixturesPart } from './plan-mixtures.tsx';
import { ModelsPart } from './plan-models.tsx';
import { PrecisionPart } from './plan-precision.tsx';
import { RepetitionPart } from './plan-repetition.tsx';
import { SamplesPart } from './plan-samples.tsx';
import { ServingPart } from './plan-serving.tsx';
import { ShapesPart } from './plan-shapes.tsx';

export function PlanView() {
  useSignalEffect(follow);
  const fit = found.value?.fit;
  if (fit && !('a' in fit.exponents)) return <><NoFrontier law={fit.law} title="Nothing to plan with this law" /><SamplesPart /></>;
  const computed = computeOfGoal();
  return (
    <>
      <GoalFields />
      <Optimum />
      <FitChart name="ratio" tall figure={() => found.value && ratioFigure(found.value.sweep, found.value.fit, {
        ...look.value, models: wellKnownModels, budget: computeOfGoal() ?? budget.value, ...(resampling.value && { bootstrap: resampling.value.bootstrap }),
      })} />
      {computed !== undefined && (
        <Chart name="budget" title="Loss at this budget" figure={() => found.value && flatnessFigure(found.value.fit, computeOfGoal() ?? budget.value, look.value)}>
          How flat the optimum is: model size against loss with C = 6ND fixed, and the sizes that lose little.
        </Chart>
      )}
      <CostPart />
      <AsidePart />
      <ModelsPart />
      <ServingPart />
      <RepetitionPart />
      <ShapesPart />
      <PrecisionPart />
      <MixturesPart />
      <EmergencePart />
      <SamplesPart />
    </>
  );
}

/** Training FLOPs: the budget, or those of a loss once they are there. */
function computeOfGoal(): number | undefined {
  if (settings.means.value !== 'loss') return budget.value;
  const C = answersOf('goal')?.plans?.[0]?.targets[0]?.optimum.C.value;
  return C !== undefined && Number.isFinite(C) ? C : undefined;
}

const MEANS: Readonly<Record<settings.Means, string>> = {
  flops: 'Training FLOPs', hours: 'Device-hours', clock: 'Hours by the clock', money: 'Money', energy: 'Energy', loss: 'Target loss',
};

function GoalFields() {
  const kind = settings.means.value;
  const bought = kind !== 'flops' && kind !== 'loss';
  return (
    <section aria-labelledby="budget-heading">
      <h2 id="budget-heading">Goal</h2>
      <div class="fields">
        <ChoiceField label="Given as" of={settings.means} choices={settings.MEANS.map((means) => [means, MEANS[means]] as const)} />
        {kind === 'flops' && <TextField label="Training FLOPs" of={budget} suggestions={['5.76e23', '1e24', '1e25', '1e26']} hint="C = 6ND" />}
        {kind === 'hours' && <TextField label="Device-hours" of={settings.hours} hint="of one device, over all devices" />}
        {kind === 'clock' && <TextField label="Hours by the clock" of={settings.clock} hint="that all devices train" />}
        {kind === 'money' && <TextField label="Money" of={settings.money} hint="in the currency of the price" />}
        {kind === 'energy' && <TextField label="Energy, kWh" of={settings.energy} />}
        {kind === 'loss' && <TextField label="Target loss" of={settings.targetLoss} hint="nats per token, reached with the least compute" />}
      </div>
      {bought && <p class="remark">What it buys follows from the devices under “Time, money, energy” below: {power(budget.value)} FLOPs.</p>}
      {problem.value && <p class="problem" role="alert">{problem.value}</p>}
      {troubles.value.plan && <p class="trouble" role="alert" data-trouble="plan">{troubles.value.plan.message}</p>}
    </section>
  );
}

function Optimum() {
  const answers = answersOf('goal');
  if (!answers) return null;
  const { budgets: [C] = [], losses: [loss] = [] } = answers.request.goal;
  const outdated = troubles.value.fit !== undefined;
  return (
    <section aria-labelledby="allocation-heading" id="allocation" class={outdated ? 'stale' : undefined}>
      <h2 id="allocation-heading">{C === undefined ? `Least compute for a loss of ${loss}` : `Optimal for ${power(C)} FLOPs`}{outdated && ', by the settings before'}</h2>
      {answers.problem === undefined ? <AnswersTable quiet title="Compute-optimal model" rows={optimumRows(answers.plans)} /> : <p class="problem" role="alert">{answers.problem}</p>}
      <Reach />
    </section>
  );
}

type Plans = NonNullable<NonNullable<ReturnType<typeof answersOf>>['plans']>;

function optimumRows(plans: Plans): Row[] {
  const [{ budgets: [atBudget], targets: [ofLoss] }] = plans;
  const { optimum, beyond } = atBudget ?? ofLoss;
  const rows: Row[] = [
    { id: 'N', label: 'Parameters N', answer: optimum.N, write: asCount, beyond: beyond.N },
    { id: 'D', label: 'Training tokens D', answer: optimum.D, write: asCount, beyond: beyond.D },
    { id: 'ratio', label: 'Tokens per parameter', answer: optimum.tokensPerParameter, write: asRatio },
  ];
  if (ofLoss) return [{ id: 'C', label: 'Training FLOPs', answer: ofLoss.optimum.C, write: asFlops, beyond: beyond.C }, ...rows];
  return [
    ...rows,
    { id: 'loss', label: 'Loss, nats per token', answer: atBudget.optimum.loss, write: asLoss },
    ...plans.flatMap(({ budgets }, k) => flatRows(budgets[0].flatness.N, EXCESSES[k])),
  ];
}

function flatRows({ smallest, largest }: Plans[number]['budgets'][number]['flatness']['N'], excess: number): Row[] {
  const share = `${formatNumber(100 * excess, 1)}\u00a0%`;
  return [
    { id: `smallest-${excess}`, label: `Smallest N within ${share} of this loss`, answer: smallest, write: asCount },
    { id: `largest-${excess}`, label: `Largest N within ${share}`, answer: largest, write: asCount },
  ];
}

/** How far the goal is beyond the runs. */
function Reach() {
  const { budgets: [atBudget] = [], targets: [ofLoss] = [] } = answersOf('goal')?.plans?.[0] ?? {};
  const { C = 1 } = (atBudget ?? ofLoss)?.beyond ?? {};
  if (!(C > 1)) return null;
  return <p data-reach>The compute is {formatNumber(C, 2)} times beyond that of the runs: an extrapolation, and no run says that the law holds there.</p>;
}
