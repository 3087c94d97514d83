/** The command line that does the simulation of the settings again. */
import { againOf, type Again, type Truth } from '../index.ts';
import * as settings from './simulation-settings.ts';
import { delta, loss, lossParts } from './state.ts';

type Options = Readonly<Record<string, string | number | false>>;

/** Undefined where it takes files: runs that are on the screen only, or a fit of a law that no option can write. */
export function commandOf(truth: Truth): Again | undefined {
  const [ofTruth, ofDesign] = [truthOption(truth), designOptions()];
  if (ofTruth === undefined || !ofDesign) return undefined;
  const options: Options = { truth: ofTruth, ...ofDesign, ...noiseOptions(), ...fitOptions() };
  return againOf(Object.entries(options).filter(([, value]) => value !== false).map(([name, value]) => ({ name, value: String(value) })));
}

function truthOption({ law, params }: Truth): string | undefined {
  const { value: id } = settings.truth;
  if (id === 'numbers') return settings.params.value;
  if (id !== 'fit') return `published:${id}`;
  return law === 'chinchilla' ? Object.values(params).join(',') : undefined;
}

function designOptions(): Options | undefined {
  const { design, by, sizes, tokens, ratios, budgets, seeds } = settings;
  if (design.value === 'runs') return undefined;
  if (design.value === 'paper') return { design: 'paper' };
  const grid = design.value === 'grid';
  const ratio = by.value === 'ratios';
  return {
    design: design.value,
    budgets: !grid && budgets.value,
    sizes: (grid || !ratio) && sizes.value,
    tokens: grid && !ratio && tokens.value,
    'tokens-per-parameter': ratio && ratios.value,
    seeds: seeds.value > 1 && seeds.value,
  };
}

function noiseOptions(): Options {
  const { noise, sigma, degrees, outliers, bySize, bySeed } = settings;
  const own = { none: 'none', lognormal: `lognormal:${sigma.value}`, student: `student:${sigma.value}:${degrees.value}` }[noise.value];
  return {
    noise: own,
    outliers: outliers.value !== '' && outliers.value,
    'noise-by-size': bySize.value > 0 && bySize.value,
    'noise-by-seed': bySeed.value > 0 && bySeed.value,
  };
}

function fitOptions(): Options {
  const { sweeps, seed, confidence, bootstrapped, resamples } = settings;
  return {
    sweeps: sweeps.value,
    seed: String(seed.value),
    loss: loss.value !== loss.initial && loss.value,
    delta: lossParts.value.threshold && delta.value !== delta.initial && delta.value,
    confidence: confidence.value !== 0.95 && confidence.value,
    bootstrap: bootstrapped.value > 0 && resamples.value,
    'bootstrap-sweeps': bootstrapped.value > 0 && bootstrapped.value,
  };
}
