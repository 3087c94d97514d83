/**
 * One sweep against another in words. One direction everywhere: what the other needs, against the base. A multiplier of 1.7 is
 * "1.70× less", one of 0.6 is "1.67× more"; an interval that holds 1 does not tell which.
 */
import type { Answer } from '../stats/answers.ts';
import type { Multiplier, MultiplierAt, Side } from '../stats/multiplier.ts';
import type { Interval } from '../types.ts';
import { formatInteger, formatNumber, formatPower, formatShare } from '../units.ts';
import { farText, formatTimes } from './beyond.ts';

/** What is needed less of: compute, or tokens, of which there are fewer. */
type Fewer = 'less' | 'fewer';

/** "1.70× less", "1.67× more", "as much" of a multiplier: what the base needs over what the other does. */
export function needText(factor: number, fewer: Fewer = 'less'): string {
  const size = sizeOf(factor);
  if (size === '1.00×') return fewer === 'less' ? 'as much' : 'as many';
  return `${size} ${factor > 1 ? fewer : 'more'}`;
}

/** "1.41× to 2.10× less", "1.59× less to 2.44× more" of its interval. */
export function needSpan([low, high]: Interval, fewer: Fewer = 'less'): string {
  if (low < 1 && high > 1) return `${needText(high, fewer)} to ${needText(low, fewer)}`;
  return `${ends([low, high]).map(sizeOf).join(' to ')} ${low >= 1 ? fewer : 'more'}`;
}

/** That of the smaller change first. */
function ends([low, high]: Interval): Interval {
  return low >= 1 ? [low, high] : [high, low];
}

function sizeOf(factor: number): string {
  return formatTimes(factor >= 1 ? factor : 1 / factor, 3);
}

/** Does the interval hold 1? */
export function isOpen({ interval }: Answer): boolean {
  return interval !== undefined && interval[0] <= 1 && interval[1] >= 1;
}

/** " (1.41 to 2.10)" of an interval without 1, or nothing. */
function between({ interval }: Answer): string {
  return interval && Number.isFinite(interval[0]) ? ` (${ends(interval).map((end) => sizeOf(end).slice(0, -1)).join(' to ')})` : '';
}

/** "At 1e21 FLOPs", "At a loss of 2.1". */
function placeOf({ asked }: MultiplierAt): string {
  return 'budget' in asked ? `At ${formatPower(asked.budget, 4)} FLOPs` : `At a loss of ${asked.loss}`;
}

/** What the multipliers say: a sentence for each place, and one for the tokens. */
export function multiplierSays({ base, other, at, data: { q, p } }: Multiplier): string[] {
  const compute = at.filter(({ answers }) => Number.isFinite(answers.compute.value)).map((each) => saidOf(placeOf(each), each.answers.compute, base, other, 'compute'));
  if (!Number.isFinite(q.value)) return compute;
  const doubt = p < LEVEL ? `, which these runs speak against (p = ${formatNumber(p, 2)})` : '';
  return [...compute, saidOf(`If one law with q times the tokens holds for both${doubt}`, q, base, other, 'tokens')];
}

function saidOf(place: string, answer: Answer, base: Side, other: Side, what: 'compute' | 'tokens'): string {
  const fewer = what === 'compute' ? 'less' : 'fewer';
  const middle = place.startsWith('If') ? `${place}, ` : `${place} `;
  const need = needText(answer.value, fewer);
  if (isOpen(answer)) {
    return `${middle}the data do not tell which needs ${fewer} ${what}: for the same loss ${other.name} needs from ${needSpan(answer.interval!, fewer)} than ${base.name} ` +
      `(${need} by the fits).`;
  }
  return `${middle}${other.name} reaches the same loss with ${need} ${what} ${need.startsWith('as') ? 'as' : 'than'} ${base.name}${between(answer)}.`;
}

/** A share below this is the rounding of two polishes. */
const ROUNDING = 1e-9;
/** Of the test whether one q says it all. */
const LEVEL = 0.05;

/** How the law with one q compares with a law for each sweep. */
export function verdictOnShared({ data: { objectives: { shared, separate }, p, tests }, base, other }: Multiplier): string {
  const share = 1 - separate / shared;
  const drop = `two laws lower what is minimised by ${share > ROUNDING ? formatNumber(100 * share, 2) : '0'} %`;
  if (tests === 0) return Number.isNaN(p) ? `${drop}; whether by more than chance was not tested` : drop;
  const chance = `p = ${formatNumber(p, 2)}, of ${formatInteger(tests)} resamples in which one q is true`;
  return p < LEVEL
    ? `${drop}, more than chance does (${chance}): one q is not all that ${other.name} differs in from ${base.name}`
    : `${drop}, no more than chance does (${chance}): one q says as much as two laws`;
}

/** How the tables were read and where they were fitted: with the name of the sweep, where it is of one of them. */
export function multiplierNotes({ base, other }: Multiplier): string[] {
  const [ofBase, ofOther] = [base, other].map(({ fit }) => fit.notes);
  return [
    ...ofBase.filter((note) => !ofOther.includes(note)).map((note) => `${base.name}: ${note}`),
    ...ofOther.filter((note) => !ofBase.includes(note)).map((note) => `${other.name}: ${note}`),
    ...ofBase.filter((note) => ofOther.includes(note)),
  ];
}

/** What is not to be missed, one sentence or two each. */
export function multiplierWarnings(multiplier: Multiplier): string[] {
  const { base, other, at, data, crossings } = multiplier;
  const doubts = [base, other].flatMap(({ name, fit: { certificate } }) =>
    (certificate.verdict === 'fail' ? [`The certificate of the fit of ${name} fails: ${certificate.reasons.join(' ')}`] : []));
  return [
    ...doubts,
    ...(data.certificate.verdict === 'fail' ? [`The certificate of the law with q fails: ${data.certificate.reasons.join(' ')}`] : []),
    ...crossings.map((C) => `The frontiers cross at ${formatPower(C, 3)} FLOPs: which sweep needs less compute changes there.`),
    ...disjoint(base, other),
    ...at.flatMap((each) => [...unanswered(each, base, other), ...partly(each)]),
    ...beyondTexts(multiplier),
    ...[base, other].flatMap(({ name, fit: { warnings } }) => warnings.map((warning) => `${name}: ${warning}`)),
  ];
}

function disjoint(base: Side, other: Side): string[] {
  const apart = (['N', 'D', 'C'] as const).filter((name) => base.ranges[name][0] > other.ranges[name][1] || other.ranges[name][0] > base.ranges[name][1]);
  if (apart.length === 0) return [];
  return [`The sweeps have no ${apart.join(' and no ')} in common: the comparison is extrapolation on one side everywhere.`];
}

function unanswered(each: MultiplierAt, base: Side, other: Side): string[] {
  const { compute, otherC } = each.answers;
  if (Number.isFinite(compute.value)) return [];
  const who = Number.isFinite(otherC.value) ? base.name : other.name;
  return [`${placeOf(each)} there is no multiplier: the law of ${who} does not reach the loss with any compute.`];
}

/** Share of the resamples that may be without an answer in silence. */
const FEW = 0.01;

function partly(each: MultiplierAt): string[] {
  const { value, unanswered: share = 0 } = each.answers.compute;
  if (!Number.isFinite(value) || share <= FEW) return [];
  return [`${placeOf(each)} ${formatShare(share, 1)} of the pairs of resamples have no multiplier, since one of their laws does not reach the loss: the interval is of the others.`];
}

function beyondTexts({ at, base, other }: Multiplier): string[] {
  const farthest = (side: 'base' | 'other') => {
    const most = (name: 'N' | 'D' | 'C') => Math.max(1, ...at.map(({ beyond }) => beyond[side][name]).filter(Number.isFinite));
    return farText({ N: most('N'), D: most('D'), C: most('C') });
  };
  const far = [[base.name, farthest('base')], [other.name, farthest('other')]].filter(([, text]) => text !== '').map(([name, text]) => `${text} for ${name}`);
  return far.length === 0 ? [] : [`Some of these optima are beyond the runs, by up to ${far.join(' and ')}: no run says that the law holds there.`];
}
