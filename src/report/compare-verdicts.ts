/** Verdicts on laws that were compared, in plain words. */
import { winnerOf, type Difference, type LawPair, type Measure } from '../stats/compare-pairs.ts';
import type { LawComparison } from '../stats/compare-result.ts';
import { formatNumber, formatShare } from '../units.ts';

/** What a measure is called. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = { objective: 'objective', outOfBag: 'out-of-bag error', rollout: 'rollout error' };

const PLACES: Readonly<Record<Exclude<Measure, 'objective'>, string>> = { outOfBag: 'Out of the bag', rollout: 'In the rollout' };

/**
 * "Out of the bag chinchilla is better than kaplan, in 99 % of the resamples." For each of the two errors of prediction that
 * there is.
 */
export function pairVerdict(pair: LawPair): string {
  const measures = (['outOfBag', 'rollout'] as const).filter((measure) => pair[measure].samples.length > 0);
  return measures.map((measure) => `${PLACES[measure]} ${clause(pair, pair[measure])}.`).join(' ');
}

function clause({ first, second }: LawPair, difference: Difference): string {
  const winner = winnerOf(difference);
  const ahead = winner === 'first' || (winner === 'neither' && difference.wins >= 0.5);
  const [one, other, wins] = ahead ? [first, second, difference.wins] : [second, first, 1 - difference.wins];
  const share = `${formatShare(wins, 1)} of the resamples`;
  return winner === 'neither' ? `the data do not tell ${one} from ${other}: ${one} is ahead in ${share}` : `${one} is better than ${other}, in ${share}`;
}

type Verdict = Pick<LawComparison, 'best' | 'simplest' | 'laws' | 'nested' | 'steps' | 'confidence'>;

/** Which law to take, why, and what speaks against it: "Take chinchilla, with 5 free parameters. … But the certificate of chinchilla fails: …" */
export function conclusion(comparison: Verdict): string {
  return [choiceText(comparison), ...doubts(comparison)].join(' ');
}

/** A law that is named may have a lower minimum than the one that was compared; the rest of the reasons are among the warnings. */
function doubts({ best, simplest, laws }: Verdict): string[] {
  const failing = laws.filter(({ law, fit: { certificate } }) => (law === simplest || law === best) && certificate.verdict === 'fail');
  return failing.map(({ law, fit: { certificate: { reasons: [reason] } } }, k) => `${k === 0 ? 'But the' : 'The'} certificate of ${law} fails: ${reason}`);
}

function choiceText({ best, simplest, laws, nested, steps, confidence }: Verdict): string {
  const parameters = (id: string) => laws.find(({ law }) => law === id)!.parameters;
  if (best === simplest) return `Take ${best}: it predicts runs that a resample leaves out with the least error, and no law of fewer parameters is as good.`;
  const test = nested.find(({ inner, outer, probability }) => inner === simplest && outer === best && probability < 1 - confidence);
  return `Take ${simplest}, with ${parameters(simplest)} free parameters. ${best}, with ${parameters(best)}, predicts runs that a resample leaves out with the least error, ` +
    `but the data do not tell it from ${simplest} by that error${steps.length > 0 ? ', nor is it better at dearer runs' : ''}.` +
    (test ? ` It does describe the runs that were fitted better: p = ${formatProbability(test.probability)} by the likelihood ratio.` : '');
}

/** A share with its unit: "0.496 %". */
export function formatError(share: number): string {
  return Number.isFinite(share) ? `${formatNumber(100 * share, 3)} %` : '-';
}

/** "0.62", "3.3e-8", "below 1e-300". */
export function formatProbability(probability: number): string {
  if (probability === 0) return 'below 1e-300';
  return formatNumber(probability, 2);
}
