/**
 * What is to be simulated: settings whose keys begin with "sim-", most written as the options of `isoloss simulate` are, and
 * the truth, the design and the noise that they stand for.
 */
import { computed } from '@preact/signals';
import {
  designOf, gridDesign, InputError, isoflopDesign, paperDesign, parseCounts, parseDeviation, parseOutliers, parseTruth, publishedTruth,
  publishedTruthIds, truthOfFit, type Design, type Noise, type Sweep, type Truth,
} from '../index.ts';
import { decimal, oneOf, option, setting, whole, written } from './setting.ts';
import * as state from './state.ts';

export const truth = setting('sim-truth', 'hoffmann', oneOf([...publishedTruthIds, 'fit', 'numbers']));
export const params = setting('sim-params', '1.69,406.4,410.7,0.34,0.28', written('--truth', parseTruth));

export const design = setting<'paper' | 'runs' | 'grid' | 'isoflop'>('sim-design', 'paper', oneOf(['paper', 'runs', 'grid', 'isoflop']));
export const sizes = setting('sim-sizes', '50M..16B:8', written('--sizes', parseCounts));
export const tokens = setting('sim-tokens', '1B..300B:6', written('--tokens', parseCounts));
export const ratios = setting('sim-ratios', '5..80:5', written('--tokens-per-parameter', parseCounts));
export const budgets = setting('sim-budgets', '6e18..3e21:9', written('--budgets', parseCounts));
/** The second list of a design: counts (tokens of a grid, sizes on a budget), or ratios D/N. */
export const by = setting<'ratios' | 'counts'>('sim-by', 'ratios', oneOf(['ratios', 'counts']));
export const seeds = setting('sim-seeds', 1, whole(1, 1e4));

export const noise = setting<'lognormal' | 'student' | 'none'>('sim-noise', 'lognormal', oneOf(['lognormal', 'student', 'none']));
const deviation = (name: string) => option(name, parseDeviation, String);
export const sigma = setting('sim-sigma', 0.01, deviation('--noise'));
export const degrees = setting('sim-degrees', 4, decimal(1e-3, 1e9, 'degrees of freedom above 0 such as 4'));
/** "0.05" or "0.05:10", or nothing. */
export const outliers = setting('sim-outliers', '', written('--outliers', (name, text) => text.trim() === '' || parseOutliers(name, text)));
export const bySize = setting('sim-by-size', 0, deviation('--noise-by-size'));
export const bySeed = setting('sim-by-seed', 0, deviation('--noise-by-seed'));

export const sweeps = setting('sim-sweeps', 1000, whole(2, 1e6));
export const seed = setting('sim-seed', 0, whole(0, Number.MAX_SAFE_INTEGER));
export const confidence = setting('sim-confidence', 0.95, decimal(0.01, 0.999, 'a confidence from 0.01 to 0.999, such as 0.95'));
/** Sweeps that are bootstrapped too, and resamples of each. */
export const bootstrapped = setting('sim-bootstrap', 0, whole(0, 1e5));
export const resamples = setting('sim-resamples', 500, whole(2, 1e6));

/** A value, or why there is none. */
export type Made<T> = { readonly value: T; readonly problem?: never } | { readonly value?: never; readonly problem: string };

function made<T>(make: () => T): Made<T> {
  try {
    return { value: make() };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problem: error.message };
  }
}

/** The law behind the sweeps. */
export const truthMade = computed((): Made<Truth> => made(() => {
  if (truth.value === 'numbers') return parseTruth('parameters', params.value);
  if (truth.value !== 'fit') return publishedTruth(truth.value);
  const fit = state.found.value?.fit;
  if (!fit) throw new InputError('There is no fit on the screen yet.');
  const [column, name] = [state.fitted.value?.fit.groups?.column, state.groupOnScreen.value];
  return truthOfFit(fit, `the fit of ${fit.sweep}${name === undefined ? '' : `, ${column} ${name}`}`);
}));

/** The runs of a sweep. */
export const designMade = computed((): Made<Design> => made(() => {
  const list = (text: { readonly value: string }) => parseCounts('counts', text.value);
  const ratio = by.value === 'ratios';
  switch (design.value) {
    case 'paper': return paperDesign();
    case 'runs': return designOf(runsOnScreen());
    case 'grid': return gridDesign({
      sizes: list(sizes), seeds: seeds.value, ...(ratio ? { tokensPerParameter: list(ratios) } : { tokens: list(tokens) }),
    });
    case 'isoflop': return isoflopDesign({
      budgets: list(budgets), seeds: seeds.value, ...(ratio ? { tokensPerParameter: list(ratios) } : { sizes: list(sizes) }),
    });
  }
}));

/** Those that are fitted, of groups those of the one that is shown; all of a table that cannot be. */
function runsOnScreen(): Sweep {
  const [table, fitted, shown] = [state.table.value, state.fitted.value, state.found.value];
  if (!table) throw new InputError('There are no runs on the screen yet.');
  return shown && fitted?.sweep.lines === table.lines ? shown.sweep : table;
}

/** Of log loss. */
export function noiseMade(): Noise {
  const own = noise.value === 'none' ? { sigma: 0 } : { sigma: sigma.value, ...(noise.value === 'student' && { degrees: degrees.value }) };
  return {
    ...own,
    ...(outliers.value !== '' && { outliers: parseOutliers('outliers', outliers.value) }),
    ...(bySize.value > 0 && { bySize: bySize.value }),
    ...(bySeed.value > 0 && { bySeed: bySeed.value }),
  };
}
