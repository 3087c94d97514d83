/**
 * How sure a difference between laws is: over the resamples that both were fitted to, the objective or an error of prediction of
 * each other law less that of the best one. To the right of 0 the best one wins.
 */
import { intervalTitle } from '../report/bootstrap.ts';
import { MEASURE_NAMES } from '../report/compare-verdicts.ts';
import { wrap } from '../report/layout.ts';
import { objectiveUnit } from '../report/losses.ts';
import { formatInteger, formatShare } from '../units.ts';
import type { LawPair, Measure } from '../stats/compare-pairs.ts';
import type { LawComparison } from '../stats/compare-result.ts';
import type { Interval } from '../types.ts';
import { lookOf, plain, type Figure, type Look, type LookOptions } from './figure.ts';
import { histogramOf } from './histogram.ts';
import { coloured, histogramsFigure, type HistogramPanel } from './histograms.ts';

export interface DifferencesFigureOptions extends LookOptions {
  /** Default "outOfBag". */
  readonly measure?: Measure;
}

/** A pure function of its arguments; the result is plain JSON. Without samples, as of a rollout that is not there, it has no bars. */
export function differencesFigure(comparison: LawComparison, options: DifferencesFigureOptions = {}): Figure {
  const look = lookOf(options);
  const { measure = 'outOfBag' } = options;
  return histogramsFigure(comparison.pairs.map((pair) => panelOf(pair, measure, look)), {
    title: titleFor(comparison, measure, look),
    counted: 'resamples',
    file: `compare-${measure}`,
  }, look);
}

function panelOf(pair: LawPair, measure: Measure, look: Look): HistogramPanel {
  const { value, interval, wins, samples } = pair[measure];
  const scale = measure === 'objective' ? 1 : 100; // errors in per cent
  const band = interval.map((end) => scale * end) as unknown as Interval;
  const share = samples.length > 0 ? ` ${look.compact ? '' : 'beaten in '}${formatShare(wins, 1)}` : '';
  return {
    title: `<b>${plain(pair.second)}</b>${share}`,
    histogram: histogramOf(samples.map((sample) => scale * sample), { shown: [0], near: [...band, scale * value] }),
    lines: [{ at: 0, colour: look.ink, dash: 'dash' }, { at: scale * value, colour: look.accent, dash: 'solid' }],
    band,
  };
}

/** Characters of a line of the title where it is narrow. */
const LINE = 46;

function titleFor({ best, laws, replicates, confidence }: LawComparison, measure: Measure, look: Look): string {
  const name = MEASURE_NAMES[measure];
  const unit = measure === 'objective' ? objectiveUnit(laws[0].fit).replace('^2', '²') : '% points';
  const what = `${name[0].toUpperCase()}${name.slice(1)}, ${unit}, less that of ${best}`;
  const key = `${coloured('┃', look.accent)}difference\u2002${coloured('■', look.band)} ${intervalTitle({ confidence })}`;
  return look.compact ? [...wrap(what, LINE).map(plain), `${key}, share above 0`].join('<br>') : `${plain(what)}: ${formatInteger(replicates)} resamples\u2002${key}`;
}
