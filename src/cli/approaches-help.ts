/** What `isoloss help approaches` prints. At most 100 columns wide. */
import { BACKEND, FORMAT, LEAVE_OUT, LOSS, OUT, REST, STARTS, WHERE } from './help-pieces.ts';

export const APPROACHES_HELP = `isoloss approaches [FILE|URL|-] [options]

Finds the compute-optimal N and D by the three approaches of Hoffmann et al. 2022, side by side:
N_opt = k C^a and D_opt = m C^b with bootstrap intervals, and the optimum at budgets.

  1  the lower envelope of training curves: needs --curves
  2  IsoFLOP profiles: a parabola through the runs of each budget, a power law through the vertices
  3  the law E + A/N^alpha + B/D^beta that isoloss fit fits

An approach that cannot run is named with the reason. Of Approach 2 the known bias is given: it
takes each profile for a parabola (Czech et al. 2026).

The table of runs is as isoloss fit reads it. Without one, the ends of the curves are the runs; and
without curves the bundled replica is taken.

What to read
  --curves FILE             training curves, a row a checkpoint: a run column, N, D (tokens so far)
                            or C, and loss. A file, an http(s) address, or - for standard input.
  --run COLUMN              the column that names the run, where it is not run, name, model or id
  --curves-columns ROLE=NAME,...
                            which column of the curves is which, as in --columns. Repeatable.
  --columns ROLE=NAME,...   which column of the runs is which: see isoloss help fit
${FORMAT}
${WHERE}
${LEAVE_OUT}

Approaches 1 and 2
  --envelope-budgets K      log-spaced budgets at which the lowest curve is taken; 1500 if not given
  --window K                checkpoints over which curves are smoothed; 10 if not given, 0 for none
  --isoflop-budgets LIST    training FLOPs of the profiles: 6e18,1e19 or 6e18..3e21:9; if not given
                            they are found in the table
  --tolerance FACTOR        a run is of a budget within this factor, 1 to 1.2

Approach 3
  --law LAW                 in place of Chinchilla's: see isoloss help fit
${LOSS}
${STARTS}
${BACKEND}

How sure they are
  --bootstrap R             resamples of each approach; 1000 if not given
  --share SHARE             each resample is this share of the runs, without replacement: 0.8 as in
                            the paper; if not given all, with replacement
  --confidence LEVEL        of the intervals; 0.95 if not given
  --seed SEED               of the resamples and the drawn starts; 0 if not given

What to print
  --budgets LIST            training FLOPs at which the optimum is said; if not given 1e18 to 1e26
                            by decades
  --json                    one JSON object instead of text
${OUT}
${REST}

Exit codes
  0    done; an approach that could not run is no failure
  1    no approach could run, or a table, the output or the backend cannot be used
  2    the command line cannot be used
  3    done, but the certificate of the law of Approach 3 fails
  130  stopped by Ctrl-C
`;
