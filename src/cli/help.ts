/** What `isoloss --help` prints. At most 100 columns wide. */

export const HELP = `isoloss fits neural scaling laws: L(N, D) = E + A/N^alpha + B/D^beta,
on WebGPU, checked in float64.

Usage
  isoloss fit [FILE|URL|-] [options]    fit a table of training runs
  isoloss landscape [FILE|URL|-] [options]
                                        how the objective rises about the minimum of a fit
  isoloss approaches [FILE|URL|-] [options]
                                        the optimum by training curves, IsoFLOP profiles and fit
  isoloss plan [FILE|URL|-] [options]   what to train next: budgets, targets, hours, money, serving
  isoloss emergence [FILE|URL|-] [options]
                                        the same models under each ruler: emergence or mirage
  isoloss compare [FILE|URL|-] [options]
                                        which law: AIC, rollout, and a verdict on resamples
  isoloss multiplier A B [options]      two sweeps: how much less compute, how many fewer tokens
  isoloss sensitivity [FILE|URL|-] [options]
                                        which choices of the fit move the answer, and how far
  isoloss samples FILE|URL|- [options]  pass@k: what more samples of a model are worth, at what cost
  isoloss simulate [options]            fit synthetic sweeps of a known law: how far to trust fits
  isoloss reproduce [ID...] [options]   published numbers, computed again beside ours
  isoloss lab [FILE|URL] [options]      the page that fits and draws, in the browser
  isoloss help COMMAND                  all options of a command
  isoloss --version                     the version

Examples
  isoloss fit                           the bundled synthetic replica of the Chinchilla sweep
  isoloss fit runs.csv                  your own runs: columns for parameters, tokens, loss
  isoloss fit runs.csv --json           the result as one JSON object
  isoloss fit runs.csv --bootstrap 4000 with standard errors and intervals of all its numbers
  isoloss fit runs.csv --out runs.html  one page with the numbers, the charts and the method
  isoloss fit runs.csv --influence      which runs the answer hangs on
  isoloss landscape runs.csv --over E   how well the runs tell E, as CSV
  isoloss approaches runs.csv           a and b of N_opt ~ C^a and D_opt ~ C^b by each approach
  isoloss compare runs.csv              which law describes the runs, and which predicts dearer ones
  isoloss plan runs.csv --budget 1e24   the best N and D for it, and what other choices cost
  isoloss emergence runs.csv --items 1000
                                        what accuracy, exact match and a small test show of a loss
  isoloss simulate --design runs.csv    what a sweep of these runs can tell
  isoloss reproduce table3 epoch        Chinchilla's Table 3 and its refit, published beside ours
  isoloss lab runs.csv                  the same runs in the lab
`;
