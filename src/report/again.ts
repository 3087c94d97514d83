/** The command line that does a simulation again, and the one that shows a sweep of it. */

/** How to do it again: command lines, in parts that are not to be broken. */
export interface Again {
  /** The same simulation. */
  readonly repeat: readonly string[];
  /** One sweep of it. */
  readonly replay: readonly string[];
}

/** An option as it was written: its long name, and its value. */
interface Given {
  readonly name: string;
  readonly value: string;
}

/** What decides a sweep: the options that a replay has. */
export const RECIPE: ReadonlySet<string> = new Set([
  'truth', 'design', 'sizes', 'tokens', 'tokens-per-parameter', 'budgets', 'within', 'seeds', 'columns', 'format',
  'noise', 'outliers', 'noise-by-size', 'noise-by-seed', 'seed',
]);
/** What else decides the figures. */
const FITS = new Set(['sweeps', 'loss', 'delta', 'fix', 'bound', 'starts', 'backend', 'confidence', 'sandwich', 'bootstrap', 'bootstrap-sweeps']);
const DEFAULTS: readonly Given[] = [{ name: 'sweeps', value: '1000' }, { name: 'seed', value: '0' }];

/** From the options as they were written, with the seed and the number of sweeps where they were not. `law`: of the truth, which is what is fitted. */
export function againOf(given: readonly Given[], law = 'chinchilla'): Again {
  const missing = DEFAULTS.filter(({ name }) => !given.some((option) => option.name === name));
  const all = [...given, ...missing];
  const recipe = all.filter(({ name }) => RECIPE.has(name)).map(written);
  const last = (wanted: string) => given.filter(({ name }) => name === wanted).slice(-1);
  const ofLaw = law === 'chinchilla' ? [] : [{ name: 'law', value: law }];
  const fit = [...ofLaw, ...last('loss'), ...last('delta'), ...given.filter(({ name }) => name === 'fix' || name === 'bound')].map(written);
  return {
    repeat: ['isoloss simulate', ...all.filter(({ name }) => RECIPE.has(name) || FITS.has(name)).map(written)],
    replay: ['isoloss simulate', ...recipe, '--replay 0', ['| isoloss fit -', ...fit].join(' ')],
  };
}

function written({ name, value }: Given): string {
  return `--${name} ${quoted(value)}`;
}

/** As a POSIX shell reads it. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
