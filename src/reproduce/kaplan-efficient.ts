/**
 * Kaplan et al. 2020, §6.2 and Appendix B: compute-efficient training as it follows from the learning curves,
 * L(N, S) = (N_c/N)^α_N + (S_c/S)^α_S, trained at the critical batch size.
 */
import { root } from '../math/root.ts';
import { BATCH, COMPUTE_EXPONENT, EFFICIENCY, LAWS, LEARNING_CURVE, lossAt, N_OPT, PF_DAY } from '../paper/kaplan.ts';
import type { Comparison } from './comparison.ts';
import { comparePrinted } from './printed.ts';
import type { Section } from './reproduction.ts';
import { inWords } from './words.ts';

const [N, S, B] = [LAWS.N.exponent, LAWS.S.exponent, BATCH.exponent];
/** α_C^min (Eq. 6.4, B.7). */
const ALPHA = 1 / (1 / S + 1 / B + 1 / N);
/** Efficient training stops this share above the converged loss (B.5). */
const ABOVE = N / S;

/** Of a model `size` times the optimal one: steps to the same loss over those of the optimum (B.17); times `size`, compute (B.16). */
function stepsOf(size: number): number {
  return (1 + (1 - size ** -N) / ABOVE) ** (-1 / S);
}

/** The size, between the optimum and one that is dearer, at which compute is `excess` above the least. With a quarter of it no number of steps is enough. */
function sizeAt(excess: number, dear: number): number {
  return root((size) => size * stepsOf(size) - (1 + excess), 1, dear);
}

/** Loss and size of the efficient model at 1 PF-day, by the constants of Table 3 (B.8 and B.9). */
function atOnePfDay(): { loss: number; N: number } {
  const [ofN, ofS] = [LEARNING_CURVE.N, LEARNING_CURVE.S];
  const above = ofN.exponent / ofS.exponent;
  const alpha = 1 / (1 / ofS.exponent + 1 / BATCH.exponent + 1 / ofN.exponent);
  const factor = (1 + above) ** (1 / ofS.exponent + 1 / ofN.exponent) * above ** (-1 / ofS.exponent);
  const scale = (6 * ofN.scale * BATCH.scale * ofS.scale * factor) / PF_DAY;
  return { loss: scale ** alpha, N: ofN.scale * scale ** (-alpha / ofN.exponent) * (1 + above) ** (1 / ofN.exponent) };
}

const row = (where: string, quantity: string, text: string, ours: number, because?: string): Comparison =>
  comparePrinted(text, { where, quantity, ours, from: 'the exponents of Table 5', ...(because !== undefined && { because }) });

export function efficientTraining(): Section {
  const { usual, excess } = EFFICIENCY;
  const { appendix, section, measured, a } = COMPUTE_EXPONENT;
  const model = ((1 + ABOVE) / (1 + usual)) ** (1 / N);
  const steps = ((1 + 1 / ABOVE) / (1 + 1 / usual)) ** (1 / S);
  const larger = sizeAt(excess, 10);
  const derived = atOnePfDay();
  return {
    title: 'Compute-efficient training, from the learning curves',
    data: 'the constants of Tables 3 and 5',
    comparisons: [
      row('Appendix B, B.7', 'α_C^min, derived', appendix, ALPHA),
      row('Eq. 6.4', 'α_C^min, derived', section, ALPHA, `Appendix B prints ${appendix} behind the same formula`),
      row('Eq. 1.3', 'α_C^min, measured', measured, ALPHA, 'one is measured, the other derived from three other fits'),
      row('Eq. 6.5', 'exponent of N_opt, derived', a, ALPHA / N, `${a} rests on the ${section} of Eq. 6.4`),
      row('Appendix B, B.5', 'share above the converged loss', EFFICIENCY.above, ABOVE),
      row('Appendix B, B.12', 'times the parameters of usual training', EFFICIENCY.N, model),
      row('Appendix B, B.13', 'times its steps', EFFICIENCY.S, steps),
      row('Appendix B, B.14', 'times its compute', EFFICIENCY.C, model * steps, 'the paper multiplies its rounded factors'),
      row('Appendix B.4', 'smaller size that costs 20 % more compute', EFFICIENCY.smaller, sizeAt(excess, 1 / 2)),
      row('Appendix B.4', 'larger size that costs 20 % more compute', EFFICIENCY.larger, larger),
      row('Appendix B.4', 'share of the steps that it saves', EFFICIENCY.fewerSteps, 1 - stepsOf(larger)),
    ],
    findings: [
      `The exponent of the frontier follows from three others. It is ${inWords(ALPHA)}; `
        + `the paper prints ${section} in §6.2 and ${appendix} in Appendix B, and measures ${measured}.`,
      `At 1 PF-day the derived frontier has ${inWords(derived.N)} parameters and a loss of ${inWords(derived.loss)}; `
        + `the measured laws say ${inWords(N_OPT.coefficient)} and ${inWords(lossAt(LAWS.Cmin, 1))}.`,
    ],
    charts: [],
  };
}
