/** Charts over parameters: what their axes are called, and the symbols of the laws that they mark. */
import { lawById, meaningOf } from '../laws/registry.ts';
import { symbolOf } from './units.ts';

const OF_THE_OPTIMUM = 'a of N<sub>opt</sub> ∝ C<sup>a</sup>';

/** "α, exponent of N"; a of a law without a frontier is a parameter like others. */
export function axisTitle(law: string, name: string): string {
  if (name === 'E') return 'E, nats/token';
  return name === 'a' && lawById(law).frontier ? OF_THE_OPTIMUM : `${symbolOf(name)}, ${meaningOf(law, name)}`;
}

/** plotly's symbols, one after the other. */
export const MARKS = ['square', 'triangle-up', 'circle', 'triangle-down', 'pentagon', 'star'] as const;
