/** A fit as text for a terminal: the law first, then how it was found and how far to trust it, then what to train. */
import { lawById } from '../laws/registry.ts';
import { TERMINATION, type Termination } from '../optim/termination.ts';
import type { Certificate, Dropped, Fit, FrontierPoint } from '../types.ts';
import { alignColumns, hang } from './layout.ts';
import { formatCount, formatInteger, formatNumber, formatPower, formatSeconds, formatShare } from './units.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function toText(fit: Fit, frontier: readonly FrontierPoint[]): string {
  const sections = [
    hang('', `${fit.law} law fitted to ${fit.sweep}`),
    indent(formulas(fit)),
    remarks(fit),
    ['Parameters', ...indent(parameters(fit))],
    ['Fit', ...howItWasFitted(fit)],
    [VERDICTS[fit.certificate.verdict], ...evidence(fit.certificate)],
    [`Compute-optimal training, C = 6ND${fit.certificate.verdict === 'fail' ? ' (the certificate fails)' : ''}`,
      ...indent(frontierTable(frontier, fit.computeRange[1]))],
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`).join('\n');
}

const VERDICTS: Readonly<Record<Certificate['verdict'], string>> = {
  pass: 'Certificate: pass',
  fail: 'Certificate: FAIL. Do not rely on these numbers.',
};

const LABEL = 13;

/** A label, and what it says: wrapped, or a value with a comment in brackets. */
type Item = readonly [label: string, text: string, comment?: string];

function list(items: readonly Item[]): string[] {
  const width = Math.max(...items.map(([, value, comment]) => (comment === undefined ? 0 : value.length)));
  return items.flatMap(([label, text, comment]) => {
    const start = `  ${label}`.padEnd(LABEL);
    return comment === undefined ? hang(start, text) : hang(`${start}${text.padEnd(width)}  `, `(${comment})`);
  });
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function formulas(fit: Fit): string[] {
  const { a, b } = fit.exponents;
  return [lawWithNumbers(fit), `N_opt ∝ C^${formatNumber(a, 4)},  D_opt ∝ C^${formatNumber(b, 4)}`];
}

function lawWithNumbers({ law, params }: Fit): string {
  return lawById(law).formula.replaceAll(/[A-Za-z]+/g, (name) => {
    const value = params[name];
    if (value === undefined) return name;
    return value < 0 ? `(${formatNumber(value, 4)})` : formatNumber(value, 4);
  });
}

function remarks({ notes, warnings }: Fit): string[] {
  return list([
    ...warnings.map((warning) => ['WARNING', warning] as const),
    ...notes.map((note) => ['Note', note] as const),
  ]);
}

function parameters({ params, exponents }: Fit): string[] {
  const rows = Object.entries({ ...params, ...exponents }).map(([name, value]) => [name, formatNumber(value, 6)]);
  return alignColumns(rows, 'l.');
}

function howItWasFitted(fit: Fit): string[] {
  const dropped = fit.dropped.reduce((sum, { lines }) => sum + lines.length, 0);
  return list([
    ['Points', `${formatInteger(fit.points)} used, ${dropped === 0 ? 'none' : formatInteger(dropped)} dropped`],
    ...fit.dropped.map((entry) => ['', describeDropped(entry)] as const),
    ['Objective', formatNumber(fit.objective, 10), `sum of Huber(log L_fit - log L) with delta = ${fit.delta}`],
    ['Starts', describeStarts(fit)],
    ['Backend', `${fit.backend.name}, ${fit.backend.adapter}  (isoloss ${fit.version})`],
    ['Time', describeTimings(fit)],
  ]);
}

const LINES_SHOWN = 8;

function describeDropped({ reason, lines }: Dropped): string {
  const more = lines.length - LINES_SHOWN;
  const shown = lines.slice(0, LINES_SHOWN).join(', ') + (more > 0 ? ` and ${formatInteger(more)} more` : '');
  const places = lines.length === 0 ? '' : `: ${lines.length === 1 ? 'line' : 'lines'} ${shown}`;
  return `${formatInteger(lines.length)} ${reason}${places}`;
}

function describeStarts({ starts, seed, certificate }: Fit): string {
  const count = formatInteger(certificate.starts);
  if (starts === 'paper') return `${count} descended, from the paper's grid`;
  return `${count} descended, ${starts === 'given' ? 'given' : `drawn from the data with seed ${seed}`}`;
}

function describeTimings({ timings }: Fit): string {
  const stages = Object.entries(timings);
  const total = stages.reduce((sum, [, seconds]) => sum + seconds, 0);
  const each = stages.map(([stage, seconds]) => `${stage} ${formatSeconds(seconds)}`);
  return `${formatSeconds(total)}: ${each.join(', ')}`;
}

function evidence(certificate: Certificate): string[] {
  const { starts, startsAgreeing, gradientNorm, conditionNumber, activeBounds, reasons } = certificate;
  const share = formatShare(startsAgreeing, starts);
  const agreeing = `${formatInteger(startsAgreeing)} of ${formatInteger(starts)} starts (${share})`;
  return [
    ...reasons.flatMap((reason) => hang('  ! ', reason)),
    ...list([
      ['Agreement', `${agreeing} ended within 1e-4 of the best objective`],
      ['Gradient', formatPower(gradientNorm, 2), '0 where the runs balance, 1 where they all pull one way'],
      ['Condition', formatNumber(conditionNumber, 3), '1 is best; above 1e8 the runs do not tell the parameters apart'],
      ['Bounds', activeBounds.length === 0 ? 'none reached' : activeBounds.join(', ')],
    ]),
    ...ends(certificate),
  ];
}

/** Of the descents: how many stopped so, and the inequality that stopped them. */
function ends({ outcomes }: Certificate): string[] {
  const counts = Object.entries(outcomes).toSorted(([, a], [, b]) => b - a);
  const sizes = counts.map(([, count]) => formatInteger(count));
  const digits = Math.max(...sizes.map((size) => size.length));
  const letters = Math.max(...counts.map(([end]) => end.length));
  return counts.flatMap(([end], index) => {
    const label = `  ${index === 0 ? 'Descents' : ''}`.padEnd(LABEL);
    return hang(`${label}${sizes[index].padStart(digits)} ${end.padEnd(letters)}  `, TERMINATION[end as Termination]);
  });
}

/** Budgets beyond the largest run are marked by how far. */
function frontierTable(points: readonly FrontierPoint[], highest: number): string[] {
  if (points.length === 0) return ['None: with these parameters no size is optimal.'];
  const rows = points.map(({ C, N, D, loss }) =>
    [formatPower(C, 3), formatCount(N), formatCount(D), formatNumber(D / N, 3), loss.toFixed(3),
      C > highest ? `${formatNumber(C / highest, 2)}×` : '']);
  return alignColumns([['C (FLOP)', '   N_opt', '   D_opt', 'D/N', ' loss', 'beyond the runs'], ...rows], 'lrrrrl');
}
