/** What laws read of a run: positive values, whose natural logs they take. Each is a column of a sweep, or made of some. */
import type { SweepColumns, Model, Role } from '../types.ts';

/** M: D/N. epochs: D/U. active: 1 − S, the share of the parameters that a token uses. The others: see `Role`. */
export type InputName = 'N' | 'D' | 'C' | 'M' | 'x' | 'epochs' | 'P_w' | 'P_a' | 'P_kv' | 'active' | 'experts' | 'G';

export interface Input {
  /** In a few words. */
  readonly meaning: string;
  /** What of a run says it. */
  readonly reads: readonly Role[];
  /** NaN where the run does not say. */
  of(run: Model): number;
  /** Is its log taken from its mean over the sweep? Not where 1 means something: fresh data, one expert. */
  readonly centred: boolean;
  /** What a model is taken to have that does not say. */
  readonly usual?: number;
}

/** Bits of a format that loses nothing: 1 − exp(−64/γ) is 1 within 1e-9 for every γ below 3. */
const EXACT_BITS = 64;

const bitsOf = (role: 'P_w' | 'P_a' | 'P_kv', tensors: string): Input =>
  ({ meaning: `bits of the ${tensors}`, reads: [role], of: (run) => run[role] ?? NaN, centred: false, usual: EXACT_BITS });

export const INPUTS: Readonly<Record<InputName, Input>> = {
  N: { meaning: 'parameters', reads: ['N'], of: ({ N = NaN }) => N, centred: true },
  D: { meaning: 'training tokens', reads: ['D'], of: ({ D = NaN }) => D, centred: true },
  C: { meaning: 'training FLOPs', reads: ['C'], of: ({ N = NaN, D = NaN, C = 6 * N * D }) => C, centred: true },
  M: { meaning: 'tokens per parameter', reads: ['D', 'N'], of: ({ N = NaN, D = NaN }) => D / N, centred: true },
  x: { meaning: 'the variable', reads: ['x'], of: ({ x = NaN }) => x, centred: true },
  epochs: { meaning: 'passes over the unique tokens', reads: ['U'], of: ({ D = NaN, U = NaN }) => Math.max(1, D / U), centred: false, usual: 1 },
  P_w: bitsOf('P_w', 'weights'),
  P_a: bitsOf('P_a', 'activations'),
  P_kv: bitsOf('P_kv', 'key-value cache'),
  active: { meaning: 'share of the parameters that a token uses', reads: ['S'], of: ({ S = NaN }) => 1 - S, centred: true, usual: 1 },
  experts: { meaning: 'experts in a layer', reads: ['experts'], of: ({ experts = NaN }) => experts, centred: false, usual: 1 },
  G: { meaning: 'granularity of the experts', reads: ['G'], of: ({ G = NaN }) => G, centred: true, usual: 1 },
};

/** How an input is written that is made of columns. */
const WRITTEN: Readonly<Partial<Record<InputName, string>>> = { M: 'D/N', epochs: 'D/U', active: '1 - S' };

/** An input by the roles of a table: "1 - S" for "active". */
export function writtenInput(name: InputName): string {
  return WRITTEN[name] ?? name;
}

/** The values of an input, one a run; the usual one where the sweep does not say. NaN where there is none. Of N and D the column itself, to be read. */
export function inputOf(name: InputName, columns: SweepColumns): Float64Array {
  if (name === 'N' || name === 'D') return columns[name];
  const roles = Object.keys(columns) as (keyof SweepColumns)[];
  const run: Partial<Record<keyof SweepColumns, number>> = {};
  return columns.N.map((_, i) => {
    for (const role of roles) run[role] = columns[role]![i];
    return valueOf(name, run);
  });
}

/** All that a sweep says of run i. */
export function runAt(columns: SweepColumns, i: number): Model {
  const run: { -readonly [role in keyof Model]: Model[role] } = {};
  for (const role of Object.keys(columns) as (keyof SweepColumns)[]) run[role] = columns[role]![i];
  return run;
}

/** Does a law read no more of a run than every table says? */
export function isOfSize({ inputs }: { readonly inputs: readonly InputName[] }): boolean {
  return inputs.every((name) => INPUTS[name].reads.every((role) => role === 'N' || role === 'D' || role === 'C'));
}

/** The value of an input of one run. */
export function valueOf(name: InputName, run: Model): number {
  const { of, usual } = INPUTS[name];
  const value = of(run);
  return Number.isNaN(value) && usual !== undefined ? usual : value;
}
