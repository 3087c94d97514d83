/** Emergence or mirage: the same models under each ruler, and under which they look like a jump. */
import { publishedErrors, rulerName, type EmergencePoint, type RulerReading } from '../../index.ts';
import { ChoiceField, TextField } from '../controls.tsx';
import { number, power, prose } from '../numbers.ts';
import { answersOf } from '../plan-state.ts';
import type { Rulers } from '../planning.ts';
import * as settings from '../plan-settings.ts';
import { asCount, given, ModelsTable, type ModelColumn } from './plan-answers.tsx';
import { PlanPart } from './plan-part.tsx';

export function EmergencePart() {
  return (
    <PlanPart part="emergence" title="Emergence or mirage" about="under which rulers the same models look like a jump"
      fields={<Fields />}
      answers={() => {
        const rulers = answersOf('emergence')?.rulers;
        return rulers && <Shown rulers={rulers} />;
      }} />
  );
}

function Fields() {
  return (
    <div class="fields">
      <TextField label="Range of budgets" of={settings.scale} suggestions={['1e18..1e26:9', '1e20..1e24:9']} hint="training FLOPs, from..to:how many" />
      <TextField label="Tokens of an answer" of={settings.answerTokens} suggestions={['5', '5,30']} hint="exact match of so many, apart by commas" />
      <TextField label="Choices" of={settings.choices} hint="of a question" />
      <TextField label="Items of a test" of={settings.items} placeholder="none" suggestions={['100', '1000', '14k']} hint="what so few can show" />
      <TextField label="Floor" of={settings.floor} placeholder="the law’s E" suggestions={['0']} hint="nats; 0 where one answer is right" />
      <ChoiceField label="Downstream error" of={settings.errorRuler} choices={[['none', 'None'], ...publishedErrors.map(({ id, source }) => [id, source.replace(/^.*trained on /, 'Gadre et al. 2024, ')] as const)]} />
    </div>
  );
}

const LOOKS = { smooth: 'smooth', jump: 'a jump', flat: 'unchanged' } as const;

const reading = (value: number) => number(value, 4);

const SCORES: readonly ModelColumn<RulerReading>[] = [
  { id: 'first', title: 'First model', answer: ({ values }) => values[0], write: reading },
  { id: 'last', title: 'Last model', answer: ({ values }) => values.at(-1)!, write: reading },
  { id: 'score', title: 'Score', answer: ({ score }) => score, write: (value) => number(value, 3) },
  { id: 'times', title: 'Of equal steps', answer: ({ score, values }) => given(score.value / (values.length - 1)), write: (value) => `${number(value, 2)}×` },
];

function Shown({ rulers: { points, readings, verdict, resolution, warnings, notes } }: { readonly rulers: Rulers }) {
  return (
    <>
      <p class="notice" data-verdict-text>{verdict}</p>
      <ModelsTable title="Emergence score under each ruler" models={readings} columns={SCORES} name={['Ruler', (one) => <>{rulerName(one.ruler)}<span class="interval" data-looks>{looksOf(one)}</span></>]} />
      {resolution.map((text) => <p key={text} class="remark" data-resolution>{prose(text)}</p>)}
      {warnings.map((text) => <p key={text} class="problem">{prose(text)}</p>)}
      <details class="sources">
        <summary>Readings of each model</summary>
        <ModelsTable title="The same models under each ruler" models={points.map((point, k) => ({ ...point, k }))} columns={[...SIZES, ...readings.flatMap(columnsOf)]}
          name={['C, FLOPs', ({ C }) => (Number.isFinite(C) ? power(C, 3) : '–')]} beyond={({ beyond }) => beyond} />
      </details>
      <p class="hint">{prose(notes.join(' '))}</p>
    </>
  );
}

function looksOf({ shape, score }: RulerReading): string {
  return shape === 'jump' && !Number.isFinite(score.value) ? 'a jump: typical steps are zero' : LOOKS[shape];
}

/** A model by its place on the scale. */
type Placed = EmergencePoint & { readonly k: number };

const SIZES: readonly ModelColumn<Placed>[] = [
  { id: 'N', title: 'N', answer: ({ N }) => given(N), write: asCount, under: true },
  { id: 'D', title: 'D', answer: ({ D }) => given(D), write: asCount, under: true },
];

/** The reading; where the items of the test are known also its noise, and how likely it is to show zero. */
function columnsOf({ ruler, values, resolution }: RulerReading, place: number): ModelColumn<Placed>[] {
  const name = rulerName(ruler);
  return [
    { id: `ruler-${place}`, title: name, answer: ({ k }) => values[k], write: reading },
    ...(resolution ? [
      { id: `noise-${place}`, title: 'noise ±', answer: ({ k }: Placed) => given(resolution[k].deviation), write: (value: number) => number(value, 2) },
      { id: `zero-${place}`, title: 'shows zero with p', answer: ({ k }: Placed) => given(resolution[k].zero), write: (value: number) => number(value, 2) },
    ] : []),
  ];
}
