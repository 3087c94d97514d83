/** For each law, by its id, its formula written again, and parameters as a fit of language models has them: a new law needs both. */
import { lawById } from '../../src/laws/registry.ts';
import type { Law } from '../../src/laws/law.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { JOINT } from '../../src/paper/kaplan.ts';
import type { Sweep } from '../../src/types.ts';
import { sweepCase } from './cases.ts';

const TYPICAL: Readonly<Record<string, readonly number[]>> = {
  chinchilla: [EQ10.E, EQ10.A, EQ10.B, EQ10.alpha, EQ10.beta],
  'chinchilla-allocation': [EQ10.E, EQ10.A, EQ10.B, EQ10.beta / (EQ10.alpha + EQ10.beta), EQ10.alpha + EQ10.beta],
  'chinchilla-tied': [1.8, 560, 1750, 0.357],
  'chinchilla-gamma': [1.76, 2300, 9960, 0.424, 0.431, 0.774],
  kaplan: [JOINT.N.scale, JOINT.D.scale, JOINT.N.exponent, JOINT.D.exponent],
};

type Formula = (natural: ArrayLike<number>, N: number, D: number) => number;

const FORMULAS: Readonly<Record<string, Formula>> = {
  chinchilla: ({ 0: E, 1: A, 2: B, 3: alpha, 4: beta }, N, D) => E! + A! / N ** alpha! + B! / D ** beta!,
  'chinchilla-allocation': ({ 0: E, 1: A, 2: B, 3: a, 4: s }, N, D) => E! + A! / N ** ((1 - a!) * s!) + B! / D ** (a! * s!),
  'chinchilla-tied': ({ 0: E, 1: A, 2: B, 3: alpha }, N, D) => E! + A! / N ** alpha! + B! / D ** alpha!,
  'chinchilla-gamma': ({ 0: E, 1: A, 2: B, 3: alpha, 4: beta, 5: gamma }, N, D) => E! + (A! / N ** alpha! + B! / D ** beta!) ** gamma!,
  kaplan: ({ 0: Nc, 1: Dc, 2: alphaN, 3: alphaD }, N, D) => ((Nc! / N) ** (alphaN! / alphaD!) + Dc! / D) ** alphaD!,
};

/** Natural parameters in the order of the law. */
export function formulaOf({ id }: Law): Formula {
  const formula = FORMULAS[id];
  if (formula) return formula;
  throw new Error(`test/support/laws.ts: expected the formula of the law ${id}, got none.`);
}

export function typical(law: Law): readonly number[] {
  const natural = TYPICAL[law.id];
  if (natural?.length === law.params.length) return natural;
  throw new Error(`test/support/laws.ts: expected ${law.params.length} parameters of the law ${law.id}, got ${natural?.length ?? 'none'}.`);
}

/** The same by name. */
export function typicalParams(law: Law): Record<string, number> {
  return Object.fromEntries(law.params.map((name, j) => [name, typical(law)[j]!]));
}

/** A hundred runs whose losses the law says, with noise. */
export function sweepOfLaw(id: string, noise = 0.01, seed = 1): Sweep {
  const law = lawById(id);
  return sweepCase({ noise, seed, loss: ({ N, D }) => formulaOf(law)(typical(law), N, D) });
}
