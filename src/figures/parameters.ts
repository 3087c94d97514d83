/** Charts over parameters: what their axes are called, and the symbols of the laws that they mark. */
import { meaningOf } from '../laws/registry.ts';
import { symbolOf } from './units.ts';

const TITLES: ReadonlyMap<string, string> = new Map([['E', 'E, nats/token'], ['a', 'a of N<sub>opt</sub> ∝ C<sup>a</sup>']]);

/** "α, exponent of N" */
export function axisTitle(law: string, name: string): string {
  return TITLES.get(name) ?? `${symbolOf(name)}, ${meaningOf(law, name)}`;
}

/** plotly's symbols, one after the other. */
export const MARKS = ['square', 'triangle-up', 'circle', 'triangle-down', 'pentagon', 'star'] as const;
