/** A fit as text for a terminal: the law first, then how it was found and how far to trust it, then what to train. */
import { INPUTS } from '../laws/inputs.ts';
import { lawById } from '../laws/registry.ts';
import { TERMINATION, type Termination } from '../optim/termination.ts';
import type { Bootstrap, Certificate, Dropped, Fit, FrontierPoint, Interval } from '../types.ts';
import { formatCount, formatInteger, formatNumber, formatPower, formatSeconds, formatShare } from '../units.ts';
import { bootstrapLines, intervalTitle, spans } from './bootstrap.ts';
import { boundTexts, reachedTexts } from './bounds.ts';
import { influenceLines } from './influence.ts';
import { sumOf } from './losses.ts';
import { alignColumns, hang, indent, list, pad, table, tally, WIDTH, wrap, type Column } from './layout.ts';
import { predictions, rolesOf, type Beside } from './predictions.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function toText(fit: Fit, frontier: readonly FrontierPoint[], { bootstrap, influence, predict = [] }: Beside = {}): string {
  const doubt = fit.certificate.verdict === 'fail' ? ' (the certificate fails)' : '';
  const sections = [
    hang('', `${fit.law} law fitted to ${fit.sweep}`),
    indent(formulas(fit)),
    remarks(fit),
    ['Parameters', ...indent(parameters(fit, bootstrap))],
    ['Fit', ...howItWasFitted(fit)],
    [VERDICTS[fit.certificate.verdict], ...evidence(fit.certificate)],
    bootstrap ? [bootstrap.kind === 'sandwich' ? 'Sandwich' : 'Bootstrap', ...bootstrapLines(bootstrap)] : [],
    fit.exponents.a === undefined ? [] : [`Compute-optimal training, C = 6ND${assumed(fit)}${doubt}`, ...indent(frontierTable(frontier, fit.computeRange[1], bootstrap))],
    influence ? ['Influence', ...influenceLines(influence)] : [],
    predict.length > 0 ? [`Predicted loss${doubt}`, ...indent(predictionTable(fit, predict, bootstrap))] : [],
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** What the frontier takes of what the law reads beside sizes: ", at G = 1". */
function assumed({ law }: Fit): string {
  const usual = lawById(law).inputs.flatMap((name) => (INPUTS[name].usual === undefined ? [] : [`${name} = ${INPUTS[name].usual}`]));
  return usual.length > 0 ? `, at ${usual.join(', ')}` : '';
}

const VERDICTS: Readonly<Record<Certificate['verdict'], string>> = {
  pass: 'Certificate: pass',
  fail: 'Certificate: FAIL. Do not rely on these numbers.',
};

function formulas(fit: Fit): string[] {
  const { a, b } = fit.exponents;
  const law = wrap(lawWithNumbers(fit), WIDTH - 2);
  if (a === undefined || b === undefined) return law;
  return [...law, `N_opt ∝ C^${formatNumber(a, 4)},  D_opt ∝ C^${formatNumber(b, 4)}`];
}

function lawWithNumbers({ law, params }: Fit): string {
  return lawById(law).formula.replaceAll(/[A-Za-z_]\w*/g, (name) => {
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

function parameters({ params, exponents, fixed = {} }: Fit, bootstrap: Bootstrap | undefined): string[] {
  const values = Object.entries({ ...params, ...exponents });
  const rows = values.map(([name, value]) => [name, formatNumber(value, 6), name in fixed ? 'fixed' : '']);
  if (!bootstrap) return alignColumns(rows, 'l.l');
  const errors = pad(values.map(([name]) => (name in fixed ? 'fixed' : formatNumber(bootstrap.standardErrors[name], 3))), '.');
  const free = values.filter(([name]) => !(name in fixed));
  const spread = new Map(spans(free.map(([name]) => bootstrap.intervals[name]), (end) => formatNumber(end, 4), '.').map((span, k) => [free[k][0], span]));
  const intervals = values.map(([name]) => spread.get(name) ?? '');
  return table([
    ['l', '', alignColumns(rows, 'l.')],
    ['l', 'std. error', errors],
    ['l', intervalTitle(bootstrap), intervals],
  ]);
}

function howItWasFitted(fit: Fit): string[] {
  const dropped = fit.dropped.reduce((sum, { lines }) => sum + lines.length, 0);
  return list([
    ['Points', `${formatInteger(fit.points)} used, ${dropped === 0 ? 'none' : formatInteger(dropped)} dropped`],
    ...fit.dropped.map((entry) => ['', describeDropped(entry)] as const),
    ['Objective', formatNumber(fit.objective, 10), sumOf(fit)],
    ...(fit.bounds ? [['Within', boundTexts(fit.bounds).join(', ')] as const] : []),
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

function describeStarts({ law, starts, seed, certificate }: Fit): string {
  const count = formatInteger(certificate.starts);
  if (starts === 'paper') return `${count} descended, of ${lawById(law).grid}`;
  return `${count} descended, ${starts === 'given' ? 'given' : `drawn from the data with seed ${seed}`}`;
}

function describeTimings({ timings }: Fit): string {
  const stages = Object.entries(timings);
  const total = stages.reduce((sum, [, seconds]) => sum + seconds, 0);
  const each = stages.map(([stage, seconds]) => `${stage} ${formatSeconds(seconds)}`);
  return `${formatSeconds(total)}: ${each.join(', ')}`;
}

function evidence(certificate: Certificate): string[] {
  const { starts, startsAgreeing, gradientNorm, conditionNumber, outcomes, reasons } = certificate;
  const reached = reachedTexts(certificate);
  const share = formatShare(startsAgreeing, starts);
  const agreeing = `${formatInteger(startsAgreeing)} of ${formatInteger(starts)} starts (${share})`;
  return [
    ...reasons.flatMap((reason) => hang('  ! ', reason)),
    ...list([
      ['Agreement', `${agreeing} ended within 1e-4 of the best objective`],
      ['Gradient', formatPower(gradientNorm, 2), '0 where the runs balance, 1 where they all pull one way'],
      ['Condition', formatNumber(conditionNumber, 3), '1 is best; above 1e8 the runs do not tell the parameters apart'],
      ['Bounds', reached.length === 0 ? 'none reached' : reached.join(', ')],
    ]),
    ...tally('Descents', outcomes, (end) => TERMINATION[end as Termination]),
  ];
}

/** Budgets beyond the largest run are marked by how far. */
function frontierTable(points: readonly FrontierPoint[], highest: number, bootstrap: Bootstrap | undefined): string[] {
  if (points.length === 0) return ['None: with these parameters no size is optimal.'];
  const beyond = points.map(({ C }) => (C > highest ? `${formatNumber(C / highest, 2)}×` : ''));
  const columns: Column[] = [
    ['l', 'C (FLOP)', points.map(({ C }) => formatPower(C, 3))],
    ['r', '   N_opt', points.map(({ N }) => formatCount(N))],
    ...interval(bootstrap, (at) => at.N, formatCount),
    ['r', '   D_opt', points.map(({ D }) => formatCount(D))],
    ['r', 'D/N', points.map(({ N, D }) => formatNumber(D / N, 3))],
    ...interval(bootstrap, (at) => at.tokensPerParameter, (end) => formatNumber(end, 3)),
    ['r', ' loss', points.map(({ loss }) => loss.toFixed(3))],
    ['l', 'beyond the runs', beyond],
  ];
  return table(columns);
}

/** A column of intervals of the frontier, or none. */
function interval(
  bootstrap: Bootstrap | undefined, of: (at: Bootstrap['frontier'][number]) => Interval,
  format: (end: number) => string,
): Column[] {
  return bootstrap ? [['l', intervalTitle(bootstrap), spans(bootstrap.frontier.map(of), format, 'r')]] : [];
}

function predictionTable(fit: Fit, models: NonNullable<Beside['predict']>, bootstrap: Bootstrap | undefined): string[] {
  const points = predictions(fit, models);
  const intervals = bootstrap?.predictions.map((prediction) => prediction.interval) ?? [];
  return table([
    ...rolesOf(models).map((role) => ['r', role.padStart(7), points.map(({ [role]: value }) => (value === undefined ? '' : formatCount(value)))] as const),
    ['r', '  loss', points.map(({ loss }) => loss.toFixed(4))],
    ...(bootstrap ? [['l', intervalTitle(bootstrap), spans(intervals, (end) => end.toFixed(4), 'r')] as const] : []),
  ]);
}
