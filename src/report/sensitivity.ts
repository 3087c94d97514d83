/** How much an answer hangs on the choices of a fit, as text for a terminal, as tables, and as JSON. */
import type { Choice, ChoiceKind } from '../stats/choices.ts';
import { MOVED, type Move, type MovedName, type Numbers, type Sensitivity } from '../stats/sensitivity.ts';
import { formatCount, formatInteger, formatLevel, formatPower, formatShare } from '../units.ts';
import { version } from '../version.ts';
import { farText, formatTimes, isBeyond } from './beyond.ts';
import { jsonable } from './jsonable.ts';
import { hang, list, remarkItems, sectionsText } from './layout.ts';
import { titledLines, type TitledTable } from './titled-table.ts';

/** What a kind of choice is called: "the loss". */
export const CHOICES: Readonly<Record<ChoiceKind, string>> = {
  delta: 'the threshold', loss: 'the loss', drop: 'dropping runs of high loss', cut: 'the range of compute', count: 'the count', law: 'the law',
};

/** A choice in a few words: "delta 1e-4 nats", "without 5 highest losses", "C ≤ 8e19 (lowest 50 %)". */
export function choiceText(choice: Choice): string {
  switch (choice.kind) {
    case 'delta': return `delta ${choice.delta < 0.01 ? formatPower(choice.delta, 3) : Number(choice.delta.toPrecision(3))} nats`;
    case 'loss': return `loss ${choice.loss}`;
    case 'drop': return choice.highest === 1 ? 'without highest loss' : `without ${formatInteger(choice.highest)} highest losses`;
    case 'cut': return choice.keep === 'below'
      ? `C ≤ ${formatPower(choice.C, 2)} (lowest ${formatShare(choice.quantile, 1)})`
      : `C ≥ ${formatPower(choice.C, 2)} (highest ${formatShare(1 - choice.quantile, 1)})`;
    case 'count': return `${choice.role} from ${choice.column}`;
    case 'law': return `law ${choice.law}`;
  }
}

/** How each number is written. */
export const WRITTEN: Readonly<Record<MovedName, (value: number) => string>> = {
  alpha: decimals(4), beta: decimals(4), a: decimals(3), N: formatCount, D: formatCount, loss: decimals(4),
};

function decimals(count: number): (value: number) => string {
  return (value) => value.toFixed(count);
}

function shown(name: MovedName, value: number): string {
  return Number.isFinite(value) ? WRITTEN[name](value) : '-';
}

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function sensitivityText(sensitivity: Sensitivity): string {
  const { given: { fit }, budget } = sensitivity;
  const [variants, moves] = sensitivityTables(sensitivity).map(titledLines);
  return sectionsText([
    hang('', `Sensitivity of the law ${fit.law} fitted to ${fit.sweep}, and of its optimum for ${formatPower(budget, 4)} FLOPs`),
    ['What moves it', ...sensitivitySays(sensitivity).flatMap((line) => hang('  ', line))],
    list(remarkItems(sensitivityWarnings(sensitivity), fit.notes)),
    variants, moves,
  ]);
}

/** Every fit, and how far each kind of choice moves each number. */
export function sensitivityTables(sensitivity: Sensitivity): TitledTable[] {
  return [variantTable(sensitivity), moveTable(sensitivity)];
}

const TITLES: Readonly<Record<MovedName, string>> = { alpha: 'alpha', beta: 'beta', a: 'a', N: 'N_opt', D: 'D_opt', loss: 'loss' };

/** A row: what it is, its runs, numbers, factor in C beyond the runs, and certificate. */
type Row = readonly [label: string, points: string, numbers: Numbers, beyond: string, verdict: string];

function variantTable({ given, variants, budget, confidence }: Sensitivity): TitledTable {
  const far = (C: number) => (isBeyond(C) ? formatTimes(C) : '');
  const end = (k: 0 | 1) => Object.fromEntries(MOVED.map((name) => [name, given.intervals[name][k]])) as unknown as Numbers;
  const sure = formatLevel(confidence);
  const rows: Row[] = [
    ['as given', formatInteger(given.fit.points), given.numbers, far(given.beyond.C), given.fit.certificate.verdict],
    [`  ${sure} from`, '', end(0), '', ''], [`  ${sure} to`, '', end(1), '', ''],
    ...variants.map(({ choice, points, certificate, numbers, beyond }): Row => [short(choiceText(choice)), formatInteger(points), numbers, far(beyond.C), certificate.verdict]),
  ];
  const isFar = rows.some(([, , , beyond]) => beyond !== '');
  return {
    title: `Exponents, and the optimum for ${formatPower(budget, 4)} FLOPs, by each choice`,
    columns: [
      ['l', '', rows.map(([label]) => label)],
      ['r', 'runs', rows.map(([, points]) => points)],
      ...MOVED.map((name) => ['r', TITLES[name], rows.map(([, , numbers]) => shown(name, numbers[name]))] as const),
      ...(isFar ? [['r', 'beyond', rows.map(([, , , beyond]) => beyond)] as const] : []),
      ['l', 'fit', rows.map(([, , , , verdict]) => verdict)],
    ],
    notes: [
      'alpha and beta: exponents of the loss in N and in D, times gamma where the law has one. a: N_opt ~ C^a. N_opt in parameters, D_opt in training tokens, loss in nats ' +
        `per token, C in FLOPs.${isFar ? ' Beyond: the budget over the largest C of the runs of that fit.' : ''} Fit: whether its certificate passes.`,
      `The ${sure} interval is of the fit as given, from its sandwich covariance: what the runs leave open.`,
    ],
  };
}

/** Characters of a choice in the table. */
const LABEL = 25;

function short(text: string): string {
  return text.length > LABEL ? `${text.slice(0, LABEL - 1)}…` : text;
}

function moveTable({ moves, confidence }: Sensitivity): TitledTable {
  const kinds = moves.N.map(({ kind }) => kind);
  const cell = (name: MovedName, kind: ChoiceKind) => {
    const { widths } = moves[name].find((move) => move.kind === kind)!;
    return Number.isFinite(widths) ? formatTimes(widths) : '-';
  };
  return {
    title: `How far each kind of choice moves a number, over the width of its ${formatLevel(confidence)} interval`,
    columns: [
      ['l', '', kinds.map((kind) => CHOICES[kind])],
      ...MOVED.map((name) => ['r', TITLES[name], kinds.map((kind) => cell(name, kind))] as const),
    ],
    notes: ['From the least to the greatest that the choices of a kind make of it. Above 1×: the choice matters more than the noise of the runs.'],
  };
}

const SAID: readonly (readonly [name: MovedName, what: (budget: string) => string, unit: string])[] = [
  ['N', (budget) => `N_opt for ${budget} FLOPs`, ' parameters'], ['loss', (budget) => `The loss for ${budget} FLOPs`, ' nats per token'],
  ['alpha', () => 'alpha, the exponent of N,', ''], ['beta', () => 'beta, the exponent of D,', ''],
];

/** Which choice moves what most, in plain words: a sentence for each of alpha, beta, N_opt and the loss. */
export function sensitivitySays(sensitivity: Sensitivity): string[] {
  const { moves, budget } = sensitivity;
  return SAID.flatMap(([name, what, unit]) => {
    const [most] = moves[name];
    return most && Number.isFinite(most.distance) ? [`${what(formatPower(budget, 4))} ${moveText(name, unit, most, sensitivity)}`] : [];
  });
}

function moveText(name: MovedName, unit: string, { kind, range, widths, distance }: Move, { given: { numbers, intervals } }: Sensitivity): string {
  if (!(distance > 0)) return `moves with none of the choices: it stays ${shown(name, numbers[name])}${unit}.`;
  const [low, high] = range.map((value) => shown(name, value));
  const interval = intervals[name].map((value) => shown(name, value)).join(' to ');
  const compared = !Number.isFinite(widths) ? ''
    : widths > 1 ? ` That is more than the runs leave open: ${interval}.`
      : ` The runs leave more open: ${interval}.`;
  return `moves most with ${CHOICES[kind]}: from ${low} to ${high}${unit}, ${shown(name, numbers[name])} as given.${compared}`;
}

/** What is not to be missed, one sentence or two each. */
export function sensitivityWarnings({ budget, given: { fit, numbers, beyond, warnings }, variants, unmade }: Sensitivity): string[] {
  const failed = variants.filter(({ certificate }) => certificate.verdict === 'fail');
  const far = farText(beyond);
  return [
    ...(fit.certificate.verdict === 'fail' ? [`The certificate of the fit as given fails: ${fit.certificate.reasons.join(' ')}`] : []),
    ...failed.map(({ choice, certificate }) => `With ${choiceText(choice)} the certificate fails, and the fit counts for no move: ${certificate.reasons.join(' ')}`),
    ...unmade.map(({ choice, reason }) => `Not made, ${choiceText(choice)}: ${reason}`),
    ...(Number.isFinite(numbers.N) ? [] : [`The law has no optimum for ${formatPower(budget, 4)} FLOPs.`]),
    ...(far === '' ? [] : [`The optimum for ${formatPower(budget, 4)} FLOPs is beyond the runs, by ${far}: no run says that the law holds there.`]),
    ...warnings,
    ...fit.warnings,
  ];
}

/** What `isoloss sensitivity --json` prints; what is not finite is null. `beyond`: factors by which the optimum is beyond the runs of that fit. */
export function sensitivityJson(sensitivity: Sensitivity) {
  const { budget, confidence, given: { fit, numbers, intervals, beyond }, variants, unmade, moves } = sensitivity;
  const { law, sweep, params, points, loss, delta, certificate } = fit;
  return jsonable({
    sweep, law, budget, confidence,
    given: { loss, delta, points, params, numbers, intervals, beyond, certificate: { verdict: certificate.verdict, reasons: certificate.reasons } },
    variants: variants.map(({ certificate: { verdict, reasons, starts, startsAgreeing }, ...variant }) =>
      ({ ...variant, certificate: { verdict, reasons, starts, startsAgreeing } })),
    unmade, moves,
    says: sensitivitySays(sensitivity),
    notes: fit.notes,
    warnings: sensitivityWarnings(sensitivity),
    version,
  });
}
