/** What is not to be missed in a comparison of laws, a sentence or two each. */
import type { FailedFits } from './compare-resamples.ts';
import type { ComparedLaw, LawComparison } from './compare-result.ts';

/** Share of the resamples whose fits may fail in silence. */
const FEW = 0.01;
/** A likelihood ratio below 0 by no more than this is the rounding of two minima. */
const ROUNDING = 1e-6;

export function comparisonWarnings(comparison: Pick<LawComparison, 'laws' | 'steps' | 'nested' | 'replicates'>): string[] {
  const { laws, nested } = comparison;
  return [
    ...laws.flatMap((law) => [...ofFit(law), ...ofSteps(law, comparison), ...ofResamples(law, comparison)]),
    ...nested.filter(({ ratio }) => ratio < -ROUNDING).map(({ inner, outer }) =>
      `${outer} holds ${inner} and fits worse: its minimum was missed. Use more starts.`),
  ];
}

function ofFit({ law, fit: { certificate }, aicc }: ComparedLaw): string[] {
  return [
    ...(certificate.verdict === 'fail' ? [`${law}: the certificate fails. ${certificate.reasons.join(' ')}`] : []),
    ...(aicc === Infinity ? [`${law}: the runs are too few for its parameters, and AICc is infinite.`] : []),
  ];
}

type Steps = Pick<LawComparison, 'steps' | 'replicates'>;

function ofSteps({ law, rollout }: ComparedLaw, { steps }: Steps): string[] {
  return rollout.flatMap(({ fit, why }, k) => {
    const cheapest = `the ${steps[k].fitted} cheapest runs`;
    if (!fit) return [`${law} is not fitted to ${cheapest}: ${why}`];
    const { verdict, reasons } = fit.certificate;
    return verdict === 'fail' ? [`${law}, fitted to ${cheapest}: the certificate fails. ${reasons.join(' ')}`] : [];
  });
}

/** One sentence of all fits of a law. */
function ofResamples({ law, failed, rollout }: ComparedLaw, { steps, replicates }: Steps): string[] {
  const counts = [
    ...rollout.map((at, k) => failedText(at.failed, replicates, `at the step of ${steps[k].fitted} runs`)),
    failedText(failed, replicates, 'with all runs'),
  ].flat();
  return counts.length === 0 ? [] : [`${law}: of the fits of ${replicates} resamples these did not converge: ${counts.join(', ')}.`];
}

function failedText({ unsettled, notFinite }: FailedFits, replicates: number, where: string): string[] {
  if (unsettled <= FEW * replicates && notFinite === 0) return [];
  return [`${unsettled} ${where}${notFinite === 0 ? '' : ` (${notFinite} of them not finite, and left out)`}`];
}
