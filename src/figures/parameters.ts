/** Charts over parameters: what their axes are called, and the symbols of the laws that they mark. */
import type { AxisName } from '../stats/axes.ts';

export const AXIS_TITLES: Readonly<Record<AxisName, string>> = {
  E: 'E, nats/token',
  alpha: 'α, exponent of N',
  beta: 'β, exponent of D',
  a: 'a of N<sub>opt</sub> ∝ C<sup>a</sup>',
};

/** plotly's symbols, one after the other. */
export const MARKS = ['square', 'triangle-up', 'circle', 'triangle-down', 'pentagon', 'star'] as const;
