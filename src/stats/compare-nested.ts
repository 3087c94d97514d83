/**
 * Laws that hold another one, and the likelihood-ratio test of the difference: twice the log of the ratio, over what the
 * likelihood overstates (compare-noise.ts), is χ² with as many degrees of freedom as parameters are set, if the smaller law is
 * the truth and the runs are many. Wilks 1938, Annals of Mathematical Statistics 9. Kaplan's law is no such part of
 * chinchilla-gamma: its E = 0 lies at the edge, where the ratio has another distribution. What is held in the outer law has to
 * be held in the inner one too, or that is no part of it; and with bounds, which may hold either back, there is no test.
 */
import { logChiSquaredTail } from '../math/chi-squared.ts';
import type { Fit } from '../types.ts';

/** The smaller law, one that holds it, and what it sets there. */
interface Nest {
  readonly inner: string;
  readonly outer: string;
  readonly by: string;
}

const NESTS: readonly Nest[] = [
  { inner: 'chinchilla-tied', outer: 'chinchilla', by: 'alpha = beta' },
  { inner: 'chinchilla', outer: 'chinchilla-gamma', by: 'gamma = 1' },
  { inner: 'chinchilla-tied', outer: 'chinchilla-gamma', by: 'alpha = beta, gamma = 1' },
];

export interface NestedTest extends Nest {
  /** Twice the difference of the log-likelihoods; below 0 where the minimum of the outer law was missed. */
  readonly ratio: number;
  /** What the ratio is divided by: that of the outer law. */
  readonly overstatement: number;
  readonly degrees: number;
  /** That of a ratio at least so large where the inner law is the truth. */
  readonly probability: number;
}

interface Likely {
  readonly law: string;
  readonly fit: Pick<Fit, 'fixed' | 'bounds'>;
  readonly parameters: number;
  readonly logLikelihood: number;
  readonly overstatement: number;
}

/** Of every two laws that are there. */
export function nestedTests(laws: readonly Likely[]): NestedTest[] {
  return NESTS.flatMap((nest) => {
    const [inner, outer] = [nest.inner, nest.outer].map((id) => laws.find(({ law }) => law === id));
    if (!inner || !outer || !isHeldBy(inner.fit, outer.fit)) return [];
    const ratio = 2 * (outer.logLikelihood - inner.logLikelihood);
    const degrees = outer.parameters - inner.parameters;
    const { overstatement } = outer;
    return [{ ...nest, ratio, overstatement, degrees, probability: Math.exp(logChiSquaredTail(Math.max(0, ratio / overstatement), degrees)) }];
  });
}

function isHeldBy(inner: Likely['fit'], outer: Likely['fit']): boolean {
  const bounded = [inner, outer].some(({ bounds = {} }) => Object.keys(bounds).length > 0);
  return !bounded && Object.keys(outer.fixed ?? {}).every((name) => name in (inner.fixed ?? {}));
}
