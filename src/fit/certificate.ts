/** How far a minimum can be trusted: evidence in float64, and a verdict that follows from it. */
import { AGREE, type DescentResult } from '../backend/backend.ts';
import type { Centre } from '../laws/law.ts';
import { boundedNatural } from './bounds.ts';
import { conditionNumber } from '../optim/conditioning.ts';
import type { Box } from '../optim/box.ts';
import { vanishedParams } from '../optim/descent.ts';
import type { Problem } from '../optim/objective.ts';
import type { AtSide, Polished } from '../optim/polish.ts';
import { countTerminations } from '../optim/termination.ts';
import type { BoundHeld, Certificate } from '../types.ts';

/** Residuals of this size, nats, are nothing: what two starts leave of noise-free data is rounding. */
const NEGLIGIBLE = 1e-6;
const GRADIENT_LIMIT = 1e-6;
/** So many starts, or this share of them, are enough to agree. */
export const ENOUGH = 8;
const ENOUGH_SHARE = 1 / 4;
const CONDITION_LIMIT = 1e8;

/** Up to where objectives agree with one that is the lowest. */
export function agreement({ weight }: Problem, objective: number): number {
  const weights = weight.reduce((sum, value) => sum + value, 0);
  return objective * (1 + AGREE) + 0.5 * weights * NEGLIGIBLE ** 2;
}

/** `descents`: those from starts that know nothing of each other, on which the verdict rests; `about`: those begun about the lowest end of these. */
export function certify(problem: Problem, best: Polished, centre: Centre, descents: DescentResult, about?: DescentResult): Certificate {
  const free = freeAt(problem, best);
  const vanished = vanishedParams(free, best.x).map((j) => problem.law.params[j]);
  const evidence = {
    gradientNorm: best.gradientNorm,
    ...startsCounted(problem, best.objective, descents, about),
    outcomes: countTerminations(descents.termination),
    activeBounds: [...vanished.map((name) => `${name} has no effect`), ...brokenBounds(free, best.x, centre)],
    ...(problem.box && { atBounds: best.atSides.map((side) => boundAt(problem.law.params, problem.box as Box, side)) }),
    conditionNumber: conditionNumber(free, best.x),
  };
  const reasons = doubts(evidence, vanished);
  return { ...evidence, verdict: reasons.length === 0 ? 'pass' : 'fail', reasons };
}

type StartsCounted = Pick<Certificate, 'starts' | 'startsAgreeing' | 'startsAbout' | 'startsAboutAgreeing' | 'startsNear'>;

function startsCounted(problem: Problem, best: number, descents: DescentResult, about: DescentResult | undefined): StartsCounted {
  const within = ({ objective }: DescentResult, height: number) => {
    const highest = agreement(problem, height);
    return objective.filter((value) => value <= highest).length;
  };
  const starts = { starts: descents.objective.length, startsAgreeing: within(descents, best) };
  if (!about) return starts;
  const startsAboutAgreeing = within(about, best);
  const lowest = descents.objective.reduce((low, value) => (value < low ? value : low), Infinity);
  const isBelow = starts.startsAgreeing === 0 && startsAboutAgreeing > 0;
  return { ...starts, startsAbout: about.objective.length, startsAboutAgreeing, ...(isBelow && { startsNear: within(descents, lowest) }) };
}

/** What does not fail a fit, but should be known, a sentence each. */
export function warningsOf({ starts, startsAgreeing, startsNear, startsAbout, startsAboutAgreeing }: Certificate): string[] {
  const agreeing = startsNear ?? startsAgreeing;
  const few = agreeing >= 2 && agreeing < Math.min(ENOUGH, ENOUGH_SHARE * starts); // fewer than two fail
  return [
    ...(startsNear !== undefined && startsNear >= 2 ? [`None of ${starts} starts ended at this minimum, but ${startsAboutAgreeing} of ${startsAbout} begun about a higher one nearby ` +
      `did, on which ${startsNear} agree: minima lie together here, and there may be a lower one. Fit with other seeds too, --seed 1.`] : []),
    ...(few ? [`Only ${agreeing} of ${starts} starts agree on ${startsNear === undefined ? 'this minimum' : 'that one'}: it may not be the lowest. Fit with --starts paper, or with more.`] : []),
  ];
}

/** The problem with what a bound holds back held. */
function freeAt(problem: Problem, { atSides }: Polished): Problem {
  if (atSides.length === 0) return problem;
  return { ...problem, pinned: problem.law.params.map((_, j) => problem.pinned?.[j] || atSides.some(({ coordinate }) => coordinate === j)) };
}

function boundAt(params: readonly string[], { natural }: Box, { coordinate, isUpper, pull }: AtSide): BoundHeld {
  return { param: params[coordinate], end: isUpper ? 'upper' : 'lower', value: natural[isUpper ? 'upper' : 'lower'][coordinate], pull };
}

function brokenBounds({ law, box }: Problem, x: Float64Array, centre: Centre): string[] {
  return law.brokenBounds(boundedNatural(law.toNatural(x, centre), x, box)); // what is held breaks none: withPins would have refused it
}

function doubts(evidence: Omit<Certificate, 'verdict' | 'reasons'>, vanished: readonly string[]): string[] {
  const { gradientNorm, starts, startsAgreeing, startsNear, activeBounds: bounds, conditionNumber: condition } = evidence;
  const reasons: string[] = [];
  if (vanished.length > 0) {
    const them = vanished.length > 1 ? 'them' : 'it';
    reasons.push(`No prediction moves with ${vanished.join(', ')} at this fit. Hold ${them} by --fix, as in --fix ${vanished[0]}=VALUE, or add runs that tell ${them}.`);
  }
  if (!(gradientNorm <= GRADIENT_LIMIT)) {
    reasons.push(`The relative gradient is ${gradientNorm.toExponential(1)}, above ${GRADIENT_LIMIT.toExponential()}: this is not a minimum.`);
  }
  const agreeing = startsNear ?? startsAgreeing;
  if (agreeing < 2 && starts > 1) {
    reasons.push(`${agreeing === 0 ? 'None' : 'Only one'} of ${starts} starts ended ${startsNear === undefined ? 'at' : 'near'} this minimum: there may be a lower one. Use more starts.`);
  }
  if (starts === 1) reasons.push('One start proves nothing: use more.');
  if (bounds.length > 0) reasons.push(`The fit ran to the edge of the law (${bounds.join(', ')}): the data do not support all of its terms.`);
  if (!(condition <= CONDITION_LIMIT)) {
    const size = Number.isFinite(condition) ? condition.toExponential(1) : 'infinite';
    reasons.push(`The condition number is ${size}, above ${CONDITION_LIMIT.toExponential()}: the runs do not tell the parameters apart.`);
  }
  return reasons;
}
