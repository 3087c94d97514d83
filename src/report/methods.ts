/**
 * A fit as a methods section for a paper: every choice by name, what came out, and blanks, "____", for what no table of runs
 * tells. Sentences in plain text, paragraphs apart by an empty line.
 */
import { stagesOf } from '../backend/schedule.ts';
import { isCount, MEANING } from '../data/columns.ts';
import { showLines } from '../data/lines.ts';
import { fitOfGroup, spreadOfGroup } from '../fit/groups.ts';
import { AUTO, countGrid } from '../fit/starts.ts';
import { INPUTS } from '../laws/inputs.ts';
import { lawById } from '../laws/registry.ts';
import { lossOf } from '../losses/registry.ts';
import { LIMIT } from '../optim/polish.ts';
import type { Bootstrap, Dropped, Fit, Interval, Role, Sweep } from '../types.ts';
import { formatCount, formatInteger, formatNumber, formatPower, formatShare } from '../units.ts';
import { boundTexts, reachedTexts } from './bounds.ts';
import { reportFrontier } from './frontier.ts';
import { groupsSentence, joinWords } from './groups.ts';
import { objectiveUnit, summandOf } from './losses.ts';
import { percent, uncertaintySentences } from './methods-uncertainty.ts';

export interface MethodsOptions {
  /** The runs that were fitted. */
  readonly sweep: Sweep;
  readonly fit: Fit;
  /** Of `fit`, of any kind. */
  readonly bootstrap?: Bootstrap;
  /** Of `fit`, of kind "sandwich": counts where there is no bootstrap. */
  readonly sandwich?: Bootstrap;
  /** Training FLOPs to say the optimum for; its intervals are there where the bootstrap was asked for this budget. */
  readonly budget?: number;
}

/** Ends in a line feed. @throws InputError where the budget is not positive. */
export function methodsText({ sweep, fit, bootstrap, sandwich, budget }: MethodsOptions): string {
  const spread = bootstrap ?? sandwich;
  const paragraphs = [
    dataSentences(sweep, fit),
    [...objectiveSentences(sweep, fit), ...searchSentences(fit)],
    [...evidenceSentences(fit), ...resultSentences(fit, spread)],
    uncertaintySentences(spread, fit.groups !== undefined),
    budget === undefined ? [] : optimumSentences(fit, budget, spread),
    [`All of this was computed with isoloss ${fit.version}.`, ...blanks(sweep)],
  ];
  return `${paragraphs.filter((sentences) => sentences.length > 0).map((sentences) => sentences.join(' ')).join('\n\n')}\n`;
}

const QUANTITIES: Readonly<Record<Role, string>> = { ...MEANING, loss: 'the loss L (nats per token)', weight: 'the weight of each run' };
/** What the reader writes where the table lacks one of N, D and C. */
const FORMULAS: ReadonlySet<string | undefined> = new Set(['C/(6D)', 'C/(6N)', '6·N·D']);

function dataSentences(sweep: Sweep, fit: Fit): string[] {
  const reads = new Set(lawById(fit.law).inputs.flatMap((name) => INPUTS[name].reads));
  const roles = (Object.keys(QUANTITIES) as Role[]).filter((role) => (role === 'weight' ? sweep.mapping.weight !== undefined
    : role === 'loss' || reads.has(role) || (isCount(role) && !Number.isNaN(sweep.columns[role][0]))));
  const scaled = sweep.notes.filter((note) => /^\w+ is ".*" times /.test(note));
  return [
    `We fitted ${formatInteger(fit.points)} training runs of ${sweep.name}.`,
    `${joinWords(roles.map((role) => `${QUANTITIES[role]} is ${originOf(sweep.mapping[role])}`))}.`,
    ...scaled,
    ...(hasFrontier(fit) ? [countingSentence(sweep)] : []),
    ...leftOutSentences(sweep, fit),
    ...fit.warnings.map((warning) => `The reader of the table warns: ${warning}`),
  ];
}

function hasFrontier({ law: id }: Fit): boolean {
  const law = lawById(id);
  return (law.groups?.base ?? law).frontier !== undefined;
}

function originOf(origin: string | undefined): string {
  if (origin === undefined) return '____';
  return FORMULAS.has(origin) ? `taken as ${origin}` : `from "${origin}"`;
}

function countingSentence({ mapping }: Sweep): string {
  if (Object.values(mapping).some((origin) => FORMULAS.has(origin))) return 'Compute is counted as C = 6ND.';
  return 'The law is fitted in N and D; compute-optimal sizes take C = 6ND, whatever C the table has.';
}

function leftOutSentences({ lines, weight }: Sweep, { dropped }: Fit): string[] {
  const entries = dropped.filter((entry) => entry.lines.length > 0);
  const known = new Set(entries.flatMap((entry) => entry.lines));
  const count = entries.reduce((sum, entry) => sum + entry.lines.length, 0);
  const weightless = Array.from(lines).filter((line, i) => weight[i] === 0 && !known.has(line));
  return [
    count === 0 ? 'No run was left out.' : `${runs(count)} left out: ${entries.map(droppedText).join('; ')}.`,
    ...(weightless.length === 0 ? [] : [`Runs of weight 0 have no part in the fit: ${droppedText({ reason: 'in all', lines: weightless })}.`]),
  ];
}

const LONGEST_LIST = 120;

function droppedText({ reason, lines }: Dropped): string {
  const places = showLines(lines).replaceAll(',', ', ');
  const list = places.length > LONGEST_LIST ? "lines listed in the fit's JSON" : `${lines.length === 1 ? 'line' : 'lines'} ${places}`;
  return `${formatInteger(lines.length)} ${reason} (${list})`;
}

function runs(count: number): string {
  return count === 1 ? '1 run was' : `${formatInteger(count)} runs were`;
}

function objectiveSentences({ mapping }: Sweep, fit: Fit): string[] {
  const { formula, reference } = lawById(fit.law);
  const held = Object.entries(fit.fixed ?? {}).map(([name, value]) => `${name} at ${value}`);
  const weights = mapping.weight === undefined ? '' : ', each with its weight,';
  return [
    `The law is ${formula} (${reference}).`,
    ...(fit.groups ? [groupsSentence(fit.groups, fit)] : []),
    ...(held.length === 0 ? [] : [`Of its parameters ${held.length === 1 ? 'one was' : `${held.length} were`} not fitted but held: ${joinWords(held)}.`]),
    ...(fit.bounds ? [`Bounds were set: ${joinWords(boundTexts(fit.bounds))}.`] : []),
    `It was fitted by minimising the sum over the runs${weights} of ${summandOf(fit)}.`,
  ];
}

function searchSentences(fit: Fit): string[] {
  const { certificate, backend } = fit;
  const { count, origin } = startsOf(fit);
  const loss = lossOf(fit);
  const { starts: descended, startsAbout: about = 0 } = certificate;
  const screened = count > descended ? `, the ${formatInteger(descended)} of lowest objective among ${formatInteger(count)}` : '';
  const stages = stagesOf(loss, 0).map((stage) => String(Number(stage.delta.toPrecision(3))));
  const centred = fit.fixed ? 'with the inputs centred as far as what is held allows' : 'with the inputs centred';
  const descent = `Each was descended by damped normal equations (Levenberg-Marquardt) ${centred}`;
  const device = backend.name === 'gpu' ? `in float32 on a GPU (WebGPU, ${backend.adapter})` : `in float64 on the CPU (${backend.adapter})`;
  return [
    `The minimum was sought from ${formatInteger(descended)} ${descended === 1 ? 'start' : 'starts'} ${origin}${screened}${about > 0 ? `, and from ${formatInteger(about)} about the lowest end of those` : ''}.`,
    loss.shape === 'squares'
      ? `${descent}, the steps turning into Newton's as they succeed, ${device}.`
      : `${descent}, the residuals beyond the threshold reweighted at first and the steps turning into Newton's as they succeed, ` +
        `through the ${loss.delta === 0 ? 'Huber ' : ''}thresholds ${joinWords(stages)} nats, ${device}.`,
    `The lowest ends, at most four that differ, were polished by Newton's method in float64${loss.delta === 0 ? `, the threshold lowered to ${LIMIT} nats` : ''}; ` +
      'the lowest of them is the fit.',
  ];
}

function startsOf({ law, starts, seed, fixed }: Fit): { count: number; origin: string } {
  if (starts === 'paper') return { count: countGrid(lawById(law), fixed), origin: `of ${lawById(law).grid}` };
  return { count: starts === 'auto' ? AUTO : Number(starts), origin: `drawn at random on the scale of the data (seed ${seed})` };
}

const ENDS: Readonly<Record<string, string>> = {
  converged: 'converged',
  stalled: 'stopped where no step lowers the objective',
  vanished: 'lost a term of the law',
  iterations: 'reached the step limit',
  nonfinite: 'had no finite objective',
};

function evidenceSentences({ certificate, objective, otherMinima, delta }: Fit): string[] {
  const unit = objectiveUnit({ delta });
  const { starts, startsAgreeing, startsAbout: about = 0, startsAboutAgreeing = 0, gradientNorm, conditionNumber, outcomes, verdict, reasons } = certificate;
  const atBounds = reachedTexts({ ...certificate, activeBounds: [] });
  const ends = Object.entries(outcomes).toSorted(([, a], [, b]) => b - a).map(([end, count]) => `${formatInteger(count)} ${ENDS[end] ?? end}`);
  return [
    `Of ${formatInteger(starts)} ${about > 0 ? 'independent ' : ''}${starts === 1 ? 'descent' : 'descents'} ${joinWords(ends)}; ${formatInteger(startsAgreeing)} ` +
      `(${formatShare(startsAgreeing, starts)}) ended within 1e-4 (relative) of the lowest objective, ${formatNumber(objective, 6)} ${unit}` +
      `${about > 0 ? `, and ${formatInteger(startsAboutAgreeing)} of the ${formatInteger(about)} begun about the lowest end` : ''}.`,
    ...(otherMinima.length === 0 ? [] : [`${otherMinima.length} other ${otherMinima.length === 1 ? 'minimum was' : 'minima were'} found, the lowest ` +
      `of objective ${formatNumber(otherMinima[0].objective, 6)} ${unit}.`]),
    `At the fit the gradient, relative to the pulls of the single runs, is ${formatPower(gradientNorm, 2)}, and the condition number of the scaled ` +
      `normal equations ${formatNumber(conditionNumber, 3)}.`,
    ...(atBounds.length === 0 ? [] : [`The fit has ${joinWords(atBounds)}: beyond, the objective would fall.`]),
    verdict === 'pass' ? 'All checks of convergence pass.' : `The checks of convergence FAIL, and the numbers should not be relied on: ${reasons.join(' ')}`,
  ];
}

function resultSentences({ params, exponents, fixed = {} }: Fit, spread: Bootstrap | undefined): string[] {
  const behind = (name: string) => (name in fixed ? 'held' : spread && span(spread.intervals[name], (end) => formatNumber(end, 4)));
  const equal = ([name, value]: [string, number]) => `${name} = ${formatNumber(value, 5)}${behind(name) === undefined ? '' : ` (${behind(name)})`}`;
  const brackets = spread ? `, with ${percent(spread)} intervals in brackets` : '';
  return [
    `The fit is ${joinWords(Object.entries(params).map(equal))}${brackets}.`,
    ...(exponents.a !== undefined && Object.values(exponents).every(Number.isFinite)
      ? [`Compute-optimal sizes go as N_opt ~ C^a and D_opt ~ C^b with ${joinWords(Object.entries(exponents).map(equal))}.`] : []),
  ];
}

function span([low, high]: Interval, format: (end: number) => string): string {
  if (low === -Infinity && high === Infinity) return 'without bounds';
  return Number.isNaN(low + high) ? 'no interval' : `${format(low)} to ${format(high)}`;
}

/** One of each group, where there are groups and the law has an optimum. */
function optimumSentences(fit: Fit, budget: number, spread: Bootstrap | undefined): string[] {
  if (!fit.groups) return fit.exponents.a === undefined ? [] : [optimumSentence(fit, budget, spread)];
  return fit.groups.names.flatMap((name) => {
    const [sentence] = optimumSentences(fitOfGroup(fit, name), budget, spread && spreadOfGroup(fit, spread, name));
    return sentence === undefined ? [] : [`Of ${name}: ${sentence}`];
  });
}

function optimumSentence(fit: Fit, budget: number, spread: Bootstrap | undefined): string {
  const [best] = reportFrontier(fit, [budget]);
  if (!best) return `At C = ${formatPower(budget, 3)} FLOPs no size is optimal by this fit.`;
  const at = spread?.frontier.find(({ C }) => C === budget);
  const within = (interval: Interval | undefined, format: (end: number) => string) => (interval ? ` (${span(interval, format)})` : '');
  const ratio = (value: number) => formatNumber(value, 3);
  return `At C = 6ND = ${formatPower(budget, 3)} FLOPs, ${reach(fit, budget)}, the optimum by this fit is ` +
    `N = ${formatCount(best.N)} parameters${within(at?.N, formatCount)} on D = ${formatCount(best.D)} tokens${within(at?.D, formatCount)}, ` +
    `${ratio(best.D / best.N)} tokens per parameter${within(at?.tokensPerParameter, ratio)}, ` +
    `with a loss of ${best.loss.toFixed(3)} nats per token${within(at?.loss, (end) => end.toFixed(3))}.`;
}

function reach({ computeRange: [lowest, highest] }: Fit, budget: number): string {
  if (budget > highest) return `${formatNumber(budget / highest, 2)} times the compute of the largest run`;
  return budget < lowest ? `${formatNumber(lowest / budget, 2)} times less than the compute of the smallest run` : 'within the compute of the runs';
}

function blanks({ mapping }: Sweep): string[] {
  return [
    'To be filled in: the tokenizer is ____.',
    'N counts the embeddings: ____.',
    'The training data are ____, with tokens repeated: ____.',
    'The learning-rate schedule is ____, and ends with each run: ____.',
    'The loss is that of training or of held-out data: ____, smoothed by ____.',
    ...(FORMULAS.has(mapping.C) ? [] : ['The C of the table is counted as ____.']),
  ];
}
