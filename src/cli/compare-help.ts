/** What `isoloss help compare` prints. At most 100 columns wide. */
import { BACKEND, OUT, PINS, REST, TABLE } from './help-pieces.ts';

export const COMPARE_HELP = `isoloss compare [FILE|URL|-] [options]

Which law? Several laws fitted to the same runs by the same loss, and compared by

  likelihood  log-likelihood, AIC, AICc, BIC and Akaike weights; of laws that contain each other
              the likelihood-ratio test
  rollout     the cheap runs fitted, the dearer ones predicted, widening step by step
  resamples   the same resamples of the runs fitted by all laws: the difference of the objective, of
              the error of runs that were not drawn and of the rollout, best law against each other,
              with its interval and how often each wins

A verdict in words is by errors of runs that were not fitted: the objective of those that were is
always lower by a law of more parameters. The table is as isoloss fit reads it; without one the
bundled replica is taken.

What to compare
  --laws LIST               two or more, as chinchilla,kaplan; if not given, all that the columns of
                            the table allow
  --loss LOSS               what is minimised: see isoloss help fit. Not lower-log, which is no
                            likelihood
  --delta DELTA             threshold of the losses that have one, nats; 1e-3 if not given
${PINS}
                            Both are for every law that has a parameter of this name.

What to read
${TABLE}

How
  --steps K|slices          steps of the rollout: K at quantiles of C, 5 if not given, 0 for none;
                            or one between each two IsoFLOP slices
  --bootstrap R             resamples; 200 if not given
  --confidence LEVEL        of the intervals and the verdicts; 0.95 if not given
  --starts paper|auto|N     auto (default): 32 starts drawn from the data; N: so many of them;
                            paper: the grid of each law
  --screen K                descend only the K best of the starts
  --seed SEED               of the resamples and the drawn starts; 0 if not given
${BACKEND}

What to print
  --json                    one JSON object instead of text
${OUT}
${REST}

Exit codes
  0    done
  1    fewer than two laws could be fitted, or a table, the output or the backend cannot be used
  2    the command line cannot be used
  3    done, but the certificate of a law fails
  130  stopped by Ctrl-C
`;
