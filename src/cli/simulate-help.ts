/** What `isoloss help simulate` prints. At most 100 columns wide. */
import { BACKEND, OUT, REST } from './help-pieces.ts';

export const SIMULATE_HELP = `isoloss simulate [options]

Draws synthetic sweeps from a law that is known, fits every one, and reports how well the fits find
it back: bias, spread and root mean square error of each parameter, of the exponents and of the
compute-optimal N, D and loss, how many fits failed and why, and how often the intervals hold the
truth. Every figure comes with its Monte-Carlo error. With the runs that you plan as the design, it
says what they can tell before any is trained.

What to simulate
  --truth published:ID      published parameters: hoffmann (default), hoffmann-rounded, besiroglu,
                            besiroglu-unrounded, muennighoff, gadre-c4, gadre-redpajama,
                            gadre-refinedweb, czech-symmetric or czech-asymmetric
  --truth fit:FILE          parameters of a fit, from the JSON that isoloss fit --json writes; of a
                            fit of groups fit:FILE#NAME, those of one of them
  --truth E,A,B,ALPHA,BETA  five numbers: 1.69,406.4,410.7,0.34,0.28, or E=1.69,... in any order

Which runs a sweep has
  --design paper            the 327 IsoFLOP runs of Hoffmann et al. 2022 (default)
  --design grid             every size with every token count, or every ratio D/N:
                            --sizes with --tokens or --tokens-per-parameter
  --design isoflop          at every budget every size, or every ratio D/N:
                            --budgets with --sizes or --tokens-per-parameter
  --design FILE             the N and D of a table as isoloss fit reads it, or - for standard input;
                            the runs may be planned ones: it needs no losses
  --columns ROLE=NAME,...   which column of that table is which, and
  --format FORMAT           its format, where they are not seen: see isoloss help fit
  --sizes LIST              parameters N: 50M,1B or 50M..16B:8, which is eight in equal steps of the
                            logarithm; lists and ranges can be mixed
  --tokens LIST             training tokens D
  --tokens-per-parameter LIST
                            ratios D/N
  --budgets LIST            training FLOPs C = 6ND
  --within LOW..HIGH        of an isoflop design with sizes, the runs with D/N in this range: 5..100
  --seeds K                 train each run of a grid or isoflop design with K seeds; 1 if not given

Noise of log loss; deviations may be written 0.01 or 1%
  --noise lognormal:SIGMA   normal with this standard deviation; 0.01 if not given
  --noise student:SCALE:DEGREES
                            Student's t: heavier tails
  --noise none              none of each run by itself
  --outliers FRACTION[:FACTOR]
                            this share of the runs went wrong: they lose FACTOR (10 if not given)
                            times their noise, upward
  --noise-by-size SD        beside it, noise that all runs of one model size share
  --noise-by-seed SD        beside it, noise that all runs of one training seed share

How to fit
  --sweeps S                how many; 1000 if not given
  --seed SEED               of the noise, the drawn starts and the resamples; 0 if not given
  --loss LOSS               what is minimised: see isoloss help fit; not lower-log, which fits below
                            the truth
  --delta DELTA             threshold of the losses that have one, nats; 1e-3 if not given
  --fix NAME=VALUE,...      hold these parameters in every fit: --fix alpha=0.34. Repeatable.
  --bound NAME=LOW:HIGH     keep this parameter between two values in every fit: --bound
                            alpha=0.1:0.6. One may be left out: alpha=0.1: Repeatable.
  --starts truth|auto|paper|K
                            truth (default): from the truth itself, which is quick; else as in
                            isoloss fit, the same starts for every sweep
${BACKEND}

Which intervals
  --confidence LEVEL        of the intervals; 0.95 if not given
  --sandwich K              sandwich intervals of the first K sweeps; if not given of all, up to
                            10,000; 0 for none
  --bootstrap R             intervals of a bootstrap of the runs too, from R resamples of each of
  --bootstrap-sweeps K      the first K sweeps; 100 if not given

What to write
  --write-sweeps FILE       all sweeps, a row a run: sweep, N, D, C, loss, trainingSeed
  --write-fits FILE         all fits, a row a sweep: sweep, E, A, B, alpha, beta, a, b, objective,
                            termination. Both are CSV or Parquet by the name of FILE.
  --replay INDEX            fit nothing, print this sweep as CSV, from 0 on; of the options above it
                            takes those of the truth, the runs and the noise, and --seed:
                            isoloss simulate --seed 7 --replay 17 | isoloss fit -
  --json                    one JSON object instead of text
${OUT}
${REST}

Exit codes
  0    simulated
  1    a file, the design or the backend cannot be used
  2    the command line cannot be used
  130  stopped by Ctrl-C: what is done is printed; a second Ctrl-C ends at once
`;
