/** The interval of a in Epoch's runs, beside those that Hoffmann et al. 2022 and Besiroglu et al. 2024 give. */
import { fitOn } from '../fit/fit.ts';
import { normalQuantile } from '../math/gaussian.ts';
import { BESIROGLU_NOTEBOOK, BESIROGLU_RUNS } from '../paper/besiroglu-results.ts';
import { resampleOn } from '../stats/bootstrap.ts';
import type { Bootstrap, Fit, Sweep } from '../types.ts';
import { compare } from './comparison.ts';
import { percentiles, sampleOf, widthTolerance } from './exponent-samples.ts';
import { ABOUT, chartOf, compareWidth, CONFIDENCE, PRINTED, rangesOf, runsNeeded, SECOND_HAND, STOPPED, thousands } from './interval-of-a.ts';
import { varianceTolerance } from './monte-carlo.ts';
import { withoutOutliers } from './refits.ts';
import { missingSection, type Context, type Section } from './reproduction.ts';
import { percent } from './words.ts';

/** Resamples of the runs that Besiroglu et al. keep. */
export async function epochs(context: Context): Promise<Section> {
  const title = 'The interval of a in Epoch\'s runs';
  const { epoch } = context.data;
  if (!epoch) return missingSection(title, 'Epoch\'s runs', 'epoch');
  const sweep = withoutOutliers(epoch);
  const runs = sweep.loss.length;
  const { fit, bootstrap, a } = await resampled(context, sweep);
  const { low, width } = percentiles(a, CONFIDENCE);
  const from = `${a.length} resamples of ${runs} runs`;
  const needed = runsNeeded(runs, width);
  const tolerance = 2 * widthTolerance(a, CONFIDENCE, BESIROGLU_NOTEBOOK.resamples);
  const because = 'their resamples are others';
  const [quantity, wide] = ['runs that the printed interval would need', `width of the ${percent(CONFIDENCE)} interval of a`];
  return {
    title,
    data: `Epoch's ${epoch.loss.length} runs without the ${epoch.loss.length - runs} of highest loss, resampled in pairs`,
    comparisons: [
      compareWidth(wide, width, from, `${runs} runs with noise as theirs leave a that unsure; ${STOPPED}`),
      compare({
        quantity: wide, where: SECOND_HAND, published: BESIROGLU_RUNS.width, ours: width, from, digits: 2, because,
        tolerance: tolerance / 2,
      }),
      compare({ quantity, ...ABOUT, ours: needed, from, tolerance, because }),
      compare({ quantity, where: 'Besiroglu et al. 2024, notebook', published: BESIROGLU_RUNS.bootstrap, ours: needed, from, tolerance, because }),
      compare({
        quantity: `${quantity}, by the delta method`, where: 'Besiroglu et al. 2024, notebook', published: BESIROGLU_RUNS.delta, because,
        ours: runsNeeded(runs, normalWidth(deltaError(bootstrap, fit))), from: `covariance of alpha and beta in ${from}`,
        tolerance: varianceTolerance(a, BESIROGLU_NOTEBOOK.resamples),
      }),
    ],
    findings: [
      `Epoch's ${runs} runs have a = ${fit.exponents.a?.toFixed(3)}; ${rangesOf(a)}. An interval as narrow as the paper's would take ` +
        `about ${thousands(needed)} such runs.`,
      ...(PRINTED.high < low ? [`The paper's interval, ${PRINTED.low} to ${PRINTED.high}, lies wholly below that of ${percent(CONFIDENCE)}.`] : []),
    ],
    charts: [chartOf('interval-of-a-epoch', 'a in resamples of Epoch\'s runs', `${runs} runs`, [{ name: 'Epoch\'s runs', a }])],
  };
}

async function resampled({ backend, replicates, seed, onProgress, signal }: Context, sweep: Sweep) {
  const telling = { seed, ...(onProgress && { onProgress }), ...(signal && { signal }) };
  const fit = await fitOn(backend, sweep, telling);
  const { bootstrap, replicates: fits } = await resampleOn(backend, sweep, fit, { ...telling, replicates });
  signal?.throwIfAborted();
  return { fit, bootstrap, a: sampleOf(fits)['a'] };
}

/** Standard error of a = β/(α + β) from the covariance of alpha and beta. */
function deltaError({ covariance, covarianceOf }: Bootstrap, { params: { alpha, beta } }: Fit): number {
  const [i, j] = [covarianceOf.indexOf('alpha'), covarianceOf.indexOf('beta')];
  const [byAlpha, byBeta] = [-beta / (alpha + beta) ** 2, alpha / (alpha + beta) ** 2];
  return Math.sqrt(byAlpha ** 2 * covariance[i][i] + 2 * byAlpha * byBeta * covariance[i][j] + byBeta ** 2 * covariance[j][j]);
}

function normalWidth(error: number): number {
  return 2 * normalQuantile((1 + CONFIDENCE) / 2) * error;
}
