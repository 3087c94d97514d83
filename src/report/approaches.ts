/** The three approaches side by side as text for a terminal, and as JSON. */
import type { ApproachNumber } from '../approaches/approach.ts';
import type { Approaches, ApproachesInput, ApproachResult } from '../approaches/approaches.ts';
import type { Envelope } from '../approaches/envelope.ts';
import type { IsoflopApproach } from '../approaches/isoflop.ts';
import type { SweepShift } from '../approaches/shift.ts';
import { lawById } from '../laws/registry.ts';
import type { Fit } from '../types.ts';
import { formatCount, formatInteger, formatLevel, formatNumber, formatPower, formatSeconds } from '../units.ts';
import { intervalTitle, spans } from './bootstrap.ts';
import { toJson, type FitJson } from './json.ts';
import { jsonable, type Jsonable } from './jsonable.ts';
import { hang, indent, list, pad, remarkItems, sectionsText, table } from './layout.ts';

/** What each approach goes by. */
export const APPROACHES: Readonly<Record<ApproachNumber, string>> = { 1: 'envelope', 2: 'IsoFLOP profiles', 3: 'parametric law' };

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. `input`: what the approaches were given. */
export function approachesText(approaches: Approaches, input: ApproachesInput): string {
  const { results, envelope, isoflop, fit, bias } = approaches;
  const made = (approach: ApproachNumber) => results.some((result) => result.approach === approach);
  const sections = [
    hang('', `Compute-optimal training from ${sourcesOf(input).join(' and ')}`),
    remarks(approaches, input),
    results.length > 0 ? ['N_opt ∝ C^a, D_opt ∝ C^b', ...indent(exponentTable(approaches))] : [],
    results.some(({ at }) => at.length > 0) ? ['What to train, C = 6ND', ...indent(optimaTable(approaches))] : [],
    envelope && made(1) ? ['Approach 1: the lower envelope of training curves', ...envelopeLines(envelope, input)] : [],
    isoflop && isoflop.profiles.length > 0 ? ['Approach 2: parabolas through IsoFLOP profiles', ...indent(profileTable(isoflop)), ...biasLines(bias)] : [],
    fit ? ['Approach 3: a parametric law', ...fitLines(fit)] : [],
    ['How it was done', ...list(settingsOf(approaches))],
  ];
  return sectionsText(sections);
}

/** Names of what was given; of curves that stand for the sweep too, their name. */
export function sourcesOf({ sweep, curves }: ApproachesInput): string[] {
  return [...new Set([sweep, curves].flatMap((source) => (source ? [source.name] : [])))];
}

/** What can be given where an approach is missing. */
const REMEDIES: Readonly<Record<ApproachNumber, string>> = {
  1: 'Give --curves FILE.', 2: 'Give budgets: --isoflop-budgets 1e19,1e20, say.', 3: '',
};

/** Why an approach is missing, and what to do about it. */
export function missingText({ approach, why }: Approaches['missing'][number], { curves }: ApproachesInput): string {
  const remedy = approach === 1 && curves ? '' : REMEDIES[approach];
  return [`Approach ${approach}, ${APPROACHES[approach]}: ${why}`, remedy].filter(Boolean).join(' ');
}

/** Of every approach what looks wrong with it, then of how the tables were read. */
export function warningsOf({ results, bias }: Approaches, { sweep, curves }: ApproachesInput): string[] {
  return [
    ...results.flatMap(({ approach, warnings }) => warnings.map((warning) => `Approach ${approach}: ${warning}`)),
    ...(bias?.warning === undefined ? [] : [bias.warning]),
    ...new Set([sweep, curves].flatMap((source) => source?.warnings ?? [])),
  ];
}

export function notesOf({ sweep, curves }: ApproachesInput): string[] {
  return [...new Set([sweep, curves].flatMap((source) => source?.notes ?? []))];
}

function remarks(approaches: Approaches, input: ApproachesInput): string[] {
  return list([
    ...approaches.missing.map((each) => ['Not run', missingText(each, input)] as const),
    ...remarkItems(warningsOf(approaches, input), notesOf(input)),
  ]);
}

function titleOf({ approach }: ApproachResult): string {
  return `${approach}  ${APPROACHES[approach]}`;
}

function exponentTable({ results, confidence }: Approaches): string[] {
  const write = (end: number) => formatNumber(end, 4);
  return table([
    ['l', 'approach', results.map(titleOf)],
    ['l', 'a', pad(results.map(({ N }) => write(N.exponent)), '.')],
    ['l', intervalTitle({ confidence }), spans(results.map(({ intervals }) => intervals.a), write, '.')],
    ['l', 'b', pad(results.map(({ D }) => write(D.exponent)), '.')],
    ['l', intervalTitle({ confidence }), spans(results.map(({ intervals }) => intervals.b), write, '.')],
  ]);
}

/** Budget by budget, the approaches below each other. */
function optimaTable({ results, confidence }: Approaches): string[] {
  const [{ at: budgets }] = results;
  const rows = budgets.flatMap(({ C }, k) => results.map((result, r) => ({ C: r === 0 ? formatPower(C, 3) : '', approach: result.approach, at: result.at[k] })));
  return table([
    ['l', 'C (FLOP)', rows.map(({ C }) => C)],
    ['r', 'approach', rows.map(({ approach }) => String(approach))],
    ['r', '  N_opt', rows.map(({ at }) => formatCount(at.N))],
    ['l', intervalTitle({ confidence }), spans(rows.map(({ at }) => at.intervals.N), formatCount, 'r')],
    ['r', '  D_opt', rows.map(({ at }) => formatCount(at.D))],
    ['l', intervalTitle({ confidence }), spans(rows.map(({ at }) => at.intervals.D), formatCount, 'r')],
    ['r', 'D/N', rows.map(({ at }) => formatNumber(at.D / at.N, 3))],
  ]);
}

function envelopeLines({ points, optima }: Envelope, { curves }: ApproachesInput): string[] {
  const models = new Set(optima.map(({ N }) => N)).size;
  const ends = [points[0], points.at(-1)!].map(({ C }) => formatPower(C, 3)).join(' to ');
  return list([
    ['Curves', formatInteger(curves?.curves.length ?? 0)],
    ['Budgets', `${formatInteger(points.length)}, ${ends} FLOPs`],
    ['Optima', `${formatInteger(optima.length)} of ${formatInteger(models)} models: at the other budgets the lowest is the smallest or the largest there`],
  ]);
}

function profileTable({ profiles }: IsoflopApproach): string[] {
  const vertex = (write: (point: NonNullable<typeof profiles[number]['vertex']>) => string) => profiles.map((profile) => (profile.vertex ? write(profile.vertex) : '-'));
  return table([
    ['l', 'C (FLOP)', profiles.map(({ C }) => formatPower(C, 3))],
    ['r', 'runs', profiles.map(({ runs }) => formatInteger(runs.length))],
    ['r', '  N_opt', vertex(({ N }) => formatCount(N))],
    ['r', '  D_opt', vertex(({ D }) => formatCount(D))],
    ['r', ' loss', vertex(({ loss }) => loss.toFixed(3))],
    ['l', '', profiles.map(({ used }) => (used ? '' : 'not used'))],
  ]);
}

/** "Bias  for the law of Approach 3 and these sizes …" */
function biasLines(bias: SweepShift | undefined): string[] {
  return bias ? hang('  ', `Known bias of taking each profile for a parabola: ${biasText(bias)}.`) : [];
}

/** "a is 0.0005 too high, and D_opt at 1e26 FLOPs 2.7 % too low, if the law of Approach 3 is the truth" */
export function biasText({ C, errorOfA, errorOfD }: SweepShift): string {
  const side = (error: number) => (error < 0 ? 'too low' : 'too high');
  return `a is ${formatNumber(Math.abs(errorOfA), 2)} ${side(errorOfA)}, and D_opt at ${formatPower(C, 3)} FLOPs `
    + `${formatNumber(100 * Math.abs(errorOfD), 2)} % ${side(errorOfD)}, if the law of Approach 3 is the truth`;
}

function fitLines({ law, params, certificate, points, objective }: Fit): string[] {
  const { formula } = lawById(law);
  return list([
    ['Law', `${formula} with ${Object.entries(params).map(([name, value]) => `${name} = ${formatNumber(value, 4)}`).join(', ')}`],
    ['Fit', `${formatInteger(points)} runs, objective ${formatNumber(objective, 6)}; certificate: ${certificate.verdict}`],
  ]);
}

function settingsOf({ results, share, seed, seconds, version, fit }: Approaches): (readonly [string, string])[] {
  const [first] = results;
  const drawn = share === undefined ? 'drawn with replacement' : `of ${formatLevel(share)} drawn without replacement`;
  const failed = results.filter((result) => result.failed > 0)
    .map(({ approach, failed: count, replicates }) => `${formatInteger(count)} of ${formatInteger(replicates)} by approach ${approach}`);
  return [
    ...(first ? [['Resamples', `${formatInteger(first.replicates)} of each approach, ${drawn}, seed ${seed}: curves for 1, runs for 2 and 3`] as const] : []),
    ...(failed.length > 0 ? [['Failed', `no power law in ${failed.join(', ')}: these are in no interval`] as const] : []),
    ['Time', formatSeconds(seconds)],
    ['Backend', `${fit ? `${fit.backend.name}, ${fit.backend.adapter}` : 'cpu'}  (isoloss ${version})`],
  ];
}

/** Approaches without the points that its laws go through: those are in the envelope and in the profiles. */
type ResultJson = Jsonable<Omit<ApproachResult, 'optima'>>;

/**
 * What `isoloss approaches --json` prints. The fields mean what they mean in `Approaches`; JSON has no Infinity and no NaN, so
 * a number that is not finite is null.
 */
export interface ApproachesJson {
  /** Names of what was given. */
  readonly sources: readonly string[];
  readonly results: readonly ResultJson[];
  readonly missing: Approaches['missing'];
  readonly bias?: Jsonable<SweepShift>;
  readonly profiles?: Jsonable<IsoflopApproach['profiles']>;
  readonly fit?: FitJson;
  readonly envelope?: Jsonable<Envelope['points']>;
  readonly confidence: number;
  readonly seed: number;
  readonly share?: number;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly seconds: number;
  readonly version: string;
}

/** The names and their order are stable; `version` says which isoloss wrote it. */
export function approachesJson(approaches: Approaches, input: ApproachesInput): ApproachesJson {
  const { results, envelope, isoflop, fit, bias, missing, confidence, seed, share, seconds, version } = approaches;
  return {
    sources: sourcesOf(input),
    results: results.map(({ approach, N, D, intervals, at, replicates, failed, warnings }) => jsonable({ approach, N, D, intervals, at, replicates, failed, warnings })),
    missing,
    ...(bias && { bias: jsonable(bias) }),
    ...(isoflop && { profiles: jsonable(isoflop.profiles) }),
    ...(fit && { fit: toJson(fit) }),
    ...(envelope && { envelope: jsonable(envelope.points) }),
    confidence, seed, ...(share !== undefined && { share }),
    notes: notesOf(input),
    warnings: warningsOf(approaches, input),
    seconds, version,
  };
}
