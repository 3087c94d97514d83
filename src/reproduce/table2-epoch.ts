/** Approaches 2 and 3 on Epoch's runs, which were read off a figure of Hoffmann et al. 2022, beside Table 2. */
import type { ApproachResult } from '../approaches/approaches.ts';
import { BESIROGLU_UNROUNDED } from '../paper/besiroglu.ts';
import { frontierExponents } from '../plan/frontier.ts';
import { compare, type Comparison } from './comparison.ts';
import { exponentsChart } from './exponent-charts.ts';
import { STOPPED } from './interval-of-a.ts';
import { withoutOutliers } from './refits.ts';
import { missingSection, type Context, type Section } from './reproduction.ts';
import { exponentText, NARROWED, NO_NOISE_TOLERANCE, OF_EQ10, placeIn, pointRow, resampled, ROWS, widthRow } from './table2-rows.ts';

/** Approach 1 has no data there. */
export async function epochs(context: Context): Promise<Section> {
  const title = 'Approaches 2 and 3 on Epoch\'s runs';
  const { epoch } = context.data;
  if (!epoch) return missingSection(title, 'Epoch\'s runs', 'epoch');
  const sweep = withoutOutliers(epoch);
  const data = `Epoch's ${sweep.loss.length} runs`;
  const { results, bias } = await resampled(context, { sweep });
  const third = results.filter(({ approach }) => approach === 3);
  return {
    title,
    data: `${data}, those of highest loss left out; approach 1 needs training curves, which were never released`,
    comparisons: [
      ...results.flatMap((result) => rowOf(result, data)),
      ...third.map(({ N }) => compare({
        quantity: 'a', where: 'Besiroglu et al. 2024, notebook', published: frontierExponents('chinchilla', BESIROGLU_UNROUNDED).a, ours: N.exponent,
        from: data, tolerance: NO_NOISE_TOLERANCE, because: 'theirs is a fit of the least absolute error',
      })),
    ],
    findings: [
      `On the paper's own runs, as far as they can be read off its figure, we find ${results.map(exponentText).join('; ')}.`,
      ...third.map(({ N }) => `Fitted to its end, approach 3 gives an a ${placeIn(N.exponent, ROWS[1].a)} the interval that the paper prints for ` +
        `approach 2, ${ROWS[1].a.low} to ${ROWS[1].a.high}; the paper's own fit has ${OF_EQ10.a.toFixed(3)}.`),
      ...(bias?.warning === undefined ? [] : [bias.warning]),
    ],
    charts: [exponentsChart('exponents-epoch', 'a by approaches 2 and 3 on Epoch\'s runs', data, results)],
  };
}

/** A point may be off by half its own interval, as wide as that should be. */
function rowOf(result: ApproachResult, data: string): Comparison[] {
  const { approach, N, D, intervals } = result;
  const because = approach === 3 ? STOPPED
    : `Epoch could read fewer runs than the paper has, and their losses to about 0.01; our a is ${placeIn(N.exponent, ROWS[1].a)} the paper's own interval`;
  const errorOf = (name: 'a' | 'b') => (intervals[name][1] - intervals[name][0]) / 2 / NARROWED / ROWS[approach - 1][name].value;
  return [
    ...pointRow(approach, { a: N.exponent, b: D.exponent }, { a: errorOf('a'), b: errorOf('b') }, { from: data, because }),
    ...widthRow(result, data, approach === 3 ? STOPPED : 'no reason is known: of fewer runs ours should be the wider one'),
  ];
}
