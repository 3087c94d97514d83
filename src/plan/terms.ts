/**
 * Laws of two power terms: what to train, in closed form.
 *
 *   L(N, D) = E + x^γ,   x = A/N^α + B/D^β
 *
 * γ = 1 is Chinchilla's law. Kaplan's, L = [(N_c/N)^(α_N/α_D) + D_c/D]^α_D, is the one with E = 0, A = N_c^α, α = α_N/α_D,
 * B = D_c, β = 1, γ = α_D. On a line of equal loss x is constant, so E and γ only say which x a loss is. On the frontier, with
 * C = 6·N·D,
 *
 *   α·A/N^α = β·B/D^β,   so that   A/N^α = x·β/(α + β),   B/D^β = x·α/(α + β)
 *
 * which gives N, D and C for a loss; Hoffmann et al. 2022, arXiv:2203.15556, Eq. 4, gives them for a compute.
 *
 * N  parameters (count)      D  training tokens      C  training FLOPs      L  nats per token
 *
 * Nothing is checked here. What a law does not have comes back as undefined, NaN or Infinity, never as an error, so that each
 * resample of a bootstrap can be asked.
 */
import type { TwoTerms } from '../laws/law.ts';
import type { FrontierPoint } from '../types.ts';

/** A model: N parameters, trained on D tokens. */
export interface Size {
  readonly N: number;
  readonly D: number;
}

/** Has it an optimal size at each compute? Both terms must fall, and so must the loss with them. */
export function hasFrontier({ E, A, B, alpha, beta, gamma = 1 }: TwoTerms): boolean {
  return A > 0 && B > 0 && alpha > 0 && beta > 0 && gamma > 0 && Number.isFinite(E + A + B + alpha + beta + gamma);
}

export function lossOf({ E, A, B, alpha, beta, gamma = 1 }: TwoTerms, { N, D }: Size): number {
  return E + (A * N ** -alpha + B * D ** -beta) ** gamma;
}

/** x, what the two terms add up to at a loss; NaN at E and below, which no model reaches. */
export function sumAt({ E, gamma = 1 }: TwoTerms, loss: number): number {
  return loss > E ? (loss - E) ** (1 / gamma) : NaN;
}

/** The best model for C training FLOPs. Undefined where the law has no optimum, or none that is a number. */
export function optimumAt(law: TwoTerms, C: number): FrontierPoint | undefined {
  const { A, B, alpha, beta } = law;
  const N = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta)) * (C / 6) ** (beta / (alpha + beta));
  return point(law, { N, D: C / (6 * N) }, C);
}

/** The model that reaches a loss with the least compute. Undefined at E and below, and as `optimumAt`. */
export function optimumReaching(law: TwoTerms, loss: number): FrontierPoint | undefined {
  const { A, B, alpha, beta } = law;
  const x = sumAt(law, loss);
  const N = (((alpha + beta) * A) / (beta * x)) ** (1 / alpha);
  const D = (((alpha + beta) * B) / (alpha * x)) ** (1 / beta);
  return point(law, { N, D }, 6 * N * D);
}

function point(law: TwoTerms, { N, D }: Size, C: number): FrontierPoint | undefined {
  const isPlace = hasFrontier(law) && N > 0 && D > 0 && C > 0 && Number.isFinite(N + D + C);
  return isPlace ? { C, N, D, loss: lossOf(law, { N, D }) } : undefined;
}

/** Tokens after which N parameters have that loss; Infinity where they never do. */
export function tokensReaching(law: TwoTerms, loss: number, N: number): number {
  return counter(law.B, law.beta, sumAt(law, loss) - law.A * N ** -law.alpha);
}

/** Parameters that have that loss after D tokens; Infinity where none do. */
export function sizeReaching(law: TwoTerms, loss: number, D: number): number {
  return counter(law.A, law.alpha, sumAt(law, loss) - law.B * D ** -law.beta);
}

/** n with K/n^κ = term. */
function counter(K: number, kappa: number, term: number): number {
  return term > 0 ? (K / term) ** (1 / kappa) : Infinity;
}
