/** How much an answer hangs on the choices of a fit, as text for a terminal, and as JSON. */
import type { Choice, ChoiceKind } from '../stats/choices.ts';
import { MOVED, type Move, type MovedName, type Numbers, type Sensitivity } from '../stats/sensitivity.ts';
import { formatCount, formatInteger, formatNumber, formatPower, formatShare } from '../units.ts';
import { version } from '../version.ts';
import { jsonable } from './jsonable.ts';
import { hang, indent, list, table } from './layout.ts';

/** What a kind of choice is called: "the loss". */
export const CHOICES: Readonly<Record<ChoiceKind, string>> = {
  delta: 'the threshold', loss: 'the loss', drop: 'dropping runs of high loss', cut: 'the range of compute', count: 'the count', law: 'the law',
};

/** A choice in a few words: "delta 1e-2", "without the 5 highest". */
export function choiceText(choice: Choice): string {
  switch (choice.kind) {
    case 'delta': return `delta ${formatPower(choice.delta, 3)}`;
    case 'loss': return `loss ${choice.loss}`;
    case 'drop': return choice.highest === 1 ? 'without the highest loss' : `without the ${formatInteger(choice.highest)} highest losses`;
    case 'cut': return `C ${choice.keep === 'below' ? '≤' : '≥'} ${formatPower(choice.C, 2)}, its ${formatShare(choice.quantile, 1)} quantile`;
    case 'count': return `${choice.role} from ${choice.column}`;
    case 'law': return `law ${choice.law}`;
  }
}

/** How each number is written. */
export const WRITTEN: Readonly<Record<MovedName, (value: number) => string>> = {
  alpha: digits(4), beta: digits(4), a: digits(3), N: formatCount, D: formatCount, loss: (loss) => loss.toFixed(4),
};

function digits(count: number): (value: number) => string {
  return (value) => formatNumber(value, count);
}

function shown(name: MovedName, value: number): string {
  return Number.isFinite(value) ? WRITTEN[name](value) : '-';
}

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function sensitivityText(sensitivity: Sensitivity): string {
  const { given: { fit }, budget, confidence } = sensitivity;
  const sections = [
    hang('', `Sensitivity of the law ${fit.law} fitted to ${fit.sweep}, and of its optimum for ${formatPower(budget, 4)} FLOPs`),
    list(sensitivityWarnings(sensitivity).map((warning) => ['WARNING', warning] as const)),
    ['Choices', ...indent(variantTable(sensitivity))],
    ['What moves it', ...sensitivitySays(sensitivity).flatMap((line) => hang('  ', line))],
    ['Farthest moves, over the width of the interval', ...indent(moveTable(sensitivity))],
    list([
      ['Intervals', `${formatShare(confidence, 1)}, of the fit as given, from its sandwich covariance: what the runs leave open`],
      ['Exponents', 'alpha and beta of the loss in N and in D, times gamma where the law has one; a of N_opt ~ C^a'],
    ]),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function variantTable({ given, variants, confidence }: Sensitivity): string[] {
  const rows: (readonly [label: string, points: string, verdict: string, numbers: Numbers])[] = [
    ['as given', formatInteger(given.fit.points), given.fit.certificate.verdict, given.numbers],
    ...variants.map(({ choice, points, certificate, numbers }) => [choiceText(choice), formatInteger(points), certificate.verdict, numbers] as const),
  ];
  const ends = ([0, 1] as const).map((end) =>
    [`  ${formatShare(confidence, 1)} ${end === 0 ? 'from' : 'to'}`, '', '', Object.fromEntries(MOVED.map((name) => [name, given.intervals[name][end]])) as unknown as Numbers] as const);
  const all = [rows[0], ...ends, ...rows.slice(1)];
  return table([
    ['l', '', all.map(([label]) => label)],
    ['r', 'runs', all.map(([, points]) => points)],
    ...MOVED.map((name) => ['r', TITLES[name], all.map(([, , , numbers]) => shown(name, numbers[name]))] as const),
    ['l', 'certificate', all.map(([, , verdict]) => verdict)],
  ]);
}

const TITLES: Readonly<Record<MovedName, string>> = { alpha: 'alpha', beta: 'beta', a: 'a', N: 'N_opt', D: 'D_opt', loss: 'loss' };

function moveTable({ moves }: Sensitivity): string[] {
  const kinds = moves.N.map(({ kind }) => kind);
  const cell = (name: MovedName, kind: ChoiceKind) => {
    const { widths } = moves[name].find((move) => move.kind === kind)!;
    return Number.isFinite(widths) ? formatNumber(widths, 2) : '-';
  };
  return table([
    ['l', '', kinds.map((kind) => CHOICES[kind])],
    ...MOVED.map((name) => ['r', TITLES[name], kinds.map((kind) => cell(name, kind))] as const),
  ]);
}

/** Which choice moves what most, in plain words: a sentence for each of alpha, beta, N_opt and the loss. */
export function sensitivitySays(sensitivity: Sensitivity): string[] {
  const { moves, budget } = sensitivity;
  const at = ` for ${formatPower(budget, 4)} FLOPs`;
  return ([['N', `N_opt${at}`], ['loss', `The loss${at}`], ['alpha', 'alpha'], ['beta', 'beta']] as const).flatMap(([name, what]) => {
    const [most] = moves[name];
    return most && Number.isFinite(most.distance) ? [`${what} ${moveText(name, most, sensitivity)}`] : [];
  });
}

function moveText(name: MovedName, { kind, range, widths, distance }: Move, { given: { numbers, intervals } }: Sensitivity): string {
  if (!(distance > 0)) return `moves with none of the choices: it stays ${shown(name, numbers[name])}.`;
  const [low, high] = range.map((value) => shown(name, value));
  const interval = intervals[name].map((value) => shown(name, value)).join(' to ');
  const compared = !Number.isFinite(widths) ? ''
    : widths > 1 ? ` That is more than the runs leave open: ${interval}.`
      : ` The runs leave more open: ${interval}.`;
  return `moves most with ${CHOICES[kind]}: from ${low} to ${high}, ${shown(name, numbers[name])} as given.${compared}`;
}

/** What is not to be missed, one sentence or two each. */
export function sensitivityWarnings({ given: { fit }, variants, unmade }: Sensitivity): string[] {
  const failed = variants.filter(({ certificate }) => certificate.verdict === 'fail');
  return [
    ...(fit.certificate.verdict === 'fail' ? [`The certificate of the fit as given fails: ${fit.certificate.reasons.join(' ')}`] : []),
    ...failed.map(({ choice, certificate }) => `With ${choiceText(choice)} the certificate fails, and it counts for nothing below: ${certificate.reasons.join(' ')}`),
    ...unmade.map(({ choice, reason }) => `Not made, ${choiceText(choice)}: ${reason}`),
    ...fit.warnings,
  ];
}

/** What `isoloss sensitivity --json` prints; what is not finite is null. */
export function sensitivityJson(sensitivity: Sensitivity) {
  const { budget, confidence, given: { fit, numbers, intervals }, variants, unmade, moves } = sensitivity;
  const { law, sweep, params, points, loss, delta, certificate } = fit;
  return jsonable({
    sweep, law, budget, confidence,
    given: { loss, delta, points, params, numbers, intervals, certificate: { verdict: certificate.verdict, reasons: certificate.reasons } },
    variants: variants.map(({ certificate: { verdict, reasons, starts, startsAgreeing }, ...variant }) =>
      ({ ...variant, certificate: { verdict, reasons, starts, startsAgreeing } })),
    unmade, moves,
    says: sensitivitySays(sensitivity),
    warnings: sensitivityWarnings(sensitivity),
    version,
  });
}
