/** What `isoloss help samples` prints. At most 100 columns wide. */
import { FORMAT, OUT } from './help-pieces.ts';

export const SAMPLES_HELP = `isoloss samples FILE|URL|- [options]

Test-time compute, from how many of the samples of each problem are right: coverage against samples
(the unbiased pass@k), its law exp(a k^b) carried to more samples, the best of k by a verifier, and
a larger model against more samples at equal cost. Intervals are of resampled problems.

What to read: a row a problem, or a row a problem and model. CSV, TSV, JSON, JSON Lines or Parquet
  problem                   what it is called, each once for each model
  n                         samples that were drawn
  c                         right ones among them
  model                     where there are several
  N                         its parameters: then costs are known
  tokens                    generated tokens of a sample, on average
  --columns ROLE=NAME,...   which column is which, where its name does not tell:
                            --columns n=attempts,c=num_passed. Repeatable.
${FORMAT}

What to ask
  --at LIST                 the coverage of so many samples by the law, also beyond those drawn:
                            --at 1000,10000. Repeatable.
  --target LIST             the samples, and the cost, for a coverage: --target 0.9. Repeatable.
  --verifier RIGHT:WRONG    how often the sample that a verifier picks is right, where it accepts
                            these shares of the right and of the wrong samples: --verifier 0.9:0.05
  --tokens TOKENS           of a sample of every model, where there is no column of them: costs are
                            2N FLOPs a token

How sure it is
  --bootstrap R             resamples of the problems; 1000 if not given, 0 for no intervals
  --confidence LEVEL        of the intervals; 0.95 if not given
  --seed SEED               of the resamples; 0 if not given

What to print
  --json                    one JSON object instead of text
${OUT}
  -q, --quiet               no remarks on standard error, only errors
  -h, --help                this text
  --version                 the version of isoloss

Exit codes
  0    done, and every fit is certified; coverages that tell no law are no failure
  1    the table or the output cannot be used
  2    the command line cannot be used
  3    done, but the minimum of a fit is not certified
  130  stopped by Ctrl-C
`;
