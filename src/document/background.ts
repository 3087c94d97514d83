/** What a report says last: the evidence of the fit, the runs that had no part in it, and how it was computed. */
import { showLines } from '../data/lines.ts';
import { lawName } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { TERMINATION, type Termination } from '../optim/termination.ts';
import { boundTexts, reachedTexts } from '../report/bounds.ts';
import { objectiveUnit, sumOf } from '../report/losses.ts';
import type { Fit, Sweep } from '../types.ts';
import { formatInteger, formatNumber, formatSeconds } from '../units.ts';
import { html, type Html } from './html.ts';
import { numberHtml, powerHtml } from './numbers.ts';
import { timeHtml } from './page.ts';
import { factsHtml, tableHtml, type Fact } from './tables.ts';

/** Every number of the certificate, and what it means. */
export function evidenceHtml(fit: Fit): Html {
  const { certificate, otherMinima, objective } = fit;
  const unit = objectiveUnit(fit).replace('^2', '²');
  const { starts, startsAgreeing, startsAbout: about = 0, startsAboutAgreeing = 0, gradientNorm, conditionNumber, outcomes } = certificate;
  const reached = reachedTexts(certificate);
  const begunAbout = about === 0 ? '' : `; ${formatInteger(startsAboutAgreeing)} of ${formatInteger(about)} begun about it`;
  const ends = Object.entries(outcomes).toSorted(([, a], [, b]) => b - a);
  return factsHtml([
    ['Objective', html`${numberHtml(objective, 10)} ${unit}`, sumOf(fit)],
    ['Agreement', `${formatInteger(startsAgreeing)} of ${formatInteger(starts)} starts`, `ended within 1e-4 of the best objective${begunAbout}`],
    ['Gradient', powerHtml(gradientNorm, 2), '0 where the runs balance, 1 where they all pull one way'],
    ['Condition', numberHtml(conditionNumber, 3), '1 is best; above 1e8 the runs do not tell the parameters apart'],
    ['Bounds', reached.length === 0 ? 'none reached' : reached.join(', ')],
    ...(fit.bounds ? [['Within', boundTexts(fit.bounds).join(', ')] as const] : []),
    ['Other minima', otherMinima.length === 0 ? 'none found' : otherMinima.map((other) => html`${numberHtml(other.objective, 6)} ${unit} `)],
    ...ends.map(([end, count], k): Fact => [k === 0 ? 'Descents' : '', `${formatInteger(count)} ${end}`, TERMINATION[end as Termination]]),
  ]);
}

/** Characters of a list of lines, at most; the rest is in the JSON. */
const LONGEST = 1000;

/** With the reason, and their lines in the table. */
export function leftOutHtml({ dropped, points }: Fit): Html {
  const entries = dropped.filter(({ lines }) => lines.length > 0);
  const count = entries.reduce((sum, { lines }) => sum + lines.length, 0);
  const sentence = html`<p>${formatInteger(points)} runs were fitted, ${count === 0 ? 'none' : formatInteger(count)} left out.</p>`;
  if (count === 0) return sentence;
  return html`${sentence}
${tableHtml('Runs left out', [
    { title: 'Why', words: true, cells: entries.map(({ reason }) => reason) },
    { title: 'Runs', cells: entries.map(({ lines }) => formatInteger(lines.length)) },
    { title: 'Lines of the table', words: true, cells: entries.map(({ lines }) => html`<span class="lines">${shortened(showLines(lines))}</span>`) },
  ])}`;
}

function shortened(lines: string): string {
  const spaced = lines.replaceAll(',', ', ');
  return spaced.length <= LONGEST ? spaced : `${spaced.slice(0, spaced.lastIndexOf(',', LONGEST))} … the others are in the JSON of this report`;
}

/** Who computed what from what, when. */
export function provenanceHtml(sweep: Sweep, fit: Fit, made: Date): Html {
  const { backend, starts, seed, timings, version, law } = fit;
  const total = Object.values(timings).reduce((sum, seconds) => sum + seconds, 0);
  const stages = Object.entries(timings).map(([stage, seconds]) => `${stage} ${formatSeconds(seconds)}`).join(', ');
  const { formula, reference } = lawById(law);
  return factsHtml([
    ['Table', fit.sweep],
    ...Object.entries(sweep.mapping).map(([role, origin], k): Fact => [k === 0 ? 'Columns' : '', `${role} = ${origin}`]),
    ...fit.notes.map((note, k): Fact => [k === 0 ? 'Notes' : '', note]),
    ['Law', `${lawName(lawById(law))}: ${formula}`, reference],
    ['Starts', starts, `seed ${seed}`],
    ['Device', `${backend.name.toUpperCase()}: ${backend.adapter}`, backend.name === 'gpu' ? 'float32; the polish and the certificate in float64 on the CPU' : 'float64'],
    ['Time', formatSeconds(total), stages],
    ['Version', `isoloss ${version}`],
    ['Made', timeHtml(made)],
  ]);
}

/** " of 1e18 to 1e22 FLOPs, 4 decades", or nothing where that is not known. */
export function computeHtml({ computeRange: [lowest, highest] }: Fit): Html | '' {
  if (Number.isNaN(lowest)) return '';
  return html` of ${powerHtml(lowest, 2)} to ${powerHtml(highest, 2)} FLOPs, ${formatNumber(Math.log10(highest / lowest), 2)} decades`;
}
