/** How far a minimum can be trusted: evidence in float64, and a verdict that follows from it. */
import type { DescentResult } from '../backend/backend.ts';
import type { Centre } from '../laws/law.ts';
import { conditionNumber } from '../optim/conditioning.ts';
import { vanishedParams } from '../optim/descent.ts';
import type { Problem } from '../optim/objective.ts';
import type { Polished } from '../optim/polish.ts';
import { TERMINATIONS } from '../optim/termination.ts';
import type { Certificate } from '../types.ts';

/** Relative difference of objectives below which two starts ended at the same minimum. */
const AGREE = 1e-4;
const GRADIENT_LIMIT = 1e-6;
const CONDITION_LIMIT = 1e8;

export function certify(problem: Problem, best: Polished, centre: Centre, descents: DescentResult): Certificate {
  const evidence = {
    gradientNorm: best.gradientNorm,
    starts: descents.objective.length,
    startsAgreeing: descents.objective.filter((value) => value <= best.objective * (1 + AGREE)).length,
    outcomes: countOutcomes(descents),
    activeBounds: activeBounds(problem, best.x, centre),
    conditionNumber: conditionNumber(problem, best.x),
  };
  const reasons = doubts(evidence);
  return { ...evidence, verdict: reasons.length === 0 ? 'pass' : 'fail', reasons };
}

function countOutcomes({ termination }: DescentResult): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of termination) counts[TERMINATIONS[code]] = (counts[TERMINATIONS[code]] ?? 0) + 1;
  return counts;
}

function activeBounds(problem: Problem, x: Float64Array, centre: Centre): string[] {
  const { law } = problem;
  const vanished = vanishedParams(problem, x).map((j) => `${law.params[j]} has no effect`);
  return [...vanished, ...law.brokenBounds(law.toNatural(x, centre))];
}

function doubts(evidence: Omit<Certificate, 'verdict' | 'reasons'>): string[] {
  const { gradientNorm, starts, startsAgreeing, activeBounds: bounds, conditionNumber: condition } = evidence;
  const reasons: string[] = [];
  if (!(gradientNorm <= GRADIENT_LIMIT)) {
    reasons.push(`The relative gradient is ${gradientNorm.toExponential(1)}, above ${GRADIENT_LIMIT}: this is not a minimum.`);
  }
  if (startsAgreeing < 2 && starts > 1) {
    reasons.push(`Of ${starts} starts only ${startsAgreeing} reached this minimum: there may be a lower one. Use more starts.`);
  }
  if (starts === 1) reasons.push('One start proves nothing: use more.');
  if (bounds.length > 0) reasons.push(`The fit ran to the edge of the law (${bounds.join(', ')}): the data do not support all of its terms.`);
  if (!(condition <= CONDITION_LIMIT)) {
    reasons.push(`The condition number is ${condition.toExponential(1)}, above ${CONDITION_LIMIT.toExponential(0)}: the runs do not tell the parameters apart.`);
  }
  return reasons;
}
