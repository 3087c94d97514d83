/** What charts of a landscape and of a profile share: their axes, and a title that says which parameters are solved. */
import type { Layout, LayoutAxis } from 'plotly.js-dist-min';
import { joinWords } from '../report/groups.ts';
import { wrap } from '../report/layout.ts';
import type { Axis } from '../stats/axes.ts';
import type { Landscape, Profile } from '../stats/landscape.ts';
import { frameAxis, titleOf, type Look } from './figure.ts';
import { axisTitle } from './parameters.ts';
import { symbolOf } from './units.ts';

/** Characters of a line of the title, and its height, pixels. */
const LINE = { wide: 92, compact: 52, height: 17 } as const;

/** Of all parameters those that every cell solves, in the law's order: those of no axis that the fit does not hold. */
export function solvedNames({ axes, params, fixed = {} }: Pick<Landscape | Profile, 'axes' | 'params' | 'fixed'>): string[] {
  return params.filter((name) => !axes.some((axis) => axis.name === name) && !(name in fixed));
}

/** Of the layout: the title, and `margin`, which has room for one line of it, with room for all. */
export function solvedTitle(of: Landscape | Profile, margin: NonNullable<Layout['margin']> & { readonly t: number }, look: Look): Partial<Layout> {
  const names = solvedNames(of);
  const text = `Objective above the fit’s${names.length === 0 ? '' : `, with ${joinWords(names.map(symbolOf))} solved`}`;
  const lines = wrap(text, look.compact ? LINE.compact : LINE.wide);
  return { ...titleOf(lines.join('<br>'), look, lines.length), margin: { ...margin, t: margin.t + LINE.height * (lines.length - 1) } };
}

/** From one end of the values to the other. */
export function solvedAxis({ name, values }: Axis, law: string, look: Look): Partial<LayoutAxis> {
  return { ...frameAxis(look, axisTitle(law, name)), range: [values[0], values[values.length - 1]] };
}
