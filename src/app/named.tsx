/** Names of parameters as the field prints them: α_N with its index below the line. */
import type { ComponentChildren } from 'preact';
import { symbol } from './numbers.ts';

/** A parameter by its name in the law: alpha_N. */
export function Named({ name }: { readonly name: string }) {
  return <>{lowered(symbol(name))}</>;
}

/** A text in which each one-letter symbol has its index lowered: "N_c and α_N", "N_opt". */
export function lowered(text: string): ComponentChildren {
  const parts = text.split(/(?<![\p{L}\d_])(\p{L})_(\p{L}+)(?![\p{L}\d_])/u); // between symbols and indices, by turns
  return parts.map((part, k) => (k % 3 === 2 ? <sub key={k}>{part}</sub> : part));
}
