/** A comparison of laws as one JSON object. The names and their order are stable; `version` says which isoloss wrote it. */
import { winnerOf, type Difference, type LawPair } from '../stats/compare-pairs.ts';
import type { ComparedLaw, LawComparison } from '../stats/compare-result.ts';
import { conclusion, pairVerdict } from './compare-verdicts.ts';
import { toJson } from './json.ts';
import { jsonable } from './jsonable.ts';

/** What `isoloss compare --json` prints; what is not finite is null. Errors are shares of the loss, 0.01 is one per cent. */
export function comparisonJson(comparison: LawComparison) {
  const { sweep, laws, missing, steps, best, simplest, pairs, nested, likelihood, points, replicates, confidence, seed, notes, warnings, seconds, version } = comparison;
  return {
    sweep,
    conclusion: conclusion(comparison),
    best, simplest,
    laws: laws.map(lawJson),
    missing,
    likelihood,
    nested: jsonable(nested),
    steps,
    pairs: pairs.map(pairJson),
    points, replicates, confidence, seed, notes, warnings, seconds, version,
  };
}

function lawJson({ law, parameters, logLikelihood, scale, overstatement, aic, aicc, bic, difference, weight, outOfBag, rolledOut, rollout, failed, fit }: ComparedLaw) {
  return {
    ...jsonable({ law, parameters, logLikelihood, scale, overstatement, aic, aicc, bic, difference, weight, outOfBag, rolledOut, failed }),
    rollout: rollout.map(({ fit: at, why, error, intervals, failed: of }) => ({
      ...(at && jsonable({ params: at.params, objective: at.objective, verdict: at.certificate.verdict, reasons: at.certificate.reasons })),
      ...(why !== undefined && { why }),
      ...jsonable({ error, intervals, failed: of }),
    })),
    fit: toJson(fit),
  };
}

function pairJson(pair: LawPair) {
  const { first, second, objective, outOfBag, rollout } = pair;
  return {
    first, second,
    verdict: pairVerdict(pair),
    objective: differenceJson(objective),
    outOfBag: differenceJson(outOfBag),
    rollout: differenceJson(rollout),
  };
}

function differenceJson(difference: Difference) {
  const { value, interval, wins, samples } = difference;
  return jsonable({ value, interval, wins, better: winnerOf(difference), resamples: samples.length });
}
