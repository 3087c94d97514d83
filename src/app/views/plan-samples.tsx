/** Test-time compute, by a table of samples of its own: what more of them are worth, and when a larger model is. */
import { useSignal } from '@preact/signals';
import { coverageFigure, formatInteger, formatNumber, type Answer, type Coverage, type ModelCoverage } from '../../index.ts';
import { Chart } from '../chart.tsx';
import { TextField } from '../controls.tsx';
import { DropArea, FileButton } from '../files.tsx';
import { look } from '../look.ts';
import { number, percent, power, prose } from '../numbers.ts';
import * as settings from '../plan-settings.ts';
import { given as table, pasteSamples, reading, sampled, takeSamples } from '../samples-state.ts';
import { troubles } from '../state.ts';
import { asCount, given, ModelsTable, type ModelColumn } from './plan-answers.tsx';
import { Fold } from './plan-part.tsx';

export function SamplesPart() {
  const open = settings.unfolded.value.includes(settings.SAMPLES);
  return (
    <Fold part={settings.SAMPLES} title="Test-time compute" about="more samples of a problem, or a larger model; by a table of your own">
      {open && <><Bring /><Fields /><Found /></>}
    </Fold>
  );
}

/** A table of its own, which may be dropped here. */
function Bring() {
  const pasted = useSignal('');
  const trouble = troubles.value.samples;
  return (
    <DropArea class="drop" take={takeSamples}>
      <p class="remark">
        A row for each problem, or problem and model: problem, n samples drawn, c right ones; also model, N, tokens of a sample. CSV, TSV, JSON,
        JSON Lines or Parquet; drop it here. It stays in this tab.
      </p>
      <div class="way">
        <FileButton id="samples" take={takeSamples}>Choose a table of samples</FileButton>
        {table.value && <button type="button" onClick={() => { table.value = undefined; }}>Take it away</button>}
      </div>
      <details>
        <summary>Paste a table of samples</summary>
        <form class="paste" onSubmit={(event) => { event.preventDefault(); if (pasted.value.trim()) pasteSamples(pasted.value); }}>
          <textarea aria-label="Pasted samples" rows={6} spellcheck={false} placeholder={'problem,model,N,n,c\nsums,small,7B,100,62\n…'} value={pasted.value}
            onInput={(event) => { pasted.value = event.currentTarget.value; }} />
          <button type="submit">Read them</button>
        </form>
      </details>
      <p class="remark" id="samples-read" role="status">{statusText()}</p>
      {trouble && trouble.place?.option !== settings.samplesColumns.key && <p class="trouble" role="alert" data-trouble="samples">{trouble.message}</p>}
    </DropArea>
  );
}

function statusText(): string {
  if (reading.value) return 'Computing …';
  if (!sampled.value) return '';
  const { name, coverage: { models, replicates, paired } } = sampled.value;
  const kind = models.length > 1 ? paired ? ', the same for all models' : ', of each model by itself' : '';
  return `${name}: intervals are percentiles of ${formatInteger(replicates)} resamples of the problems${kind}.`;
}

function Fields() {
  return (
    <div class="fields">
      <TextField label="Samples k" of={settings.samplesAt} suggestions={['1000', '1000,10000']} hint="whose coverage the law tells, also beyond those drawn" />
      <TextField label="Coverage to reach" of={settings.samplesTargets} suggestions={['0.9', '0.5,0.9']} hint="shares, apart by commas" />
      <TextField label="Tokens of a sample" of={settings.samplesTokens} placeholder="those of the table" hint="generated; with N they are a cost" />
      <TextField label="Verifier" of={settings.samplesVerifier} placeholder="none" suggestions={['0.9:0.05']} hint="shares of right and of wrong ones it accepts" />
      <TextField label="Columns" of={settings.samplesColumns} placeholder="by their names" suggestions={['n:attempts,c:num_passed']} hint="role:name, apart by commas" />
    </div>
  );
}

function Found() {
  if (!sampled.value) return null;
  const { coverage, trades, warnings, notes } = sampled.value;
  return (
    <>
      {trades.map((text) => <p key={text} class="notice" data-trade>{prose(text)}</p>)}
      {warnings.map((text) => <p key={text} class="problem">{prose(text)}</p>)}
      <Models coverage={coverage} />
      <Curves coverage={coverage} />
      <Asked coverage={coverage} />
      <Targets coverage={coverage} />
      <Best coverage={coverage} />
      <Chart nested tall={look.value.compact} name="coverage" title="Coverage against samples" figure={() => sampled.value && coverageFigure(sampled.value.coverage, look.value)}>
        Points: the unbiased estimate and its band. Lines: exp(a·k^b), dashed beyond the samples that were drawn.
      </Chart>
      <p class="hint">{prose(notes.join(' '))}</p>
    </>
  );
}

const asCoverage = (share: number) => number(share, 3);
const asSamples = (samples: number) => (samples < 1e6 ? formatInteger(Number(samples.toPrecision(3))) : power(samples, 3));
const asWhole = (value: number) => formatInteger(value);
const asParameter = (value: number) => number(value, 4);
const NONE: Answer = given(NaN);

interface Props { readonly coverage: Coverage }

const nameOf = ({ model }: ModelCoverage) => model || 'all samples';

const MODELS: readonly ModelColumn<ModelCoverage>[] = [
  { id: 'problems', title: 'Problems', answer: ({ problems }) => given(problems), write: asWhole },
  { id: 'solved', title: 'With a right sample', answer: ({ solved }) => given(solved), write: asWhole },
  { id: 'most', title: 'Samples of each', answer: ({ most }) => given(most), write: asWhole },
  { id: 'a', title: 'a', answer: ({ fit }) => fit?.intervals.a ?? NONE, write: asParameter },
  { id: 'b', title: 'b', answer: ({ fit }) => fit?.intervals.b ?? NONE, write: asParameter },
  { id: 'rms', title: 'Off, rms', answer: ({ fit }) => given(fit?.rms ?? NaN), write: (value) => number(value, 2) },
];
const COSTS: readonly ModelColumn<ModelCoverage>[] = [
  { id: 'N', title: 'N', answer: ({ N = NaN }) => given(N), write: asCount, under: true },
  { id: 'cost', title: 'FLOPs of a sample', answer: ({ cost = NaN }) => given(cost), write: (value) => power(value, 3) },
];

/** What was read, and the law of each: exp(a·k^b). */
function Models({ coverage: { models } }: Props) {
  const priced = models.some(({ cost }) => cost !== undefined);
  return (
    <>
      <ModelsTable title="Coverage of k samples, the law exp(a·k^b)" models={models} columns={priced ? [...COSTS, ...MODELS] : MODELS} name={['Model', nameOf]} />
      {models.map((model) => model.fit && <p key={model.model} class="remark" data-certificate>{certificateOf(model)}</p>)}
    </>
  );
}

function certificateOf({ model, fit, trial }: ModelCoverage): string {
  const { verdict, agreeing, starts } = fit!;
  const certified = `${model && `${model}: `}${verdict === 'pass' ? 'certified' : 'not certified'}, ${agreeing} of ${starts} starts agree`;
  if (!trial) return `${certified}.`;
  return `${certified}; fitted up to k = ${formatInteger(trial.upTo)} alone it says ${asCoverage(trial.predicted)} for ${formatInteger(trial.k)}, where ${asCoverage(trial.measured)} is measured.`;
}

interface AtSamples {
  readonly k: number;
  /** One a model. */
  readonly answers: readonly (Answer | undefined)[];
  readonly beyond?: number;
}

function columnsFor(models: readonly ModelCoverage[]): ModelColumn<AtSamples>[] {
  return models.map((model, m) => ({ id: `coverage-${m}`, title: model.model || 'Coverage', answer: ({ answers }) => answers[m] ?? NONE, write: asCoverage }));
}

/** At 1, 2, 5, 10 … samples, and the most. */
function Curves({ coverage: { models } }: Props) {
  const all = new Set(models.flatMap(({ curve, most }) => curve.map(({ k }) => k).filter((k) => k === most || /^[125]0*$/.test(String(k)))));
  const rows = [...all].toSorted((one, other) => one - other)
    .map((k): AtSamples => ({ k, answers: models.map(({ curve }) => curve.find((point) => point.k === k)?.coverage) }));
  return <ModelsTable title="Coverage measured, pass@k" models={rows} columns={columnsFor(models)} inRows name={['k', ({ k }) => formatInteger(k)]} />;
}

function Asked({ coverage: { models } }: Props) {
  const all = [...new Set(models.flatMap(({ asked }) => asked.map(({ k }) => k)))];
  const rows = all.map((k): AtSamples => {
    const each = models.map(({ asked }) => asked.find((one) => one.k === k));
    return { k, answers: each.map((one) => one?.coverage), beyond: Math.max(1, ...each.map((one) => one?.beyond ?? 1)) };
  });
  if (rows.length === 0) return null;
  return <ModelsTable title="Coverage by the law" models={rows} columns={columnsFor(models)} name={['k', ({ k, beyond }) => <>{asSamples(k)}<Beyond times={beyond} /></>]} />;
}

function Beyond({ times = 1 }: { readonly times?: number | undefined }) {
  return times > 1 ? <span class="interval">{formatNumber(times, 2)}× beyond the samples</span> : null;
}

type Target = ModelCoverage['targets'][number] & { readonly model: ModelCoverage };

const TARGETS: readonly ModelColumn<Target>[] = [
  { id: 'samples', title: 'Samples', answer: ({ samples }) => samples, write: asSamples },
  { id: 'flops', title: 'FLOPs a problem', answer: ({ flops = NONE }) => flops, write: (value) => power(value, 3) },
];

function Targets({ coverage: { models } }: Props) {
  const rows = models.flatMap((model) => model.targets.map((target): Target => ({ ...target, model }))).toSorted((one, other) => one.coverage - other.coverage);
  if (rows.length === 0) return null;
  const columns = rows.some(({ flops }) => flops) ? TARGETS : TARGETS.slice(0, 1);
  return <ModelsTable title="Samples for a coverage, by the law" models={rows} columns={columns} name={['Coverage', ({ coverage, model, beyond }) => <>{asCoverage(coverage)}{model.model && `, ${model.model}`}<Beyond times={beyond} /></>]} />;
}

function Best({ coverage: { models } }: Props) {
  const { value: verifier } = settings.samplesVerifier;
  const curves = models.map(({ best }) => [...best?.curve ?? [], ...(best ? [{ k: Infinity, accuracy: best.plateau }] : [])]);
  const all = [...new Set(curves.flat().map(({ k }) => k))].toSorted((one, other) => one - other);
  if (all.length === 0 || !verifier) return null;
  const rows = all.map((k): AtSamples => ({ k, answers: curves.map((curve) => curve.find((one) => one.k === k)?.accuracy) }));
  const accepts = `accepts ${percent(verifier.truePositive)} of the right ones and ${percent(verifier.falsePositive)} of the wrong`;
  return <ModelsTable title={`The best of k, by a verifier that ${accepts}`} models={rows} columns={columnsFor(models)} inRows name={['k', ({ k }) => (k === Infinity ? 'ever more' : formatInteger(k))]} />;
}
