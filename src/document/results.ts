/** What a report says first: the law with its numbers, how far they can be trusted, and what to train. */
import { lawWithNumbers } from '../figures/formula.ts';
import { fitOfGroup, spreadOfGroup } from '../fit/groups.ts';
import { lawById, meaningOf } from '../laws/registry.ts';
import { formatTimes } from '../report/beyond.ts';
import { intervalTitle } from '../report/bootstrap.ts';
import { reportFrontier, BUDGETS } from '../report/frontier.ts';
import { groupsSentence } from '../report/groups.ts';
import { predictions, rolesOf } from '../report/predictions.ts';
import { hasIntervals } from '../stats/intervals.ts';
import type { Bootstrap, Certificate, Fit } from '../types.ts';
import { formatCount, formatInteger, formatNumber, formatShare } from '../units.ts';
import { html, markup, type Html } from './html.ts';
import { numberHtml, powerHtml, spanHtml, symbolHtml } from './numbers.ts';
import { tableHtml, withInterval, type Column } from './tables.ts';

/** What the law is of each group of runs: `partHtml` of the fit, its bootstrap and ", web", or of the one that there is. */
export function perGroup(fit: Fit, bootstrap: Bootstrap | undefined,
                         partHtml: (fit: Fit, bootstrap: Bootstrap | undefined, suffix: string) => readonly Html[]): Html[] {
  if (!fit.groups) return [...partHtml(fit, bootstrap, '')];
  return fit.groups.names.flatMap((name) => partHtml(fitOfGroup(fit, name), bootstrap && spreadOfGroup(fit, bootstrap, name), `, ${name}`));
}

/** "L(N, D) = 1.817 + 477.8/N^0.3473 + 2143/D^0.3672", and how the optimum grows; of each group of runs. */
export function lawHtml(fit: Fit): Html {
  if (!fit.groups) return oneLawHtml(fit);
  return html`<p class="note">${groupsSentence(fit.groups, fit)}</p>
${fit.groups.names.map((name) => html`<p class="note">${name}</p>\n${oneLawHtml(fitOfGroup(fit, name))}\n`)}`;
}

function oneLawHtml({ law, params, exponents: { a, b } }: Fit): Html {
  const formula = lawWithNumbers(lawById(law).formula, params).replaceAll(/\b[A-Z]\b/g, '<i>$&</i>');
  const line = html`<p class="law">${markup(formula)}</p>`;
  if (a === undefined || b === undefined) return line;
  return html`${line}
<p class="law growth"><i>N</i><sub>opt</sub> ∝ <i>C</i><sup>${numberHtml(a, 3)}</sup>, <i>D</i><sub>opt</sub> ∝ <i>C</i><sup>${numberHtml(b, 3)}</sup></p>`;
}

const VERDICTS: Readonly<Record<Certificate['verdict'], string>> = {
  pass: 'The certificate passes',
  fail: 'The certificate fails: do not rely on these numbers',
};

/** In a sentence, and why it fails. */
export function verdictHtml({ certificate: { verdict, starts, startsAgreeing, startsAbout = 0, startsAboutAgreeing = 0, reasons } }: Fit): Html {
  const begunAbout = startsAbout === 0 ? '' : `; ${formatInteger(startsAboutAgreeing)} of ${formatInteger(startsAbout)} begun about it did`;
  return html`<div class="verdict ${verdict}"><p><strong>${VERDICTS[verdict]}.</strong> ${formatInteger(startsAgreeing)} of ${formatInteger(starts)} starts \
(${formatShare(startsAgreeing, starts)}) ended at this minimum${begunAbout}.</p>
${reasons.map((reason) => html`<p>${reason}</p>\n`)}</div>`;
}

/** With standard errors and intervals where there are any. */
export function parametersHtml({ law, params, exponents, fixed = {} }: Fit, bootstrap: Bootstrap | undefined): Html {
  const values = Object.entries({ ...params, ...exponents });
  const names = values.map(([name]) => name);
  return html`${tableHtml('Parameters', [
    { title: 'Name', words: true, cells: names.map(symbolHtml) },
    { title: 'Value', cells: values.map(([, value]) => html`<b>${numberHtml(value, 6)}</b>`) },
    ...(bootstrap ? spreadColumns(names, bootstrap, fixed) : []),
    ...(!bootstrap && Object.keys(fixed).length > 0 ? [{ title: 'Held', words: true, cells: names.map((name) => (name in fixed ? 'fixed' : '')) }] : []),
    { title: 'Meaning', words: true, cells: names.map((name) => meaningOf(law, name)) },
  ])}
${bootstrap && html`<p class="note">${spreadSentence(bootstrap)}</p>
${bootstrap.warnings?.map((warning) => html`<p class="warning"><strong>Warning.</strong> ${warning}</p>\n`)}`}`;
}

function spreadColumns(names: readonly string[], bootstrap: Bootstrap, fixed: Readonly<Record<string, number>>): Column[] {
  return [
    { title: intervalTitle(bootstrap), cells: names.map((name) => (name in fixed ? '' : spanHtml(bootstrap.intervals[name], numberHtml))) },
    { title: 'Std. error', cells: names.map((name) => (name in fixed ? 'fixed' : numberHtml(bootstrap.standardErrors[name], 3))) },
  ];
}

function spreadSentence(bootstrap: Bootstrap): string {
  const { kind, interval, replicates, requested } = bootstrap;
  if (kind === 'sandwich' && !hasIntervals(bootstrap)) return 'There are no intervals: the runs do not tell the parameters apart.';
  if (kind === 'sandwich') return 'Standard errors and intervals are from the sandwich covariance of the fit; nothing was resampled.';
  const count = replicates < requested ? `${formatInteger(replicates)} of ${formatInteger(requested)} resamples: it was stopped` : `${formatInteger(replicates)} resamples`;
  return `Standard errors are from a bootstrap (${kind}) of ${count}; the intervals are of kind ${interval}.`;
}

/** Compute-optimal sizes by decades of compute, and at the budget that was asked for. */
export function frontierHtml(fit: Fit, bootstrap: Bootstrap | undefined, budget: number | undefined): Html {
  const budgets = [...new Set([...BUDGETS, ...(budget === undefined ? [] : [budget])])].toSorted((a, b) => a - b);
  const points = reportFrontier(fit, budgets);
  if (points.length === 0) return html`<p>With these parameters no size is optimal.</p>`;
  const [, highest] = fit.computeRange;
  const known = points.map(({ C }) => bootstrap?.frontier.find((at) => at.C === C));
  const column = (title: string, quantity: 'N' | 'D' | 'tokensPerParameter' | 'loss', values: readonly number[], write: (value: number) => string): Column => ({
    title, cells: values.map((value, k) => withInterval(write(value), known[k] && spanHtml(known[k][quantity], write))),
  });
  const ratio = (value: number) => formatNumber(value, 3);
  return html`${tableHtml('What to train', [
    { title: 'Compute, FLOPs', words: true, cells: points.map(({ C }) => powerHtml(C)) },
    column('Parameters N', 'N', points.map(({ N }) => N), formatCount),
    column('Tokens D', 'D', points.map(({ D }) => D), formatCount),
    column('D/N', 'tokensPerParameter', points.map(({ N, D }) => D / N), ratio),
    column('Loss', 'loss', points.map(({ loss }) => loss), (loss) => loss.toFixed(3)),
    { title: 'Beyond the runs', cells: points.map(({ C }) => (C > highest ? formatTimes(C / highest) : '')) },
  ])}
<p class="note">The sizes of lowest loss for each training compute, with C = 6ND${bootstrap && html`, and ${intervalTitle(bootstrap)}s below them`}.</p>`;
}

const TITLES: Readonly<Partial<Record<string, string>>> = { N: 'Parameters N', D: 'Tokens D', U: 'Unique tokens U' };

/** The loss of models that were asked for. */
export function predictionsHtml(fit: Fit, models: Parameters<typeof predictions>[1], bootstrap: Bootstrap | undefined): Html {
  const points = predictions(fit, models);
  const write = (loss: number) => loss.toFixed(4);
  return tableHtml('Predicted loss', [
    ...rolesOf(models).map((role, k) => ({ title: TITLES[role] ?? role, words: k === 0, cells: points.map(({ [role]: value }) => (value === undefined ? '' : formatCount(value))) })),
    { title: 'Loss', cells: points.map(({ loss }) => html`<b>${write(loss)}</b>`) },
    ...(bootstrap ? [{ title: intervalTitle(bootstrap), cells: bootstrap.predictions.map(({ interval }) => spanHtml(interval, write)) }] : []),
  ]);
}
