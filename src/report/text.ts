/** A fit as text for a terminal: the law first, then how it was found and how far to trust it, then what to train. */
import { fitOfGroup, spreadOfGroup } from '../fit/groups.ts';
import { lawById } from '../laws/registry.ts';
import { TERMINATION, type Termination } from '../optim/termination.ts';
import type { Bootstrap, Certificate, Dropped, Fit, FrontierPoint } from '../types.ts';
import { formatInteger, formatNumber, formatPower, formatSeconds, formatShare } from '../units.ts';
import { bootstrapLines } from './bootstrap.ts';
import { boundTexts, reachedTexts } from './bounds.ts';
import { assumed, formulas, frontierTable, parameterTable, predictionTable } from './fit-tables.ts';
import { reportFrontier } from './frontier.ts';
import { groupsSentence } from './groups.ts';
import { influenceLines } from './influence.ts';
import { sumOf } from './losses.ts';
import { hang, indent, list, remarkItems, sectionsText, tally, WIDTH, wrap } from './layout.ts';
import type { Beside } from './predictions.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. `frontier`: of a fit without groups. */
export function toText(fit: Fit, frontier: readonly FrontierPoint[], { bootstrap, influence, predict = [] }: Beside = {}): string {
  const doubt = fit.certificate.verdict === 'fail' ? ' (the certificate fails)' : '';
  const parts = lawsOf(fit, bootstrap, frontier);
  const optimal = parts.filter(({ fit: { exponents } }) => exponents.a !== undefined);
  const of = (name: string | undefined) => (name === undefined ? '' : `, ${name}`);
  return sectionsText([
    [...hang('', `${titleOf(fit)} fitted to ${fit.sweep}`), ...(fit.groups ? indent(wrap(groupsSentence(fit.groups, fit), WIDTH - 2)) : [])],
    ...parts.map((part) => indent(formulas(part.fit, part.name))),
    remarks(fit),
    ['Parameters', ...indent(parameterTable(fit, bootstrap))],
    ['Fit', ...howItWasFitted(fit)],
    [VERDICTS[fit.certificate.verdict], ...evidence(fit.certificate)],
    bootstrap ? [bootstrap.kind === 'sandwich' ? 'Sandwich' : 'Bootstrap', ...bootstrapLines(bootstrap)] : [],
    ...optimal.map((part) => [
      `Compute-optimal training, C = 6ND${assumed(part.fit)}${of(part.name)}${doubt}`,
      ...indent(frontierTable(part.frontier, part.fit.computeRange[1], part.bootstrap)),
    ]),
    influence ? ['Influence', ...influenceLines(influence)] : [],
    ...(predict.length === 0 ? [] : parts.map((part) => [`Predicted loss${of(part.name)}${doubt}`, ...indent(predictionTable(part.fit, predict, part.bootstrap))])),
  ]);
}

function titleOf({ law: id, groups }: Fit): string {
  return groups ? `${lawById(id).groups?.base.id} law by ${groups.column}` : `${id} law`;
}

/** A law of the fit, with its name where there are groups. */
interface LawPart {
  readonly name?: string;
  readonly fit: Fit;
  readonly bootstrap: Bootstrap | undefined;
  readonly frontier: readonly FrontierPoint[];
}

function lawsOf(fit: Fit, bootstrap: Bootstrap | undefined, frontier: readonly FrontierPoint[]): LawPart[] {
  if (!fit.groups) return [{ fit, bootstrap, frontier }];
  return fit.groups.names.map((name) => {
    const own = fitOfGroup(fit, name);
    return { name, fit: own, bootstrap: bootstrap && spreadOfGroup(fit, bootstrap, name), frontier: reportFrontier(own) };
  });
}

const VERDICTS: Readonly<Record<Certificate['verdict'], string>> = {
  pass: 'Certificate: pass',
  fail: 'Certificate: FAIL. Do not rely on these numbers.',
};

function remarks({ notes, warnings }: Fit): string[] {
  return list(remarkItems(warnings, notes));
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
  const { starts: count, startsAbout: about = 0 } = certificate;
  const origin = starts === 'paper' ? `of ${lawById(law).grid}` : starts === 'given' ? 'given' : `drawn from the data with seed ${seed}`;
  return `${formatInteger(count)} descended, ${origin}${about === 0 ? '' : `; ${formatInteger(about)} more about the lowest end of those`}`;
}

function describeTimings({ timings }: Fit): string {
  const stages = Object.entries(timings);
  const total = stages.reduce((sum, [, seconds]) => sum + seconds, 0);
  const each = stages.map(([stage, seconds]) => `${stage} ${formatSeconds(seconds)}`);
  return `${formatSeconds(total)}: ${each.join(', ')}`;
}

function evidence(certificate: Certificate): string[] {
  const { starts, startsAgreeing, startsAbout: about = 0, startsAboutAgreeing = 0, gradientNorm, conditionNumber, outcomes, reasons } = certificate;
  const reached = reachedTexts(certificate);
  const share = formatShare(startsAgreeing, starts);
  const agreeing = `${formatInteger(startsAgreeing)} of ${formatInteger(starts)} starts (${share})`;
  const begunAbout = about === 0 ? '' : `; ${formatInteger(startsAboutAgreeing)} of ${formatInteger(about)} begun about it`;
  return [
    ...reasons.flatMap((reason) => hang('  ! ', reason)),
    ...list([
      ['Agreement', `${agreeing} ended within 1e-4 of the best objective${begunAbout}`],
      ['Gradient', formatPower(gradientNorm, 2), '0 where the runs balance, 1 where they all pull one way'],
      ['Condition', formatNumber(conditionNumber, 3), '1 is best; above 1e8 the runs do not tell the parameters apart'],
      ['Bounds', reached.length === 0 ? 'none reached' : reached.join(', ')],
    ]),
    ...tally('Descents', outcomes, (end) => TERMINATION[end as Termination]),
  ];
}
