/** What a reproduction found: published | ours | ratio | verdict, what it shows, and its charts. */
import {
  dataSetById, formatComparedRatio, formatOurs, formatPublished, formatSeconds, groupsOf, reasonsOf, seriesFigure, type Comparison, type DataSetId, type Reproduction, type Section,
} from '../../index.ts';
import { Chart } from '../chart.tsx';
import { look } from '../look.ts';
import { raised } from '../numbers.ts';
import { isGiven } from '../paper-state.ts';
import { inputOf } from './paper-data.tsx';

export function ReproductionResults({ reproduction: { id, sections, backend, seed, seconds, version } }: { readonly reproduction: Reproduction }) {
  return (
    <>
      {sections.map((section) => <Part key={section.title} id={id} section={section} />)}
      <p class="hint">{backend.name.toUpperCase()}: {backend.adapter}; seed {seed}; {formatSeconds(seconds)}; isoloss {version}</p>
    </>
  );
}

function Part({ id, section }: { readonly id: string; readonly section: Section }) {
  const { title, data, comparisons, findings, charts, missing } = section;
  const reasons = reasonsOf(section);
  return (
    <div class="part" data-section={title}>
      <h3>{title}</h3>
      {missing ? <Missing id={missing} /> : <p class="remark">Data: {data}</p>}
      {comparisons.length > 0 && <Comparisons section={section} />}
      {reasons.length > 0 && <ol class="reasons">{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ol>}
      {findings.length > 0 && <ul class="flat">{findings.map((finding) => <li key={finding}>{finding}</li>)}</ul>}
      {charts.map((chart) => (
        <Chart key={chart.name} name={`${id}-${chart.name}`} title={chart.title} nested figure={() => seriesFigure({ ...chart, name: `${id}-${chart.name}` }, look.value)}>{chart.caption}</Chart>
      ))}
    </div>
  );
}

/** What to give, where it is had, and the way there. */
function Missing({ id }: { readonly id: DataSetId }) {
  const { title, source } = dataSetById(id);
  return (
    <div class="notice" data-missing={id}>
      <p>{isGiven(id) ? `Not run: ${id} was not given then. It is now: run it again.` : `Not run: give ${title}: ${source}.`}</p>
      {!isGiven(id) && <button type="button" onClick={() => document.getElementById(inputOf(id))?.focus()}>Give it</button>}
    </div>
  );
}

function Comparisons({ section }: { readonly section: Section }) {
  const reasons = reasonsOf(section);
  return (
    <div class="scroll capped" tabIndex={0} role="region" aria-label={`Comparisons: ${section.title}`}>
      <table class="comparisons">
        <thead><tr>{['Published where, and what', 'Published', 'Ours', 'Ratio', 'Verdict'].map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        {groupsOf(section).map(({ from, rows }) => (
          <tbody key={from}>
            <tr class="group"><th colSpan={5} scope="rowgroup"><span>Ours: {from}</span></th></tr>
            {rows.map((row, k) => <Row key={k} comparison={row} again={rows[k - 1]?.where === row.where} reason={row.because && reasons.indexOf(row.because) + 1} />)}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Before each row, in colour too; the last column says it in words. */
const MARKS: Readonly<Record<Comparison['verdict'], string>> = { reproduced: '✓', differs: '≠', 'not reproducible': '✗', unresolved: '?' };

/** `again`: published where the row before is. `reason`: number of why it is not reproduced, in the list below. */
function Row({ comparison, again, reason }: { readonly comparison: Comparison; readonly again: boolean; readonly reason: number | '' | undefined }) {
  const { quantity, where, verdict } = comparison;
  return (
    <tr data-verdict={verdict}>
      <th scope="row">
        <div class="what">
          <span class="mark" aria-hidden="true">{MARKS[verdict]}</span> <span class={again ? 'unseen' : 'where'}>{where}</span> <span class="quantity">{quantity}</span>
        </div>
      </th>
      <td data-figure="published">{raised(formatPublished(comparison))}</td>
      <td data-figure="ours">{raised(formatOurs(comparison))}</td>
      <td data-figure="ratio">{formatComparedRatio(comparison)}</td>
      <td data-figure="verdict">{verdict}{reason && ` [${reason}]`}</td>
    </tr>
  );
}
