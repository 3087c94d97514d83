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

export function certify(problem: Problem, best: Polished, centre: Centre, descents: DescentResult & { readonly about?: number }): Certificate {
  const free = freeAt(problem, best);
  const vanished = vanishedParams(free, best.x).map((j) => problem.law.params[j]);
  const same = agreement(problem, best.objective);
  const evidence = {
    gradientNorm: best.gradientNorm,
    starts: descents.objective.length,
    ...(descents.about && { startsAbout: descents.about }),
    startsAgreeing: descents.objective.filter((value) => value <= same).length,
    outcomes: countTerminations(descents.termination),
    activeBounds: [...vanished.map((name) => `${name} has no effect`), ...brokenBounds(free, best.x, centre)],
    ...(problem.box && { atBounds: best.atSides.map((side) => boundAt(problem.law.params, problem.box as Box, side)) }),
    conditionNumber: conditionNumber(free, best.x),
  };
  const reasons = doubts(evidence, vanished);
  return { ...evidence, verdict: reasons.length === 0 ? 'pass' : 'fail', reasons };
}

/** What does not fail a fit, but should be known, a sentence each. */
export function warningsOf({ starts, startsAgreeing }: Certificate): string[] {
  if (startsAgreeing < 2 || startsAgreeing >= Math.min(ENOUGH, ENOUGH_SHARE * starts)) return []; // fewer than two fail
  return [`Only ${startsAgreeing} of ${starts} starts agree on this minimum: it may not be the lowest. Fit with --starts paper, or with more.`];
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
  const { gradientNorm, starts, startsAgreeing, activeBounds: bounds, conditionNumber: condition } = evidence;
  const reasons: string[] = [];
  if (vanished.length > 0) {
    const them = vanished.length > 1 ? 'them' : 'it';
    reasons.push(`No prediction moves with ${vanished.join(', ')} at this fit. Hold ${them} by --fix, as in --fix ${vanished[0]}=VALUE, or add runs that tell ${them}.`);
  }
  if (!(gradientNorm <= GRADIENT_LIMIT)) {
    reasons.push(`The relative gradient is ${gradientNorm.toExponential(1)}, above ${GRADIENT_LIMIT.toExponential()}: this is not a minimum.`);
  }
  if (startsAgreeing < 2 && starts > 1) {
    reasons.push(`${startsAgreeing === 0 ? 'None' : 'Only one'} of ${starts} starts ended at this minimum: there may be a lower one. Use more starts.`);
  }
  if (starts === 1) reasons.push('One start proves nothing: use more.');
  if (bounds.length > 0) reasons.push(`The fit ran to the edge of the law (${bounds.join(', ')}): the data do not support all of its terms.`);
  if (!(condition <= CONDITION_LIMIT)) {
    const size = Number.isFinite(condition) ? condition.toExponential(1) : 'infinite';
    reasons.push(`The condition number is ${size}, above ${CONDITION_LIMIT.toExponential()}: the runs do not tell the parameters apart.`);
  }
  return reasons;
}
